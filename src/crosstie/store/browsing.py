"""Queries of pages that look around: names by their beginning, the latest claims."""

from dataclasses import dataclass

from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.store.engine import Transaction

_LAST = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class BegunName:
    """A name that begins as was typed, and whose it is."""

    entity: EntityId
    text: str


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A claim with the entities at its ends, and when it was recorded."""

    claim: ClaimId
    kind: str
    subject: EntityId
    object: EntityId
    recorded_at: str


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


def recent_claims(db: Transaction, *, limit: int) -> list[RecentRow]:
    """Return the ties that documents claimed, recorded last first."""
    rows = db.exec_driver_sql(
        "SELECT c.id, c.predicate, s.entity_id, o.entity_id, c.recorded_at FROM claims c"
        " JOIN documents d ON d.id = c.document_id"
        " JOIN entity_mentions s ON s.mention_id = c.subject"
        " JOIN entity_mentions o ON o.mention_id = c.object"
        " WHERE d.origin = 'document' AND d.forgotten_at IS NULL AND c.superseded_at IS NULL"
        " ORDER BY c.recorded_at DESC, c.id LIMIT ?",
        (limit,),
    )
    return [RecentRow(*row) for row in rows]
