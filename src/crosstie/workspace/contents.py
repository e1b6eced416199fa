"""What a workspace holds: lists with their editions and age, documents, rows set aside."""

import datetime as dt
from collections.abc import Iterable, Sequence

from crosstie.extraction.backends import is_outdated
from crosstie.ontology.findings import Searched
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.store.reading import DocumentState, Edition
from crosstie.text.dates import last_day
from crosstie.workspace.reader import present_mark
from crosstie.workspace.reports import Status


def status_of(db: Transaction, *, path: str, now: str) -> Status:
    """Return what is in the workspace at `now` (ISO 8601), and which lists are too old."""
    editions = tuple(reading.editions(db))
    latest = in_force(editions)
    stale = {key: stale_days(edition, now) for key, edition in latest.items()}
    states = tuple(reading.document_states(db))
    return Status(
        path=path,
        counts=reading.counts(db),
        editions=editions,
        stale={str(key): days for key, days in stale.items() if days is not None},
        documents=states,
        outdated=_outdated(db, states),
        at=now,
    )


def searched_in(db: Transaction, *, now: str) -> tuple[Searched, ...]:
    """Return what a screening at `now` searches: each list in its version, and the documents."""
    rows = reading.live_rows(db)
    found = [
        Searched(
            source_id=edition.source.id,
            title=edition.source.title,
            as_of=edition.as_of,
            records=edition.rows_in,
            other_editions=max(0, rows.get(edition.source.id, 0) - edition.rows_in),
            stale_days=stale_days(edition, now),
            scope=edition.scope,
            sha256=edition.sha256,
        )
        for edition in in_force(reading.editions(db)).values()
    ]
    documents = reading.counts(db)["documents"]
    return (*found, Searched("documents", "Documents added by the user", None, documents))


def bad_rows(db: Transaction) -> list[str]:
    """Return the bad rows of every edition, a line each: list, row, reason, the row itself."""
    return [
        f"{edition.file_name} row {number}: {reason}: {text}".removesuffix(": ")
        for edition in reading.editions(db)
        for number, reason, text in reading.set_aside_rows(db, edition.id, "bad")
    ]


def in_force(editions: Iterable[Edition]) -> dict[str, Edition]:
    """Return each source's latest whole edition, or its latest part where there is no whole one."""
    found: dict[str, Edition] = {}
    for edition in editions:
        before = found.get(edition.source.id)
        if before is None or not edition.scope or before.scope:
            found[edition.source.id] = edition
    return found


def stale_days(edition: Edition, now: str) -> int | None:
    """Return an edition's age in days if it is too old; a partial date counts from its end."""
    then = last_day(edition.as_of)
    if then is None:
        return None
    age = (dt.date.fromisoformat(now[:10]) - then).days
    return age if age > edition.source.stale_after_days else None


def _outdated(db: Transaction, states: Sequence[DocumentState]) -> int:
    """Count the documents that their back end would read otherwise now, or with other names."""
    live = [state for state in states if not state.forgotten_at]
    mark = present_mark(db) if live else ""
    return sum(1 for state in live if is_outdated(state.read_by, rules=mark))
