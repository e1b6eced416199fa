"""Commands that keep the workspace: backup, restore, forget, verify."""

from pathlib import Path
from typing import Annotated

import typer

from crosstie.app.cli.session import JsonOption, current
from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import Verdict
from crosstie.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("backup", epilog="Example: crosstie backup crosstie-2026-11-24.db")(backup)
    app.command("restore", epilog="Example: crosstie restore crosstie-2026-11-24.db")(restore)
    app.command("forget", epilog='Example: crosstie forget letter.txt --because "asked to"')(forget)
    app.command("verify")(verify)
    app.command("judge", epilog=_JUDGE_EXAMPLES)(judge)


_VERDICTS: dict[str, Verdict] = {
    "accepted": "accepted",
    "rejected": "rejected",
    "same": "same",
    "different": "different",
    "unsure": "unsure",
}
_JUDGE_EXAMPLES = (
    'Examples: crosstie judge rejected clm-1f2e… --because "the sentence is about its namesake" ·'
    ' crosstie judge same ent-1a… ent-2b… --because "same registered address"'
)


def judge(
    context: typer.Context,
    verdict: Annotated[
        str,
        typer.Argument(help=f"One of {', '.join(_VERDICTS)}, or undo.", show_default=False),
    ],
    left: Annotated[
        str,
        typer.Argument(help="A claim's id, an entity, or a judgement's id.", show_default=False),
    ],
    right: Annotated[
        str | None, typer.Argument(help="For two entities: the other.", show_default=False)
    ] = None,
    because: Annotated[str, typer.Option("--because", help="The reason, kept for ever.")] = "",
    by: Annotated[str, typer.Option("--by", envvar="USER", help="Who decided.")] = "",
    json: JsonOption = False,
) -> None:
    """Record a judgement: a claim accepted or rejected, two entities the same or different.

    Judgements are only added; a later one on the same claim or pair takes the earlier one's place.
    """
    session = current(context)
    if verdict not in (*_VERDICTS, "undo"):
        raise UsageError(
            f"`{verdict}` is no verdict", remedy=f"use one of {', '.join(_VERDICTS)}, or undo"
        )
    if not because or not by:
        raise UsageError("a judgement says why and by whom", remedy="give --because and --by")
    if verdict == "undo":
        made = session.workspace().undo(left, by=by, because=because)
    else:
        made = session.workspace().judge(
            left, right, verdict=_VERDICTS[verdict], by=by, because=because
        )
    if json:
        session.print_json(made)
    else:
        session.say(f"recorded: {verdict} ({made.id})")


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The copy to write.", show_default=False)],
) -> None:
    """Write a consistent copy of the workspace, also while another command writes to it."""
    session = current(context)
    session.workspace().backup(file)
    session.say(f"copy written: {file}")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A copy made by `backup`.", show_default=False)],
) -> None:
    """Put a backup in the place of the workspace; the present one is moved aside, not lost."""
    session = current(context)
    replaced = Workspace.restore(file, session.path)
    session.say(f"restored: {session.path}")
    if replaced is not None:
        session.say(f"the workspace as it was is kept as {replaced}")


def forget(
    context: typer.Context,
    document: Annotated[
        str, typer.Argument(help="A document's id, name or title.", show_default=False)
    ],
    because: Annotated[str, typer.Option("--because", help="The reason, kept in the tombstone.")],
    start: Annotated[int | None, typer.Option("--from", help="Redact from this character.")] = None,
    end: Annotated[int | None, typer.Option("--to", help="… up to, not with, this one.")] = None,
    json: JsonOption = False,
) -> None:
    """Redact a document or a passage: text, quotes and index go, a tombstone stays.

    Backups and reports made before still hold it: remove these yourself.
    """
    session = current(context)
    report = session.workspace().forget(document, because=because, start=start, end=end)
    if json:
        session.print_json(report)
        return
    what = "document" if report.whole else "passage"
    session.say(f"{what} forgotten; {report.claims} claims went with it ({report.document_id})")
    session.say("backups and reports made before still hold it")


def verify(context: typer.Context, json: JsonOption = False) -> None:
    """Check that every claim's quotes still stand verbatim in their documents."""
    session = current(context)
    checked, faults = session.workspace().verify()
    if json:
        session.print_json({"checked": checked, "faults": faults})
    else:
        for fault in faults:
            session.out.print(fault, markup=False, soft_wrap=True)
        session.out.print(f"{checked:,} quotes checked, {len(faults):,} faults", markup=False)
    if faults:
        raise typer.Exit(1)
