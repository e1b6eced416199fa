"""See a workspace as it was known at the end of a day: what was recorded later is out of sight.

Views and tables of the connection's own stand before those of the file, under the same names, so
that every reader of this room reads what was known then. What was forgotten since stays forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from crosstie.store.engine import Transaction
from crosstie.store.schema import metadata

_RECORDED = {
    "documents": "added_at",
    "claims": "recorded_at",
    "editions": "loaded_at",
    "judgements": "json_extract(record, '$.at')",
}
_OF_KNOWN_EDITIONS = ("list_rows", "set_aside")
_OF_KNOWN_DOCUMENTS = ("articles", "mentions")
_DERIVED = (
    "facts", "entities", "entity_names", "entity_identifiers", "entity_mentions", "ties",
    "uncertain", "name_keys", "placements",
)  # fmt: skip
_DAY = "substr({column}, 1, 10)"


def changed_after(db: Transaction, day: str) -> bool:
    """Return whether anything was recorded, superseded or judged after the end of a day."""
    moments = [
        ("documents", "added_at"), ("documents", "superseded_at"), ("claims", "recorded_at"),
        ("claims", "superseded_at"), ("mentions", "superseded_at"), ("editions", "loaded_at"),
        ("judgements", "json_extract(record, '$.at')"),
    ]  # fmt: skip
    latest = (
        db.exec_driver_sql(f"SELECT max({column}) FROM {table}").scalar()
        for table, column in moments
    )
    return any(found is not None and str(found)[:10] > day for found in latest)


@contextmanager
def as_known_at(db: Transaction, day: str) -> Iterator[None]:
    """Show what was known at the end of a day (ISO 8601, UTC), with the derived tables empty.

    The caller fills them from what it reads. Nothing is written to the file.
    """
    try:
        for table in (*_RECORDED, *_OF_KNOWN_EDITIONS, *_OF_KNOWN_DOCUMENTS):
            db.exec_driver_sql(_view(table, day))
        for table in _DERIVED:
            db.exec_driver_sql(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")
            for number, columns in enumerate(_indexed(table)):
                db.exec_driver_sql(
                    f"CREATE INDEX temp.then_{table}_{number} ON {table} ({columns})"
                )
        db.exec_driver_sql("CREATE UNIQUE INDEX temp.then_facts ON facts (key)")
        yield
    finally:
        for table in _DERIVED:
            db.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")
        for table in (*_RECORDED, *_OF_KNOWN_EDITIONS, *_OF_KNOWN_DOCUMENTS):
            db.exec_driver_sql(f"DROP VIEW IF EXISTS temp.{table}")


def _view(table: str, day: str) -> str:
    columns = ", ".join(
        f"CASE WHEN {_DAY.format(column=name)} <= '{day}' THEN {name} END AS {name}"
        if name == "superseded_at"
        else name
        for name in [column.name for column in metadata.tables[table].columns]
    )
    return (
        f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} WHERE {_known(table, day)}"
    )


def _known(table: str, day: str) -> str:
    if table in _RECORDED:
        column = _RECORDED[table]
        return f"{_DAY.format(column=column)} <= '{day}'"
    whole, key = (
        ("editions", "edition_id") if table in _OF_KNOWN_EDITIONS else ("documents", "document_id")
    )
    return f"{key} IN (SELECT id FROM main.{whole} WHERE {_known(whole, day)})"


def _indexed(table: str) -> list[str]:
    """Return the columns of each index, and of the key, that the table of the file has."""
    known = metadata.tables[table]
    found = [", ".join(f'"{column.name}"' for column in index.columns) for index in known.indexes]
    key = ", ".join(f'"{column.name}"' for column in known.primary_key.columns)
    return sorted({*found, *([key] if key else [])})
