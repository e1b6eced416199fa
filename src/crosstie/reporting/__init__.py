"""Show findings: an HTML report that prints, tables, JSON."""

from crosstie.reporting.files import REPORT_FORMATS, check_format, write_screening
from crosstie.reporting.words import outcome_label, step_sentence

__all__ = ["REPORT_FORMATS", "check_format", "outcome_label", "step_sentence", "write_screening"]
