"""Commands that explain Crosstie itself: kinds, sources, compare."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from crosstie.app.cli.session import JsonOption, current
from crosstie.matching import compare as compare_names
from crosstie.ontology.kinds import kinds as all_kinds
from crosstie.sources import SOURCES


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("kinds")(kinds)
    app.command("sources")(sources)
    app.command("compare", epilog='Example: crosstie compare 北航 "Beihang University"')(compare)


def kinds(context: typer.Context, json: JsonOption = False) -> None:
    """List the kinds of entity and tie, the tiers and the mechanisms."""
    session = current(context)
    known = all_kinds()
    if json:
        session.print_json(known)
        return
    entities = _table("Entity", "Tier", "Definition")
    for entity in known.entities.values():
        entities.add_row(Text(entity.id), Text(entity.tier or ""), Text(entity.definition))
    ties = _table("Tie", "Mechanism", "Definition", "Example")
    for tie in known.ties.values():
        name = f"{tie.id} ↔" if tie.symmetric else tie.id
        ties.add_row(Text(name), Text(tie.mechanism), Text(tie.definition), Text(tie.example))
    terms = _table("Tier or mechanism", "Definition")
    for term in (*known.tiers.values(), *known.mechanisms.values()):
        terms.add_row(Text(term.id), Text(term.definition))
    for table in (entities, ties, terms):
        session.out.print(table)


def sources(context: typer.Context, json: JsonOption = False) -> None:
    """List the sources that `crosstie load` reads."""
    session = current(context)
    found = [reader.source for reader in SOURCES]
    if json:
        session.print_json(found)
        return
    table = _table("Source", "Title", "Publisher", "Licence", "Address")
    for source in found:
        table.add_row(
            Text(source.id), Text(source.title), Text(source.publisher), Text(source.licence),
            Text(source.url),
        )  # fmt: skip
    session.out.print(table)


def compare(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="A name.", show_default=False)],
    right: Annotated[str, typer.Argument(help="Another name.", show_default=False)],
    json: JsonOption = False,
) -> None:
    """Explain how alike two names are, and why."""
    session = current(context)
    found = compare_names(left, right)
    if json:
        session.print_json({"score": found.score, "reasons": found.reasons})
        return
    session.out.print(f"{found.score:.2f}", markup=False)
    for reason in found.reasons:
        session.out.print(f"  {reason.weight:+.2f}  {reason.text}", markup=False, soft_wrap=True)


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
