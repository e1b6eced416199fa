"""Rows of two editions, paired or alone, as what was added, changed and removed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crosstie.ontology.changes import ListCount, RowChange, RowFate
from crosstie.workspace.row_content import RowContent, differences, key_of
from crosstie.workspace.row_pairs import Paired

Telling = tuple[str, Mapping[str, set[str]]]
"""An edition's date, and the fields that it tells of each list."""


def changed_rows(pairs: Iterable[Paired], earlier: Telling, later: Telling) -> list[RowChange]:
    """Return the rows of both editions that say something else, of what both editions tell."""
    found = []
    for pair in pairs:
        both = earlier[1][pair.before.code] & later[1][pair.after.code]
        if fields := differences(pair.before, pair.after, both):
            found.append(
                RowChange(
                    fate="changed",
                    list_name=pair.after.list_name,
                    name=pair.after.name,
                    countries=pair.after.countries or pair.before.countries,
                    fields=fields,
                    before=pair.before.evidence(earlier[0]),
                    after=pair.after.evidence(later[0]),
                    matched=pair.by,
                )
            )
    return found


def lone_rows(
    fate: RowFate, rows: Iterable[RowContent], as_of: str, others: Iterable[RowContent]
) -> list[RowChange]:
    """Return rows that one edition alone holds; `others` are all rows of the other edition."""
    held: dict[str, set[str]] = defaultdict(set)
    for other in others:
        held[key_of(other.name)].add(other.list_name)
    return [
        RowChange(
            fate=fate,
            list_name=row.list_name,
            name=row.name,
            countries=row.countries,
            before=row.evidence(as_of) if fate == "removed" else None,
            after=row.evidence(as_of) if fate == "added" else None,
            elsewhere=tuple(sorted(held.get(key_of(row.name), ()))),
        )
        for row in rows
    ]


def counts(
    old: Iterable[RowContent], new: Iterable[RowContent], rows: Iterable[RowChange]
) -> tuple[ListCount, ...]:
    """Count the rows of each list in both editions, and what happened to them."""
    before = Counter(row.list_name for row in old)
    after = Counter(row.list_name for row in new)
    fates = Counter((row.list_name, row.fate) for row in rows)
    return tuple(
        ListCount(
            name,
            before[name],
            after[name],
            added=fates[name, "added"],
            changed=fates[name, "changed"],
            removed=fates[name, "removed"],
        )
        for name in sorted(before.keys() | after.keys())
    )


def fields_counted(rows: Sequence[RowChange]) -> dict[str, int]:
    """Count the rows in which each field changed, the most frequent first."""
    found = Counter(field for row in rows for field in {change.field for change in row.fields})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
