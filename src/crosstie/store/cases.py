"""Keep screenings as cases, and what people decided on their matches; nothing is overwritten.

The one exception is `redact_cases`: what is forgotten goes from cases too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crosstie.ontology.records import Span
from crosstie.store import reading
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A saved screening: a summary for lists and the whole record, both as JSON."""

    id: str
    at: str
    summary: str
    record: str


def add_screening(db: Transaction, key: str, *, at: str, summary: str, record: str) -> bool:
    """Keep a screening; the same again changes nothing. Return whether it is new."""
    done = db.exec_driver_sql(
        "INSERT INTO screenings (id, at, summary, record) VALUES (?,?,?,?)"
        " ON CONFLICT (id) DO NOTHING",
        (key, at, summary, record),
    )
    return bool(done.rowcount)


def screening(db: Transaction, key: str) -> CaseRow | None:
    """Return a saved screening, or None."""
    row = db.exec_driver_sql(
        "SELECT id, at, summary, record FROM screenings WHERE id = ?", (key,)
    ).fetchone()
    return None if row is None else CaseRow(*row)


def summaries(db: Transaction) -> list[str]:
    """Return the summary of every saved screening, newest first."""
    rows = db.exec_driver_sql("SELECT summary FROM screenings ORDER BY at DESC, seq DESC")
    return [str(row[0]) for row in rows]


def add_disposition(db: Transaction, key: str, party_key: str, record: str) -> bool:
    """Add a decision; the same again changes nothing. Return whether it is new."""
    done = db.exec_driver_sql(
        "INSERT INTO dispositions (id, party_key, record) VALUES (?,?,?)"
        " ON CONFLICT (id) DO NOTHING",
        (key, party_key, record),
    )
    return bool(done.rowcount)


def dispositions(db: Transaction, party_keys: Iterable[str] | None = None) -> list[str]:
    """Return every decision, or those on some parties, oldest first, as JSON."""
    if party_keys is None:
        rows = db.exec_driver_sql("SELECT record FROM dispositions ORDER BY seq")
        return [str(row[0]) for row in rows]
    found = reading.chunked(
        db,
        "SELECT seq, record FROM dispositions WHERE party_key IN ({marks})",
        sorted(set(party_keys)),
    )
    return [str(record) for _, record in sorted((int(row[0]), str(row[1])) for row in found)]


def redact_cases(db: Transaction, document_id: str, span: Span | None, *, mark: str) -> int:
    """Put `mark` in the place of a document's words in every case that quotes it.

    With a span only the quotes that touch it go. Return how many cases changed.
    """
    told = [] if span is not None else _same_text_as(db, document_id)
    rows = db.exec_driver_sql(
        "SELECT seq, record FROM screenings WHERE record LIKE ? OR record LIKE ?",
        (f"%{document_id}%", '%"same_text":"_%' if told else ""),
    ).fetchall()
    changed = 0
    for seq, record in rows:
        value = json.loads(record)
        quoted = _redact(value, document_id, span, mark)
        if _redact_titles(value, told, mark) or quoted:
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            db.exec_driver_sql("UPDATE screenings SET record = ? WHERE seq = ?", (text, seq))
            changed += 1
    return changed


def _same_text_as(db: Transaction, document_id: str) -> list[str]:
    """Return the titles by which copies of a document's articles may name them."""
    rows = db.exec_driver_sql(
        "SELECT title FROM documents WHERE id = ? UNION"
        " SELECT json_extract(record, '$.title') FROM articles WHERE document_id = ?",
        (document_id, document_id),
    )
    return [" ".join(str(row[0]).split()) for row in rows if row[0]]


def _redact_titles(value: Any, titles: list[str], mark: str) -> bool:
    """Redact a title in what copies say of the text that they print."""
    if isinstance(value, list):
        return any([_redact_titles(one, titles, mark) for one in value])
    if not isinstance(value, dict):
        return False
    changed = any([_redact_titles(one, titles, mark) for one in value.values()])
    said = value.get("same_text")
    if isinstance(said, str) and any(title in said for title in titles):
        value["same_text"] = f"the same text as {mark}"
        return True
    return changed


def _redact(value: Any, document_id: str, span: Span | None, mark: str) -> bool:
    """Redact the quotes inside a decoded record, wherever they stand."""
    if isinstance(value, list):
        return any([_redact(one, document_id, span, mark) for one in value])
    if not isinstance(value, dict):
        return False
    changed = any([_redact(one, document_id, span, mark) for one in value.values()])
    citation = value.get("citation")
    if not isinstance(citation, dict) or citation.get("document_id") != document_id:
        return changed
    if span is not None and not (value["start"] < span.end and span.start < value["end"]):
        return changed
    value["text"] = mark
    if span is None:
        citation["title"] = mark
    return True
