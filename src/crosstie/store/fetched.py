"""Keep what was fetched, from where, when, and where the answer is archived."""

from dataclasses import dataclass

from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class FetchRow:
    """One fetch; `status` is the answer's, None where there was none; `record` is JSON."""

    url: str
    source_id: str | None
    fetched_at: str
    status: int | None
    sha256: str | None
    archive: str | None
    record: str


_FORGOTTEN = "[forgotten]"
_COLUMNS = "url, source_id, fetched_at, status, sha256, archive, record"


def add_fetch(db: Transaction, row: FetchRow) -> None:
    """Write a fetch down."""
    db.exec_driver_sql(
        f"INSERT INTO fetches ({_COLUMNS}) VALUES (?,?,?,?,?,?,?)",
        (
            row.url, row.source_id, row.fetched_at, row.status, row.sha256, row.archive, row.record
        ),
    )  # fmt: skip


def fetches(db: Transaction, *, source_id: str | None = None, limit: int = 100) -> list[FetchRow]:
    """Return the last fetches, of one source or of all, newest first."""
    where, values = ("WHERE source_id = ?", (source_id,)) if source_id else ("", ())
    rows = db.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM fetches {where} ORDER BY seq DESC LIMIT ?", (*values, limit)
    )
    return [FetchRow(*row) for row in rows]


def forget_fetches(db: Transaction, sha256: str) -> list[str]:
    """Leave of the fetches of a body only when they were; return the addresses that they had."""
    urls = db.exec_driver_sql("SELECT DISTINCT url FROM fetches WHERE sha256 = ?", (sha256,))
    found = [str(row[0]) for row in urls]
    db.exec_driver_sql(
        "UPDATE fetches SET url = ?, record = '{}' WHERE sha256 = ?", (_FORGOTTEN, sha256)
    )
    return found
