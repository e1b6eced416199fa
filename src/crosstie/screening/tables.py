"""A partners file's bytes → a table: its headings, and its rows with their numbers."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from charset_normalizer import from_bytes

from crosstie.ontology.errors import InputError, UnknownLayout

FORMATS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".txt")
MAX_BYTES = 50_000_000
EACH_LINE = "each line"
"""The heading of a file that has none: every line is a name."""

# A decompressed workbook larger than this is no partners file but a bomb, and so is one whose few
# bytes claim a sheet of so many cells.
_MAX_UNPACKED = 500_000_000
_MAX_CELLS = 5_000_000
# What an encrypted workbook, and one of before 2007, begin with.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Cells = tuple[int, list[str]]
"""A row's number in the file, from 1 with the header as row 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds before it is known which column is what; `rows` are read once.

    `name` is the file's, for messages.
    """

    name: str
    header: Sequence[str]
    rows: Iterator[Cells]


def read_table(raw: bytes, name: str) -> Table:
    """Read a file's bytes by the suffix of its name. Raises InputError or UnknownLayout."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            f"`{suffix or 'no suffix'}` is not read", where=name,
            remedy=f"save it as one of {', '.join(FORMATS)}",
        )  # fmt: skip
    if len(raw) > MAX_BYTES:
        raise InputError(
            f"larger than {MAX_BYTES // 1_000_000} MB", where=name, remedy="split the file"
        )
    if not raw.strip():
        raise InputError("is empty", where=name, remedy="add a header and a row")
    if suffix == ".txt":
        lines = ((number, [line]) for number, line in enumerate(_text(raw, name).splitlines(), 1))
        return Table(name, (EACH_LINE,), lines)
    if suffix in (".json", ".jsonl"):
        return Table(name, *_json_rows(raw, name, lines=suffix == ".jsonl"))
    if suffix == ".xlsx":
        return Table(name, *_sheet_rows(raw, name))
    header, rows = _delimited_rows(_text(raw, name), name, tabs=suffix == ".tsv")
    if len(header) == 1 and suffix == ".csv":
        # One column: what looks like a separator is part of the name.
        rows = ((number, [", ".join(c.strip() for c in cells)]) for number, cells in rows)
    return Table(name, header, rows)


def _text(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(raw).best()
    if best is None or b"\x00" in raw:
        raise InputError("is not text", where=name, remedy="save it as CSV in UTF-8, or as XLSX")
    return str(best)


def _delimited_rows(text: str, name: str, *, tabs: bool) -> tuple[list[str], Iterator[Cells]]:
    delimiter = "\t" if tabs else _delimiter(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        header = next(reader)
    except (StopIteration, csv.Error) as error:
        raise UnknownLayout("has no header row", where=name, remedy="name the columns") from error

    def rows() -> Iterator[Cells]:
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise InputError(
                f"is not a table here ({error})", where=f"{name} line {reader.line_num}",
                remedy="look for an unclosed quotation mark",
            ) from error  # fmt: skip

    return header, rows()


def _delimiter(header: str) -> str:
    return max((",", ";", "\t", "|"), key=header.count)


def _sheet_rows(raw: bytes, name: str) -> tuple[list[str], Iterator[Cells]]:
    if raw.startswith(_OLE):
        raise InputError(
            "is encrypted, or a workbook of before 2007", where=name,
            remedy="take the password off, or save it as CSV",
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            raise InputError("unpacks to too much", where=name, remedy="save it as CSV")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        filled = list(_filled(book.worksheets[0], name))
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError, IndexError) as error:
        raise InputError(
            "is not an Excel workbook, or a damaged one", where=name, remedy="save it as CSV"
        ) from error
    if not filled:
        raise InputError("has an empty first sheet", where=name, remedy="add a header and a row")
    return filled[0][1], iter(filled[1:])


def _filled(sheet: Any, name: str) -> Iterator[Cells]:
    # What the sheet says of its own size is not to be trusted: rows are as wide as their cells.
    sheet.reset_dimensions()
    cells_seen = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        cells_seen += len(cells) + 1
        if cells_seen > _MAX_CELLS:
            raise InputError(
                f"holds more than {_MAX_CELLS:,} cells", where=name, remedy="save it as CSV"
            )
        row = ["" if cell is None else str(cell) for cell in cells]
        if any(cell.strip() for cell in row):
            yield number, row


def _json_rows(raw: bytes, name: str, *, lines: bool) -> tuple[list[str], Iterator[Cells]]:
    text = _text(raw, name)
    try:
        if lines:
            items = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not valid JSON ({error})", where=name, remedy="correct it") from error
    if isinstance(items, dict):
        lists = [key for key, value in items.items() if isinstance(value, list)]
        if len(lists) != 1:
            raise UnknownLayout(
                "is an object without one list of parties", where=name,
                remedy='write a list: [{"name": "..."}]',
            )  # fmt: skip
        items = items[lists[0]]
    if not isinstance(items, list):
        raise UnknownLayout(
            "is no list", where=name, remedy='write a list: [{"name": "..."}] or ["..."]'
        )
    records = [item if isinstance(item, dict) else {"name": item} for item in items]
    for number, record in enumerate(records, 1):
        for key, value in record.items():
            if isinstance(value, dict | list):
                raise UnknownLayout(
                    f"`{key}` holds {type(value).__name__}, not a text",
                    where=f"{name} item {number}", remedy="write one object for each party",
                )  # fmt: skip
    header = list(dict.fromkeys(str(key) for record in records for key in record))
    rows = (
        (number, ["" if record.get(key) is None else str(record[key]) for key in header])
        for number, record in enumerate(records, 1)
    )
    return header, rows


_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def tidy(name: str) -> str:
    """Return a name on one line, without terminal control sequences."""
    bare = _CONTROL.sub("", name)
    return " ".join("".join(c if c.isprintable() else " " for c in bare).split())
