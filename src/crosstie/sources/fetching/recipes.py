"""Where each source stands, read from `recipes.yaml` and checked line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import FetchFailed, InputError, NotFound
from crosstie.sources.files import parse_json

_KEYS = (
    "id", "url", "index", "page", "documented", "media", "about_bytes", "at_least_bytes", "whole",
    "needs", "because", "verified", "never_run_live",
)  # fmt: skip
NEEDS = ("address", "ror", "item")
"""What a user may have to give: the address of a copy, ROR ids, identifiers of items."""


@dataclass(frozen=True, slots=True)
class Index:
    """A JSON page that names the newest file: dotted places in it, numbers for lists."""

    url: str
    file: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one source is fetched; `needs` is empty where nothing more must be said."""

    id: str
    page: str
    documented: str
    media: str
    about_bytes: int
    at_least_bytes: int
    whole: bool
    verified: str
    never_run_live: bool
    url: str = ""
    index: Index | None = None
    needs: str = ""
    because: str = ""

    @property
    def asked_first(self) -> str:
        """Return the address that is asked first; empty where the user gives it."""
        return self.index.url if self.index else self.url


@cache
def recipes() -> dict[str, Recipe]:
    """Return the shipped recipes by the ids of their sources, in the file's order."""
    return read_recipes(files("crosstie.sources.fetching") / "recipes.yaml")


def find_recipe(name: str, known: Mapping[str, Recipe]) -> Recipe:
    """Return a source's recipe among those that are known; `us_csl` is `us-csl`.

    Raises NotFound with the sources that can be fetched.
    """
    written = name.strip().lower().replace("_", "-")
    found = known.get(written)
    if found is None:
        raise NotFound(
            f"`{name}` is no source that can be fetched",
            remedy=f"use one of {', '.join(known)}; or `fetch page`, `fetch feed`, `fetch sitemap`",
            suggestions=list(known),
        )
    return found


def read_recipes(path: Path | Traversable) -> dict[str, Recipe]:
    """Read a file of recipes. Raises DataFileError with file and line."""
    data = load_data(path)
    if not isinstance(data, Section):
        raise InputError("holds no recipes", where=path.name, remedy="begin with `recipes:`")
    data.allow(("recipes",))
    found: dict[str, Recipe] = {}
    for entry in sections(data.get("recipes"), file=path.name, what="recipes"):
        recipe = _recipe(entry)
        if recipe.id in found:
            raise entry.fail(f"`{recipe.id}` stands twice", "remove one of the two", key="id")
        found[recipe.id] = recipe
    return found


def _recipe(entry: Section) -> Recipe:
    entry.allow(_KEYS)
    index = _index(entry["index"]) if isinstance(entry.get("index"), Section) else None
    needs = entry.one_of("needs", NEEDS) if "needs" in entry else ""
    if sum((bool(index), "url" in entry, bool(needs))) != 1:
        raise entry.fail(
            "exactly one of `url`, `index` and `needs` says how it is fetched", "keep one"
        )
    return Recipe(
        id=entry.require("id"),
        page=_address(entry, "page"),
        documented=_address(entry, "documented"),
        media=entry.require("media"),
        about_bytes=_count(entry, "about_bytes"),
        at_least_bytes=_count(entry, "at_least_bytes") if "at_least_bytes" in entry else 0,
        whole=entry.require("whole", bool),
        verified=entry.require("verified"),
        never_run_live=entry.require("never_run_live", bool),
        url=_address(entry, "url") if "url" in entry else "",
        index=index,
        needs=needs,
        because=entry.require("because") if needs else "",
    )


def _index(entry: Section) -> Index:
    entry.allow(("url", "file", "checksum"))
    return Index(_address(entry, "url"), entry.require("file"), entry.require("checksum"))


def _address(entry: Section, key: str) -> str:
    value = str(entry.require(key))
    # A mirror on this machine may do without.
    if not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise entry.fail(f"`{key}: {value}` is no https address", "begin it with https://", key=key)
    return value


def _count(entry: Section, key: str) -> int:
    value = entry.require(key, int)
    if isinstance(value, bool) or value < 0:
        raise entry.fail(f"`{key}` is no size", "give the bytes as a number", key=key)
    return int(value)


def newest(index: Index, raw: bytes, *, where: str) -> tuple[str, str]:
    """Return the address of the newest file that an index names, and its checksum.

    Raises FetchFailed when the index has another form than the publisher documents.
    """
    try:
        data = parse_json(raw, where=where)
    except InputError as error:
        raise _changed(where, error.problem) from error
    return _at(data, index.file, where), _at(data, index.checksum, where)


def _at(data: Any, place: str, where: str) -> str:
    found = data
    for step in place.split("."):
        try:
            found = found[int(step)] if step.lstrip("-").isdigit() else found[step]
        except (KeyError, IndexError, TypeError) as error:
            raise _changed(where, f"it has no `{place}`") from error
    if not isinstance(found, str):
        raise _changed(where, f"`{place}` is {type(found).__name__}, not a text")
    return found


def _changed(where: str, problem: str) -> FetchFailed:
    return FetchFailed(
        "misdeclared",
        f"the index of files has changed its form ({problem})",
        where=where,
        remedy="look for a newer Crosstie, or name the file with --from",
    )
