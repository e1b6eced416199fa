"""Find the claims of which the reading itself was not sure."""

from collections.abc import Collection

from crosstie.ontology.ids import ClaimId
from crosstie.store.engine import Transaction

_DOUBTED = (
    " FROM claims c JOIN documents d ON d.id = c.document_id"
    " WHERE d.origin = 'document' AND d.superseded_at IS NULL AND d.forgotten_at IS NULL"
    " AND c.superseded_at IS NULL AND json_extract(c.record, '$.confidence') < ?"
)


def doubted_claims(
    db: Transaction, *, below: float, without: Collection[str], start: int, limit: int
) -> tuple[list[ClaimId], int]:
    """Return a stretch of the live claims of documents with a lower confidence, and their number.

    The surest come first: what most likely holds is quickest to decide. Claims in `without`, which
    people judged already, are left out.
    """
    rows = db.exec_driver_sql(
        f"SELECT c.id{_DOUBTED} ORDER BY json_extract(c.record, '$.confidence') DESC, c.id",
        (below,),
    )
    ids = [ClaimId(row[0]) for row in rows if row[0] not in without]
    return ids[start : start + limit], len(ids)
