"""OpenAlex: works as joint papers of institutions, institutions with their names; no authors."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosstie.ontology.errors import UnknownLayout
from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources import files
from crosstie.sources.openalex_files import Pages, layout_of, records
from crosstie.sources.openalex_records import (
    AUTHOR,
    NO_JSON,
    Institution,
    Work,
    record_of,
)
from crosstie.sources.openalex_rows import institution_row, work_row
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.text.dates import date_in_name

SOURCE = Source(
    id=SourceId("openalex"),
    title="OpenAlex",
    publisher="OurResearch (OpenAlex)",
    url="https://openalex.org/",
    licence="CC0-1.0",
    stale_after_days=180,
)


@dataclass(slots=True)
class _Survey:
    """What the first pass finds out about a file; it keeps no record."""

    total: int = 0
    works: int = 0
    institutions: int = 0
    newest: str = ""
    unsaid: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    common: dict[str, str] | None = None
    pages: Pages = field(default_factory=Pages)

    def add(self, record: Work | Institution | str) -> None:
        """Count one record."""
        self.total += 1
        if isinstance(record, str):
            self.faults[record] += 1
            return
        self.newest = max(self.newest, record.updated)
        if isinstance(record, Institution):
            self.institutions += 1
            return
        self.works += 1
        self.unsaid += record.retracted is None
        here = {i.key: i.name for i in record.institutions}
        if self.common is None:
            self.common = here
        elif self.common:
            self.common = {key: name for key, name in self.common.items() if key in here}

    @property
    def scope(self) -> str:
        """Return which part of OpenAlex the file is: nobody loads the whole."""
        if self.works and len(self.common or {}) == 1:
            (name,) = (self.common or {}).values()
            return f"works of {name}"
        parts = [_counted(self.works, "work")] if self.works else []
        parts += [_counted(self.institutions, "institution")] if self.institutions else []
        return " and ".join(parts)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read pages of the API, or one work or institution a line, plain or gzipped.

    Raises UnknownLayout where the file is none of these or its records have another form.
    """
    digest = files.file_digest(path)
    layout = layout_of(path)
    survey = _Survey()
    for _, raw in records(path, layout, survey.pages):
        survey.add(record_of(raw))
    _check_form(path, survey)
    version = SourceVersion(
        source_id=SOURCE.id,
        # The newest change in the file: it can be no older. A name with a date says it better.
        as_of=edition_date(
            SOURCE, path, in_file=date_in_name(path.name) or as_of or survey.newest or None
        ),
        file_name=path.name,
        sha256=digest,
        layout=layout,
        scope=survey.scope,
    )
    return Reading(version, _rows(path, layout, survey), total=survey.total)


def _check_form(path: Path, survey: _Survey) -> None:
    """Stop if records that cannot be read are no exception: then the schema has changed."""
    known = survey.works + survey.institutions
    changed = Counter({k: n for k, n in survey.faults.items() if k != NO_JSON})
    if survey.total and known <= sum(survey.faults.values()) // 2:
        reason, count = (changed or survey.faults).most_common(1)[0]
        if reason == AUTHOR:
            remedy = "persons are not read; give works or institutions"
        else:
            remedy = "OpenAlex may have changed its schema: look for a newer Crosstie"
        raise UnknownLayout(
            f"{count:,} of {survey.total:,} records cannot be read: {reason}",
            where=path.name,
            remedy=remedy,
        )
    if not survey.total:
        raise UnknownLayout(
            "the file holds no work and no institution",
            where=path.name,
            remedy="check the ROR id and the years that were asked for",
        )


def _rows(path: Path, layout: str, survey: _Survey) -> Iterator[ListRow | SetAside | Notice]:
    yield from _file_notices(survey)
    seen: set[str] = set()
    for number, raw in records(path, layout, Pages()):
        record = record_of(raw)
        if isinstance(record, str):
            # Without the record itself: it names authors.
            yield SetAside(number, "individual" if record == AUTHOR else "bad", record)
            continue
        if record.id in seen:
            yield SetAside(number, "out_of_scope", "the same record stands in the file before")
            continue
        seen.add(record.id)
        if isinstance(record, Institution):
            yield institution_row(SOURCE, number, record)
            continue
        row = work_row(SOURCE, number, record)
        if isinstance(row, ListRow):
            yield from _work_notices(number, record)
        yield row


def _file_notices(survey: _Survey) -> Iterator[Notice]:
    counted = max(survey.pages.counted, default=0)
    if counted > survey.total:
        yield Notice(
            1, f"OpenAlex counts {counted:,} records and these pages hold {survey.total:,}"
        )
    if survey.works and survey.unsaid == survey.works:
        yield Notice(1, "no work says whether it was retracted (`is_retracted`)")


def _work_notices(number: int, work: Work) -> Iterator[Notice]:
    if work.withheld:
        yield Notice(number, f"{work.id}: its title names an author and is left out")
    if work.nameless:
        yield Notice(number, f"{work.id}: {work.nameless} institutions without a name are left out")
