"""What reading a list gives: its edition, and one record for each row of the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.text.dates import date_in_name, read_date


@dataclass(frozen=True, slots=True)
class Notice:
    """Something amiss in a row that was taken in all the same: a date left out, say.

    It comes right before its row and counts as no row of its own.
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A list being read. Each row of the file yields exactly one ListRow or SetAside.

    `rows` can be run through once. `total` is the count of rows, where it is known beforehand.
    `source` is set where the file's own mapping names it (`table`); else it is the module's SOURCE.
    """

    version: SourceVersion
    rows: Iterator[ListRow | SetAside | Notice]
    total: int | None = None
    source: Source | None = None


def edition_date(
    source: Source, path: Path, *, in_file: str | None = None, as_of: str | None = None
) -> str:
    """Return the edition's date: what the caller says, else the file, else the file's name.

    Raises UsageError when none of the three tells.
    """
    if as_of:
        reading = read_date(as_of)
        if reading.value:
            return reading.value
        raise UsageError(f"--as-of {reading.reason}", where=path.name)
    if in_file:
        reading = read_date(in_file)
        if reading.value:
            return reading.value
    if named := date_in_name(path.name):
        return named
    raise UsageError(
        f"this edition of {source.title} bears no date",
        where=path.name,
        remedy="say it: --as-of YYYY-MM-DD",
    )
