"""Find what a new document or judgement can change: keys, placements, owners, claims."""

from collections import defaultdict
from collections.abc import Iterable

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, MentionId, TieId
from crosstie.ontology.records import Claim, Mention, Origin, Tie, decode
from crosstie.store.derived import KeyRow, PlacementRow
from crosstie.store.engine import Transaction
from crosstie.store.reading import chunked

_LIVE = "m.superseded_at IS NULL AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"


def unplaced(db: Transaction) -> list[Mention]:
    """Return the live mentions that are in no entity yet."""
    rows = db.exec_driver_sql(
        "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE {_LIVE} AND m.id NOT IN (SELECT mention_id FROM entity_mentions) ORDER BY m.id"
    )
    return [decode(row[0], Mention) for row in rows]


def mentions(db: Transaction, ids: Iterable[str]) -> list[Mention]:
    """Return the live mentions of these ids."""
    rows = chunked(
        db,
        "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE m.id IN ({{marks}}) AND {_LIVE}",
        ids,
    )
    return [decode(str(row[0]), Mention) for row in rows]


def mentions_in(db: Transaction, documents: Iterable[str]) -> list[Mention]:
    """Return the live mentions of these documents."""
    rows = chunked(
        db,
        "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE m.document_id IN ({{marks}}) AND {_LIVE}",
        documents,
    )
    return [decode(str(row[0]), Mention) for row in rows]


def told(db: Transaction, ids: Iterable[str]) -> dict[DocumentId, tuple[Origin, str | None]]:
    """Return the origin and the publisher of documents."""
    rows = chunked(db, "SELECT id, origin, publisher FROM documents WHERE id IN ({marks})", ids)
    return {row[0]: (row[1], row[2]) for row in rows}


def owners(db: Transaction, ids: Iterable[str]) -> dict[MentionId, EntityId]:
    """Return the entity that each mention names."""
    rows = chunked(
        db, "SELECT mention_id, entity_id FROM entity_mentions WHERE mention_id IN ({marks})", ids
    )
    return {row[0]: row[1] for row in rows}


def qualified_in(db: Transaction, entities: Iterable[str]) -> set[MentionId]:
    """Return the mentions of entities that were put there by no placement: the qualified ones."""
    rows = chunked(
        db,
        "SELECT e.mention_id FROM entity_mentions e"
        " LEFT JOIN placements p ON p.mention_id = e.mention_id"
        " WHERE p.mention_id IS NULL AND e.entity_id IN ({marks})",
        entities,
    )
    return {row[0] for row in rows}


def claims_with(db: Transaction, ids: Iterable[str]) -> dict[ClaimId, Claim]:
    """Return the live claims of which one of these mentions is an end."""
    wanted = list(ids)
    found: dict[ClaimId, Claim] = {}
    for end in ("subject", "object"):
        rows = chunked(
            db,
            "SELECT m.record FROM claims m JOIN documents d ON d.id = m.document_id"
            f" WHERE m.{end} IN ({{marks}}) AND {_LIVE}",
            wanted,
        )
        claims = [decode(str(row[0]), Claim) for row in rows]
        found.update((claim.id, claim) for claim in claims)
    return found


def claims_between(db: Transaction, one: EntityId, kind: str, two: EntityId) -> list[Claim]:
    """Return the live claims of one kind whose ends name these two, in this order."""
    rows = db.exec_driver_sql(
        "SELECT m.record FROM entity_mentions s JOIN claims m ON m.subject = s.mention_id"
        " JOIN entity_mentions o ON o.mention_id = m.object AND o.entity_id = ?"
        " JOIN documents d ON d.id = m.document_id"
        f" WHERE s.entity_id = ? AND m.predicate = ? AND {_LIVE}",
        (two, one, kind),
    )
    return [decode(row[0], Claim) for row in rows]


def ties(db: Transaction, ids: Iterable[TieId]) -> list[Tie]:
    """Return the ties of these ids."""
    rows = chunked(db, "SELECT record FROM ties WHERE id IN ({marks})", ids)
    return [decode(str(row[0]), Tie) for row in rows]


Key = tuple[str, str]
"""Kind and key."""


