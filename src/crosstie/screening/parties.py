"""Read a user's partners file: CSV, TSV, XLSX, JSON, JSON lines or one name a line.

Columns are found by name (see columns.yaml). A row that names nobody is set aside with its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crosstie.ontology.errors import InputError, UsageError
from crosstie.ontology.findings import Party
from crosstie.screening.columns import FIELDS, Places, find_columns, guess_columns
from crosstie.screening.tables import MAX_BYTES, Table, read_table, tidy
from crosstie.text.countries import country_code

# A name in quotation marks may break over two lines; more are rows that an open mark swallowed.
_MOST_LINES = 1


@dataclass(frozen=True, slots=True)
class PartyFile:
    """What a partners file holds: parties, rows set aside, which column was taken for what."""

    parties: tuple[Party, ...]
    set_aside: tuple[str, ...]
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, and which column seems to hold what.

    `total` counts the rows that are not empty; `columns` maps fields to places in a row.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    columns: dict[str, int]


def read_parties(path: Path, *, name_column: str | None = None) -> PartyFile:
    """Read the file by its suffix. Raises InputError, UnknownLayout or Ambiguous."""
    table = read_table(_bytes(path), path.name)
    return _parties(table, find_columns(table.header, path.name, name_column))


def parties_in(raw: bytes, name: str, columns: Places) -> PartyFile:
    """Read a file's bytes with the columns that a person chose. Raises InputError or UsageError."""
    table = read_table(raw, name)
    width = len(table.header)
    if "name" not in columns:
        raise UsageError("no column is chosen for the name", where=name, remedy="choose one")
    for field, place in columns.items():
        if field not in FIELDS or not 0 <= place < width:
            raise UsageError(
                f"column {place + 1} for `{field}` is not one of its {width}", where=name,
                remedy="choose the columns again",
            )  # fmt: skip
    return _parties(table, columns)


def preview_parties(raw: bytes, name: str, *, rows: int = 8) -> Preview:
    """Show what a file holds, before it is read in earnest. Raises InputError or UnknownLayout."""
    table = read_table(raw, name)
    filled = (cells for _, cells in table.rows if any(cell.strip() for cell in cells))
    first = tuple(tuple(tidy(cell) for cell in cells) for cells in islice(filled, rows))
    total = len(first) + sum(1 for _ in filled)
    if not total:
        raise InputError("holds no name to screen", where=name, remedy="add a row below the header")
    header = tuple(tidy(cell) for cell in table.header)
    return Preview(name, header, first, total, guess_columns(table.header))


def _parties(table: Table, places: Places) -> PartyFile:
    parties: list[Party] = []
    aside: list[str] = []
    columns = {field: table.header[place] for field, place in places.items()}
    width = len(table.header)
    for number, cells in table.rows:
        where = f"{table.name} row {number}"
        values = {
            field: cells[place].strip() if place < len(cells) else ""
            for field, place in places.items()
        }
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            aside.append(
                f"{where}: {len(cells)} cells under {width} headings:"
                ' put a name with a comma in quotation marks ("Foo Co., Ltd.")'
            )
            continue
        _check_lines(values["name"], where)
        if not any(character.isalnum() for character in values["name"]):
            aside.append(f"{where}: no name in column `{columns['name']}`")
            continue
        country = values.get("country") or None
        code = country_code(country) if country else None
        if country and code is None:
            aside.append(
                f"{where}: `{country}` is no country that Crosstie knows;"
                " the row is screened without a country"
            )
        parties.append(
            Party(
                name=tidy(values["name"]),
                country=code,
                id=values.get("id") or None,
                domain=values.get("domain") or None,
                row=number,
            )
        )
    return PartyFile(_some(parties, table.name), tuple(aside), columns)


def _check_lines(name: str, where: str) -> None:
    if name.count("\n") > _MOST_LINES:
        raise InputError(
            f"one cell holds {name.count(chr(10)) + 1} lines: a quotation mark is not closed",
            where=where, remedy="close it",
        )  # fmt: skip


def _some(parties: Sequence[Party], where: str) -> tuple[Party, ...]:
    if not parties:
        raise InputError(
            "holds no name to screen", where=where, remedy="add a row below the header"
        )
    return tuple(parties)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check the path"
        ) from error
