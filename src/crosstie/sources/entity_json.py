"""The JSON layout in which METI's and MOFCOM's lists are compiled: an array of flat objects."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosstie.ontology.errors import UnknownLayout
from crosstie.sources.files import load_json
from crosstie.text.countries import country_code
from crosstie.text.scripts import has_han

LAYOUT = "JSON array of listed entities"
_TEXTS = ("entity_name", "entity_type", "id", "list_id", "source_list_name")
_OPTIONAL = ("date_added", "reason", "source_url", "last_verified", "country")
_NOTE = re.compile(r"[（(][^（()）]*[)）]\s*$")
# The longest Chinese country name has eleven characters.
_LONGEST_HAN = 12


@dataclass(frozen=True, slots=True)
class ListedEntity:
    """One object of the file, checked; `problem` says why it cannot be used."""

    number: int
    values: dict[str, str]
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]
    problem: str = ""

    def get(self, field: str) -> str:
        """Return a value, or the empty text."""
        return self.values.get(field, "")


def read_entities(path: Path, *, prefix: str, source_id: str) -> list[ListedEntity]:
    """Read the whole file; `prefix` is how its `list_id` begins. Raises UnknownLayout."""
    data = load_json(path)
    rows = data if isinstance(data, list) else None
    if not rows or not isinstance(rows[0], dict) or not set(_TEXTS) <= set(rows[0]):
        seen = (
            f"an object with {', '.join(list(data)[:5])}"
            if isinstance(data, dict)
            else (f"a list of {type(rows[0]).__name__}" if rows else "an empty list or no list")
        )
        raise UnknownLayout(
            f"this is no list of entities: it holds {seen}",
            where=path.name,
            remedy=f"expected an array of objects with {', '.join(_TEXTS)}",
        )
    entities = [_entity(number, row) for number, row in enumerate(rows, start=1)]
    ids = {entity.get("list_id") for entity in entities if not entity.problem}
    if foreign := sorted(i for i in ids if not i.startswith(prefix)):
        raise UnknownLayout(
            f"`{source_id}` does not read the list {foreign[0]!r}",
            where=path.name,
            remedy=f"its lists begin with {prefix!r}",
        )
    return entities


def latest(entities: list[ListedEntity]) -> str | None:
    """Return the last day on which the compiler checked a row against the publisher's list."""
    return max((e.get("last_verified") for e in entities if not e.problem), default="") or None


def _entity(number: int, row: Any) -> ListedEntity:
    if not isinstance(row, dict):
        return ListedEntity(number, {}, (), (), f"the entry is {type(row).__name__}, no object")
    values: dict[str, str] = {}
    problem = ""
    for field in (*_TEXTS, *_OPTIONAL):
        value = row.get(field)
        if value is None and field in _OPTIONAL:
            continue
        if not isinstance(value, str):
            problem = problem or f"`{field}` is not a text"
        else:
            values[field] = value
    lists = {}
    for field in ("aliases", "addresses"):
        items = row.get(field) or []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            problem = problem or f"`{field}` is not a list of texts"
            items = []
        lists[field] = tuple(items)
    return ListedEntity(number, values, lists["aliases"], lists["addresses"], problem)


def leading_country(address: str) -> tuple[str | None, str]:
    """Split an address that begins, or ends, with a country: (code, what else there is)."""
    bare = _NOTE.sub("", address).strip()
    if code := country_code(bare):
        return code, ""
    words = bare.split(" ")
    for count in range(min(len(words) - 1, 6), 0, -1):
        if code := country_code(" ".join(words[:count])):
            return code, " ".join(words[count:])
    if code := han_country(bare):
        return code, bare
    return country_code(bare.rsplit(",", 1)[-1]), bare


def han_country(text: str) -> str | None:
    """Return the country with which a Chinese name or address begins: '美国…公司' → 'US'."""
    for length in range(min(len(text), _LONGEST_HAN), 1, -1):
        head = text[:length]
        # "AE" before Han letters is the beginning of a name and no country.
        if has_han(head[0]) and (code := country_code(head)):
            return code
    return None


def han_language(name: str, country: str | None) -> str:
    """Return the language of a Han name on a list that a Japanese publisher wrote."""
    if country not in ("CN", "HK", "MO", "TW"):
        return "ja"
    if country == "CN":
        # Only the mainland's own forms are in its old character set: 电 is, 電 is not.
        return "zh" if all(_simplified(character) for character in name) else "ja"
    return "zh-Hant" if not all(_simplified(character) for character in name) else "zh"


def _simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        # Full-width letters and rare signs say nothing; Han beyond the set does.
        return not "\u3400" <= character <= "\u9fff"
    return True
