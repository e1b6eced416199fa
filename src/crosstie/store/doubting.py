"""Find what the machine itself was not sure of: claims of low confidence, pairs left to people."""

from crosstie.ontology.ids import ClaimId
from crosstie.store.engine import Transaction


def doubted_claims(db: Transaction, *, below: float) -> list[ClaimId]:
    """Return the live claims of documents with a lower confidence.

    The surest come first: what most likely holds is quickest to decide.
    """
    rows = db.exec_driver_sql(
        "SELECT c.id FROM claims c JOIN documents d ON d.id = c.document_id"
        " WHERE d.origin = 'document' AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"
        " AND c.superseded_at IS NULL AND json_extract(c.record, '$.confidence') < ?"
        " ORDER BY json_extract(c.record, '$.confidence') DESC, c.id",
        (below,),
    )
    return [ClaimId(row[0]) for row in rows]


def uncertain_total(db: Transaction) -> int:
    """Return how many pairs resolution leaves to people."""
    return int(db.exec_driver_sql("SELECT count(*) FROM uncertain").scalar_one())
