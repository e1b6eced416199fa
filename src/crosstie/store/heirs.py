"""Find the mention in an older one's place: judgements outlive editions and readings."""

from collections.abc import Iterable

from crosstie.ontology.ids import MentionId
from crosstie.ontology.records import Mention, decode
from crosstie.store.engine import Transaction
from crosstie.store.reading import chunked

_LIVE = "m.superseded_at IS NULL AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"


def heirs(db: Transaction, ids: Iterable[str]) -> dict[MentionId, MentionId]:
    """Return, for each of these mentions that is live no more, the one in its place, if any.

    A list row that a later edition words otherwise leaves its place to that wording; what is read
    again in a document, to the mention that stands over the same words.
    """
    wanted = list(dict.fromkeys(ids))
    rows = chunked(
        db,
        "SELECT m.id FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE m.id IN ({{marks}}) AND {_LIVE}",
        wanted,
    )
    live = {row[0] for row in rows}
    found: dict[MentionId, MentionId] = {}
    for key in wanted:
        heir = None if key in live else _heir(db, key)
        if heir is not None:
            found[MentionId(key)] = heir
    return found


def _heir(db: Transaction, key: str) -> MentionId | None:
    raw = db.exec_driver_sql("SELECT record FROM mentions WHERE id = ?", (key,)).scalar()
    if raw is None:
        return None
    old = decode(raw, Mention)
    here = _live_in(db, old.document_id)
    if here:
        return _over_the_same_words(old, here)
    newer = db.exec_driver_sql(
        "SELECT n.document_id FROM list_rows o JOIN editions oe ON oe.id = o.edition_id"
        " JOIN list_rows n ON n.key = o.key JOIN editions ne ON ne.id = n.edition_id"
        " AND ne.source_id = oe.source_id JOIN documents d ON d.id = n.document_id"
        " WHERE o.document_id = ? AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"
        " ORDER BY ne.as_of DESC, ne.id DESC LIMIT 1",
        (old.document_id,),
    ).scalar()
    return None if newer is None else _in_the_same_part(db, old, newer)


def _over_the_same_words(old: Mention, here: list[Mention]) -> MentionId | None:
    def overlap(mention: Mention) -> int:
        return min(old.end, mention.end) - max(old.start, mention.start)

    best = max(here, key=lambda m: (overlap(m), m.kind == old.kind, m.id))
    return best.id if overlap(best) > 0 else None


def _in_the_same_part(db: Transaction, old: Mention, document_id: str) -> MentionId | None:
    """Return the mention of the newer wording that bears the name, else that has the same place."""
    new = _live_in(db, document_id)
    named = [mention for mention in new if mention.names[0].text == old.names[0].text]
    if named:
        return max(named, key=lambda m: (m.kind == old.kind, -m.start)).id
    rows = db.exec_driver_sql(
        "SELECT record FROM mentions WHERE document_id = ?", (old.document_id,)
    )
    order = sorted((decode(row[0], Mention) for row in rows), key=lambda m: (m.start, m.end))
    place = [mention.id for mention in order].index(old.id)
    same = place < len(new) and len(new) == len(order) and new[place].kind == old.kind
    return new[place].id if same else None


def _live_in(db: Transaction, document_id: str) -> list[Mention]:
    rows = db.exec_driver_sql(
        "SELECT m.record FROM mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE m.document_id = ? AND {_LIVE}",
        (document_id,),
    )
    found = [decode(row[0], Mention) for row in rows]
    return sorted(found, key=lambda m: (m.start, m.end))
