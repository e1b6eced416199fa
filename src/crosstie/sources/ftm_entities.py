"""One line of FollowTheMoney → an entity; and what others need to know to refer to it."""

from dataclasses import dataclass
from typing import Any

import msgspec

from crosstie.ontology.kinds import kinds
from crosstie.sources.kind_words import kind_by_words
from crosstie.sources.persons import looks_like_person
from crosstie.text.countries import country_code

# Schemata that kinds.yaml does not name, by the nearest that it does.
_NEAREST = {"LegalEntity": "Organization", "PublicBody": "PublicBody", "Vessel": "", "Airplane": ""}
# Where no word in the name tells which of the kinds with this schema it is.
_DEFAULTS = {
    "Company": "company",
    "Organization": "group",
    "PublicBody": "government_body",
    "Project": "programme",
}
NESTED = "its properties hold whole entities"
"""Why a line of a nested export is not read."""


@dataclass(frozen=True, slots=True)
class FtmEntity:
    """An entity as the line gives it; `operation` is set in a delta (ADD, MOD, DEL)."""

    id: str
    schema: str
    caption: str
    properties: dict[str, tuple[str, ...]]
    datasets: tuple[str, ...]
    seen: str
    operation: str = ""

    def first(self, *names: str) -> str:
        """Return the first value of the first property that has one."""
        return next((self.properties[n][0] for n in names if self.properties.get(n)), "")

    def all(self, *names: str) -> tuple[str, ...]:
        """Return all values of these properties, in this order."""
        return tuple(value for name in names for value in self.properties.get(name, ()))


@dataclass(frozen=True, slots=True)
class FtmNode:
    """What a tie needs to know of its ends."""

    name: str
    kind: str
    country: str | None
    person: bool


# All that is remembered of a person: there are hundreds of thousands in some files.
_PERSON = FtmNode("", "person", None, person=True)


def entity_of(line: bytes) -> FtmEntity | str:
    """Parse a line; returns a short reason where it holds no entity."""
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"not valid JSON: {error}"
    operation = ""
    if isinstance(data, dict) and isinstance(data.get("entity"), dict):
        operation, data = str(data.get("op", "")), data["entity"]
    if not isinstance(data, dict):
        return f"the line holds {type(data).__name__}, not an object"
    for field in ("id", "schema"):
        if not isinstance(data.get(field), str) or not data[field]:
            return f"`{field}` is missing"
    properties = data.get("properties", {})
    if not isinstance(properties, dict):
        return "`properties` is not an object"
    if any(
        isinstance(v, list) and any(isinstance(i, dict) for i in v) for v in properties.values()
    ):
        return NESTED
    return FtmEntity(
        id=data["id"],
        schema=data["schema"],
        caption=str(data.get("caption") or ""),
        properties={str(name): _values(values) for name, values in properties.items()},
        datasets=_values(data.get("datasets") or []),
        seen=str(data.get("last_change") or data.get("last_seen") or ""),
        operation=operation,
    )


def _values(values: Any) -> tuple[str, ...]:
    items = values if isinstance(values, list) else [values]
    return tuple(str(item) for item in items if isinstance(item, str | int | float))


def node_of(entity: FtmEntity) -> FtmNode | None:
    """Return the node, or None for schemata that are no organisation, programme or person."""
    if entity.schema == "Person":
        return _PERSON
    names = entity.all("name")
    name = entity.caption if entity.caption in names or not names else names[0]
    country = next(
        (c for c in map(country_code, entity.all("jurisdiction", "mainCountry", "country")) if c),
        None,
    )
    schema = _NEAREST.get(entity.schema, entity.schema)
    if schema not in _DEFAULTS or not name:
        return None
    unclear = entity.schema == "LegalEntity" and looks_like_person(name, entity.all("alias"))
    return FtmNode(name, _kind(schema, entity), country, person=unclear)


def _kind(schema: str, entity: FtmEntity) -> str:
    """Return the kind that a name shows among those that kinds.yaml maps to the schema."""
    possible = {kind.id for kind in kinds().entities.values() if kind.ftm == schema}
    if schema == "Organization":
        # FollowTheMoney's organisations include its companies.
        possible.add("company")
    for name in entity.all("name", "alias"):
        if (found := kind_by_words(name)) in possible:
            return str(found)
    return _DEFAULTS[schema]
