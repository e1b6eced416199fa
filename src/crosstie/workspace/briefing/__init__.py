"""Gather what came in during a period from an open workspace, and brief on it."""

from crosstie.workspace.briefing.making import Briefings

__all__ = ["Briefings"]
