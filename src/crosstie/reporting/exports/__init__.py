"""Hand the graph on to other programs, each in its own format, with the evidence beside it."""

from crosstie.reporting.contents import Contents
from crosstie.reporting.exports.formats import EXPORT_FORMATS, ExportReport, export

__all__ = ["EXPORT_FORMATS", "Contents", "ExportReport", "export"]
