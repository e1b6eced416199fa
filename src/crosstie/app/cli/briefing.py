"""The command that briefs: what came in during a period, in quotes."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from crosstie.app.cli.session import JsonOption, current
from crosstie.app.cli.showing import print_line
from crosstie.app.cli.writers import (
    BudgetOption,
    EndpointOption,
    ModelOption,
    WriterOption,
    writer_settings,
)
from crosstie.ontology.briefings import Briefing, Item, Passage, Reckoning
from crosstie.ontology.errors import UsageError
from crosstie.reporting import BRIEFING_FORMATS, briefing_json, check_format, write_briefing
from crosstie.reporting.briefing import words as telling
from crosstie.reporting.briefing.ties import tie_lines

_BY: dict[str, Reckoning] = {"document": "document", "recorded": "recorded"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("brief", epilog="Example: crosstie brief --since 2019-02 --out brief.html")(brief)


def brief(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", help="The first day.", show_default="the beginning"),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help="The last day.", show_default="the newest record"),
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", help="By which day: `document` (its own) or `recorded` (here)."),
    ] = "document",
    topic: Annotated[
        str | None,
        typer.Option("--topic", help="A mechanism, a technology, or words in any script."),
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", help="Only what names this entity.")
    ] = None,
    categories: Annotated[
        Path | None, typer.Option("--categories", help="Categories of your own, in YAML.")
    ] = None,
    writer: WriterOption = None,
    endpoint: EndpointOption = None,
    model: ModelOption = None,
    budget: BudgetOption = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", help=f"Write it to a file: {', '.join(BRIEFING_FORMATS)}."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Brief on a period: items by category, in quotes, with what is new, denied or doubtful."""
    if by not in _BY:
        raise UsageError(f"--by `{by}` is not known", remedy=f"use {' or '.join(_BY)}")
    for path in out or ():
        check_format(path, BRIEFING_FORMATS)
    written_at = writer_settings(context, writer, endpoint=endpoint, model=model, budget=budget)
    session = current(context)
    briefing = session.workspace().briefings.brief(
        since=since,
        until=until,
        reckoning=_BY[by],
        topic=topic,
        about=about,
        categories=categories,
        writer=written_at,
    )
    for path in out or ():
        write_briefing(briefing, path)
        session.say(f"briefing written: {path}")
    if json:
        typer.echo(briefing_json(briefing).decode().rstrip())
    elif not out:
        _print(session.out, briefing)
    if json or out:
        for line in telling.writing_lines(briefing):
            session.say(line)


def _print(out: Console, briefing: Briefing) -> None:
    print_line(out, telling.period_line(briefing), style="bold")
    if scope := telling.scope_line(briefing):
        print_line(out, scope)
    print_line(out, telling.counts_line(briefing))
    print_line(out, telling.reckoning_line(briefing), style="dim")
    if not briefing.items and not briefing.lists:
        print_line(out, telling.empty_line(briefing))
    for news in briefing.lists:
        print_line(out, "")
        print_line(out, telling.list_title(news), style="bold")
        print_line(out, telling.list_line(news), indent=2)
        for entry in news.entries:
            line = telling.entry_line(entry.name, entry.country, entry.on)
            watched = ", watched" if entry.watched else ""
            print_line(out, f"{entry.change}{watched}: {line}", indent=2)
    for category in briefing.categories:
        for place, item in enumerate(briefing.under(category.id)):
            if not place:
                print_line(out, "")
                print_line(out, category.label.upper(), style="bold")
            _print_item(out, item, briefing)
    for line in telling.writing_lines(briefing):
        print_line(out, "")
        print_line(out, line, style="dim")


def _print_item(out: Console, item: Item, briefing: Briefing) -> None:
    news_alone = briefing.since is not None
    print_line(out, "")
    print_line(out, item.headline, style="bold")
    print_line(out, telling.source_line(item), indent=2, style="dim")
    for sentence in briefing.writing.about(item.id) if briefing.writing else ():
        print_line(out, f"{sentence.text} [{telling.written_by(briefing)}]", indent=2)
    for passage in item.summary:
        _print_quote(out, passage)
    for line in tie_lines(item, news_alone=news_alone)[: telling.TIES_SHOWN]:
        print_line(out, f"{'new' if news_alone else 'tie'}: {line}", indent=2)
    for found in item.contradictions:
        print_line(
            out, f"{telling.contradiction_label(found)}: {found.text}", indent=2, style="red"
        )
        _print_quote(out, found.here)
        _print_quote(out, found.there)
    for check in item.checks:
        style = {"error": "red", "caution": "yellow"}.get(check.level, "dim")
        print_line(out, f"{check.level}: {check.text}", indent=2, style=style)


def _print_quote(out: Console, passage: Passage) -> None:
    print_line(out, f"“{passage.text}”", indent=4, style="italic")
    said = f"; {telling.standing(passage)}" if telling.standing(passage) else ""
    print_line(out, f"— {passage.citation.publisher or passage.citation.title}{said}", indent=4)
