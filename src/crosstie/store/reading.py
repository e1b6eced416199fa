"""Find records: documents, mentions, claims, entities, ties, editions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import CursorResult

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, TieId
from crosstie.ontology.records import (
    Article,
    Claim,
    Document,
    Entity,
    Judgement,
    Mention,
    Origin,
    Source,
    Tie,
    decode,
)
from crosstie.store.engine import Transaction

_BATCH = 2_000
_SHORTEST_ID = 8
_DOCUMENT = (
    "SELECT id, origin, name, text, sha256, language, media_type, title, url, publisher, date,"
    " source_id FROM documents"
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edition:
    """A loaded version of a list, with its counts and when it was loaded."""

    id: int
    source: Source
    as_of: str
    file_name: str
    sha256: str
    layout: str
    scope: str
    rows_in: int
    individuals: int
    out_of_scope: int
    bad: int
    loaded_at: str


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document without its text: what a list of documents shows."""

    id: DocumentId
    name: str
    title: str
    origin: Origin
    language: str
    date: str | None
    characters: int
    articles: int
    claims: int
    added_at: str
    read_by: str | None
    forgotten_at: str | None
    forgotten_because: str | None


def chunked(db: Transaction, sql: str, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Run `sql`, whose `{marks}` stands in an IN list, over batches of ids; yield the rows."""
    keys = list(dict.fromkeys(ids))
    for start in range(0, len(keys), _BATCH):
        part = tuple(keys[start : start + _BATCH])
        marks = ",".join("?" * len(part))
        for row in db.exec_driver_sql(sql.replace("{marks}", marks), part):
            yield tuple(row)


def fact(db: Transaction, key: str) -> str | None:
    """Return a fact about the workspace itself."""
    return db.exec_driver_sql("SELECT value FROM facts WHERE key = ?", (key,)).scalar()


def document(db: Transaction, document_id: str) -> Document | None:
    """Return the document with its text, or None."""
    row = db.exec_driver_sql(f"{_DOCUMENT} WHERE id = ?", (document_id,)).first()
    return Document(*row) if row else None


def document_by_sha256(db: Transaction, digest: str) -> DocumentState | None:
    """Return the added document whose bytes have this SHA-256, also if it was forgotten."""
    where = "d.origin = 'document' AND d.sha256 = ?"
    return next(iter(document_states(db, where=where, values=(digest,))), None)


def documents_called(db: Transaction, text: str) -> list[DocumentState]:
    """Return documents of this id (its beginning will do), name or title.

    List rows and curated facts are small documents: they are found by id, as quotes give it.
    """
    own = document_states(
        db, where="d.origin = 'document' AND ? IN (d.id, d.name, d.title)", values=(text,)
    )
    if own or not text.startswith("doc-") or len(text) < _SHORTEST_ID:
        return own
    return document_states(db, where="d.id LIKE ?", values=(f"{text}%",))


def document_states(
    db: Transaction, *, where: str = "d.origin = 'document'", values: tuple[str, ...] = ()
) -> list[DocumentState]:
    """Return every document that a user added, oldest first, also the forgotten ones.

    `where` selects others: a condition on the table of documents, `d`.
    """
    rows = db.exec_driver_sql(
        f"""
        SELECT d.id, d.name, d.title, d.origin, d.language, d.date, length(d.text),
            (SELECT count(*) FROM articles a WHERE a.document_id = d.id),
            (SELECT count(*) FROM claims c WHERE c.document_id = d.id AND c.superseded_at IS NULL),
            d.added_at, d.read_by, d.forgotten_at, d.forgotten_because
        FROM documents d WHERE {where} ORDER BY d.seq
        """,
        values,
    )
    return [DocumentState(*row) for row in rows]


def articles(db: Transaction, document_id: str) -> list[Article]:
    """Return the articles of a document in order."""
    rows = db.exec_driver_sql(
        "SELECT record FROM articles WHERE document_id = ? ORDER BY number", (document_id,)
    )
    return [decode(row[0], Article) for row in rows]


def live_mentions(db: Transaction) -> Iterator[Mention]:
    """Yield every mention that resolution reads: none superseded, none forgotten."""
    return _records(
        db.exec_driver_sql(
            "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
            " WHERE m.superseded_at IS NULL AND d.superseded_at IS NULL"
            " AND d.forgotten_at IS NULL ORDER BY m.id"
        ),
        Mention,
    )


def live_claims(db: Transaction) -> Iterator[Claim]:
    """Yield every claim that feeds ties: none superseded, none forgotten."""
    return _records(
        db.exec_driver_sql(
            "SELECT c.record FROM claims c JOIN documents d ON d.id = c.document_id"
            " WHERE c.superseded_at IS NULL AND d.superseded_at IS NULL"
            " AND d.forgotten_at IS NULL ORDER BY c.id"
        ),
        Claim,
    )


def origins(db: Transaction) -> dict[DocumentId, Origin]:
    """Return where each document came from."""
    return {row[0]: row[1] for row in db.exec_driver_sql("SELECT id, origin FROM documents")}


def publishers(db: Transaction) -> dict[DocumentId, str | None]:
    """Return who vouches for each document; an article's own publisher is on its claims."""
    return {row[0]: row[1] for row in db.exec_driver_sql("SELECT id, publisher FROM documents")}


def judgements(db: Transaction) -> list[Judgement]:
    """Return all judgements in the order they were made."""
    rows = db.exec_driver_sql("SELECT record FROM judgements ORDER BY seq")
    return list(_records(rows, Judgement))


def claims(db: Transaction, ids: Iterable[ClaimId]) -> dict[ClaimId, Claim]:
    """Return the claims of these ids."""
    rows = chunked(db, "SELECT record FROM claims WHERE id IN ({marks})", ids)
    found = (decode(str(row[0]), Claim) for row in rows)
    return {claim.id: claim for claim in found}


def claims_about(db: Transaction, entity_id: EntityId, predicate: str) -> list[Claim]:
    """Return the live claims of a predicate whose subject names the entity."""
    rows = db.exec_driver_sql(
        "SELECT c.record FROM claims c JOIN entity_mentions m ON m.mention_id = c.subject"
        " JOIN documents d ON d.id = c.document_id WHERE m.entity_id = ? AND c.predicate = ?"
        " AND c.superseded_at IS NULL AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"
        " ORDER BY c.id",
        (entity_id, predicate),
    )
    return list(_records(rows, Claim))


def entities(db: Transaction, ids: Iterable[str]) -> dict[EntityId, Entity]:
    """Return the entities of these ids."""
    rows = chunked(db, "SELECT record FROM entities WHERE id IN ({marks})", ids)
    found = (decode(str(row[0]), Entity) for row in rows)
    return {entity.id: entity for entity in found}


def all_entities(db: Transaction) -> Iterator[Entity]:
    """Yield every entity, in order of id."""
    return _records(db.exec_driver_sql("SELECT record FROM entities ORDER BY id"), Entity)


def entities_named(db: Transaction, key: str) -> list[Entity]:
    """Return the entities that bear a name with this normal form, in order of id."""
    rows = db.exec_driver_sql(
        "SELECT DISTINCT e.record FROM entity_names n JOIN entities e ON e.id = n.entity_id"
        " WHERE n.key = ? ORDER BY e.id",
        (key,),
    )
    return list(_records(rows, Entity))


def entity_kinds(db: Transaction) -> dict[EntityId, str]:
    """Return the kind of every entity."""
    return {row[0]: row[1] for row in db.exec_driver_sql("SELECT id, kind FROM entities")}


def entity_tiers(db: Transaction) -> dict[EntityId, str]:
    """Return the tier of every entity that stands in one."""
    rows = db.exec_driver_sql("SELECT id, tier FROM entities WHERE tier IS NOT NULL")
    return {EntityId(row[0]): str(row[1]) for row in rows}


def entity_identified(db: Transaction, scheme: str, value: str) -> list[EntityId]:
    """Return the entities that bear an identifier, in order of id."""
    rows = db.exec_driver_sql(
        "SELECT DISTINCT entity_id FROM entity_identifiers WHERE scheme = ? AND value = ?"
        " ORDER BY entity_id",
        (scheme, value.casefold()),
    )
    return [EntityId(row[0]) for row in rows]


def documents_naming(db: Transaction, entity_id: EntityId) -> int:
    """Return how many documents, list rows and curated facts name the entity."""
    return int(
        db.exec_driver_sql(
            "SELECT count(DISTINCT x.document_id) FROM entity_mentions m"
            " JOIN mentions x ON x.id = m.mention_id WHERE m.entity_id = ?",
            (entity_id,),
        ).scalar_one()
    )


def check_quotes(db: Transaction) -> tuple[int, list[str]]:
    """Compare every live claim's quotes with their documents' text; return how many, and faults."""
    rows = db.exec_driver_sql(
        "SELECT c.record, d.name, d.text FROM claims c JOIN documents d ON d.id = c.document_id"
        " WHERE d.forgotten_at IS NULL ORDER BY c.id"
    )
    checked, faults = 0, []
    for record, name, text in rows:
        claim = decode(record, Claim)
        for evidence in claim.evidence:
            checked += 1
            if text[evidence.start : evidence.end] != evidence.quote:
                faults.append(f"{name}: claim {claim.id}: the quote is not at {evidence.start}")
    return checked, faults


def tie(db: Transaction, tie_id: TieId) -> Tie:
    """Return the tie of this id, which must be there."""
    row = db.exec_driver_sql("SELECT record FROM ties WHERE id = ?", (tie_id,)).one()
    return decode(row[0], Tie)


def all_ties(db: Transaction) -> Iterator[Tie]:
    """Yield every tie, in order of id."""
    return _records(db.exec_driver_sql("SELECT record FROM ties ORDER BY id"), Tie)


def editions(db: Transaction) -> list[Edition]:
    """Return every loaded edition by source, then date."""
    rows = db.exec_driver_sql(
        "SELECT e.id, s.record, e.as_of, e.file_name, e.sha256, e.layout, e.scope, e.rows_in,"
        " e.individuals, e.out_of_scope, e.bad, e.loaded_at"
        " FROM editions e JOIN sources s ON s.id = e.source_id"
        " ORDER BY e.source_id, e.as_of, e.id"
    )
    return [Edition(row[0], decode(row[1], Source), *row[2:]) for row in rows]


def live_rows(db: Transaction) -> dict[str, int]:
    """Return how many rows of each source are in force: the latest wording of each."""
    return {
        row[0]: row[1]
        for row in db.exec_driver_sql(
            "SELECT source_id, count(*) FROM documents WHERE source_id IS NOT NULL"
            " AND superseded_at IS NULL AND forgotten_at IS NULL GROUP BY source_id"
        )
    }


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """How an edition differs from the one before it, by row key."""

    added: int
    changed: int
    removed: int


def edition_changes(db: Transaction, edition_id: int) -> EditionChanges | None:
    """Compare an edition with the one before it; None unless both cover the whole list.

    A row is changed when its document differs; another layout of the same list words rows
    differently, so that across layouts only added and removed rows say something.
    """
    every = editions(db)
    mine = next(e for e in every if e.id == edition_id)
    before = [
        e
        for e in every
        if e.source.id == mine.source.id and not e.scope and (e.as_of, e.id) < (mine.as_of, mine.id)
    ]
    if mine.scope or not before:
        return None
    old = _row_documents(db, before[-1].id)
    new = _row_documents(db, mine.id)
    return EditionChanges(
        added=len(new.keys() - old.keys()),
        changed=sum(1 for key in new.keys() & old.keys() if new[key] != old[key]),
        removed=len(old.keys() - new.keys()),
    )


def _row_documents(db: Transaction, edition_id: int) -> dict[str, str]:
    rows = db.exec_driver_sql(
        "SELECT key, document_id FROM list_rows WHERE edition_id = ?", (edition_id,)
    )
    return {row[0]: row[1] for row in rows}


def mentions_from(db: Transaction, origin: Origin) -> Iterator[Mention]:
    """Yield the live mentions of list rows, of curated facts, or of documents."""
    return _records(
        db.exec_driver_sql(
            "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
            " WHERE d.origin = ? AND m.superseded_at IS NULL"
            " AND d.superseded_at IS NULL AND d.forgotten_at IS NULL ORDER BY m.id",
            (origin,),
        ),
        Mention,
    )


def set_aside_rows(db: Transaction, edition: int, kind: str) -> list[tuple[int, str, str]]:
    """Return number, reason and text of an edition's rows of that kind that were not taken in."""
    rows = db.exec_driver_sql(
        "SELECT number, reason, text FROM set_aside WHERE edition_id = ? AND kind = ?"
        " ORDER BY number",
        (edition, kind),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def counts(db: Transaction) -> dict[str, int]:
    """Return how many live documents, list rows, mentions, claims, entities and ties there are."""
    live = "d.superseded_at IS NULL AND d.forgotten_at IS NULL"
    queries = {
        "documents": f"SELECT count(*) FROM documents d WHERE origin = 'document' AND {live}",
        "list_rows": f"SELECT count(*) FROM documents d WHERE origin = 'list' AND {live}",
        "starter_facts": f"SELECT count(*) FROM documents d WHERE origin = 'starter' AND {live}",
        "mentions": "SELECT count(*) FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE m.superseded_at IS NULL AND {live}",
        "claims": "SELECT count(*) FROM claims c JOIN documents d ON d.id = c.document_id"
        f" WHERE c.superseded_at IS NULL AND {live}",
        "judgements": "SELECT count(*) FROM judgements",
        "entities": "SELECT count(*) FROM entities",
        "ties": "SELECT count(*) FROM ties",
        "uncertain": "SELECT count(*) FROM uncertain",
        "forgotten": "SELECT count(*) FROM documents d WHERE forgotten_at IS NOT NULL",
    }
    return {name: int(db.exec_driver_sql(sql).scalar_one()) for name, sql in queries.items()}


def _records(rows: CursorResult[Any], kind: type[T]) -> Iterator[T]:
    for row in rows:
        yield decode(row[0], kind)
