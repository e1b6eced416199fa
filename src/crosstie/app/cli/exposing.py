"""Commands about chains of ties: exposure, path, neighbours, anchors."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from crosstie.app.cli.drawing import draw_affiliate, draw_chain
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.app.cli.showing import print_line as line
from crosstie.app.cli.showing import print_searched, print_tie
from crosstie.app.cli.terms import AsOfOption, GradesOption, RulesOption, ValidOnOption
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Exposure, Neighbourhood
from crosstie.ontology.kinds import kinds
from crosstie.reporting import chain_words
from crosstie.workspace import Question

_NameArgument = Annotated[str, typer.Argument(help="A name or an entity id.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("exposure", epilog='Example: crosstie exposure "Baidu" --valid-on 2021-12-31')(
        exposure
    )
    app.command("path", epilog='Example: crosstie path "Alibaba" "Norinco Group"')(path)
    app.command(
        "neighbours", epilog='Example: crosstie neighbours "Beihang University" --kind supervises'
    )(neighbours)
    app.command("anchors", epilog="Example: crosstie anchors --json")(anchors)


def exposure(
    context: typer.Context,
    name: _NameArgument,
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    rules: RulesOption = None,
    grades: GradesOption = None,
    affiliates: Annotated[
        Path | None, typer.Option("--affiliates", help="Rules of ownership of your own, in YAML.")
    ] = None,
    max_ties: Annotated[
        int, typer.Option("--max-ties", min=1, max=6, help="How long a path may be.")
    ] = 3,
    also_designated: Annotated[
        bool,
        typer.Option("--also-designated", help="Trace paths to designated organisations too."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show by which chains of ties an organisation reaches a defence establishment, and why."""
    session = current(context)
    question = Question(
        as_of=as_of, valid_on=valid_on, rules=rules, grades=grades, max_ties=max_ties,
        also_designated=also_designated,
    )  # fmt: skip
    workspace = session.workspace()
    found = workspace.exposure(name, question=question, affiliates=affiliates)
    if json:
        session.print_json(found)
        return
    _print_exposure(session, found, also_designated=also_designated)


def _print_exposure(session: Session, found: Exposure, *, also_designated: bool) -> None:
    out = session.out
    line(out, found.entity.name, style="bold")
    line(out, chain_words.asked_line(found), style="dim")
    for other in found.others:
        line(out, f"also called so: {other}", style="dim")
    if found.anchor:
        line(out, f"It is itself an anchor: {found.anchor}")
    for number, path in enumerate(found.paths, 1):
        draw_chain(out, path, number=number)
    if not found.paths and not found.anchor:
        goals = "an anchor or a designated organisation" if also_designated else "an anchor"
        line(out, "")
        line(out, f"No path of up to {found.max_ties} ties from it to {goals} is known.")
        if not found.anchors:
            line(out, "No anchor stands in what was searched: `crosstie load starter` brings them.")
    for finding in found.affiliates:
        draw_affiliate(out, finding)
    print_searched(out, found.searched)


def path(
    context: typer.Context,
    start: _NameArgument,
    goal: _NameArgument,
    max_ties: Annotated[int, typer.Option("--max-ties", min=1, max=8, help="Longest chain.")] = 4,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many chains.")] = 3,
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    rules: RulesOption = None,
    grades: GradesOption = None,
    json: JsonOption = False,
) -> None:
    """Show the chains of ties between two entities, tie by tie, with the quotes."""
    session = current(context)
    question = Question(
        as_of=as_of, valid_on=valid_on, rules=rules, grades=grades, max_ties=max_ties
    )
    found = session.workspace().paths(start, goal, question=question, limit=limit)
    if json:
        session.print_json(found)
        return
    if not found:
        session.out.print(
            f"no chain of up to {max_ties} ties between `{start}` and `{goal}` in this workspace",
            markup=False,
        )
    for number, chain in enumerate(found, 1):
        draw_chain(session.out, chain, number=number)


def neighbours(
    context: typer.Context,
    name: _NameArgument,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only this kind of tie: `crosstie kinds`.")
    ] = None,
    mechanism: Annotated[
        str | None, typer.Option("--mechanism", help="Only this mechanism: `crosstie kinds`.")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=4, help="How many ties away.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many ties.")] = 100,
    as_of: AsOfOption = None,
    valid_on: ValidOnOption = None,
    json: JsonOption = False,
) -> None:
    """Show the ties around an entity, nearest first, with the quotes."""
    _check(kind, kinds().ties, "kind of tie")
    _check(mechanism, kinds().mechanisms, "mechanism")
    session = current(context)
    found = session.workspace().neighbours(
        name, kind=kind, mechanism=mechanism, depth=depth, limit=limit,
        question=Question(as_of=as_of, valid_on=valid_on),
    )  # fmt: skip
    if json:
        session.print_json(found)
    else:
        _print_neighbours(session, found)


def _check(value: str | None, choices: Iterable[str], what: str) -> None:
    if value is not None and value not in choices:
        raise UsageError(f"no {what} `{value}`", remedy=f"use one of {', '.join(choices)}")


def _print_neighbours(session: Session, found: Neighbourhood) -> None:
    out = session.out
    line(out, found.entity.name, style="bold")
    if not found.ties:
        line(out, "No such tie is known in this workspace.")
    before = None
    for item in found.ties:
        if (item.distance, item.near) != before:
            line(out, "")
            away = "" if item.distance == 1 else f", {item.distance - 1} away"
            line(out, f"{item.near.name}{away}", style="bold")
            before = (item.distance, item.near)
        print_tie(out, item.tie)
    if found.total > len(found.ties):
        line(out, f"… {found.total - len(found.ties):,} more: --limit shows them")


def anchors(context: typer.Context, as_of: AsOfOption = None, json: JsonOption = False) -> None:
    """List the defence establishment bodies to which exposure is traced, with their citations."""
    session = current(context)
    found = session.workspace().anchors(question=Question(as_of=as_of))
    if json:
        session.print_json([{"entity": ref, "why": why} for ref, why in found.items()])
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Anchor", "Country", "Why"):
        table.add_column(heading, overflow="fold")
    for ref, why in sorted(found.items(), key=lambda item: (item[0].country or "", item[0].name)):
        table.add_row(Text(ref.name), Text(ref.country or ""), Text(why))
    session.out.print(table)
