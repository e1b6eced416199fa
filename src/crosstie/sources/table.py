"""Any organisation list of the user's own, CSV, TSV or JSON lines, read by a mapping file."""

import csv
from collections.abc import Iterator
from pathlib import Path

from crosstie.ontology.errors import InputError, UsageError
from crosstie.ontology.ids import SourceId, text_digest
from crosstie.ontology.records import ListRow, SetAside, Source, SourceVersion
from crosstie.sources import files
from crosstie.sources.reading import Notice, Reading, edition_date
from crosstie.sources.rows import Keys
from crosstie.sources.table_mapping import TableMapping, load_mapping
from crosstie.sources.table_rows import read_row

SOURCE = Source(
    id=SourceId("table"),
    title="A list of your own",
    publisher="as the mapping file says",
    url="",
    licence="as the mapping file says",
    stale_after_days=90,
)
_DELIMITERS = ",;\t|"


def read(path: Path, as_of: str | None = None, mapping: Path | None = None) -> Reading:
    """Read a table; `mapping` names the source and says what its columns mean.

    Raises UsageError without a mapping, DataFileError for a mistake in it, InputError for a
    column that the file lacks.
    """
    if mapping is None:
        raise UsageError(
            "`table` needs a mapping file",
            remedy="crosstie load table FILE --mapping MAP.yaml; see docs/how-to/add-a-list.md",
        )
    found = load_mapping(mapping)
    # A mended mapping reads the same file anew.
    digest = text_digest(files.file_digest(path) + files.file_digest(mapping))
    total = 0
    columns: set[str] = set()
    for _, row in _records(path, found):
        total += 1
        if isinstance(row, dict):
            columns.update(row)
    _check_columns(path, mapping, found, columns)
    version = SourceVersion(
        source_id=found.source.id,
        as_of=edition_date(found.source, path, as_of=as_of),
        file_name=path.name,
        sha256=digest,
        layout=f"table ({_format(path, found)})",
    )
    return Reading(version, _rows(path, found), total=total, source=found.source)


def _check_columns(path: Path, mapping: Path, found: TableMapping, columns: set[str]) -> None:
    for column, key in found.used_columns().items():
        if column not in columns:
            raise InputError(
                f'there is no column "{column}", which {mapping.name} names at `{key}`',
                where=path.name,
                remedy=f"the columns are {', '.join(sorted(columns)) or 'none'}",
            )


def _format(path: Path, found: TableMapping) -> str:
    if found.format:
        return found.format
    names = [suffix.lower() for suffix in path.suffixes]
    if {".jsonl", ".ndjson", ".json"} & set(names):
        return "jsonl"
    return "tsv" if ".tsv" in names or ".tab" in names else "csv"


def _records(path: Path, found: TableMapping) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Yield each row with its number: its values, or the reason why it has none."""
    if _format(path, found) == "jsonl":
        yield from _json_records(path)
    else:
        yield from _delimited(path, found)


def _json_records(path: Path) -> Iterator[tuple[int, dict[str, str] | str]]:
    for number, line in files.json_lines(path):
        try:
            data = files.parse_json(line, where="")
        except InputError as error:
            yield number, error.problem
            continue
        if isinstance(data, dict):
            yield number, {str(key): _cell(value) for key, value in data.items()}
        else:
            yield number, f"the line holds {type(data).__name__}, not an object"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    return str(value)


def _delimited(path: Path, found: TableMapping) -> Iterator[tuple[int, dict[str, str] | str]]:
    encoding = found.encoding or files.encoding_of(path)
    delimiter = found.delimiter or ("\t" if _format(path, found) == "tsv" else "")
    try:
        delimiter = delimiter or _sniffed(files.head_of(path).decode(encoding, "replace"))
    except LookupError as error:
        raise InputError(
            f"the mapping's encoding {encoding!r} is not known", where=path.name
        ) from error
    number = 0
    with files.csv_rows(path, encoding=encoding, delimiter=delimiter) as rows:
        header = [cell.strip() for cell in next(rows, [])]
        try:
            for cells in rows:
                if not any(cells):
                    continue
                number += 1
                if len(cells) != len(header):
                    yield number, f"the row has {len(cells)} columns, not {len(header)}"
                else:
                    yield number, dict(zip(header, cells, strict=True))
        except csv.Error as error:
            raise InputError(f"not readable as CSV: {error}", where=path.name) from error


def _sniffed(head: str) -> str:
    """Return the separator that the first line has most of."""
    first = head.split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))


def _rows(path: Path, found: TableMapping) -> Iterator[ListRow | SetAside | Notice]:
    keys = Keys()
    if found.encoding is None and _format(path, found) != "jsonl":
        notice = files.encoding_notice(files.encoding_of(path))
        if notice:
            yield Notice(1, f"{notice}, or say `layout: encoding:` in the mapping")
    for number, row in _records(path, found):
        if isinstance(row, str):
            yield SetAside(number, "bad", row)
        else:
            yield from read_row(found, number, row, keys)
