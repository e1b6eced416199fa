"""Queries of the evidence reader: a document with its mentions and claims, and a row's editions."""

from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import DocumentId, EntityId
from crosstie.ontology.records import Claim, Mention, decode
from crosstie.store import reading
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What a reader is told of a document beside its text."""

    id: DocumentId
    origin: str
    name: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    sha256: str
    language: str
    media_type: str
    source_id: str | None
    added_at: str
    read_by: str | None
    superseded_at: str | None
    forgotten_at: str | None
    forgotten_because: str | None
    length: int


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim of a document; `superseded_at` is set when a later reading took its place."""

    claim: Claim
    superseded_at: str | None


@dataclass(frozen=True, slots=True)
class RowEdition:
    """An edition of a list in which the row stands with these words, and its number there."""

    source_id: str
    as_of: str
    number: int


def held_document(db: Transaction, document_id: str) -> HeldDocument | None:
    """Return what is held of a document, also of one that was forgotten."""
    row = db.exec_driver_sql(
        "SELECT id, origin, name, title, publisher, date, url, sha256, language, media_type,"
        " source_id, added_at, read_by, superseded_at, forgotten_at, forgotten_because,"
        " length(text) FROM documents WHERE id = ?",
        (document_id,),
    ).first()
    return HeldDocument(*row) if row else None


def claims_of(db: Transaction, document_id: str) -> list[HeldClaim]:
    """Return every claim of a document in the order of its evidence, superseded ones too."""
    rows = db.exec_driver_sql(
        "SELECT record, superseded_at FROM claims WHERE document_id = ?", (document_id,)
    )
    found = [HeldClaim(decode(row[0], Claim), row[1]) for row in rows]
    return sorted(found, key=lambda held: (held.claim.evidence[0].start, held.claim.id))


def owned_mentions(db: Transaction, document_id: str) -> list[tuple[Mention, EntityId | None]]:
    """Return the live mentions of a document with the entity that each names, by place."""
    rows = db.exec_driver_sql(
        "SELECT m.record, e.entity_id FROM mentions m LEFT JOIN entity_mentions e"
        " ON e.mention_id = m.id WHERE m.document_id = ? AND m.superseded_at IS NULL",
        (document_id,),
    )
    found = [(decode(row[0], Mention), row[1]) for row in rows]
    return sorted(found, key=lambda item: (item[0].start, -item[0].end, item[0].id))


def document_of_claim(db: Transaction, claim_id: str) -> DocumentId | None:
    """Return the document that makes a claim."""
    found = db.exec_driver_sql("SELECT document_id FROM claims WHERE id = ?", (claim_id,)).scalar()
    return None if found is None else DocumentId(found)


def ends_of(db: Transaction, claims: Iterable[Claim]) -> dict[str, EntityRef]:
    """Return what the mentions at the ends of claims name, by mention."""
    ends = {end for claim in claims for end in (claim.subject, claim.object) if end}
    rows = reading.chunked(
        db,
        "SELECT m.mention_id, e.id, e.name, e.kind, e.country, e.tier FROM entity_mentions m"
        " JOIN entities e ON e.id = m.entity_id WHERE m.mention_id IN ({marks})",
        sorted(ends),
    )
    return {str(row[0]): EntityRef(*row[1:]) for row in rows}


def editions_of_row(db: Transaction, document_id: str) -> list[RowEdition]:
    """Return the editions in which a list row stands with these words, oldest first."""
    rows = db.exec_driver_sql(
        "SELECT e.source_id, e.as_of, r.number FROM list_rows r JOIN editions e"
        " ON e.id = r.edition_id WHERE r.document_id = ? ORDER BY e.as_of, e.id",
        (document_id,),
    )
    return [RowEdition(*row) for row in rows]