def key_rows(db: Transaction, mentions: Iterable[str]) -> list[KeyRow]:
    """Return the keys of these mentions."""
    rows = chunked(
        db,
        "SELECT kind, key, mention_id, document_id, bare, strong FROM name_keys"
        " WHERE mention_id IN ({marks})",
        mentions,
    )
    return [_key_row(row) for row in rows]


def rows_sharing(db: Transaction, keys: Iterable[Key], *, bare: bool) -> list[KeyRow]:
    """Return the rows of all mentions, bare or qualified, that share one of these keys."""
    wanted = set(keys)
    rows = chunked(
        db,
        "SELECT kind, key, mention_id, document_id, bare, strong FROM name_keys"
        f" WHERE key IN ({{marks}}) AND bare = {int(bare)}",
        sorted({key for _, key in wanted}),
    )
    return [found for row in rows if (found := _key_row(row))[:2] in wanted]


def qualified_keys(db: Transaction, mentions: Iterable[str]) -> set[Key]:
    """Return the keys of these mentions, without those of bare ones."""
    rows = chunked(
        db,
        "SELECT DISTINCT kind, key FROM name_keys WHERE bare = 0 AND mention_id IN ({marks})",
        mentions,
    )
    return {(row[0], row[1]) for row in rows}


def tied_by(db: Transaction, keys: Iterable[Key]) -> set[MentionId]:
    """Return the qualified mentions that share one of these keys, if two bear it in strength."""
    found: set[MentionId] = set()
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in sorted(keys):
        by_kind[kind].append(key)
    for kind, same in by_kind.items():
        where = f"bare = 0 AND kind = '{kind}' AND key IN ({{marks}})"
        telling = chunked(
            db,
            f"SELECT key FROM name_keys WHERE {where} GROUP BY key HAVING sum(strong) > 1",
            same,
        )
        rows = chunked(
            db,
            f"SELECT DISTINCT mention_id FROM name_keys WHERE {where}",
            [row[0] for row in telling],
        )
        found.update(MentionId(row[0]) for row in rows)
    return found


def _key_row(row: tuple[object, ...]) -> KeyRow:
    kind, key, mention, document, bare, strong = row
    return (str(kind), str(key), str(mention), str(document), bool(bare), bool(strong))


_PLACEMENT = "p.mention_id, p.document_id, p.onto, p.in_group, p.reasons"


def placements_in(db: Transaction, groups: Iterable[str]) -> list[PlacementRow]:
    """Return the bare mentions of these groups, and all that were put onto them."""
    firsts = list(
        chunked(db, f"SELECT {_PLACEMENT} FROM placements p WHERE in_group IN ({{marks}})", groups)
    )
    found = [_placement(row) for row in firsts]
    return [*found, *placements_onto(db, [row[0] for row in found])]


def placements_onto(db: Transaction, hosts: Iterable[str]) -> list[PlacementRow]:
    """Return the bare mentions that were put onto these, and all that were put onto them."""
    found: list[PlacementRow] = []
    level = list(hosts)
    while level:
        rows = chunked(
            db, f"SELECT {_PLACEMENT} FROM placements p WHERE onto IN ({{marks}})", level
        )
        guests = [_placement(row) for row in rows]
        found += guests
        level = [row[0] for row in guests]
    return found


def groups_of(db: Transaction, documents: Iterable[str]) -> set[str]:
    """Return the groups in which bare mentions of these documents are."""
    rows = chunked(
        db,
        "SELECT DISTINCT in_group FROM placements"
        " WHERE in_group IS NOT NULL AND document_id IN ({marks})",
        documents,
    )
    return {row[0] for row in rows}


def with_bare_names(db: Transaction, documents: Iterable[str]) -> set[str]:
    """Return those of the documents that hold a bare mention."""
    rows = chunked(
        db, "SELECT DISTINCT document_id FROM placements WHERE document_id IN ({marks})", documents
    )
    return {row[0] for row in rows}


def _placement(row: tuple[object, ...]) -> PlacementRow:
    mention, document, onto, group, reasons = row
    return (
        str(mention), str(document), None if onto is None else str(onto),
        None if group is None else str(group), str(reasons),
    )  # fmt: skip
