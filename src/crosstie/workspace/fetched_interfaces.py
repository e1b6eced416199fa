"""Ask a publisher's interface for institutions or items, and write what it answers as a list."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from crosstie.ontology.errors import FetchFailed
from crosstie.sources import openalex_api, wikidata_api
from crosstie.sources.fetching import Fetcher, Recipe

Get = Callable[[str], bytes]
_HEX_DIGITS = 8
# A page of 100 works is 2 MB at most.
_ANSWER_BYTES = 50_000_000
_NO_ITEMS = b'{"entities": {}}'


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user says of a source: another address or a file, and what is asked for.

    `as_of` dates an edition that does not date itself; `since` is a year, `key` the user's own key.
    """

    address: str = ""
    as_of: str | None = None
    rors: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    since: int | None = None
    key: str = ""


def interface(fetcher: Fetcher, *, base: str = "") -> Get:
    """Return what asks an interface; `base` is a mirror's address, asked instead of its host.

    What it answers is not archived: it may name persons. That it was asked, and the answer's hash,
    are.
    """

    def get(url: str) -> bytes:
        return fetcher.content(rebased(url, base), max_bytes=_ANSWER_BYTES)

    return get


def rebased(url: str, base: str) -> str:
    """Return an address on another host: its path below that of `base`."""
    if not base:
        return url
    there, asked = urlsplit(base), urlsplit(url)
    path = there.path.rstrip("/") + asked.path
    return urlunsplit((there.scheme, there.netloc, path, asked.query, ""))


def interface_file(recipe: Recipe, choice: Choice, *, day: str) -> str:
    """Return a name for what is asked for, the same for the same question on the same day."""
    question = "\n".join((*sorted(choice.rors), *sorted(choice.items), str(choice.since or "")))
    digest = hashlib.sha256(question.encode()).hexdigest()[:_HEX_DIGITS]
    return f"{recipe.id}-{digest}-{day}.jsonl"


def ask_for(recipe: Recipe, choice: Choice, get: Get, target: Path) -> None:
    """Write to `target` what the interface answers. Raises FetchFailed, InputError, UsageError."""
    if recipe.id == "openalex":
        openalex_api.write_works(_works(choice, get), target)
    else:
        items = wikidata_api.find_items(get, choice.items)
        near = _forgiving(get, {wikidata_api.item_url(item) for item in items})
        wikidata_api.write_items(wikidata_api.item_answers(near, items), target)


def _forgiving(get: Get, wanted: set[str]) -> Get:
    """Return what takes an item that is gone for an empty answer, unless it was wanted itself."""

    def near(url: str) -> bytes:
        try:
            return get(url)
        except FetchFailed as failure:
            if failure.reason != "refused" or url in wanted:
                raise
            return _NO_ITEMS

    return near


def _works(choice: Choice, get: Get) -> Iterator[bytes]:
    for ror in choice.rors:
        yield from openalex_api.works_pages(get, ror, since=choice.since, key=choice.key)
