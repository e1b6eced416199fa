"""Ask a workspace as it was known at the end of a day, by what was read and judged until then."""

from collections.abc import Iterator
from contextlib import contextmanager

from crosstie.matching import NameIndex
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.store.then import as_known_at, changed_after
from crosstie.workspace.progress import Progress, silent
from crosstie.workspace.resolving import index_of, make_anew


@contextmanager
def known_at(db: Transaction, day: str | None, *, progress: Progress) -> Iterator[bool]:
    """Let every reader of the transaction see what was known then; give whether that differs."""
    if day is None or not changed_after(db, day):
        yield False
        return
    with as_known_at(db, day):
        progress(f"working out what was known on {day}", 0, None)
        make_anew(db, progress=silent)
        yield True


def index_then(db: Transaction) -> NameIndex:
    """Index the organisations' names that the transaction sees."""
    return index_of(reading.all_entities(db))
