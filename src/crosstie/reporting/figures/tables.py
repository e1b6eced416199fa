"""Series, disputes and agreements as CSV, with the quote and the citation in each row."""

import csv
import io
from collections.abc import Iterable, Sequence

from crosstie.ontology.figures import AgreementTable, Dispute, Point, Series
from crosstie.ontology.findings import Quote
from crosstie.reporting.figures import words

SERIES_COLUMNS = (
    "measure", "unit", "report", "whose", "entity_id", "country", "time", "time_kind", "meant",
    "comparator", "amount", "upper", "written", "also_printed", "flags", "contradicted_by",
    "stance", "said_by", "quote", "document", "publisher", "document_date", "claim_id",
)  # fmt: skip
DISPUTE_COLUMNS = (
    "dispute", "date", "date_read", "date_words", "statement", "parties", "claims", "said_by",
    "stance", "meant", "quote", "document", "publisher", "document_date", "claim_id",
)  # fmt: skip
AGREEMENT_COLUMNS = (
    "party", "other_party", "countries", "sectors", "sector_words", "sector_told_by", "status",
    "date", "others_not_named", "quote", "document", "publisher", "document_date", "claim_ids",
)  # fmt: skip
_COMPARED = {
    "=": "exactly", "~": "about", ">": "more than", "<": "less than", ">=": "at least",
    "<=": "at most", "range": "from-to",
}  # fmt: skip
# A spreadsheet runs a cell that begins so as a formula; documents are written by strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def series_csv(series: Iterable[Series]) -> str:
    """Return the points of series, one row each, with a byte order mark for spreadsheets."""
    return _csv(SERIES_COLUMNS, (_point_row(one, p) for one in series for p in one.points))


def dispute_csv(disputes: Iterable[Dispute]) -> str:
    """Return the events of disputes, one row each."""
    rows = []
    for dispute in disputes:
        for event in dispute.events:
            rows.append(
                [
                    dispute.name, event.date or "", event.how, event.date_words, event.statement,
                    "; ".join(ref.name for ref in event.parties),
                    "; ".join(
                        f"{tie.subject.name} {tie.label} {tie.object.name}" for tie in event.claims
                    ),
                    " → ".join(event.said_by), event.stance, event.modality,
                    *_cited((event.quote,)), event.quote.claim_id,
                ]
            )  # fmt: skip
    return _csv(DISPUTE_COLUMNS, rows)


def agreement_csv(table: AgreementTable) -> str:
    """Return the agreements, one row each."""
    rows = [
        [
            found.subject.name, found.object.name, "; ".join(found.countries),
            "; ".join(reading.sector for reading in found.sectors),
            "; ".join(word for reading in found.sectors for word in reading.words),
            "; ".join(reading.where for reading in found.sectors), found.status, found.date or "",
            "yes" if found.open_list else "", *_cited(found.quotes), "; ".join(found.claims),
        ]
        for found in table.agreements
    ]  # fmt: skip
    return _csv(AGREEMENT_COLUMNS, rows)


def _point_row(series: Series, point: Point) -> Sequence[str]:
    first = point.quotes[0] if point.quotes else None
    return [
        series.measure, series.unit, series.work, point.owner, point.subject.id,
        point.subject.country or "", point.time or "", point.time_kind,
        words.reading_words(point), _COMPARED[point.comparator], f"{point.amount:.12g}",
        "" if point.upper is None else f"{point.upper:.12g}", point.written, point.also_printed,
        "; ".join(words.flag_words(flag) for flag in point.flags),
        "; ".join(point.contradicted_by), point.stance,
        " → ".join(first.attribution) if first else "", *_cited(point.quotes), point.claim_id,
    ]  # fmt: skip


def _cited(quotes: Sequence[Quote]) -> list[str]:
    first = quotes[0].citation if quotes else None
    return [
        " | ".join(quote.text for quote in quotes),
        first.title if first else "",
        (first.publisher or "") if first else "",
        (first.date or "") if first else "",
    ]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + out.getvalue()
