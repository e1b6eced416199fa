"""Read a fetched edition to its end before anything is written, and say why it is no good."""

from crosstie.ontology.errors import InputError
from crosstie.ontology.records import ListRow
from crosstie.sources.reading import Notice, Reading

# A list whose publisher changed a column without saying so has a mistake in most of its rows.
_MOST_BAD = 0.2
_FEW_ROWS = 20
_LEAST_SHARE = 0.5


def rehearse(found: Reading, *, whole: bool, before: int, where: str) -> None:
    """Run through an edition. Raises InputError unless it can take the place of the last one.

    `whole` says that the source gives its whole list; `before` is how many rows its largest whole
    edition had.
    """
    rows, taken, bad = 0, 0, 0
    first_bad = ""
    for record in found.rows:
        if isinstance(record, Notice):
            continue
        rows += 1
        if isinstance(record, ListRow):
            taken += 1
        elif record.kind == "bad":
            bad += 1
            first_bad = first_bad or f"row {record.number}: {record.reason}"
    if not taken and not rows:
        raise _no_good("it holds no rows", where)
    if (rows >= _FEW_ROWS and bad > rows * _MOST_BAD) or not taken:
        example = f" ({first_bad})" if first_bad else ""
        raise _no_good(
            f"{bad:,} of its {rows:,} rows cannot be read{example}: its layout has changed", where
        )
    if whole and found.version.scope:
        raise _no_good(f"it is only a part of the list: {found.version.scope}", where)
    if whole and rows < before * _LEAST_SHARE:
        raise _no_good(f"it has {rows:,} rows where an edition before it had {before:,}", where)


def _no_good(problem: str, where: str) -> InputError:
    return InputError(
        problem,
        where=where,
        remedy="look at it; `crosstie load` takes it in all the same, if you find it right",
    )
