"""Brief on a period: stories and list changes become one briefing, and a briefing a file."""

from crosstie.reporting.briefing.assembling import briefing_of
from crosstie.reporting.briefing.files import BRIEFING_FORMATS, briefing_json, write_briefing

__all__ = ["BRIEFING_FORMATS", "briefing_json", "briefing_of", "write_briefing"]
