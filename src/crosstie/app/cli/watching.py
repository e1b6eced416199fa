"""Commands that keep watch: watch add, list, remove, export; rescreen."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.hooks import hand_over, hook_words
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.terms import GradesOption, RulesOption
from crosstie.ontology.errors import UsageError
from crosstie.ontology.watching import Rescreening
from crosstie.reporting import watching as told
from crosstie.reporting.files import check_format, write_whole
from crosstie.reporting.tables import safe_cell
from crosstie.screening import read_parties
from crosstie.workspace import Question, Workspace

_FORMS = (".html", ".csv", ".json")
_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    watch = typer.Typer(
        name="watch",
        help="Say which names are watched; `crosstie rescreen` tells what changes for them.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    watch.command("add", epilog='Example: crosstie watch add "Yunmen University" --country CN')(add)
    watch.command("list")(show)
    watch.command("remove")(remove)
    watch.command("export", epilog="Example: crosstie watch export watched.csv")(export)
    app.add_typer(watch)
    app.command(
        "rescreen",
        epilog="Example, nightly from cron: crosstie -q rescreen --out changes.html"
        " --fail-on change --run 'send-report {report}'",
    )(rescreen)


def add(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Organisation names.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--csv", "--file", help="Names: csv, tsv, xlsx, json, jsonl or txt."),
    ] = None,
    name_column: Annotated[
        str | None, typer.Option("--name-column", help="The column that holds the names.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="The country of the names given.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Why they are watched.")] = "",
) -> None:
    """Watch names, or all of a file; a name that is watched already stays so."""
    session = current(context)
    parties = [showing.party(name, country) for name in names or []]
    if file is not None:
        found = read_parties(file, name_column=name_column)
        parties += found.parties
        for line in found.set_aside:
            session.say(line)
    if not parties:
        raise UsageError("nothing to watch", remedy="give names, or a file: --csv partners.csv")
    added = session.workspace().watching.add(parties, note=note)
    session.tell(f"{len(added):,} added, {len(parties) - len(added):,} watched already")


def show(context: typer.Context, json: JsonOption = False) -> None:
    """List the names that are watched."""
    session = current(context)
    watched = session.workspace().watching.all()
    if json:
        session.print_json(watched)
        return
    if not watched:
        session.tell("no name is watched: crosstie watch add NAME")
        return
    table = Table(box=box.SIMPLE_HEAD, title_justify="left")
    for column in ("Name", "Country", "Identifier", "Since", "Note"):
        table.add_column(column)
    for one in watched[:_SHOWN]:
        party = one.party
        table.add_row(
            showing.plain(party.name), party.country or "", showing.plain(party.id or ""),
            one.added_at[:10], showing.plain(one.note),
        )  # fmt: skip
    session.out.print(table)
    if len(watched) > _SHOWN:
        session.say(f"{len(watched) - _SHOWN:,} more: --json, or crosstie watch export FILE")


def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Names, as they are watched.")],
) -> None:
    """Watch names no longer; what was known of them stays."""
    session = current(context)
    for name in names:
        for one in session.workspace().watching.remove(name):
            session.tell(f"no longer watched: {one.party.name}")


def export(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new csv file.")],
) -> None:
    """Write the watched names to a file that `watch add --csv` reads."""
    session = current(context)
    if target.exists():
        raise UsageError("the file exists", where=str(target), remedy="name a new one")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "country", "id", "domain"))
    watched = session.workspace().watching.all()
    for one in watched:
        party = one.party
        row = (party.name, party.country or "", party.id or "", party.domain or "")
        writer.writerow([safe_cell(cell) for cell in row])
    target.write_text(out.getvalue(), encoding="utf-8")
    session.tell(f"{len(watched):,} names written to {target}")


def rescreen(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", help="Show earlier rounds again, from this day on.")
    ] = None,
    out: Annotated[
        list[Path] | None, typer.Option("--out", help="Write a report: html, csv or json.")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="Exit with 1 on any `change`, or on a new `hit` only."),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(
            "--run", help="A command to hand changes to; {report} is a page, its input JSON."
        ),
    ] = None,
    rules: RulesOption = None,
    grades: GradesOption = None,
    json: JsonOption = False,
) -> None:
    """Screen the watched names again: what has changed for which since last time, and why."""
    session = current(context)
    if fail_on not in (None, "change", "hit"):
        raise UsageError(f"--fail-on `{fail_on}` is not known", remedy="use change or hit")
    for path in out or ():
        check_format(path, _FORMS)
    words = hook_words(run) if run else []
    workspace = session.workspace()
    if since is not None:
        _show_again(session, workspace, since, json=json)
        return
    question = Question(rules=rules, grades=grades)
    found = workspace.watching.rescreen(question=question, deliver=bool(words))
    quotes = workspace.watching.quotes(found)
    for path in out or ():
        _write(found, quotes, path)
        session.say(f"report written: {path}")
    if json:
        session.print_json(told.rescreening_json(found, quotes))
    else:
        _print(session, found, quotes)
    failed = _deliver(session, workspace, words) if words else False
    if failed or _fails(found, fail_on):
        raise typer.Exit(1)


def _show_again(session: Session, workspace: Workspace, since: str, *, json: bool) -> None:
    rounds = workspace.watching.rounds(since=since)
    if json:
        session.print_json(rounds)
        return
    if not rounds:
        session.tell(f"no round since {since}")
    for found in rounds:
        session.tell(f"== {found.at}")
        _print(session, found, workspace.watching.quotes(found))


def _print(session: Session, found: Rescreening, quotes: told.Quotes) -> None:
    session.tell(told.summary_line(found))
    for name in found.affected:
        before = "" if name.before == name.after else f"{name.before} → "
        session.tell(f"\n{name.watched.party.name}: {before}{name.after}".strip())
        for change in name.changes:
            session.tell(f"  {told.change_line(change)}")
            for line in told.cause_lines(change, quotes):
                session.tell(f"    because: {line}")


def _write(found: Rescreening, quotes: told.Quotes, path: Path) -> None:
    """Write a report whole, or not at all."""
    form = path.suffix.lower()
    if form == ".html":
        text = told.rescreening_page(found, quotes)
    elif form == ".csv":
        text = told.rescreening_table(found, quotes)
    else:
        text = msgspec.json.format(
            msgspec.json.encode(told.rescreening_json(found, quotes))
        ).decode()
    write_whole(path, text.encode())


def _deliver(session: Session, workspace: Workspace, words: list[str]) -> bool:
    """Hand over every round that was not, oldest first; return whether one could not be."""
    for number, found in workspace.watching.undelivered():
        if not found.affected:
            workspace.watching.delivered(number)
            continue
        quotes = workspace.watching.quotes(found)
        with TemporaryDirectory() as folder:
            report = Path(folder) / f"changes-{found.at[:10]}.html"
            report.write_text(told.rescreening_page(found, quotes), encoding="utf-8")
            payload = msgspec.json.encode(told.rescreening_json(found, quotes))
            fault = hand_over(words, report, payload)
        if fault:
            session.err.print(
                f"crosstie: {fault}; the round of {found.at} is kept, and the next rescreen"
                " hands it over again", markup=False, soft_wrap=True,
            )  # fmt: skip
            return True
        workspace.watching.delivered(number)
    return False


def _fails(found: Rescreening, fail_on: str | None) -> bool:
    if fail_on == "change":
        return bool(found.affected)
    if fail_on == "hit":
        return any(name.after == "hit" and name.before != "hit" for name in found.affected)
    return False
