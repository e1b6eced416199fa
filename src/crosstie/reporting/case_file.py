"""A case as a file to keep: what was asked and found, what people decided, a plan to fill in.

The plan has headings and no content: what to do about a finding is for people to say.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from openpyxl import Workbook

from crosstie.ontology.cases import CaseFile, Disposed
from crosstie.ontology.dispositions import DECISION_WORDS
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Finding, Hit, Quote, Screening
from crosstie.reporting import chain_words, words
from crosstie.reporting.pages import environment
from crosstie.reporting.tables import append_row, findings_sheet

CASE_FORMATS = ("html", "xlsx", "json")
PLAN_HEADINGS = ("Measure", "Owner", "Date", "Residual risk")
"""What a person fills in for each finding that counts."""

NOTICE = f"{words.LEAD} {words.CONTEST}"
_QUOTE_COLUMNS = (
    "finding", "party", "entity", "about", "quote", "status", "source", "claim", "from", "to",
    "sha256 of the document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its place in the case, from 1."""

    number: int
    finding: Finding

    @property
    def counting(self) -> tuple[Hit, ...]:
        """Return the matches that count: something is known, and nobody dismissed them."""
        return tuple(
            hit
            for hit in self.finding.hits
            if hit.adverse and not (hit.disposition is not None and hit.disposition.dismisses)
        )


def case_file(file: CaseFile, form: str) -> bytes:
    """Return a case file as `html`, `xlsx` or `json`. Raises UsageError for another form."""
    if form == "html":
        return case_page(file).encode()
    if form == "xlsx":
        return case_workbook(file)
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(_as_json(file)), indent=1) + b"\n"
    raise UsageError(f"`{form}` is no form of a case file", remedy=f"use {', '.join(CASE_FORMATS)}")


def case_page(file: CaseFile) -> str:
    """Return the case file as a page that stands alone and prints on A4."""
    rows = _numbered(file)
    return environment().get_template("case_file.html").render(
        file=file,
        case=file.case,
        screening=file.screening,
        facts=case_facts(file),
        totals=case_totals(file),
        found=[row for row in rows if _told(row)],
        silent=[row for row in rows if not _told(row)],
        plan=[row for row in rows if row.counting],
        headings=PLAN_HEADINGS,
        disposition_line=disposition_line,
    )  # fmt: skip


def case_workbook(file: CaseFile) -> bytes:
    """Return the case file as XLSX: the case, findings, quotes, decisions, the plan, the search."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime.fromisoformat(
        file.case.at
    ).replace(tzinfo=None)
    _sheet(book, "Case", [("", ""), *case_facts(file), *case_totals(file), ("", NOTICE)], (28, 110))
    findings_sheet(book, file.screening)
    _sheet(book, "Quotes", [_QUOTE_COLUMNS, *_quote_rows(file)], (9, 30, 30, 30, 80, 12, 50))
    decided = [disposition_line(one) for one in file.dispositions]
    _sheet(book, "Decisions", [("Decision",), *((line,) for line in decided)], (140,))
    _sheet(book, "Mitigation plan (draft)", _plan_rows(file), (9, 34, 60, 40, 24, 16, 40))
    lines = [words.searched_line(item) for item in file.screening.searched]
    lines += [words.SILENCE, *file.screening.set_aside]
    _sheet(book, "Searched", [("Searched",), *((line,) for line in lines)], (140,))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def case_facts(file: CaseFile) -> list[tuple[str, str]]:
    """Return what a reader must know of a case: its names, dates and versions."""
    case, screening = file.case, file.screening
    return [
        ("Title", case.title),
        ("Case", f"{case.address} ({case.id})"),
        ("Saved", f"by {case.by} on {case.at}"),
        ("Parties from", case.file_name or "names that were given"),
        ("Screened", f"at {screening.at} by Crosstie {screening.crosstie_version}"),
        ("Asked", chain_words.asked_line(screening)),
        ("Match threshold", f"{screening.threshold:.2f}"),
        ("Decisions heeded", screening.dispositions_version or "none when it was screened"),
    ]


def case_totals(file: CaseFile) -> list[tuple[str, str]]:
    """Return the counts of a case as its decisions stand now."""
    outcomes = [finding.outcome for finding in file.screening.findings]
    return [
        ("parties", str(len(outcomes))),
        ("hits", str(outcomes.count("hit"))),
        ("to review", str(outcomes.count("possible"))),
        ("nothing found", str(outcomes.count("nothing_found"))),
        ("matches dismissed", str(file.dismissed)),
        ("matches reopened", str(file.reopened)),
    ]


def disposition_line(one: Disposed) -> str:
    """Return a decision as a line of the case's history."""
    made = one.disposition
    whom = one.entity.name if one.entity is not None else made.entity
    what = "taken back" if made.undoes else DECISION_WORDS[made.decision]
    after = "" if one.in_force or made.undoes else " (no longer in force)"
    about = f"{made.party} as {whom} ({made.entity})"
    return f"{made.at[:16]} {made.by}: {what}: {about}{after}; {made.note} [{made.id}]"


def quotes_of(screening: Screening) -> Iterator[tuple[int, Finding, Hit, str, Quote]]:
    """Yield every quote of a screening with the number of its finding, and what it speaks for."""
    for number, finding in enumerate(screening.findings, 1):
        for hit in finding.hits:
            for designation in hit.designations:
                about = words.designation_sentence(designation)
                yield from ((number, finding, hit, about, quote) for quote in designation.quotes)
            for path in hit.exposures:
                for step in path.steps:
                    about = words.step_sentence(step)
                    shown = (*step.quotes, *step.against)
                    yield from ((number, finding, hit, about, quote) for quote in shown)


def _as_json(file: CaseFile) -> dict[str, object]:
    return {
        "case": file.case,
        "facts": dict(case_facts(file)),
        "totals": {label: int(count) for label, count in case_totals(file)},
        "screening": file.screening,
        "dispositions": file.dispositions,
        "mitigation_plan_draft": [
            {
                "finding": row.number,
                "party": row.finding.party.name,
                "entity": hit.match.entity.id,
                **{heading: "" for heading in PLAN_HEADINGS},
            }
            for row in _numbered(file)
            for hit in row.counting
        ],
        "notice": NOTICE,
    }


def _numbered(file: CaseFile) -> list[Numbered]:
    return [Numbered(number, finding) for number, finding in enumerate(file.screening.findings, 1)]


def _told(row: Numbered) -> bool:
    """Return whether a finding is told in full: something was found, or a person decided on it."""
    decided = any(hit.disposition is not None for hit in row.finding.hits)
    return decided or row.finding.outcome != "nothing_found"


def _quote_rows(file: CaseFile) -> Iterator[tuple[str, ...]]:
    for number, finding, hit, about, quote in quotes_of(file.screening):
        yield (
            str(number), finding.party.name, hit.match.entity.name, about, quote.text,
            quote.status, words.citation_line(quote.citation), quote.claim_id, str(quote.start),
            str(quote.end), quote.citation.sha256,
        )  # fmt: skip


def _plan_rows(file: CaseFile) -> Iterator[tuple[str, ...]]:
    yield ("Finding", "Party", "What was found", *PLAN_HEADINGS)
    for row in _numbered(file):
        if row.counting:
            why = "; ".join(words.why(row.finding))
            yield (str(row.number), row.finding.party.name, why, *("" for _ in PLAN_HEADINGS))


def _sheet(
    book: Workbook, title: str, rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]],
    widths: tuple[int, ...],
) -> None:  # fmt: skip
    sheet = book.create_sheet(title)
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for place, row in enumerate(rows):
        append_row(sheet, row, bold=place == 0)
