"""The US Consolidated Screening List: export-control and sanctions lists of three departments."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources import us_csl_layouts, us_csl_rows
from crosstie.sources.files import file_digest
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys
from crosstie.sources.scopes import country_scope
from crosstie.sources.us_csl_layouts import RawRow
from crosstie.text.countries import country_code

SOURCE = Source(
    id=SourceId("us-csl"),
    title="US Consolidated Screening List",
    publisher="U.S. International Trade Administration",
    url="https://www.trade.gov/consolidated-screening-list",
    licence="US public domain",
    country="US",
    stale_after_days=7,
)
_CODE = re.compile(r"\(([A-Z][A-Z -]*?)(?: List)?\)(?: List)? - ")
# Every edition since 2014 has held at least ten lists; a file with fewer was filtered.
_FEW_LISTS = 6


def read(path: Path, *, as_of: str | None = None) -> Reading:
    """Read an edition in any of its layouts, told by the content and not by the file's name."""
    digest = file_digest(path)
    layout, surveyed = us_csl_layouts.survey(path)
    scope = _scope(surveyed, layout)
    version = SourceVersion(
        source_id=SOURCE.id,
        as_of=edition_date(SOURCE, path, in_file=layout.as_of, as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout=layout.name,
        scope=scope,
    )
    _, rows = us_csl_layouts.survey(path)
    return Reading(version, _records(rows, layout.notice), total=layout.total)


def _records(rows: Iterable[RawRow], notice: str) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    if notice:
        yield Notice(1, notice)
    for row in rows:
        yield from us_csl_rows.read_row(SOURCE, row, keys)


def _scope(rows: Iterable[RawRow], layout: us_csl_layouts.Layout) -> str:
    """Say which part of the list a file holds; empty for the whole of it."""
    parts = []
    countries: list[frozenset[str]] = []
    codes: set[str] = set()
    for row in rows:
        if found := _CODE.search(row.get("source")):
            codes.add(found[1])
            countries.append(frozenset(country_code(c) or c for c in row.countries))
    if layout.cut_short:
        parts.append("the rows before the file breaks off")
    if 0 < len(codes) < _FEW_LISTS:
        parts.append(f"lists {', '.join(sorted(codes))}")
    if by_country := country_scope(countries):
        parts.append(by_country)
    return "; ".join(parts)
