"""Commands that ask: show, find, status."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.terms import AsOfOption, ValidOnOption
from crosstie.workspace import Question, Status


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("show", epilog='Example: crosstie show "Hikvision"')(show)
    app.command("find", epilog="Example: crosstie find 军民融合")(find)
    app.command("status")(status)


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name or an entity id.", show_default=False)],
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    json: JsonOption = False,
) -> None:
    """Show an entity: names, designations, ties by mechanism, evidence with quotes."""
    session = current(context)
    question = Question(as_of=as_of, valid_on=valid_on)
    dossier = session.workspace().dossier(name, question=question)
    if json:
        session.print_json(dossier)
    else:
        showing.print_dossier(session.out, dossier)


def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words, in any script.", show_default=False)],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many passages.")] = 20,
    json: JsonOption = False,
) -> None:
    """Find passages of documents, list rows and curated facts that hold all the words."""
    session = current(context)
    passages = session.workspace().find(" ".join(words), limit=limit)
    if json:
        session.print_json(passages)
        return
    if not passages:
        session.out.print("no passage holds all these words", markup=False)
    for passage in passages:
        session.out.print(showing.plain(f"{passage.title}  [{passage.document_id}]", "bold"))
        session.out.print(showing.plain("  … " + " ".join(passage.quote.split()) + " …"))


def status(
    context: typer.Context,
    documents: Annotated[bool, typer.Option("--documents", help="List the documents.")] = False,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="List the bad rows that were set aside.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show what is in the workspace: lists with versions and age, documents, claims, ties."""
    session = current(context)
    workspace = session.workspace()
    found = workspace.status()
    if json:
        session.print_json(found)
        return
    _print_status(session, found)
    if documents:
        _print_documents(session, found)
    if set_aside:
        for line in workspace.set_aside():
            session.out.print(line, markup=False, soft_wrap=True)


def _print_status(session: Session, found: Status) -> None:
    session.out.print(Text(found.path, style="bold"))
    names = {"list_rows": "list rows", "starter_facts": "curated facts", "uncertain": "to review"}
    counts = (f"{count:,} {names.get(key, key)}" for key, count in found.counts.items())
    session.out.print(", ".join(counts), markup=False)
    if not found.editions:
        session.out.print("no list is loaded: begin with `crosstie load starter`", markup=False)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("List", "Edition", "In", "Persons", "Out of scope", "Set aside", "Covers"):
        number = heading in ("In", "Persons", "Out of scope", "Set aside")
        table.add_column(heading, overflow="fold", justify="right" if number else "left")
    for edition in found.editions:
        table.add_row(
            Text(edition.source.id), Text(edition.as_of or "undated"), f"{edition.rows_in:,}",
            f"{edition.individuals:,}", f"{edition.out_of_scope:,}", f"{edition.bad:,}",
            Text(edition.scope or "the whole list"),
        )  # fmt: skip
    session.out.print(table)
    if found.outdated:
        line = f"{found.outdated:,} documents were read before the present lists: extract --again"
        session.out.print(Text(line, style="yellow"))
    for source, age in found.stale.items():
        line = f"STALE: {source} is {age} days old: load a newer edition"
        session.out.print(Text(line, style="yellow"))


def _print_documents(session: Session, found: Status) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Document", "Id", "Language", "Date", "Articles", "Claims", "Added"):
        table.add_column(heading, overflow="fold")
    for state in found.documents:
        name = f"forgotten: {state.forgotten_because}" if state.forgotten_at else state.name
        table.add_row(
            showing.plain(name), state.id, state.language, state.date or "", str(state.articles),
            str(state.claims), state.added_at[:10],
        )  # fmt: skip
    session.out.print(table)
