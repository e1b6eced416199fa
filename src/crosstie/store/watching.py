"""Keep what is watched, what was known of it round by round, and what is yet to be handed over."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.ontology.ids import ClaimId
from crosstie.store import reading
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """A watched name: its record as JSON, and since when it is watched."""

    id: str
    record: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Round:
    """A rescreening: when it was, its record as JSON, and when that was handed over, if it was."""

    id: int
    at: str
    record: str
    delivered_at: str | None


def add_watched(db: Transaction, key: str, record: str, *, at: str) -> bool:
    """Watch a name; one that was taken off is watched again. Return whether it is new."""
    before = db.exec_driver_sql("SELECT removed_at FROM watched WHERE id = ?", (key,)).fetchone()
    if before is not None and before[0] is None:
        return False
    db.exec_driver_sql(
        "INSERT INTO watched (id, record, added_at) VALUES (?,?,?) ON CONFLICT (id) DO UPDATE SET"
        " record = excluded.record, added_at = excluded.added_at, removed_at = NULL",
        (key, record, at),
    )
    return True


def remove_watched(db: Transaction, key: str, *, at: str) -> bool:
    """Watch a name no longer. Return whether it was watched."""
    done = db.exec_driver_sql(
        "UPDATE watched SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (at, key)
    )
    return bool(done.rowcount)


def watched(db: Transaction) -> list[WatchedRow]:
    """Return the names that are watched, in the order in which they were first added."""
    rows = db.exec_driver_sql(
        "SELECT id, record, added_at FROM watched WHERE removed_at IS NULL ORDER BY rowid"
    )
    return [WatchedRow(*row) for row in rows]


def add_round(db: Transaction, record: str, *, at: str, delivered_at: str | None) -> int:
    """Write a round down; return its number."""
    done = db.exec_driver_sql(
        "INSERT INTO watch_rounds (at, record, delivered_at) VALUES (?,?,?)",
        (at, record, delivered_at),
    )
    return int(done.lastrowid)


def add_state(db: Transaction, watched_id: str, round_id: int, record: str) -> None:
    """Write down what a round knew of a watched name."""
    db.exec_driver_sql(
        "INSERT INTO watch_states (watched_id, round_id, record) VALUES (?,?,?)",
        (watched_id, round_id, record),
    )


def latest_states(db: Transaction) -> dict[str, str]:
    """Return the latest state of each watched name that has one, as JSON."""
    rows = db.exec_driver_sql(
        "SELECT s.watched_id, s.record FROM watch_states s JOIN (SELECT watched_id, max(round_id)"
        " AS round_id FROM watch_states GROUP BY watched_id) l ON l.watched_id = s.watched_id AND"
        " l.round_id = s.round_id"
    )
    return {str(row[0]): str(row[1]) for row in rows}


def rounds(db: Transaction, *, since: str = "") -> list[Round]:
    """Return the rounds since a time (ISO 8601), oldest first."""
    rows = db.exec_driver_sql(
        "SELECT id, at, record, delivered_at FROM watch_rounds WHERE at >= ? ORDER BY id", (since,)
    )
    return [Round(*row) for row in rows]


def undelivered(db: Transaction) -> list[Round]:
    """Return the rounds that were not handed over yet, oldest first."""
    rows = db.exec_driver_sql(
        "SELECT id, at, record, delivered_at FROM watch_rounds WHERE delivered_at IS NULL"
        " ORDER BY id"
    )
    return [Round(*row) for row in rows]


def set_delivered(db: Transaction, round_id: int, *, at: str) -> None:
    """Note that a round was handed over."""
    db.exec_driver_sql("UPDATE watch_rounds SET delivered_at = ? WHERE id = ?", (at, round_id))


def recorded_at(db: Transaction, claims: Iterable[str]) -> dict[ClaimId, str]:
    """Return when each claim was first recorded (ISO 8601, UTC)."""
    rows = reading.chunked(db, "SELECT id, recorded_at FROM claims WHERE id IN ({marks})", claims)
    return {ClaimId(str(row[0])): str(row[1]) for row in rows}


def sources_of(db: Transaction, documents: Iterable[str]) -> set[str]:
    """Return the lists of which the documents are rows."""
    rows = reading.chunked(
        db, "SELECT id, source_id FROM documents WHERE id IN ({marks})", documents
    )
    return {str(row[1]) for row in rows if row[1] is not None}


def lists_of_claims(db: Transaction, claims: Iterable[str]) -> dict[ClaimId, str]:
    """Return, of the claims that rows of lists make, the list of each."""
    rows = reading.chunked(
        db,
        "SELECT c.id, d.source_id FROM claims c JOIN documents d ON d.id = c.document_id"
        " WHERE c.id IN ({marks}) AND d.source_id IS NOT NULL",
        claims,
    )
    return {ClaimId(str(row[0])): str(row[1]) for row in rows}


def redact_watch(db: Transaction, document_id: str, *, mark: str) -> None:
    """Put `mark` in the place of the words of facts and changes that rest on a document."""
    for table, key in (("watch_rounds", "id"), ("watch_states", "rowid")):
        rows = db.exec_driver_sql(
            f"SELECT {key}, record FROM {table} WHERE record LIKE ?", (f"%{document_id}%",)
        ).fetchall()
        for number, record in rows:
            value = json.loads(record)
            _redact(value, document_id, mark)
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            db.exec_driver_sql(f"UPDATE {table} SET record = ? WHERE {key} = ?", (text, number))


def _redact(value: object, document_id: str, mark: str) -> None:
    if isinstance(value, list):
        for one in value:
            _redact(one, document_id, mark)
    elif isinstance(value, dict):
        if document_id in (value.get("documents") or ()):
            value["words"] = mark
            if value.get("before"):
                value["before"] = mark
        for one in value.values():
            _redact(one, document_id, mark)
