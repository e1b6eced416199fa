"""Load a list into the store: one transaction, so that a crash leaves no half of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources import find_source, starter
from crosstie.sources.reading import Notice, Reading
from crosstie.store import Store, derived, reading, writing
from crosstie.store.engine import Transaction
from crosstie.workspace.changes import since_before
from crosstie.workspace.progress import Progress
from crosstie.workspace.reports import LoadReport

METHOD = "list/1"
"""What claims read from lists bear as their method."""
_BATCH = 1_000
_SHOWN = 50
# An edition with less than this share of the rows of the one before is no whole list, unless the
# caller says so: taking it for one would mark every other row as removed.
_WHOLE_FROM = 0.5


def open_source(
    source_id: str, path: Path | None, *, as_of: str | None, mapping: Path | None
) -> tuple[Source, Reading]:
    """Open an edition with the reader of its source. Raises NotFound, UsageError or InputError."""
    if source_id == starter.SOURCE.id:
        if path is not None:
            raise UsageError("the starter pack ships with Crosstie", remedy="name no file")
        return starter.SOURCE, starter.read_starter()
    reader = find_source(source_id)
    if path is None:
        raise UsageError(f"`{source_id}` needs a file", remedy=f"crosstie load {source_id} FILE")
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), remedy="check the path")
    found = reader.read(path, as_of=as_of, mapping=mapping)
    return found.source or reader.source, found


@dataclass(slots=True)
class _Tally:
    rows_in: int = 0
    individuals: int = 0
    out_of_scope: int = 0
    bad: int = 0
    claims: int = 0
    bad_rows: list[SetAside] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def count_aside(self, row: SetAside) -> None:
        if row.kind == "bad":
            self.bad += 1
            if len(self.bad_rows) < _SHOWN:
                self.bad_rows.append(row)
        elif row.kind == "individual":
            self.individuals += 1
        else:
            self.out_of_scope += 1


def load_reading(
    store: Store,
    source: Source,
    found: Reading,
    *,
    whole: bool | None,
    method: str,
    at: str,
    progress: Progress,
) -> LoadReport:
    """Write an edition and everything in it; loading the same file again changes nothing."""
    tally = _Tally()
    with store.writing() as db:
        writing.add_source(db, source)
        known = writing.find_edition(db, found.version)
        if known is not None:
            return _again(db, source, found.version, known, whole, at)
        edition = writing.begin_edition(db, found.version, at=at)
        for rows, aside in _batches(found, tally, f"reading {source.title}", progress):
            writing.add_set_aside(db, edition, aside)
            if rows:
                writing.add_rows(db, edition, rows, at=at, read_by=method)
        version = _scoped(db, found.version, tally, whole)
        if version.scope != found.version.scope:
            writing.set_scope(db, edition, version.scope)
        counts = writing.EditionCounts(
            tally.rows_in, tally.individuals, tally.out_of_scope, tally.bad
        )
        writing.end_edition(db, edition, source.id, counts, at=at)
        # Whoever asks next makes entities anew first, so that a stop here loses nothing.
        writing.set_fact(db, derived.FINGERPRINT, "")
        diff = since_before(db, edition)
    return LoadReport(
        source_id=source.id,
        title=source.title,
        as_of=version.as_of,
        layout=version.layout,
        scope=version.scope,
        unchanged=False,
        rows_in=tally.rows_in,
        individuals=tally.individuals,
        out_of_scope=tally.out_of_scope,
        bad=tally.bad,
        claims=tally.claims,
        bad_rows=tuple(tally.bad_rows),
        notices=tuple(tally.notices),
        added=diff.count("added") if diff else None,
        changed=diff.count("changed") if diff else None,
        removed=diff.count("removed") if diff else None,
        lists=diff.lists if diff else (),
    )


def _batches(
    found: Reading, tally: _Tally, stage: str, progress: Progress
) -> Iterator[tuple[list[ListRow], list[SetAside]]]:
    rows: list[ListRow] = []
    aside: list[SetAside] = []
    done = 0
    for record in found.rows:
        if isinstance(record, Notice):
            if len(tally.notices) < _SHOWN:
                tally.notices.append(f"row {record.number}: {record.reason}")
            continue
        done += 1
        if isinstance(record, SetAside):
            tally.count_aside(record)
            aside.append(record)
        else:
            tally.rows_in += 1
            tally.claims += len(record.claims)
            rows.append(record)
        if len(rows) + len(aside) >= _BATCH:
            progress(stage, done, found.total)
            yield rows, aside
            rows, aside = [], []
    progress(stage, done, found.total)
    yield rows, aside


def _scoped(
    db: Transaction, version: SourceVersion, tally: _Tally, whole: bool | None
) -> SourceVersion:
    """Decide whether the file is the whole list: by its reader, the caller, else by its size."""
    if whole is not None:
        return replace(version, scope="" if whole else version.scope or "a part, as the user says")
    rows = tally.rows_in + tally.individuals + tally.out_of_scope + tally.bad
    largest = max(
        (
            e.rows_in + e.individuals + e.out_of_scope + e.bad
            for e in reading.editions(db)
            if e.source.id == version.source_id and not e.scope and e.sha256 != version.sha256
        ),
        default=0,
    )
    if version.scope or rows >= largest * _WHOLE_FROM:
        return version
    tally.notices.append(
        f"{rows:,} rows, where another edition has {largest:,}: taken for a part of the list, so"
        " that no row counts as removed; pass --whole if it is the whole list"
    )
    return replace(version, scope=f"a part: {rows:,} rows")


def _again(
    db: Transaction,
    source: Source,
    version: SourceVersion,
    known: int,
    whole: bool | None,
    at: str,
) -> LoadReport:
    """Report a file that was loaded before; its date and scope can be corrected so."""
    before = next(e for e in reading.editions(db) if e.id == known)
    scope = before.scope
    if whole is not None:
        scope = "" if whole else scope or "a part, as the user says"
    changed = version.as_of != before.as_of or scope != before.scope
    if changed:
        writing.set_date(db, known, version.as_of)
        writing.set_scope(db, known, scope)
        counts = writing.EditionCounts(
            before.rows_in, before.individuals, before.out_of_scope, before.bad
        )
        writing.end_edition(db, known, source.id, counts, at=at)
        writing.set_fact(db, derived.FINGERPRINT, "")
    return LoadReport(
        source_id=source.id,
        title=source.title,
        as_of=version.as_of,
        layout=before.layout,
        scope=scope,
        unchanged=not changed,
        rows_in=before.rows_in,
        individuals=before.individuals,
        out_of_scope=before.out_of_scope,
        bad=before.bad,
        claims=0,
        bad_rows=(),
        notices=("loaded before: its date or scope was corrected",) if changed else (),
    )
