"""What changed between two editions of a list, in words and as a table."""

import csv
import io
from collections.abc import Iterable

from crosstie.ontology.changes import EditionDiff, FieldChange, ListCount, RowChange, RowEvidence
from crosstie.reporting.tables import safe_cell

COLUMNS = (
    "list", "fate", "name", "countries", "field", "before", "after", "same_by", "also_on",
    "row_before", "row_after", "quote_before", "quote_after",
)  # fmt: skip
FIELD_WORDS = {
    "name": "name",
    "spelling": "spelling corrected",
    "legal basis": "legal basis",
    "listed on": "date of listing",
    "valid until": "end of listing",
}


def headline(diff: EditionDiff) -> str:
    """Return what was compared, and how many rows differ, in one line."""
    return (
        f"{diff.title}, {diff.earlier.as_of} ({diff.earlier.layout}) → {diff.later.as_of}"
        f" ({diff.later.layout}): {diff.count('added'):,} added, {diff.count('changed'):,} changed,"
        f" {diff.count('removed'):,} removed"
    )


def remarks(diff: EditionDiff) -> list[str]:
    """Return how rows met, what changed in them, and what could not be compared, a line each."""
    met = sum(diff.met.values())
    ways = {
        "key": "the list's own key",
        "identifier": "an identifier",
        "name": "a name",
        "spelling": "a corrected spelling",
    }
    by = ", ".join(
        f"{diff.met[way]:,} by {words}" for way, words in ways.items() if way in diff.met
    )
    lines = [f"{met:,} rows stand in both{f': {by}' if by else ''}"]
    if diff.fields:
        told = ", ".join(f"{field} {count:,}" for field, count in diff.fields.items())
        lines.append(f"rows in which it changed: {told}")
    if diff.not_compared:
        told = ", ".join(diff.not_compared)
        lines.append(f"not compared, as one of the editions does not tell it: {told}")
    return [*lines, *diff.uncounted]


def list_line(count: ListCount) -> str:
    """Return one list in words, with what happened on it alone."""
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (count.added, "added"), (count.changed, "changed"), (count.removed, "removed"),
        )
        if number
    ]  # fmt: skip
    return f"{count.list_name}: {', '.join(parts) or 'nothing changed'}"


def row_line(row: RowChange) -> str:
    """Return a row's change in one line: what was done to whom, and where else it stands."""
    place = f" ({', '.join(row.countries)})" if row.countries else ""
    line = f"{row.fate}: {row.name}{place}"
    if row.fields:
        line += f": {'; '.join(field_words(change) for change in row.fields)}"
    return line + _elsewhere(row)


def _elsewhere(row: RowChange) -> str:
    """Say where else the name stands, so that a move does not read as a release."""
    if not row.elsewhere:
        return ""
    own = row.list_name in row.elsewhere
    lists = ", ".join(name for name in row.elsewhere if name != row.list_name)
    if row.fate == "removed":
        said = [*(["it is still on it in another row"] if own else [])]
        said += [f"a record of this name is now on {lists}"] if lists else []
    else:
        said = [*(["it was on it before in another row"] if own else [])]
        said += [f"a record of this name was before on {lists}"] if lists else []
    return f"; {', '.join(said)}"


def field_words(change: FieldChange) -> str:
    """Return one change of a row in words."""
    field = FIELD_WORDS.get(change.field, change.field)
    if not change.before:
        return f"{field} added: {change.after}"
    if not change.after:
        return f"{field} no longer given: {change.before}"
    return f"{field}: {change.before} → {change.after}"


def evidence_line(seen: RowEvidence) -> str:
    """Return where a row stands and its words."""
    words = " … ".join(" · ".join(quote.split("\n")) for quote in seen.quotes)
    return f"{seen.as_of}, row {seen.number:,}, {seen.document_id}: “{words}”"


def diff_table(diff: EditionDiff) -> str:
    """Return CSV with a byte order mark: a line for each row, or for each field that changed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in diff.rows:
        for cells in _cells(row):
            writer.writerow({key: safe_cell(value) for key, value in cells.items()})
    return "\ufeff" + text.getvalue()


def _cells(row: RowChange) -> Iterable[dict[str, str]]:
    whole = {
        "list": row.list_name,
        "fate": row.fate,
        "name": row.name,
        "countries": ", ".join(row.countries),
        "same_by": row.matched or "",
        "also_on": "; ".join(row.elsewhere),
        "row_before": str(row.before.number) if row.before else "",
        "row_after": str(row.after.number) if row.after else "",
        "quote_before": "\n".join(row.before.quotes) if row.before else "",
        "quote_after": "\n".join(row.after.quotes) if row.after else "",
    }
    for change in row.fields or (FieldChange("", "", ""),):
        yield whole | {"field": change.field, "before": change.before, "after": change.after}
