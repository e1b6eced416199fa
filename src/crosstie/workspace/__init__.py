"""The Python API: the only place that wires stages to a store."""

from crosstie.workspace.adding import extract_files
from crosstie.workspace.progress import Progress, silent
from crosstie.workspace.question import Question
from crosstie.workspace.reports import AddReport, ForgetReport, LoadReport, Refusal, Status
from crosstie.workspace.workspace import Workspace

__all__ = [
    "AddReport",
    "ForgetReport",
    "LoadReport",
    "Progress",
    "Question",
    "Refusal",
    "Status",
    "Workspace",
    "extract_files",
    "silent",
]
