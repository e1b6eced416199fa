"""Commands on the three tiers: framework, tracker companies, tracker universities, classify."""

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich import box
from rich.table import Table
from rich.text import Text

from crosstie.app.cli import showing
from crosstie.app.cli.session import JsonOption, Session, current
from crosstie.documents import document_bytes, find_documents, read_document
from crosstie.extraction.classification import Classified, classify
from crosstie.extraction.technologies import technologies
from crosstie.graph.framework import OUTSIDE, Selection
from crosstie.graph.network import STATUSES
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.kinds import kinds
from crosstie.ontology.rollups import Framework, GroupTracker, UniversityRow
from crosstie.reporting.map_layers import presence_layer
from crosstie.workspace.framework import BandTie

_BANDS = 25


class Layout(StrEnum):
    """How a tracker is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    geojson = "geojson"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("framework", epilog="Example: crosstie framework --mechanism supply")(framework)
    app.command(
        "classify",
        epilog='Example: crosstie classify "BeiDou receivers for autonomous underwater vehicles"',
    )(classify_text)
    tracker = typer.Typer(
        name="tracker",
        help="Track companies abroad, and universities.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    tracker.command("companies", epilog='Example: crosstie tracker companies "27 companies"')(
        companies
    )
    tracker.command("universities")(universities)
    app.add_typer(tracker)


def framework(
    context: typer.Context,
    source: Annotated[str, typer.Option("--from", help="Only ties from this tier.")] = "",
    target: Annotated[str, typer.Option("--to", help="Only ties to this tier.")] = "",
    mechanism: Annotated[str, typer.Option(help="Only ties of this mechanism.")] = "",
    technology: Annotated[str, typer.Option(help="Only ties that speak of this technology.")] = "",
    status: Annotated[str, typer.Option(help="Only ties of this status.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many ties.")] = 20,
    json: JsonOption = False,
) -> None:
    """Roll the ties up by tier, mechanism and technology; with an option, list its ties.

    Tiers: ecosystem, priorities, foundation, outside. Mechanisms: `crosstie kinds`.
    """
    session = current(context)
    wanted = Selection(
        subject_tier=_one_of("--from", source, (*kinds().tiers, OUTSIDE)),
        object_tier=_one_of("--to", target, (*kinds().tiers, OUTSIDE)),
        mechanism=_one_of("--mechanism", mechanism, kinds().mechanisms),
        technology=_one_of("--technology", technology, technologies().by_id),
        status=_one_of("--status", status, STATUSES),
    )
    if wanted == Selection():
        found = session.workspace().framework()
        if json:
            session.print_json(found)
        else:
            _print_framework(session, found)
        return
    ties, total = session.workspace().framework_ties(wanted, limit=limit)
    if json:
        session.print_json({"total": total, "ties": ties})
        return
    if not total:
        session.out.print("no tie of this kind in this workspace", markup=False)
    for tie in ties:
        _print_tie(session, tie)
    if total > len(ties):
        session.say(f"{total - len(ties):,} more: --limit {total}")


def classify_text(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="A text, such as a project abstract.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Read the text from a document.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Say which technologies a text speaks of, in which areas and control-list entries, and why."""
    session = current(context)
    if (text is None) == (file is None):
        raise UsageError("classify needs a text or --file", remedy='crosstie classify "a text"')
    found = classify(_text_of(file) if file else text or "")
    if json:
        session.print_json(found)
        return
    if not found:
        session.out.print(
            "no technology of the lexicon is named: that is silence, not a clearance", markup=False
        )
        return
    _print_classified(session, found)


def companies(
    context: typer.Context,
    group: Annotated[
        str | None, typer.Argument(help="A group; without one, every company.", show_default=False)
    ] = None,
    layout: Annotated[Layout, typer.Option("--as", help="How to print it.")] = Layout.table,
) -> None:
    """Show a group's named members, and where they are present by country and kind."""
    session = current(context)
    found = session.workspace().track_companies(group)
    if layout is Layout.json:
        session.print_json({"completeness": found.completeness, **msgspec.to_builtins(found)})
    elif layout is Layout.geojson:
        typer.echo(msgspec.json.encode(presence_layer(found.presences)).decode())
    elif layout is Layout.csv:
        _print_csv(_PRESENCE, _presence_rows(found))
    else:
        _print_companies(session, found)


def universities(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(help="One university, with all names; without it, all.", show_default=False),
    ] = None,
    layout: Annotated[Layout, typer.Option("--as", help="table, csv or json.")] = Layout.table,
) -> None:
    """Show each university's supervisor, programmes, laboratories, alliances, designations."""
    session = current(context)
    if layout is Layout.geojson:
        raise UsageError("universities are not drawn on a map", remedy="--as table, csv or json")
    found = session.workspace().track_universities(name)
    if layout is Layout.json:
        session.print_json(found)
    elif layout is Layout.csv:
        _print_csv(_UNIVERSITY, [_university_row(row) for row in found])
    elif name:
        for row in found:
            _print_university(session, row)
    else:
        _print_table(session, _SUMMARY, [_university_summary(row) for row in found])
        session.say(f"{len(found):,} universities; one in full: crosstie tracker universities NAME")


def _text_of(file: Path) -> str:
    if file.is_dir():
        raise UsageError("it is a folder", where=str(file), remedy="name one document")
    [path] = find_documents([file])
    document, _ = read_document(document_bytes(path), name=path.name)
    return document.text


def _one_of(option: str, value: str, known: Iterable[str]) -> str:
    choices = list(known)
    if value and value not in choices:
        raise UsageError(f"{option} {value}: not known", remedy=f"one of {', '.join(choices)}")
    return value


