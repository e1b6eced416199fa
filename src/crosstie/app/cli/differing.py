"""The command diff: what an edition of a list adds, changes and removes."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.ontology.changes import EditionDiff
from crosstie.reporting import changes as told
from crosstie.reporting.files import check_format, write_whole

_FORMATS = (".csv", ".json")
_SHOWN = 20
_EXAMPLES = (
    "Examples: crosstie diff us-csl · crosstie diff us-csl --from 2022 --to 2026 --country CN"
    ' --list "Entity List" --out changes.csv'
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("diff", epilog=_EXAMPLES)(diff)


def diff(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(help="Which source: see `crosstie status`.", show_default=False)
    ],
    earlier: Annotated[
        str | None, typer.Option("--from", help="The earlier edition's date, or its beginning.")
    ] = None,
    later: Annotated[
        str | None, typer.Option("--to", help="The later one's; the latest by default.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Rows of one country: CN.")
    ] = None,
    list_name: Annotated[
        str | None, typer.Option("--list", help="Rows of one list, by a part of its name.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="How many rows to print; 0 for all.")
    ] = _SHOWN,
    full: Annotated[bool, typer.Option("--full", help="Print the rows' own words too.")] = False,
    out: Annotated[
        list[Path] | None, typer.Option("--out", help="Write all of it to a file: csv or json.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Compare two editions of a list: what was added, changed and removed, by list and in words.

    Rows are compared by what they say, so that two layouts of one list can be told apart from two
    states of it; what one of the layouts does not tell is not compared, and named.
    """
    session = current(context)
    for path in out or ():
        check_format(path, _FORMATS)
    found = session.workspace().changes.between(
        source, earlier, later, country=country, list_name=list_name
    )
    for path in out or ():
        _write(found, path)
        session.say(f"written: {path}")
    if json:
        session.print_json(found)
    else:
        _print(session, found, limit=limit, full=full)


def _write(found: EditionDiff, path: Path) -> None:
    if path.suffix.lower() == ".csv":
        write_whole(path, told.diff_table(found).encode("utf-8", "replace"))
    else:
        write_whole(path, msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def _print(session: Session, found: EditionDiff, *, limit: int, full: bool) -> None:
    session.tell(told.headline(found))
    for line in told.remarks(found):
        session.tell(f"  {line}")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("List", "Rows before", "Rows after", "Added", "Changed", "Removed"):
        table.add_column(heading, overflow="fold", justify="left" if heading == "List" else "right")
    for count in found.lists:
        numbers = (count.before, count.after, count.added, count.changed, count.removed)
        table.add_row(showing.plain(count.list_name), *(f"{number:,}" for number in numbers))
    session.out.print(table)
    shown = found.rows[:limit] if limit else found.rows
    last = ""
    for row in shown:
        if row.list_name != last:
            session.tell(row.list_name)
            last = row.list_name
        session.tell(f"  {told.row_line(row)}")
        for seen in (row.before, row.after) if full else ():
            if seen is not None:
                session.tell(f"    {told.evidence_line(seen)}")
    if len(found.rows) > len(shown):
        left = len(found.rows) - len(shown)
        session.say(f"{left:,} more rows: --limit 0, --list, --country, or --out changes.csv")
