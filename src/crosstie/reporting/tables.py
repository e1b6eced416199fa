"""A screening as a flat table: one row for each party and match, in the order asked."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from crosstie.ontology.findings import Finding, Hit, Quote, Screening
from crosstie.reporting import chain_words, words

COLUMNS = (
    "row", "name", "country", "id", "domain", "outcome", "match", "match_country", "match_kind",
    "matched_name", "score", "match_reasons", "designations", "exposure_score", "exposure_path",
    "exposure_weights", "quotes", "citations", "entity_id", "notes",
    "disposition",
)  # fmt: skip
_WIDE = {"name": 34, "match": 34, "match_reasons": 50, "designations": 50, "exposure_path": 60,
         "exposure_weights": 60, "quotes": 70, "citations": 50, "notes": 40,
         "disposition": 50}  # fmt: skip
# A spreadsheet runs a cell that begins so as a formula; names come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_000
_TEXT, _HEADING = "Crosstie text", "Crosstie heading"


def table_rows(screening: Screening) -> Iterable[dict[str, str]]:
    """Yield the table's rows, every column present."""
    for finding in screening.findings:
        for hit in finding.hits or (None,):
            yield _row(finding, hit)


def to_csv(screening: Screening) -> str:
    """Return the table as CSV with a byte order mark, which Excel needs for Chinese."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in table_rows(screening):
        writer.writerow({key: safe_cell(value) for key, value in row.items()})
    return "\ufeff" + text.getvalue()


def to_workbook(screening: Screening) -> bytes:
    """Return an XLSX file with the findings, what was searched, and how to read it."""
    book = Workbook(write_only=True)
    # A fixed moment keeps the same screening the same file.
    book.properties.created = book.properties.modified = datetime.fromisoformat(
        screening.at
    ).replace(tzinfo=None)
    findings_sheet(book, screening)
    searched = book.create_sheet("Searched")
    searched.column_dimensions["A"].width = 110
    for line in (
        f"Screened at {screening.at} by Crosstie {screening.crosstie_version},"
        f" threshold {screening.threshold:.2f}",
        f"Asked: {chain_words.asked_line(screening)}",
        *(words.searched_line(item) for item in screening.searched),
        words.SILENCE,
        words.LEAD,
        words.CONTEST,
        *screening.set_aside,
    ):
        append_row(searched, [line])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def findings_sheet(book: Workbook, screening: Screening) -> None:
    """Add a sheet with the table to a workbook that is being written."""
    sheet = book.create_sheet("Findings")
    for number, column in enumerate(COLUMNS, 1):
        letter = chr(ord("A") + number - 1)
        sheet.column_dimensions[letter].width = _WIDE.get(column, 14)
    sheet.freeze_panes = "C2"
    append_row(sheet, COLUMNS, bold=True)
    for row in table_rows(screening):
        append_row(sheet, [row[column] for column in COLUMNS])


def _row(finding: Finding, hit: Hit | None) -> dict[str, str]:
    party = finding.party
    row = dict.fromkeys(COLUMNS, "")
    row.update(
        row="" if party.row is None else str(party.row),
        name=party.name,
        country=party.country or "",
        id=party.id or "",
        domain=party.domain or "",
        outcome=words.outcome_label(finding.outcome),
        notes="; ".join(finding.notes),
    )
    if hit is None:
        return row
    best = hit.exposures[0] if hit.exposures else None
    quotes = [quote for d in hit.designations for quote in d.quotes]
    quotes += [quote for step in (best.steps if best else ()) for quote in step.quotes]
    row.update(
        match=hit.match.entity.name,
        match_country=hit.match.entity.country or "",
        match_kind=hit.match.entity.kind,
        matched_name=hit.match.matched_name,
        score=f"{hit.match.score:.2f}",
        match_reasons="; ".join(reason.text for reason in hit.match.reasons),
        designations=" | ".join(words.designation_sentence(d) for d in hit.designations),
        exposure_score=f"{best.score:.2f}" if best else "",
        exposure_path=words.path_sentence(best) if best else "",
        exposure_weights=chain_words.weighed_steps(best) if best else "",
        quotes=" | ".join(_quoted(quote) for quote in quotes),
        citations=" | ".join(dict.fromkeys(words.citation_line(q.citation) for q in quotes)),
        entity_id=hit.match.entity.id,
        disposition=_disposition(hit),
    )
    return row


def _disposition(hit: Hit) -> str:
    standing = hit.disposition
    if standing is None:
        return ""
    said = f"{words.decision_label(standing)} {words.decision_line(standing)}"
    return "; ".join([said, *standing.news])


def _quoted(quote: Quote) -> str:
    status = "" if quote.status == "asserted" else f"[{quote.status}] "
    return f"{status}{quote.text}" if quote.citation.curated else f"{status}“{quote.text}”"


def append_row(sheet: WriteOnlyWorksheet, values: Iterable[str], *, bold: bool = False) -> None:
    """Add a row of cells that wrap, and that a spreadsheet shows and does not run."""
    cells, style = [], _style(sheet, bold=bold)
    for value in values:
        cell = WriteOnlyCell(sheet, value=safe_cell(_printable(value)))
        cell.style = style
        cells.append(cell)
    sheet.append(cells)


def _style(sheet: WriteOnlyWorksheet, *, bold: bool) -> str:
    """Return the name of a style of the book: to set fonts cell by cell takes most of the time."""
    name, book = _HEADING if bold else _TEXT, sheet.parent
    assert book is not None  # a sheet that is being written stands in one
    if name not in book.named_styles:
        wrapped = Alignment(vertical="top", wrap_text=True)
        book.add_named_style(NamedStyle(name, font=Font(bold=bold), alignment=wrapped))
    return name


def safe_cell(value: str) -> str:
    """Return a value that a spreadsheet shows and does not run, no longer than a cell holds."""
    value = value[:_CELL_LIMIT]
    return f"'{value}" if value.startswith(_FORMULA) else value


def _printable(value: str) -> str:
    if value.isprintable():
        return value
    return "".join(c for c in value if c.isprintable() or c in "\n\t")
