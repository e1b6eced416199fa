"""Ask Wikidata for organisations by Q-id, ROR id or LEI, and for the items that they name."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from crosstie.ontology.errors import NotFound, UnknownLayout, UsageError
from crosstie.sources.wikidata_records import FETCH_AGAIN, item_of, items_of, without_persons

SPARQL = "https://query.wikidata.org/sparql"
_FORMS = (
    (re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)"), ""),
    (re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?"), "P6782"),
    (re.compile(r"([A-Z0-9]{18}\d{2})"), "P1278"),
)
Get = Callable[[str], bytes]
"""Fetches an address and returns the body of the answer; how is the caller's business."""


class _Value(msgspec.Struct):
    value: str


class _Bindings(msgspec.Struct):
    bindings: list[dict[str, _Value]]


class _Answer(msgspec.Struct):
    results: _Bindings


def item_url(item: str) -> str:
    """Return the address of an item's data."""
    return f"https://www.wikidata.org/wiki/Special:EntityData/{item}.json"


def query_url(identifier: str) -> str | None:
    """Return the address that finds the items with a ROR id or LEI; None for a Q-id.

    Raises UsageError for anything else.
    """
    value, property_ = _identified(identifier)
    if not property_:
        return None
    query = f'SELECT ?item WHERE {{ ?item wdt:{property_} "{value}" }} ORDER BY ?item'
    return f"{SPARQL}?{urlencode({'query': query, 'format': 'json'})}"


def _identified(written: str) -> tuple[str, str]:
    for form, property_ in _FORMS:
        if found := form.fullmatch(written.strip()):
            return found[1], property_
    raise UsageError(
        f"`{written[:60]}` is no Wikidata item, ROR id or LEI",
        remedy="write it so: Q123, https://ror.org/00wk2mp56, or 20 characters of an LEI",
    )


def items_found(raw: bytes, *, where: str = "the answer of Wikidata's query service") -> list[str]:
    """Return the items of an answer in the SPARQL JSON format. Raises UnknownLayout."""
    try:
        answer = msgspec.json.decode(raw, type=_Answer)
        addresses = [row["item"].value for row in answer.results.bindings]
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
        raise UnknownLayout(
            f"no SPARQL result in JSON: {error}", where=where, remedy="try again later"
        ) from error
    return sorted({address.rsplit("/", 1)[-1] for address in addresses})


def find_items(get: Get, identifiers: Iterable[str]) -> list[str]:
    """Return the items that Q-ids, ROR ids and LEIs denote. Raises NotFound or UsageError."""
    found: dict[str, None] = {}
    for identifier in identifiers:
        url = query_url(identifier)
        items = [_identified(identifier)[0]] if url is None else items_found(get(url))
        if not items:
            raise NotFound(
                f"no Wikidata item bears `{identifier}`", remedy="name the item by its Q-id"
            )
        found.update(dict.fromkeys(items))
    return list(found)


def item_answers(get: Get, items: Iterable[str], *, near: bool = True) -> Iterator[bytes]:
    """Yield the answers for the items, then for the countries, parents and owners that they name.

    Without those (`near`) nothing tells what they are called, or whether an owner is a person.
    Raises UnknownLayout.
    """
    wanted = list(dict.fromkeys(items))
    others: dict[str, None] = {}
    for id_ in wanted:
        raw = get(item_url(id_))
        for _, found in items_of(raw, where=id_):
            item = item_of(found)
            if not isinstance(item, str) and near:
                others.update(dict.fromkeys(item.neighbours()))
        yield raw
    for id_ in others:
        if id_ not in wanted:
            yield get(item_url(id_))


def write_items(answers: Iterable[bytes], target: Path) -> int:
    """Write answers to a file that `load wikidata` reads; of persons nothing but that they are.

    Returns how many items it holds. The file appears whole or not at all.
    """
    count = 0
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("wb") as out:
            for number, raw in enumerate(answers, 1):
                kept: dict[str, msgspec.Raw] = {}
                for id_, found in items_of(raw, where=f"answer {number}"):
                    item = without_persons(found)
                    if isinstance(item, str):
                        raise UnknownLayout(item, where=id_, remedy=FETCH_AGAIN)
                    kept[id_] = msgspec.Raw(item)
                out.write(msgspec.json.encode({"entities": kept}) + b"\n")
                count += len(kept)
        partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return count
