"""Show findings: HTML reports that print, Markdown, tables, JSON."""

from crosstie.reporting.briefing import BRIEFING_FORMATS, briefing_json, write_briefing
from crosstie.reporting.files import REPORT_FORMATS, check_format, write_screening
from crosstie.reporting.words import outcome_label, step_sentence

__all__ = [
    "BRIEFING_FORMATS",
    "REPORT_FORMATS",
    "briefing_json",
    "check_format",
    "outcome_label",
    "step_sentence",
    "write_briefing",
    "write_screening",
]
