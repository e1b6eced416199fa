"""Read a user's partners file: CSV, TSV, XLSX, JSON, JSON lines or one name a line.

Columns are found by name (see columns.yaml). A row that names nobody is set aside with its number.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from charset_normalizer import from_bytes

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import Ambiguous, InputError, UnknownLayout
from crosstie.ontology.findings import Party
from crosstie.text.countries import country_code

FORMATS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".txt")
MAX_BYTES = 50_000_000
_FIELDS = ("name", "country", "id", "domain")
# A decompressed sheet larger than this is no partners file but a bomb.
_MAX_UNPACKED = 500_000_000

# A name in quotation marks may break over two lines; more are rows that an open mark swallowed.
_MOST_LINES = 1
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")

Cells = tuple[int, list[str]]
"""A row's number in the file, from 1 with the header as row 1, and its cells."""


@dataclass(frozen=True, slots=True)
class PartyFile:
    """What a partners file holds: parties, rows set aside, which column was taken for what."""

    parties: tuple[Party, ...]
    set_aside: tuple[str, ...]
    columns: dict[str, str]


def read_parties(path: Path, *, name_column: str | None = None) -> PartyFile:
    """Read the file by its suffix. Raises InputError, UnknownLayout or Ambiguous."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            f"`{suffix or 'no suffix'}` is not read", where=path.name,
            remedy=f"save it as one of {', '.join(FORMATS)}",
        )  # fmt: skip
    raw = _bytes(path)
    if suffix == ".txt":
        lines = [(n, [line]) for n, line in enumerate(_text(raw, path).splitlines(), 1)]
        return _parties(lines, {"name": 0}, {"name": "each line"}, path, width=1)
    if suffix in (".json", ".jsonl"):
        header, rows = _json_rows(raw, path, lines=suffix == ".jsonl")
    elif suffix == ".xlsx":
        header, rows = _sheet_rows(raw, path)
    else:
        header, rows = _delimited_rows(_text(raw, path), path, tabs=suffix == ".tsv")
    places = _columns(header, path, name_column)
    named = {field: header[place] for field, place in places.items()}
    if len(header) == 1 and suffix == ".csv":
        # One column: what looks like a separator is part of the name.
        rows = ((number, [", ".join(c.strip() for c in cells)]) for number, cells in rows)
    return _parties(rows, places, named, path, width=len(header))


def _parties(
    rows: Iterable[Cells],
    places: Mapping[str, int],
    columns: dict[str, str],
    path: Path,
    *,
    width: int,
) -> PartyFile:
    parties: list[Party] = []
    aside: list[str] = []
    for number, cells in rows:
        values = {
            field: cells[place].strip() if place < len(cells) else ""
            for field, place in places.items()
        }
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            aside.append(
                f"{path.name} row {number}: {len(cells)} cells under {width} headings:"
                ' put a name with a comma in quotation marks ("Foo Co., Ltd.")'
            )
            continue
        if values["name"].count("\n") > _MOST_LINES:
            raise InputError(
                f"one cell holds {values['name'].count(chr(10)) + 1} lines: a quotation mark is"
                " not closed", where=f"{path.name} row {number}", remedy="close it",
            )  # fmt: skip
        if not any(character.isalnum() for character in values["name"]):
            aside.append(f"{path.name} row {number}: no name in column `{columns['name']}`")
            continue
        country = values.get("country") or None
        code = country_code(country) if country else None
        if country and code is None:
            aside.append(
                f"{path.name} row {number}: `{country}` is no country that Crosstie knows;"
                " the row is screened without a country"
            )
        parties.append(
            Party(
                name=_tidy(values["name"]),
                country=code,
                id=values.get("id") or None,
                domain=values.get("domain") or None,
                row=number,
            )
        )
    if not parties:
        raise InputError(
            "holds no name to screen", where=path.name, remedy="add a row below the header"
        )
    return PartyFile(tuple(parties), tuple(aside), columns)


def _tidy(name: str) -> str:
    """Return a name on one line, without terminal control sequences."""
    bare = _CONTROL.sub("", name)
    return " ".join("".join(c if c.isprintable() else " " for c in bare).split())


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"larger than {MAX_BYTES // 1_000_000} MB", where=path.name, remedy="split the file"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check the path"
        ) from error
    if not raw.strip():
        raise InputError("is empty", where=path.name, remedy="add a header and a row")
    return raw


def _text(raw: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(raw).best()
    if best is None or b"\x00" in raw:
        raise InputError(
            "is not text", where=path.name, remedy="save it as CSV in UTF-8, or as XLSX"
        )
    return str(best)


def _delimited_rows(text: str, path: Path, *, tabs: bool) -> tuple[list[str], Iterator[Cells]]:
    delimiter = "\t" if tabs else _delimiter(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        header = next(reader)
    except (StopIteration, csv.Error) as error:
        raise UnknownLayout(
            "has no header row", where=path.name, remedy="name the columns"
        ) from error

    def rows() -> Iterator[Cells]:
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise InputError(
                f"is not a table here ({error})", where=f"{path.name} line {reader.line_num}",
                remedy="look for an unclosed quotation mark",
            ) from error  # fmt: skip

    return header, rows()


def _delimiter(header: str) -> str:
    return max((",", ";", "\t", "|"), key=header.count)


def _sheet_rows(raw: bytes, path: Path) -> tuple[list[str], Iterator[Cells]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            raise InputError("unpacks to too much", where=path.name, remedy="save it as CSV")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            (number, ["" if cell is None else str(cell) for cell in cells])
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError, IndexError) as error:
        raise InputError(
            "is not an Excel workbook, or a damaged one", where=path.name, remedy="save it as CSV"
        ) from error
    filled = [(number, cells) for number, cells in rows if any(c.strip() for c in cells)]
    if not filled:
        raise InputError(
            "has an empty first sheet", where=path.name, remedy="add a header and a row"
        )
    return filled[0][1], iter(filled[1:])


def _json_rows(raw: bytes, path: Path, *, lines: bool) -> tuple[list[str], Iterator[Cells]]:
    text = _text(raw, path)
    try:
        if lines:
            items = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            items = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(
            f"is not valid JSON ({error})", where=path.name, remedy="correct it"
        ) from error
    if isinstance(items, dict):
        lists = [key for key, value in items.items() if isinstance(value, list)]
        if len(lists) != 1:
            raise UnknownLayout(
                "is an object without one list of parties", where=path.name,
                remedy='write a list: [{"name": "..."}]',
            )  # fmt: skip
        items = items[lists[0]]
    if not isinstance(items, list):
        raise UnknownLayout(
            "is no list", where=path.name, remedy='write a list: [{"name": "..."}] or ["..."]'
        )
    records = [item if isinstance(item, dict) else {"name": item} for item in items]
    for number, record in enumerate(records, 1):
        for key, value in record.items():
            if isinstance(value, dict | list):
                raise UnknownLayout(
                    f"`{key}` holds {type(value).__name__}, not a text",
                    where=f"{path.name} item {number}", remedy="write one object for each party",
                )  # fmt: skip
    header = list(dict.fromkeys(str(key) for record in records for key in record))
    rows = (
        (number, ["" if record.get(key) is None else str(record[key]) for key in header])
        for number, record in enumerate(records, 1)
    )
    return header, rows


def _columns(header: list[str], path: Path, name_column: str | None) -> dict[str, int]:
    keys = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header]
    places: dict[str, int] = {}
    if name_column is not None:
        wanted = " ".join(name_column.casefold().replace("_", " ").split())
        if wanted not in keys:
            raise UnknownLayout(
                f"has no column `{name_column}`", where=path.name,
                remedy=f"its columns are {', '.join(header)}",
            )  # fmt: skip
        places["name"] = keys.index(wanted)
    for field, spellings in _spellings().items():
        found = [place for place, key in enumerate(keys) if key in spellings]
        exact = [place for place in found if keys[place] == spellings[0]]
        if field in places or not found:
            continue
        if len(found) > 1 and len(exact) != 1 and field == "name":
            raise Ambiguous(
                f"several columns may hold the name: {', '.join(header[p] for p in found)}",
                where=path.name, remedy="choose one with --name-column",
                choices=[header[place] for place in found],
            )  # fmt: skip
        # Of several identifier columns the official one counts: columns.yaml lists these first.
        places[field] = min(found, key=lambda place: spellings.index(keys[place]))
    if "name" not in places:
        raise UnknownLayout(
            f"has no column for the name (found: {', '.join(header) or 'none'})", where=path.name,
            remedy="call one `name`, or choose it with --name-column",
        )  # fmt: skip
    return places


@cache
def _spellings() -> dict[str, list[str]]:
    data = load_data(resources.files("crosstie.screening") / "columns.yaml")
    assert isinstance(data, Section)
    data.allow(_FIELDS)
    return {field: [str(s) for s in data.require(field, list)] for field in _FIELDS}
