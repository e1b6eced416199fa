"""The four layouts in which the US Consolidated Screening List goes round, read into one form.

| layout | told by | what it is |
| --- | --- | --- |
| compact JSON | an object with `entries` and `tables` | the whole list; values index tables |
| JSON lines | objects with `name`, `source`, `countries` | the same with the tables expanded |
| official CSV | the header `_id,source,entity_number,…` | trade.gov's own file |
| CSV with strays | the same header again inside, or a row cut short | files joined or cut by hand |
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crosstie.ontology.errors import InputError, UnknownLayout
from crosstie.sources import files

CSV_COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
_JSON_FIELDS = (
    "name", "alt_names", "source", "type", "countries", "entity_number", "license_requirement",
    "license_policy", "programs", "federal_register_notice", "source_list_url",
)  # fmt: skip
_NO_JSON = "not valid JSON"
_KNOWN = "compact JSON (`entries`, `tables`), JSON lines, or the official CSV"
_COUNTRY_AT_END = re.compile(r"(?:^|,)\s*([A-Z]{2})\s*$")


@dataclass(slots=True)
class RawRow:
    """A row in one form for all layouts; `problem` is set when it cannot be used."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    alt_names: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    problem: str = ""
    stray: bool = False
    text: str = ""

    def get(self, column: str) -> str:
        """Return a value, or the empty text."""
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a first pass over the file has found: its layout, date, rows and whether it is whole."""

    name: str
    as_of: str | None
    total: int
    cut_short: bool = False
    notice: str = ""


def survey(path: Path) -> tuple[Layout, Iterator[RawRow]]:
    """Recognise the layout and give the rows. Raises UnknownLayout or InputError."""
    head = files.head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        first = head.split(b"\n", 1)[0]
        if first.rstrip().endswith(b"}") and b'"source"' in first and b'"entries"' not in first:
            return _json_lines(path)
        return _compact(path)
    if head.startswith(b"["):
        raise _unknown(path, "a JSON array")
    return _official_csv(path, head)


def _unknown(path: Path, seen: str) -> UnknownLayout:
    return UnknownLayout(
        f"the layout is not one of the Consolidated Screening List's: it begins with {seen}",
        where=path.name,
        remedy=f"known are {_KNOWN}",
    )


# --- compact JSON -------------------------------------------------------------------------------


def _compact(path: Path) -> tuple[Layout, Iterator[RawRow]]:
    data = files.load_json(path)
    if not isinstance(data, dict) or not {"entries", "tables", "fieldKey"} <= set(data):
        keys = ", ".join(list(data)[:6]) if isinstance(data, dict) else type(data).__name__
        raise _unknown(path, f"a JSON object with the keys {keys}")
    entries, tables = data["entries"], data["tables"]
    if not isinstance(entries, list) or not isinstance(tables, dict):
        raise _unknown(path, "`entries` that is no list or `tables` that is no object")
    told = data.get("entryCount")
    layout = Layout(
        "compact JSON",
        as_of=str(data.get("sourceGeneratedAt") or data.get("retrievedAt") or "") or None,
        total=len(entries),
        cut_short=isinstance(told, int) and told > len(entries),
    )
    return layout, (_from_compact(n, entry, tables) for n, entry in enumerate(entries, start=1))


_TABLES = {
    "s": ("source", "sources"),
    "lr": ("license_requirement", "licenceRequirements"),
    "lp": ("license_policy", "licencePolicies"),
    "pg": ("programs", "programmes"),
    "u": ("source_list_url", "urls"),
}
_PLAIN = {"n": "name", "t": "type", "e": "entity_number", "fr": "federal_register_notice"}


def _from_compact(number: int, entry: Any, tables: dict[str, Any]) -> RawRow:
    row = RawRow(number)
    if not isinstance(entry, dict):
        row.problem = f"the entry is {type(entry).__name__}, not an object"
        row.text = str(entry)
        return row
    for key, value in entry.items():
        if value is None:
            continue
        if key in _PLAIN:
            row.values[_PLAIN[key]] = str(value)
        elif key in _TABLES:
            column, table = _TABLES[key]
            found = _at(tables.get(table), value)
            if found is None:
                row.problem = row.problem or f"`{key}: {value}` points outside of `tables.{table}`"
            else:
                row.values[column] = found
        elif key in ("a", "c"):
            _take_list(row, key, value, {"a": "alt_names", "c": "countries"}[key])
    row.text = str(entry) if row.problem else ""
    return row


def _at(table: Any, index: Any) -> str | None:
    if isinstance(table, list) and type(index) is int and 0 <= index < len(table):
        return str(table[index])
    return None


def _take_list(row: RawRow, key: str, value: Any, target: str) -> None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        setattr(row, target, value)
    else:
        row.problem = row.problem or f"`{key}` is not a list of texts"


# --- JSON lines ---------------------------------------------------------------------------------


def _json_lines(path: Path) -> tuple[Layout, Iterator[RawRow]]:
    total, last = 0, b"{}"
    for number, line in files.json_lines(path):
        total, last = number, line
    cut = _from_line(total, last).problem.startswith(_NO_JSON)
    layout = Layout("JSON lines", as_of=None, total=total, cut_short=cut)
    return layout, (_from_line(number, line) for number, line in files.json_lines(path))


def _from_line(number: int, line: bytes) -> RawRow:
    row = RawRow(number)
    try:
        entry = files.parse_json(line, where="")
    except InputError as error:
        row.problem, row.text = error.problem, line.decode("utf-8", "replace")
        return row
    if not isinstance(entry, dict):
        row.problem = f"the line holds {type(entry).__name__}, not an object"
        row.text = line.decode("utf-8", "replace")
        return row
    for key in _JSON_FIELDS:
        value = entry.get(key)
        if value is None:
            continue
        if key in ("alt_names", "countries"):
            _take_list(row, key, value, key)
        else:
            row.values[key] = str(value)
    row.text = line.decode("utf-8", "replace") if row.problem else ""
    return row


# --- the official CSV ---------------------------------------------------------------------------


def _official_csv(path: Path, head: bytes) -> tuple[Layout, Iterator[RawRow]]:
    encoding = files.encoding_of(path)
    header = _header(path, encoding, head)
    total, stray, cut = 0, 0, False
    with files.csv_rows(path, encoding=encoding) as rows:
        next(rows)
        for cells in _readable(rows, path):
            if cells:
                total += 1
                stray += cells == header
                cut = len(cells) < len(header)
    name = "official CSV" if not (stray or cut) else "official CSV with stray rows"
    layout = Layout(name, None, total, cut_short=cut, notice=files.encoding_notice(encoding))
    return layout, _csv_rows(path, encoding, header)


def _header(path: Path, encoding: str, head: bytes) -> list[str]:
    with files.csv_rows(path, encoding=encoding) as rows:
        header = next(_readable(rows, path), [])
    if not {"source", "name", "alt_names", "addresses"} <= set(header):
        raise _unknown(path, f'"{files.shown(head)}"')
    unknown = [column for column in header if column not in CSV_COLUMNS]
    if unknown:
        raise _unknown(path, f"a CSV header with the unknown columns {', '.join(unknown[:5])}")
    return header


def _readable(rows: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise InputError(
            f"not readable as CSV: {error}", where=path.name, remedy="download the file again"
        ) from error


def _csv_rows(path: Path, encoding: str, header: list[str]) -> Iterator[RawRow]:
    with files.csv_rows(path, encoding=encoding) as rows:
        next(rows)
        number = 0
        for cells in _readable(rows, path):
            if cells:
                number += 1
                yield _from_cells(number, cells, header)


def _from_cells(number: int, cells: list[str], header: list[str]) -> RawRow:
    row = RawRow(number)
    row.values = {c: v for c, v in zip(header, cells, strict=False) if v.strip()}
    if cells == header:
        row.stray = True
        return row
    if len(cells) != len(header):
        row.problem = f"the row has {len(cells)} columns, not {len(header)}"
        row.text = ",".join(cells)
        return row
    row.alt_names = [row.values.pop("alt_names")] if "alt_names" in row.values else []
    found = Counter(
        match[1]
        for address in row.get("addresses").split(";")
        if (match := _COUNTRY_AT_END.search(address))
    )
    row.countries = list(found)
    return row
