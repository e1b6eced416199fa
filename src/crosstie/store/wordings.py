"""Which wordings of a list's rows speak: the newest, and of older ones what no newer one tells.

Publishers give one list in several layouts. A layout without remarks does not take back what the
remarks of an earlier one said: those claims go on, and only what the new layout tells too is
superseded.
"""

from crosstie.store.engine import Transaction

_NEWEST = """
    WITH ranked AS (
        SELECT r.document_id, row_number() OVER (
            PARTITION BY r.key ORDER BY e.as_of DESC, e.id DESC) AS age
        FROM list_rows r JOIN editions e ON e.id = r.edition_id WHERE e.source_id = ?
    ), newest AS (SELECT document_id FROM ranked WHERE age = 1)
"""
_TOLD = """
    SELECT DISTINCT c.predicate, json_extract(c.record, '$.method')
    FROM claims c JOIN list_rows r ON r.document_id = c.document_id WHERE r.edition_id = ?
"""


def supersede_wordings(db: Transaction, source_id: str, *, at: str) -> None:
    """Let the newest wording of each row speak, after an edition of the source was written."""
    db.exec_driver_sql(
        f"{_NEWEST} UPDATE documents SET superseded_at ="
        " CASE WHEN id IN newest THEN NULL ELSE coalesce(superseded_at, ?) END"
        " WHERE source_id = ? AND origin <> 'document'",
        (source_id, at, source_id),
    )
    # Rows are read once, so that only this module supersedes single claims of theirs.
    db.exec_driver_sql(
        f"{_NEWEST} UPDATE claims SET superseded_at = NULL WHERE superseded_at IS NOT NULL"
        " AND document_id IN newest",
        (source_id,),
    )
    _keep_untold(db, source_id, at)


def _keep_untold(db: Transaction, source_id: str, at: str) -> None:
    """Put older wordings of standing rows back, as far as another layout tells what they told."""
    editions = db.exec_driver_sql(
        "SELECT id, layout FROM editions WHERE source_id = ? ORDER BY as_of DESC, id DESC",
        (source_id,),
    ).fetchall()
    if not editions:
        return
    newest, layout = editions[0]
    older = next((key for key, other in editions[1:] if other != layout), None)
    if older is None:
        return
    db.exec_driver_sql(f"CREATE TEMP TABLE told AS {_TOLD}", (newest,))
    db.exec_driver_sql(
        "CREATE TEMP TABLE untold AS SELECT c.id, c.document_id FROM claims c"
        " JOIN list_rows o ON o.document_id = c.document_id AND o.edition_id = ?"
        " JOIN list_rows n ON n.key = o.key AND n.edition_id = ? AND n.document_id <> o.document_id"
        " WHERE c.predicate <> 'designated'"
        " AND (c.predicate, json_extract(c.record, '$.method')) NOT IN (SELECT * FROM told)",
        (older, newest),
    )
    db.exec_driver_sql(
        "UPDATE documents SET superseded_at = NULL"
        " WHERE id IN (SELECT document_id FROM untold) AND forgotten_at IS NULL"
    )
    db.exec_driver_sql(
        "UPDATE claims SET superseded_at = ? WHERE superseded_at IS NULL"
        " AND document_id IN (SELECT document_id FROM untold)"
        " AND id NOT IN (SELECT id FROM untold)",
        (at,),
    )
    for table in ("told", "untold"):
        db.exec_driver_sql(f"DROP TABLE temp.{table}")
