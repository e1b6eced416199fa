"""What the page on figures quotes from the program, on a workspace of its examples."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pasted import block, printed

from crosstie.reporting.figures.sectors import agreement_words
from crosstie.workspace import Workspace

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@cache
def _workspace() -> Path:
    """A workspace with the examples that hold figures, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="crosstie-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "figures.db"
    with Workspace.open(path) as workspace:
        workspace.add([_EXAMPLES / "figures"])
    return path


def from_figures(*arguments: str) -> str:
    """Return what a command prints on the examples."""
    command = " ".join(f'"{a}"' if " " in a else a for a in arguments)
    out = printed("-q", "-w", str(_workspace()), *arguments).strip("\n")
    return block(f"$ crosstie {command}\n{out}")


def sectors() -> str:
    """Return the sectors of agreements as a table."""
    rows = [
        f"| `{sector.id}` | {sector.label} | {sector.label_zh} |"
        for sector in agreement_words().sectors
    ]
    return "\n".join(["| sector | English | Chinese |", "| --- | --- | --- |", *rows])
