"""What the documentation quotes from the program: `make docs` pastes it, `make lint` compares."""

import atexit
import io
import os
import re
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

from crosstie.app.cli.run import run
from crosstie.ontology import errors
from crosstie.ontology.kinds import kinds
from crosstie.workspace import Workspace

_EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

COMMANDS = (
    "load", "fetch", "add", "extract", "screen", "show", "path", "find", "status", "anchors",
    "resolve", "exposure", "neighbours", "partners", "framework", "tracker companies",
    "tracker universities", "classify", "brief", "series", "disputes", "agreements",
    "review", "merge", "split", "history", "judge", "export",
    "case list", "case show", "case export", "case dispose", "case undo",
    "grade set", "grade list", "grade history", "grade undo", "stories",
    "diff", "watch add", "watch list", "watch remove", "watch export", "rescreen",
    "serve", "backup", "restore", "forget", "verify", "kinds", "sources", "compare",
)  # fmt: skip


def printed(*arguments: str) -> str:
    """Return what a command prints, in a width that fits a page."""
    os.environ["COLUMNS"] = "100"
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        run(list(arguments))
    return "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines())


def block(text: str, language: str = "text") -> str:
    """Return text as a fenced code block."""
    return f"```{language}\n{text.rstrip()}\n```"


def command_pages() -> str:
    """Return the help of every command, each under its own heading."""
    pages = [block(printed("--help"))]
    pages += [f"## {name}\n\n{block(printed(*name.split(), '--help'))}" for name in COMMANDS]
    return "\n\n".join(pages)


def kinds_tables() -> str:
    """Return the kinds of entity and tie, the tiers and mechanisms, as tables."""
    known = kinds()
    lines = [
        "## Kinds of entity",
        "",
        "| kind | tier | organisation | FollowTheMoney | definition |",
    ]
    lines.append("| --- | --- | --- | --- | --- |")
    for kind in known.entities.values():
        yes = "yes" if kind.organisation else ""
        lines.append(
            f"| `{kind.id}` | {kind.tier or ''} | {yes} | {kind.ftm or ''} | {kind.definition} |"
        )
    lines += ["", "## Kinds of tie", "", "| tie | reads | mechanism | definition | example |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for tie in known.ties.values():
        reads = f"{tie.label} ↔" if tie.symmetric else f"{tie.label} / {tie.inverse}"
        lines.append(
            f"| `{tie.id}` | {reads} | {tie.mechanism} | {tie.definition} | {tie.example} |"
        )
    for title, terms in (("Tiers", known.tiers), ("Mechanisms", known.mechanisms)):
        lines += ["", f"## {title}", ""]
        lines += [f"- **{term.label}** (`{term.id}`): {term.definition}" for term in terms.values()]
    lines += ["", f"Kinds of presence: {', '.join(known.presence_kinds)}."]
    lines.append(f"Directions of transfer: {', '.join(known.transfer_directions)}.")
    return "\n".join(lines)


def errors_tree() -> str:
    """Return the tree of errors that the module draws of itself."""
    tree = re.search(r"    CrosstieError.*?(?=\n\n)", errors.__doc__ or "", re.DOTALL)
    assert tree is not None
    return block("\n".join(line[4:] for line in tree.group().splitlines()))


@cache
def _demo() -> Path:
    """A workspace with what `make demo` loads, made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="crosstie-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "demo.db"
    lists = _EXAMPLES / "lists"
    with Workspace.open(path) as workspace:
        workspace.load("starter", resolve=False)
        workspace.load(
            "table",
            lists / "selimia-entity-list-2024-06-01.csv",
            mapping=lists / "selimia-entity-list.yaml",
            resolve=False,
        )
        workspace.add([_EXAMPLES / "documents"])
    return path


def from_demo(*arguments: str, until: str = "\nSearched:") -> str:
    """Return what a command prints on the demo's workspace, up to a heading that holds dates."""
    command = " ".join(f'"{a}"' if " " in a else a for a in arguments)
    out = printed("-q", "-w", str(_demo()), *arguments).split(until)[0].strip("\n")
    return block(f"$ crosstie {command}\n{out}")