def _print_framework(session: Session, found: Framework) -> None:
    labels = {tier.id: tier.label for tier in kinds().tiers.values()} | {OUTSIDE: "Outside"}
    for tier, counts in found.tiers.items():
        listed = ", ".join(
            f"{count:,} {kinds().entities[kind].label}" for kind, count in counts.items()
        )
        session.out.print(Text(f"{labels[tier]}: ", "bold") + Text(listed or "none"))
    session.out.print(f"{found.ties:,} ties from {found.sources:,} publishers", markup=False)
    rows = [
        (
            labels[band.subject_tier], band.mechanism.replace("_", " "), labels[band.object_tier],
            f"{band.ties:,}", f"{band.entities:,}", f"{band.sources:,}",
            ", ".join(f"{count:,} {status}" for status, count in band.statuses.items()),
        )
        for band in found.bands
    ]  # fmt: skip
    _print_table(
        session, ("From", "Mechanism", "To", "Ties", "Entities", "Sources", "Status"), rows[:_BANDS]
    )
    if len(rows) > _BANDS:
        session.say(f"{len(rows) - _BANDS:,} smaller bands: --json")
    known = technologies()
    _print_table(
        session,
        ("Technology", "Area", "Ties", "Entities", "Sources", "Id"),
        [
            (
                known.by_id[band.technology].label,
                known.area_label(known.by_id[band.technology]) or "",
                f"{band.ties:,}", f"{band.entities:,}", f"{band.sources:,}", band.technology,
            )
            for band in found.technologies[:_BANDS]
        ],
    )  # fmt: skip


def _print_tie(session: Session, tie: BandTie) -> None:
    details = [tie.status, f"{tie.sources} source{'s' if tie.sources != 1 else ''}"]
    details += [f"since {tie.valid_from}"] if tie.valid_from else []
    details += [f"until {tie.valid_to}"] if tie.valid_to else []
    if tie.technologies:
        labels = (technologies().by_id[key].label for key in tie.technologies)
        details.append(f"technology: {', '.join(labels)}")
    line = f"{tie.subject.name} {tie.label} {tie.object.name}  ({', '.join(details)})"
    session.out.print(showing.plain(line))
    showing.print_quotes(session.out, tie.quotes, indent=2)


def _print_classified(session: Session, found: Sequence[Classified]) -> None:
    _print_table(
        session,
        ("Technology", "Area", "Control list", "Because of"),
        [
            (
                f"{item.label} {item.label_zh}",
                item.area or "",
                "; ".join(f"{entry.code} {entry.subject}" for entry in item.eccn),
                ", ".join(item.words),
            )
            for item in found
        ],
    )
    for cited in technologies().cited.values():
        session.say(f"{cited.title}, {cited.publisher}, {cited.date}, {cited.url}")
    session.say("whether an item is controlled depends on its parameters: a lead, not a ruling")


_PRESENCE = ("company", "country", "place", "kind", "status", "sources")
_UNIVERSITY = (
    "university", "country", "supervised by", "programmes", "alliances", "laboratories",
    "transfer centres", "designations",
)  # fmt: skip
_SUMMARY = (
    "university", "supervised by", "programmes", "alliances", "laboratories", "transfer",
    "designations",
)  # fmt: skip


def _print_companies(session: Session, found: GroupTracker) -> None:
    if found.group:
        session.out.print(showing.plain(found.group.name, "bold"))
        stated = f" of {found.stated} stated" if found.stated else ""
        share = f" ({found.completeness:.0%})" if found.completeness is not None else ""
        names = ", ".join(member.name for member in found.members)
        session.out.print(showing.plain(f"{len(found.members)} named{stated}{share}: {names}"))
    if not found.presences:
        session.out.print("no source in this workspace says where they are present", markup=False)
        return
    _print_table(session, _PRESENCE, _presence_rows(found))


def _presence_rows(found: GroupTracker) -> list[tuple[str, ...]]:
    return [
        (
            presence.company.name, presence.country or "", presence.place.name,
            presence.kind.replace("_", " "), presence.status, str(presence.sources),
        )
        for presence in found.presences
    ]  # fmt: skip


def _university_row(row: UniversityRow) -> tuple[str, ...]:
    def names(refs: tuple[EntityRef, ...]) -> str:
        return "; ".join(ref.name for ref in refs)

    return (
        row.university.name, row.university.country or "", names(row.supervisors),
        names(row.programmes), names(row.alliances), names(row.laboratories),
        names(row.transfer_centres), str(row.designations or ""),
    )  # fmt: skip


def _university_summary(row: UniversityRow) -> tuple[str, ...]:
    counts = (
        len(row.programmes), len(row.alliances), len(row.laboratories), len(row.transfer_centres),
        row.designations,
    )  # fmt: skip
    supervisors = "; ".join(ref.name for ref in row.supervisors)
    return (row.university.name, supervisors, *(str(count or "") for count in counts))


def _print_university(session: Session, row: UniversityRow) -> None:
    name, country, *cells = _university_row(row)
    session.out.print(showing.plain(f"{name}  {country}", "bold"))
    for heading, cell in zip(_UNIVERSITY[2:], cells, strict=True):
        session.out.print(showing.plain(f"  {heading}: {cell or 'none in this workspace'}"))


def _print_table(session: Session, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numbers = {"Ties", "Entities", "Sources", *_PRESENCE[5:], *_SUMMARY[2:]}
    for heading in headings:
        table.add_column(
            heading[0].upper() + heading[1:],
            overflow="fold",
            justify="right" if heading in numbers else "left",
        )
    for row in rows:
        table.add_row(*(showing.plain(cell) for cell in row))
    session.out.print(table)


def _print_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    # A byte-order mark would be in the way of the next program in a pipe.
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    typer.echo(out.getvalue(), nl=False)
