"""Commands that tell in figures: series, disputes, agreements."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich import box
from rich.table import Table

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.ontology.errors import UsageError
from crosstie.ontology.figures import (
    AgreementTable,
    Dispute,
    DisputeEvent,
    MeasureLine,
    Point,
    Series,
)
from crosstie.reporting.figures import words
from crosstie.reporting.figures.agreements import agreement_layer
from crosstie.reporting.figures.drawing import FORMATS, Theme
from crosstie.reporting.figures.series_chart import series_chart
from crosstie.reporting.figures.tables import agreement_csv, dispute_csv, series_csv
from crosstie.reporting.figures.timeline_chart import date_words, timeline_chart
from crosstie.reporting.files import check_format, write_whole
from crosstie.text.countries import country_name
from crosstie.workspace.figures import NOTHING_DISPUTED, NOTHING_MEASURED

_SHOWN = 40
NOTHING_AGREED = (
    "no document in this workspace tells of an agreement: add documents with `crosstie add`"
)


class By(StrEnum):
    """How agreements are grouped."""

    country = "country"
    sector = "sector"


class Paper(StrEnum):
    """The theme of a chart."""

    light = "light"
    dark = "dark"


_THEMES: dict[Paper, Theme] = {Paper.light: "light", Paper.dark: "dark"}
CsvOption = Annotated[Path | None, typer.Option("--csv", help="Write every row to this file.")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Draw a chart: .svg or .png.")]
ThemeOption = Annotated[Paper, typer.Option(help="The paper of the chart.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("series", epilog='Example: crosstie series "advertising revenue" --out r.svg')(
        series
    )
    app.command("disputes", epilog='Example: crosstie disputes "Hexi Group" --out d.svg')(disputes)
    app.command("agreements", epilog="Example: crosstie agreements --by sector")(agreements)


def series(
    context: typer.Context,
    measure: Annotated[
        str, typer.Argument(help="A measure, or words of it; none lists them.", show_default=False)
    ] = "",
    of: Annotated[str | None, typer.Option("--of", help="Only values of this entity.")] = None,
    country: Annotated[str | None, typer.Option(help="Only of entities of this country.")] = None,
    unit: Annotated[str | None, typer.Option(help="Only in this unit, such as CNY.")] = None,
    csv: CsvOption = None,
    out: OutOption = None,
    theme: ThemeOption = Paper.light,
    json: JsonOption = False,
) -> None:
    """Show a measure over time, from claims: each value with its quote and its source.

    Targets, plans and estimates stand apart from facts. Nothing is converted and nothing corrected:
    a figure that contradicts its own article is flagged, and sources that differ are all shown.
    """
    session = current(context)
    _check(csv, out)
    figures = session.workspace().figures
    if not (measure or of or country or unit or csv or out):
        _list_measures(session, figures.measures(), json=json)
        return
    found = figures.series(measure, of=of, country=country, unit=unit)
    if csv:
        _write(session, csv, series_csv(found))
    if out:
        raw, notices = series_chart(found, out.suffix.lower(), theme=_THEMES[theme])
        _write(session, out, raw, notices)
    if json:
        session.print_json(found)
    elif not found:
        session.tell(NOTHING_MEASURED)
    elif not (csv or out):
        for one in found:
            _print_series(session, one)


def disputes(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A party; none shows every dispute.", show_default=False)
    ] = "",
    csv: CsvOption = None,
    out: OutOption = None,
    theme: ThemeOption = Paper.light,
    json: JsonOption = False,
) -> None:
    """Show lawsuits as timelines: what happened when, who says so, and the sentence that does.

    A step rests on a claim, or on a sentence that names a party and gives a date. What a charge or
    a party says is alleged. A date such as "three years later" is resolved, and marked so.
    """
    session = current(context)
    _check(csv, out)
    found = session.workspace().figures.disputes(name)
    if csv:
        _write(session, csv, dispute_csv(found))
    if out:
        if len(found) != 1:
            raise UsageError(
                f"a chart shows one dispute, not {len(found)}", where=str(out),
                remedy=f"name one: {' | '.join(d.name for d in found[:5])}" if found else "",
            )  # fmt: skip
        raw, notices = timeline_chart(found[0], out.suffix.lower(), theme=_THEMES[theme])
        _write(session, out, raw, notices)
    if json:
        session.print_json(found)
    elif not found:
        session.tell(NOTHING_DISPUTED)
    elif not (csv or out):
        for dispute in found:
            _print_dispute(session, dispute)


def agreements(
    context: typer.Context,
    sector: Annotated[str | None, typer.Option(help="Only this sector, or `unstated`.")] = None,
    by: Annotated[By, typer.Option("--by", help="Group by country or by sector.")] = By.sector,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", help="Write a map layer to this file.")
    ] = None,
    csv: CsvOption = None,
    json: JsonOption = False,
) -> None:
    """Show who signed agreements with whom, by sector or country, and how many are not named.

    The sector is told by the words of the quote, or else of its paragraph, and the answer says
    which. A count such as "more than 30 countries" stands against the parties that are named.
    """
    session = current(context)
    if csv:
        check_format(csv, (".csv",))
    if geojson:
        check_format(geojson, (".geojson", ".json"))
    table = session.workspace().figures.agreements(sector=sector)
    if csv:
        _write(session, csv, agreement_csv(table))
    if geojson:
        layer = msgspec.json.format(msgspec.json.encode(agreement_layer(table)), indent=1)
        _write(session, geojson, layer + b"\n")
    if json:
        session.print_json(table)
    elif not (table.agreements or table.counts):
        session.tell(NOTHING_AGREED)
    elif not (csv or geojson):
        _print_agreements(session, table, by)


def _check(csv: Path | None, out: Path | None) -> None:
    if csv:
        check_format(csv, (".csv",))
    if out:
        check_format(out, FORMATS)


def _write(session: Session, path: Path, content: str | bytes, notices: Sequence[str] = ()) -> None:
    write_whole(path, content.encode() if isinstance(content, str) else content)
    session.say(f"written: {path}")
    for notice in notices:
        session.say(f"note: {notice}")


def _list_measures(session: Session, found: Sequence[MeasureLine], *, json: bool) -> None:
    if json:
        session.print_json(found)
        return
    if not found:
        session.tell(NOTHING_MEASURED)
        return
    table = _table(("Measure", "Unit", "Values", "Of", "From", "To", "Marks"))
    for line in found[:_SHOWN]:
        marks = [f"{line.flagged} flagged"] if line.flagged else []
        marks += [f"{line.contradicted} contradicted"] if line.contradicted else []
        named = f"{line.measure}, {line.work}" if line.work else line.measure
        row = (
            named, line.unit, str(line.points), str(line.subjects), line.first or "",
            line.last or "", ", ".join(marks),
        )  # fmt: skip
        table.add_row(*(showing.plain(cell) for cell in row))
    session.out.print(table)
    if len(found) > _SHOWN:
        session.say(f"{len(found) - _SHOWN:,} more: crosstie series --json")


def _print_series(session: Session, one: Series) -> None:
    out = session.out
    showing.print_line(out, "")
    showing.print_line(out, words.title_of(one), style="bold")
    for title, points in (
        ("Stated as facts", [p for p in one.points if p.is_actual]),
        ("Plans, targets and estimates", [p for p in one.points if not p.is_actual]),
    ):
        if points:
            showing.print_line(out, title, indent=2, style="dim")
        for point in points:
            _print_point(session, one, point)


def _print_point(session: Session, one: Series, point: Point) -> None:
    out = session.out
    reading = words.reading_words(point)
    details = [reading] if reading != "actual" else []
    if point.also_printed:
        details.append(words.printed_words(point).rpartition(", ")[2])
    said = f"  ({', '.join(details)})" if details else ""
    line = f"{words.time_words(point)}: {point.owner}: {words.value_words(point)}{said}"
    showing.print_line(out, line, indent=4)
    for flag in point.flags:
        showing.print_line(out, f"! {words.flag_words(flag)}", indent=6, style="yellow")
    for other in one.points:
        if other.claim_id in point.contradicted_by:
            by = other.quotes[0].citation if other.quotes else None
            named = f" ({by.publisher or by.title})" if by else ""
            line = f"≠ another source gives {words.value_words(other)}{named}"
            showing.print_line(out, line, indent=6, style="yellow")
    # Flags are told in words above.
    quotes = tuple(replace(quote, flags=()) for quote in point.quotes)
    showing.print_quotes(out, quotes, indent=6)


def _print_dispute(session: Session, dispute: Dispute) -> None:
    out = session.out
    showing.print_line(out, "")
    showing.print_line(out, dispute.name, style="bold")
    details = [f"filed {date_words(dispute.filed)}" if dispute.filed else "", dispute.status]
    if dispute.others:
        details.append(f"also named: {', '.join(ref.name for ref in dispute.others)}")
    showing.print_line(out, "; ".join(part for part in details if part), style="dim")
    for event in dispute.events:
        _print_event(session, event)


def _print_event(session: Session, event: DisputeEvent) -> None:
    out = session.out
    marks: list[str] = [event.stance] if event.stance != "asserted" else []
    marks += [event.polarity] if event.polarity == "denied" else []
    said = f"  [{', '.join(marks)}]" if marks else ""
    showing.print_line(out, f"{date_words(event.date)}{said}", indent=2, style="bold")
    how = words.how_words(event)
    if how and event.date:
        showing.print_line(out, f"date: {how}", indent=4, style="yellow")
    for tie in event.claims:
        line = f"{tie.subject.name} {tie.label} {tie.object.name}  ({tie.status})"
        showing.print_line(out, line, indent=4)
    statement = " ".join(event.statement.split())
    # Our own words about a source are no quotation.
    said = f"curated: {statement}" if event.quote.citation.curated else f"“{statement}”"
    showing.print_line(out, said, indent=4, style="italic")
    showing.print_line(out, f"said by {words.said_words(event)}", indent=4, style="dim")


def _print_agreements(session: Session, table: AgreementTable, by: By) -> None:
    groups = table.by_sector if by is By.sector else table.by_country
    shown = _table((by.value, "Agreements", "Parties", "Status", "More"))
    for group in groups:
        parties = sorted(
            {
                f"{found.subject.name} – {found.object.name}"
                + (f" ({found.date})" if found.date else "")
                for found in group.agreements
            }
        )
        statuses = ", ".join(f"{count} {status}" for status, count in group.statuses.items())
        more = (
            "the source says there are others"
            if any(found.open_list for found in group.agreements)
            else ""
        )
        label = group.label if by is By.sector else f"{country_name(group.key)} ({group.key})"
        row = (label, str(len(group.agreements)), "; ".join(parties), statuses, more)
        shown.add_row(*(showing.plain(cell) for cell in row))
    if groups:
        session.out.print(shown)
    for found in table.agreements:
        told = [reading for reading in found.sectors if reading.where == "paragraph"]
        if told:
            session.say("a sector that the quote does not name is told by its paragraph: --json")
            break
    for count in table.counts:
        line = f"{count.subject.name}, {words.sector_words(count)}: {words.count_words(count)}"
        showing.print_line(session.out, line, style="bold")
        showing.print_quotes(session.out, count.quotes, indent=2)


def _table(headings: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        numeric = heading in ("Values", "Of", "Agreements")
        table.add_column(
            heading[0].upper() + heading[1:],
            overflow="fold",
            justify="right" if numeric else "left",
        )
    return table
