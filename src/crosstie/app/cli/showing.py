"""Findings, dossiers and paths on a terminal: tables, and text that wraps."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import (
    Designation,
    Dossier,
    ExposurePath,
    Finding,
    Hit,
    Party,
    Quote,
    Screening,
    Searched,
    TieView,
)
from crosstie.ontology.kinds import kinds
from crosstie.reporting import chain_words, words
from crosstie.text.countries import country_code

_STYLES = {"hit": "bold red", "possible": "yellow", "nothing_found": "green"}
_TIES_SHOWN = 25
_REASONS = 10
_LONGEST_NAME = 200
_LONGEST_DETAIL = 160
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def party(name: str, country: str | None) -> Party:
    """Return a party from the command line. Raises UsageError for no name or no known country."""
    if not any(character.isalnum() for character in name):
        raise UsageError(f"`{name}` is no name", remedy="give a name with letters or characters")
    code = country_code(country) if country else None
    if country and code is None:
        raise UsageError(f"`{country}` is no country that Crosstie knows", remedy="use a code: CN")
    return Party(name=" ".join(name.split()), country=code)


def overview(screening: Screening) -> Table:
    """Return the findings as a table, one row a party: what was found, and why."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Party", overflow="fold", ratio=3)
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Why", overflow="fold", ratio=7)
    for finding in screening.findings:
        table.add_row(
            plain(_shortened(finding.party.name)),
            Text(words.outcome_label(finding.outcome), style=_STYLES[finding.outcome]),
            plain("\n".join(words.why(finding))),
        )
    return table


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def print_finding(out: Console, finding: Finding) -> None:
    """Print a finding with its reasons and quotes."""
    print_line(out, "")
    label = words.outcome_label(finding.outcome)
    print_line(out, f"{_shortened(finding.party.name)}: {label}", style=_STYLES[finding.outcome])
    for note in finding.notes:
        print_line(out, note, indent=2, style="dim")
    for hit in finding.hits:
        sure = "match" if hit.certainty == "sure" else "possible match"
        entity = hit.match.entity
        print_line(out, f"{sure} {hit.match.score:.2f}: {entity.name}{_details(hit)}", indent=2)
        for reason in hit.match.reasons:
            print_line(out, f"· {reason.text}", indent=4, style="dim")
        _print_decision(out, hit)
        if hit.anchor:
            print_line(out, f"is itself part of a defence establishment: {hit.anchor}", indent=4)
        _print_designations(out, hit.designations)
        for path in hit.exposures:
            print_path(out, path, indent=4)


def _print_decision(out: Console, hit: Hit) -> None:
    standing = hit.disposition
    if standing is None:
        return
    style = "yellow" if standing.state == "reopened" else "green"
    label = words.decision_label(standing).casefold()
    print_line(out, f"{label} {words.decision_line(standing)}", indent=4, style=style)
    for line in standing.news:
        print_line(out, f"! {line}", indent=6, style="yellow")


def _details(hit: Hit) -> str:
    entity = hit.match.entity
    parts = [words.country_label(entity.country), entity.kind.replace("_", " "), entity.id]
    return f" ({', '.join(part for part in parts if part)})"


def _print_designations(out: Console, designations: tuple[Designation, ...]) -> None:
    for designation in designations:
        print_line(out, f"designated: {words.designation_sentence(designation)}", indent=4)
        print_quotes(out, designation.quotes, indent=6)


def print_path(out: Console, path: ExposurePath, *, indent: int = 0) -> None:
    """Print a path: the chain in one line, then each tie with its quotes."""
    print_line(out, f"{words.path_sentence(path)}  (score {path.score:.2f})", indent=indent)
    for place, step in enumerate(path.steps):
        weakest = place == path.weakest and len(path.steps) > 1
        note = f"  ← weakest link: {step.why}" if weakest else ""
        print_line(out, f"{place + 1}. {words.step_sentence(step)}{note}", indent=indent + 2)
        graded = f"grade {step.grade}, " if step.grade else ""
        counted = chain_words.counted_sources(step.sources, independent=True)
        denied = chain_words.denied_by(step)
        denied = f"; {denied}" if denied else ""
        print_line(out, f"{graded}{counted}{denied}", indent=indent + 5, style="dim")
        print_quotes(out, step.quotes, indent=indent + 5)


def print_searched(out: Console, searched: tuple[Searched, ...]) -> None:
    """Print what was searched, so that silence says something."""
    print_line(out, "")
    print_line(out, "Searched:", style="bold")
    for item in searched:
        style = "yellow" if item.stale_days is not None else ""
        print_line(out, words.searched_line(item), indent=2, style=style)
    print_line(out, words.LEAD, style="dim")


