"""The graph as plain tables: entities, names, identifiers, ties, evidence; as CSV or Parquet."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosstie.ontology.errors import ExtraMissing
from crosstie.ontology.kinds import kinds
from crosstie.reporting.contents import Contents

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns, and its rows as text, numbers or None."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str | int | None, ...]]


def sheets(contents: Contents) -> tuple[Sheet, ...]:
    """Return the five tables; ids join them."""
    return (
        Sheet(
            "entities",
            ("id", "name", "kind", "country", "tier", "description"),
            [(e.id, e.name, e.kind, e.country, e.tier, e.description) for e in contents.entities],
        ),
        Sheet(
            "names",
            ("entity", "name", "language", "sort"),
            [(e.id, n.text, n.language, n.kind) for e in contents.entities for n in e.names],
        ),
        Sheet(
            "identifiers",
            ("entity", "scheme", "value"),
            [(e.id, i.scheme, i.value) for e in contents.entities for i in e.identifiers],
        ),
        _ties(contents),
        Sheet(
            "evidence",
            ("tie", "claim", "status", "quote", "start", "end", "document", "title", "publisher",
             "date", "url", "sha256", "curated", "said_by", "flags"),
            list(_evidence(contents)),
        ),
    )  # fmt: skip


def _ties(contents: Contents) -> Sheet:
    return Sheet(
        "ties",
        ("id", "subject", "kind", "object", "mechanism", "status", "sources", "valid_from",
         "valid_to", "attributes"),
        [
            (
                t.id, t.subject, t.kind, t.object, kinds().tie(t.kind).mechanism, t.status,
                t.sources, t.valid_from, t.valid_to,
                "; ".join(f"{key}={value}" for key, value in t.attributes.items()),
            )
            for t in contents.ties
        ],
    )  # fmt: skip


def _evidence(contents: Contents) -> Iterator[tuple[str | int | None, ...]]:
    for start in range(0, len(contents.ties), _BATCH):
        part = contents.ties[start : start + _BATCH]
        found = contents.quotes([claim for tie in part for claim in tie.claims])
        for tie in part:
            for claim in tie.claims:
                for quote in found.get(claim, ()):
                    cited = quote.citation
                    yield (
                        tie.id, claim, quote.status, quote.text, quote.start, quote.end,
                        cited.document_id, cited.title, cited.publisher, cited.date, cited.url,
                        cited.sha256, "yes" if cited.curated else "",
                        " → ".join(quote.attribution), "; ".join(quote.flags),
                    )  # fmt: skip


def csv_files(contents: Contents) -> Mapping[str, bytes]:
    """Return each table as a CSV file in UTF-8, by file name.

    A cell that a spreadsheet would run as a formula is led by an apostrophe: documents are hostile.
    """
    return {f"{sheet.name}.csv": _csv(sheet) for sheet in sheets(contents)}


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def _harmless(cell: str | int | None) -> str | int | None:
    runs = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{cell}" if runs else cell


def parquet_files(contents: Contents) -> Mapping[str, bytes]:
    """Return each table as a Parquet file, by file name. Raises ExtraMissing without pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise ExtraMissing("parquet", "pyarrow") from error
    files = {}
    for sheet in sheets(contents):
        kinds_of = {"sources": pyarrow.int32(), "start": pyarrow.int64(), "end": pyarrow.int64()}
        schema = pyarrow.schema([(c, kinds_of.get(c, pyarrow.string())) for c in sheet.columns])
        columns = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.columns)
        table = pyarrow.table(
            {name: list(column) for name, column in zip(sheet.columns, columns, strict=True)},
            schema=schema,
        )
        out = io.BytesIO()
        pyarrow.parquet.write_table(table, out)
        files[f"{sheet.name}.parquet"] = out.getvalue()
    return files
