"""Crosstie: an evidence-linked graph of ties between civilian organisations and defence.

with crosstie.Workspace.open("partners.db") as workspace:
    workspace.load("starter")
    screening = workspace.screen([crosstie.Party("Beihang University")])
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crosstie.ontology.errors import CrosstieError
    from crosstie.ontology.findings import Party
    from crosstie.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["CrosstieError", "Party", "Workspace", "__version__"]

_HOMES = {
    "CrosstieError": "crosstie.ontology.errors",
    "Party": "crosstie.ontology.findings",
    "Workspace": "crosstie.workspace",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the workspace pulls in every room."""
    if name not in _HOMES:
        raise AttributeError(f"module 'crosstie' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
