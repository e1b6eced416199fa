"""Which rows of two editions are the same row: by key, identifier, name, or spelling."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crosstie.ontology.changes import Matched
from crosstie.workspace.row_content import IDENTIFIER, RowContent, disagree, key_of, spelt_anew

_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Paired:
    """A row in both editions, and by what it was found to be the same."""

    before: RowContent
    after: RowContent
    by: Matched


def pair_rows(
    before: Sequence[RowContent], after: Sequence[RowContent]
) -> tuple[list[Paired], list[RowContent], list[RowContent]]:
    """Return the rows that stand in both, those only in the first, and those only in the second.

    A row keeps its list. Keys are made of what a layout tells, such as countries: where it tells
    other ones, an identifier or a name that nobody else on the list bears says which row it is.
    """
    pairs: list[Paired] = []
    steps: tuple[tuple[Matched, Callable[[RowContent], Iterable[str]]], ...] = (
        ("key", _base_key),
        ("identifier", _identifiers),
        ("name", lambda row: [key_of(row.name)]),
        ("name", lambda row: row.values.get("name", ())),
        ("spelling", _beginning),
    )
    for by, marks in steps:
        found = _pairs(before, after, marks, by)
        pairs += [Paired(one, two, by) for one, two in found]
        before = _without(before, [one for one, _ in found])
        after = _without(after, [two for _, two in found])
    return pairs, list(before), list(after)


def _base_key(row: RowContent) -> Iterable[str]:
    # `#2` tells rows of one key apart by their order in the file, which may change.
    return [row.row.key.partition("#")[0]]


def _identifiers(row: RowContent) -> Iterable[str]:
    return [
        mark
        for field, values in row.values.items()
        if field.startswith(IDENTIFIER)
        for mark in values
    ]


def _beginning(row: RowContent) -> Iterable[str]:
    # A name that was corrected begins as before, as a rule: only such names are compared.
    return [f"{country}:{key_of(row.name)[:_BEGINNING]}" for country in row.countries or ("",)]


def _without(rows: Sequence[RowContent], taken: Sequence[RowContent]) -> list[RowContent]:
    gone = {id(row) for row in taken}
    return [row for row in rows if id(row) not in gone]


def _pairs(
    before: Sequence[RowContent],
    after: Sequence[RowContent],
    marks: Callable[[RowContent], Iterable[str]],
    by: Matched,
) -> list[tuple[RowContent, RowContent]]:
    """Pair the rows that share a mark; among several with the mark, those most alike."""
    old, new = _marked(before, marks), _marked(after, marks)
    taken: set[int] = set()
    found = []
    for mark in old:
        if mark not in new:
            continue
        free = [
            (-_alike(one, two), one.row.number, two.row.number, one, two)
            for one in old[mark]
            for two in new[mark]
            if id(one) not in taken and id(two) not in taken and _fit(one, two, by)
        ]
        for _, _, _, one, two in sorted(free, key=lambda item: item[:3]):
            if id(one) not in taken and id(two) not in taken:
                taken.update((id(one), id(two)))
                found.append((one, two))
    return found


def _marked(
    rows: Sequence[RowContent], marks: Callable[[RowContent], Iterable[str]]
) -> dict[tuple[str, str], list[RowContent]]:
    found: dict[tuple[str, str], list[RowContent]] = defaultdict(list)
    for row in rows:
        for mark in marks(row):
            found[row.code, mark].append(row)
    return found


def _fit(one: RowContent, two: RowContent, by: Matched) -> bool:
    """Return whether two rows with a mark in common may be one: other numbers are other rows."""
    if by in ("key", "identifier"):
        return True
    return not disagree(one, two) and (by == "name" or spelt_anew(one.name, two.name))


def _alike(one: RowContent, two: RowContent) -> int:
    """Return how many names, countries and citations two rows share."""
    fields = ("name", "country", "legal basis", "programme", "address")
    return sum(
        len(one.values.get(field, {}).keys() & two.values.get(field, {}).keys()) for field in fields
    )
