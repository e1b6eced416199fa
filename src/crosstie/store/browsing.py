"""Queries of pages that look around: names by their beginning, the latest claims, who is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId
from crosstie.store.engine import Transaction

_LAST = chr(0x10FFFF)
_LIVE = "d.superseded_at IS NULL AND d.forgotten_at IS NULL"
# Of the latest claims so many are looked at, for those that read well.
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class BegunName:
    """A name that begins as was typed, and whose it is."""

    entity: EntityId
    text: str


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A claim with the entities at its ends, where it was made, and when it was recorded."""

    claim: ClaimId
    kind: str
    subject: EntityId
    object: EntityId
    document: DocumentId
    recorded_at: str


@dataclass(frozen=True, slots=True)
class NamingDocument:
    """A document, list row or curated fact that names an entity, and how often."""

    id: DocumentId
    origin: str
    title: str
    publisher: str | None
    date: str | None
    times: int


def names_beginning(db: Transaction, key: str, *, limit: int) -> list[BegunName]:
    """Return names whose normal form begins so, the most mentioned entities first."""
    if not key:
        return []
    rows = db.exec_driver_sql(
        "SELECT n.entity_id, min(n.text), (SELECT count(*) FROM entity_mentions m"
        " WHERE m.entity_id = n.entity_id) AS weight FROM (SELECT entity_id, text, key FROM"
        " entity_names WHERE key >= ? AND key < ? ORDER BY length(key), key LIMIT 200) n"
        " GROUP BY n.entity_id ORDER BY min(n.key <> ?), weight DESC, min(length(n.key)),"
        " n.entity_id LIMIT ?",
        (key, key + _LAST, key, limit),
    )
    return [BegunName(EntityId(str(row[0])), str(row[1])) for row in rows]


def every_name(db: Transaction) -> Iterator[tuple[str, EntityId, str]]:
    """Yield the normal form of every name, whose it is, and how it is written."""
    for row in db.exec_driver_sql("SELECT key, entity_id, text FROM entity_names ORDER BY key"):
        yield str(row[0]), EntityId(row[1]), str(row[2])


def recent_claims(db: Transaction) -> list[RecentRow]:
    """Return the ties that the last documents claimed, recorded last first; each tie once."""
    rows = db.exec_driver_sql(
        "SELECT c.id, c.predicate, s.entity_id, o.entity_id, c.document_id, c.recorded_at"
        f" FROM claims c JOIN documents d ON d.id = c.document_id AND {_LIVE}"
        " JOIN entity_mentions s ON s.mention_id = c.subject"
        " JOIN entity_mentions o ON o.mention_id = c.object"
        " WHERE d.origin = 'document' AND c.superseded_at IS NULL AND d.seq IN"
        " (SELECT seq FROM documents WHERE origin = 'document' ORDER BY seq DESC LIMIT 60)"
        " ORDER BY c.recorded_at DESC, c.id LIMIT ?",
        (_LOOKED_AT,),
    )
    found: dict[tuple[str, str, str], RecentRow] = {}
    for row in rows:
        found.setdefault((str(row[2]), str(row[1]), str(row[3])), RecentRow(*row))
    return list(found.values())


def naming_documents(
    db: Transaction, entity: EntityId, *, limit: int
) -> tuple[list[NamingDocument], int]:
    """Return the documents that name an entity, prose first and the newest, and their number."""
    rows = db.exec_driver_sql(
        "SELECT d.id, d.origin, coalesce(nullif(d.title, ''), d.name), d.publisher, d.date,"
        " count(*), count(*) OVER () FROM entity_mentions m"
        " JOIN mentions x ON x.id = m.mention_id"
        f" JOIN documents d ON d.id = x.document_id AND {_LIVE}"
        " WHERE m.entity_id = ? GROUP BY d.id"
        " ORDER BY d.origin <> 'document', d.date DESC, d.id LIMIT ?",
        (entity, limit),
    ).fetchall()
    found = [
        NamingDocument(DocumentId(row[0]), row[1], row[2], row[3] or None, row[4] or None, row[5])
        for row in rows
    ]
    return found, int(rows[0][6]) if rows else 0


def counted(db: Transaction) -> dict[str, int]:
    """Return how many live documents, rows, facts, and how many entities and ties there are."""
    rows = db.exec_driver_sql(f"SELECT origin, count(*) FROM documents d WHERE {_LIVE} GROUP BY 1")
    found = {str(row[0]): int(row[1]) for row in rows}
    counts = {
        "documents": found.get("document", 0),
        "list_rows": found.get("list", 0),
        "starter_facts": found.get("starter", 0),
    }
    for table in ("entities", "ties", "uncertain"):
        counts[table] = int(db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
    return counts


def last_records(db: Transaction) -> str:
    """Return a mark of what was read and judged: it changes with each document and judgement."""
    parts: Sequence[object] = db.exec_driver_sql(
        "SELECT (SELECT max(seq) FROM documents), (SELECT count(*) FROM documents"
        " WHERE forgotten_at IS NOT NULL), (SELECT max(id) FROM editions)"
    ).one()
    return "-".join(str(part or 0) for part in parts)
