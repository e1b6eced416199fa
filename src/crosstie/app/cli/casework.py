"""Commands for cases: list, show, export, and what people decide on matches."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.reviewing import BecauseOption, ByOption
from crosstie.app.cli.session import JsonOption, current
from crosstie.ontology.cases import CaseFile
from crosstie.ontology.dispositions import DECISION_WORDS, Decision
from crosstie.ontology.errors import UsageError
from crosstie.reporting.case_file import CASE_FORMATS, NOTICE, disposition_line
from crosstie.reporting.files import check_format, write_whole

CaseArgument = Annotated[str, typer.Argument(help="The case's address, id or title.")]
_DISPOSE_EXAMPLE = (
    'Example: crosstie case dispose 2026-11-24-partners-3f2a91 1 ent-1a… false_match --by "K. Ito"'
    ' --because "another firm of that name"'
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    case = typer.Typer(
        name="case",
        help="Screenings that were saved with `crosstie screen --save`, and decisions on them.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    case.command("list", epilog="Example: crosstie case list")(list_cases)
    case.command("show", epilog="Example: crosstie case show 2026-11-24-partners-3f2a91")(show)
    case.command("export", epilog="Example: crosstie case export partners case.html")(export)
    case.command("dispose", epilog=_DISPOSE_EXAMPLE)(dispose)
    case.command("undo", epilog='Example: crosstie case undo dis-1a… --because "the wrong row"')(
        undo
    )
    app.add_typer(case)


def list_cases(context: typer.Context, json: JsonOption = False) -> None:
    """List the saved cases, the newest first, with the counts of the day they were saved."""
    session = current(context)
    found = session.workspace().cases.all()
    if json:
        session.print_json(found)
        return
    if not found:
        session.tell("no case is saved: crosstie screen NAME --save TITLE")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Case", "Title", "By", "Parties", "Hits", "To review"):
        table.add_column(heading, overflow="fold")
    for case in found:
        row = (case.address, case.title, case.by, case.parties, case.hits, case.possible)
        table.add_row(*(showing.plain(str(cell)) for cell in row))
    session.out.print(table)


def show(
    context: typer.Context,
    case: CaseArgument,
    full: Annotated[bool, typer.Option("--full", help="Every finding with its quotes.")] = False,
    json: JsonOption = False,
) -> None:
    """Show a case as it stands now: its findings, and every decision on their matches."""
    session = current(context)
    file = session.workspace().cases.open(case)
    if json:
        session.print_json(file)
        return
    session.tell(f"{file.case.title}, saved by {file.case.by} on {file.case.at[:10]}")
    session.tell(f"{file.case.address} ({file.case.id})")
    session.out.print(showing.overview(file.screening))
    if full:
        for finding in file.screening.findings:
            showing.print_finding(session.out, finding)
    _print_matches(file, session.tell)
    for one in file.dispositions:
        session.tell(disposition_line(one))
    session.say(NOTICE)


def export(
    context: typer.Context,
    case: CaseArgument,
    out: Annotated[Path, typer.Argument(help="The file to write: .html, .xlsx or .json.")],
) -> None:
    """Write a case file: parties, dates, versions, findings, quotes with hashes, decisions, a plan.

    The mitigation plan is a draft to fill in: it has headings, and nothing under them.
    """
    session = current(context)
    check_format(out, tuple(f".{form}" for form in CASE_FORMATS))
    write_whole(out, session.workspace().cases.file(case, out.suffix.lower()[1:]))
    session.say(f"case file written: {out}")


def dispose(
    context: typer.Context,
    case: CaseArgument,
    finding: Annotated[int, typer.Argument(help="The place of the finding in the case, from 1.")],
    entity: Annotated[str, typer.Argument(help="The id of the entity that was matched.")],
    decision: Annotated[str, typer.Argument(help="true_match, false_match or needs_more.")],
    because: BecauseOption,
    by: ByOption,
    json: JsonOption = False,
) -> None:
    """Decide whether a party is the entity that it was matched with.

    The decision holds for later screenings of the same name in the same country, until something
    new is known of the match. A false match is shown as dismissed, and counts no more.
    """
    session = current(context)
    made = session.workspace().cases.dispose(
        case, finding, entity, _decision(decision), note=because, by=by
    )
    if json:
        session.print_json(made)
    else:
        session.tell(f"{made.party}: {DECISION_WORDS[made.decision]} [{made.id}]")


def undo(
    context: typer.Context,
    disposition: Annotated[str, typer.Argument(help="The id of the decision.")],
    because: BecauseOption,
    by: ByOption,
    json: JsonOption = False,
) -> None:
    """Take a decision back; an earlier one on the same match is in force again."""
    session = current(context)
    made = session.workspace().cases.undo(disposition, note=because, by=by)
    if json:
        session.print_json(made)
    else:
        session.tell(f"{made.party}: {disposition} is taken back [{made.id}]")


def _decision(written: str) -> Decision:
    for known in DECISION_WORDS:
        if written.replace("-", "_").casefold() == known:
            return known
    raise UsageError(f"`{written}` is no decision", remedy=f"use {', '.join(DECISION_WORDS)}")


def _print_matches(file: CaseFile, tell: Callable[[str], None]) -> None:
    """Print what `case dispose` needs: the place of each finding, and the ids of its matches."""
    for number, finding in enumerate(file.screening.findings, 1):
        for hit in finding.hits:
            if hit.adverse:
                entity = hit.match.entity
                tell(f"{number} {finding.party.name}: {entity.name} [{entity.id}]")
