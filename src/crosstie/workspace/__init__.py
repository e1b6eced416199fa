"""The Python API: the only place that wires stages to a store."""

from crosstie.extraction.backends import EndpointSettings, ReaderSettings, Usage
from crosstie.workspace.extracting import extract_files
from crosstie.workspace.progress import Progress, silent
from crosstie.workspace.question import Question
from crosstie.workspace.reports import AddReport, ForgetReport, LoadReport, Refusal, Status
from crosstie.workspace.workspace import Workspace

__all__ = [
    "AddReport",
    "EndpointSettings",
    "ForgetReport",
    "LoadReport",
    "Progress",
    "Question",
    "ReaderSettings",
    "Refusal",
    "Status",
    "Usage",
    "Workspace",
    "extract_files",
    "silent",
]