def print_dossier(out: Console, dossier: Dossier) -> None:
    """Print all that is held on an entity, ties by mechanism."""
    _print_head(out, dossier)
    if dossier.designations:
        _section(out, "Designations")
        _print_designations(out, dossier.designations)
    _print_ties(out, dossier)
    if dossier.measures:
        _section(out, "Figures")
    print_quotes(out, dossier.measures, indent=2)
    if dossier.exposures:
        _section(out, "Exposure")
    for path in dossier.exposures:
        print_path(out, path, indent=2)
    print_line(out, "")
    where = f"{dossier.mentions:,} mentions in {dossier.documents:,} documents, rows and facts"
    print_line(out, where, style="dim")
    for reason in dossier.merged_because[:_REASONS]:
        print_line(out, f"taken as one because: {reason}", indent=2, style="dim")


def _print_head(out: Console, dossier: Dossier) -> None:
    entity = dossier.entity
    details = [entity.kind.replace("_", " "), words.country_label(entity.country)]
    details += [f"tier: {entity.tier}" if entity.tier else "", entity.id]
    print_line(out, entity.name, style="bold")
    print_line(out, ", ".join(part for part in details if part), style="dim")
    if dossier.description:
        print_line(out, dossier.description)
    for other in dossier.others:
        print_line(out, f"also called so: {other}", style="dim")
    _section(out, "Names")
    for name in dossier.names:
        kind = "" if name.kind == "primary" else f", {name.kind}"
        print_line(out, f"{name.text} ({name.language}{kind})", indent=2)
    for identifier in dossier.identifiers:
        print_line(out, f"{identifier.scheme}: {identifier.value}", indent=2, style="dim")
    if dossier.anchor:
        print_line(out, f"Anchor: {dossier.anchor}", style="bold")


def _print_ties(out: Console, dossier: Dossier) -> None:
    for mechanism in kinds().mechanisms.values():
        ties = [tie for tie in dossier.ties if tie.mechanism == mechanism.id]
        if not ties:
            continue
        _section(out, mechanism.label)
        for tie in ties[:_TIES_SHOWN]:
            print_tie(out, tie)
        if len(ties) > _TIES_SHOWN:
            print_line(out, f"… {len(ties) - _TIES_SHOWN:,} more: --json has them", indent=2)


def print_tie(out: Console, tie: TieView) -> None:
    """Print a tie as one of its ends shows it, with its quotes."""
    denied = chain_words.counted_sources(tie.sources_against)
    details = [
        tie.status, words.period(tie.valid_from, tie.valid_to),
        f"grade {tie.grade}" if tie.grade else "",
        chain_words.counted_sources(tie.sources, independent=True),
        f"denied by {denied}" if tie.sources_against else "",
        *(f"{key}: {_brief(value)}" for key, value in tie.attributes.items() if key != "curated"),
    ]  # fmt: skip
    said = ", ".join(part for part in details if part)
    print_line(out, f"{tie.label} {tie.other.name}  ({said})", indent=2)
    print_quotes(out, tie.quotes, indent=4)


def _brief(value: str) -> str:
    return value if len(value) <= _LONGEST_DETAIL else f"{value[:_LONGEST_DETAIL].rstrip()}…"


def print_quotes(out: Console, quotes: tuple[Quote, ...], *, indent: int) -> None:
    """Print quotes that share a citation, such as the lines of one list row, then the citation."""
    for place, quote in enumerate(quotes):
        text = " ".join(quote.text.split())
        shown = text if quote.citation.curated else f"“{text}”"
        status = "" if quote.status == "asserted" else f"[{quote.status}] "
        print_line(out, f"{status}{shown}", indent=indent, style="italic")
        for flag in quote.flags:
            print_line(out, f"flag: {flag}", indent=indent, style="yellow")
        if place + 1 == len(quotes) or quotes[place + 1].citation != quote.citation:
            _cited(out, quote, indent)


def _cited(out: Console, quote: Quote, indent: int) -> None:
    said = f"; said by {' → '.join(quote.attribution)}" if quote.attribution else ""
    print_line(out, f"— {words.citation_line(quote.citation)}{said}", indent=indent, style="dim")
    if quote.same_text:
        same = f"{quote.same_text}; both count as one source"
        print_line(out, same, indent=indent + 2, style="dim")


def _section(out: Console, title: str) -> None:
    print_line(out, "")
    print_line(out, title, style="bold")


def plain(text: str, style: str = "") -> Text:
    """Return text that can run neither markup nor control sequences: documents are hostile."""
    harmless = (c if c.isprintable() or c == "\n" else _UNPRINTABLE for c in text)
    return Text("".join(harmless), style)


def print_line(out: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    """Print one line of text that no markup or control sequence in it can change."""
    out.print(Padding(plain(text.replace("\n", " "), style), (0, 0, 0, indent)))
