"""Full-text search over documents, list rows and curated facts."""

import re
from dataclasses import dataclass

from crosstie.ontology.ids import DocumentId
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.text.bigrams import query_form

_CONTEXT = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where the words stand: `text[start:end]` of the document is `quote`."""

    document_id: DocumentId
    title: str
    start: int
    end: int
    quote: str


def find_passages(
    db: Transaction, query: str, *, limit: int = 20, prose_first: bool = False
) -> list[Passage]:
    """Return passages of the documents that hold every word of the query, best first.

    With `prose_first` what users added comes before rows of lists and curated facts.
    """
    form = query_form(query)
    if not form:
        return []
    rows = db.exec_driver_sql(
        "SELECT d.id FROM passages p JOIN documents d ON d.seq = p.rowid"
        " WHERE passages MATCH ? AND d.forgotten_at IS NULL"
        " ORDER BY (? AND d.origin <> 'document'), rank, d.id LIMIT ?",
        (form, prose_first, limit),
    ).fetchall()
    return [passage for row in rows if (passage := _passage(db, row[0], query))]


def _passage(db: Transaction, document_id: str, query: str) -> Passage | None:
    document = reading.document(db, document_id)
    if document is None:
        return None
    words = [re.escape(word) for word in query.split()]
    place = re.search("|".join([re.escape(query.strip()), *words]), document.text, re.IGNORECASE)
    middle = place.start() if place else 0
    start = _edge(document.text, middle - _CONTEXT, towards=1)
    end = _edge(document.text, (place.end() if place else 0) + _CONTEXT, towards=-1)
    return Passage(
        document.id, document.title or document.name, start, end, document.text[start:end]
    )


def _edge(text: str, place: int, *, towards: int) -> int:
    """Move a cut off the middle of a word, and keep it inside the text."""
    place = max(0, min(len(text), place))
    for moved in range(20):
        here = place + towards * moved
        if here <= 0 or here >= len(text) or text[here - 1].isspace():
            return max(0, min(len(text), here))
    return place
