"""Keep the grades that people gave to publishers; append-only."""

from crosstie.store.engine import Transaction


def add_grade(db: Transaction, key: str, record: str) -> bool:
    """Add a grade; the same again changes nothing. Return whether it is new."""
    done = db.exec_driver_sql(
        "INSERT INTO source_grades (id, record) VALUES (?,?) ON CONFLICT (id) DO NOTHING",
        (key, record),
    )
    return bool(done.rowcount)


def given_grades(db: Transaction) -> list[str]:
    """Return every grade that was given, oldest first, as JSON."""
    rows = db.exec_driver_sql("SELECT record FROM source_grades ORDER BY seq")
    return [str(row[0]) for row in rows]
