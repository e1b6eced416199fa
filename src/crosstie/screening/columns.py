"""Which column of a partners file is what: by its heading (columns.yaml), or as a person says."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import Ambiguous, UnknownLayout
from crosstie.screening.tables import EACH_LINE

FIELDS = ("name", "country", "id", "domain")
"""What is told of a party; a column holds one of them."""

Places = Mapping[str, int]
"""Fields → the place of their column in a row, from 0."""


def find_columns(header: Sequence[str], where: str, name_column: str | None = None) -> Places:
    """Return where each field stands. Raises UnknownLayout or Ambiguous for the name's column."""
    keys = [_key(cell) for cell in header]
    places: dict[str, int] = {}
    if name_column is not None:
        if _key(name_column) not in keys:
            raise UnknownLayout(
                f"has no column `{name_column}`", where=where,
                remedy=f"its columns are {', '.join(header)}",
            )  # fmt: skip
        places["name"] = keys.index(_key(name_column))
    candidates = _named(keys)
    if "name" not in places and len(candidates) > 1:
        raise Ambiguous(
            f"several columns may hold the name: {', '.join(header[p] for p in candidates)}",
            where=where, remedy="choose one with --name-column",
            choices=[header[place] for place in candidates],
        )  # fmt: skip
    if "name" not in places and not candidates:
        raise UnknownLayout(
            f"has no column for the name (found: {', '.join(header) or 'none'})", where=where,
            remedy="call one `name`, or choose it with --name-column",
        )  # fmt: skip
    return guess_columns(header) | places


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Return where each field seems to stand; what no heading tells is left out."""
    keys = [_key(cell) for cell in header]
    places: dict[str, int] = {}
    for field, spellings in _spellings().items():
        found = [place for place, key in enumerate(keys) if key in spellings]
        if field == "name":
            found = _named(keys)[:1]
        if found:
            # Of several identifier columns the official one counts: columns.yaml lists these first.
            places[field] = min(found, key=lambda place: spellings.index(keys[place]))
    return places


def _named(keys: Sequence[str]) -> list[int]:
    """Return the columns that may hold the name; one that says so outright is the only one."""
    if list(keys) == [EACH_LINE]:
        return [0]
    spellings = _spellings()["name"]
    found = [place for place, key in enumerate(keys) if key in spellings]
    exact = [place for place in found if keys[place] == spellings[0]]
    return exact if len(exact) == 1 else found


def _key(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split())


@cache
def _spellings() -> dict[str, list[str]]:
    data = load_data(resources.files("crosstie.screening") / "columns.yaml")
    assert isinstance(data, Section)
    data.allow(FIELDS)
    return {
        field: [str(s) for s in data.require(field, list)]
        + ([EACH_LINE] if field == "name" else [])
        for field in FIELDS
    }
