"""Find claims by what they state, and the mentions around them, with the entities they name."""

from collections.abc import Iterable

from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Claim, Mention, decode
from crosstie.store import reading
from crosstie.store.engine import Transaction

_LIVE = (
    "c.superseded_at IS NULL AND d.superseded_at IS NULL AND d.forgotten_at IS NULL ORDER BY c.id"
)


def claims_stating(db: Transaction, predicates: Iterable[str]) -> list[Claim]:
    """Return the live claims of these kinds of tie, or of `measure`, in order of id."""
    rows = reading.chunked(
        db,
        "SELECT c.record FROM claims c JOIN documents d ON d.id = c.document_id"
        f" WHERE c.predicate IN ({{marks}}) AND {_LIVE}",
        predicates,
    )
    return [decode(str(row[0]), Claim) for row in rows]


def claims_in(db: Transaction, document_ids: Iterable[DocumentId]) -> list[Claim]:
    """Return the live claims that these documents make, in order of id."""
    rows = reading.chunked(
        db,
        "SELECT c.record FROM claims c JOIN documents d ON d.id = c.document_id"
        f" WHERE c.document_id IN ({{marks}}) AND {_LIVE}",
        document_ids,
    )
    return [decode(str(row[0]), Claim) for row in rows]


def mentions_in(db: Transaction, document_id: DocumentId) -> list[Mention]:
    """Return the live mentions of a document in the order of the text."""
    rows = db.exec_driver_sql(
        "SELECT record FROM mentions WHERE document_id = ? AND superseded_at IS NULL",
        (document_id,),
    )
    found = [decode(str(row[0]), Mention) for row in rows]
    return sorted(found, key=lambda mention: (mention.start, -mention.end, mention.id))
