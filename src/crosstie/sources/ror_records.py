"""One ROR record of schema 1 or 2, brought into one form; or the reason why it cannot be."""

from dataclasses import dataclass
from typing import Any

from crosstie.ontology.errors import InputError

_SCHEMES = {"grid": "grid", "isni": "isni", "wikidata": "wikidata"}


@dataclass(frozen=True, slots=True)
class RorName:
    """A name with ROR's types for it (ror_display, label, alias, acronym) and its language."""

    text: str
    types: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class RorRelation:
    """A relation to another record, as ROR writes it: parent, child, related, successor, …"""

    type: str
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class RorRecord:
    """A record in one form; the name that ROR displays comes first."""

    id: str
    names: tuple[RorName, ...]
    status: str
    types: tuple[str, ...]
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    domains: tuple[str, ...]
    links: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    relations: tuple[RorRelation, ...]
    changed: str


def record_of(data: Any) -> RorRecord | str:
    """Return the record, or a short reason why the data is none."""
    if isinstance(data, InputError):
        return data.problem
    if not isinstance(data, dict):
        return f"the record is {type(data).__name__}, not an object"
    if not isinstance(data.get("id"), str) or "ror.org/" not in data["id"]:
        return "`id` is no ROR id"
    try:
        return _second(data) if "names" in data else _first(data)
    except (AttributeError, KeyError, TypeError, IndexError) as error:
        return f"a field has another shape than ROR's schemas say ({error})"


def _second(data: dict[str, Any]) -> RorRecord | str:
    names = [
        _name(name["value"], _texts(name["types"]), name.get("lang"))
        for name in data["names"]
        if name.get("value")
    ]
    names.sort(key=lambda name: "ror_display" not in name.types)
    if not names:
        return "`names` is empty"
    places = [place["geonames_details"] for place in data.get("locations", [])]
    admin = data.get("admin") or {}
    return RorRecord(
        id=data["id"],
        names=tuple(names),
        status=str(data.get("status", "active")),
        types=_texts(data.get("types")),
        countries=_unique(place.get("country_code") for place in places),
        cities=_unique(place.get("name") for place in places),
        domains=_texts(data.get("domains")),
        links=_texts([x["value"] for x in data.get("links", []) if x.get("type") == "website"]),
        identifiers=_identifiers((x["type"], x.get("all")) for x in data.get("external_ids", [])),
        relations=_relations(data),
        changed=str((admin.get("last_modified") or {}).get("date") or ""),
    )


def _first(data: dict[str, Any]) -> RorRecord | str:
    if not data.get("name"):
        return "`name` is missing"
    names = [_name(data["name"], ("ror_display", "label"), None)]
    names += [_name(x["label"], ("label",), x.get("iso639")) for x in data.get("labels") or []]
    names += [_name(text, ("alias",), None) for text in data.get("aliases") or []]
    names += [_name(text, ("acronym",), None) for text in data.get("acronyms") or []]
    external = data.get("external_ids") or {}
    return RorRecord(
        id=data["id"],
        names=tuple(names),
        status=str(data.get("status", "active")),
        types=_texts(data.get("types")),
        countries=_unique([(data.get("country") or {}).get("country_code")]),
        cities=_unique(place.get("city") for place in data.get("addresses") or []),
        domains=(),
        links=_texts(data.get("links")),
        identifiers=_identifiers((scheme, x.get("all")) for scheme, x in external.items()),
        relations=_relations(data),
        changed="",
    )


def _name(text: Any, types: tuple[str, ...], language: Any) -> RorName:
    if not isinstance(text, str) or not isinstance(language, str | None):
        raise TypeError(f"{text!r:.40} is no name")
    return RorName(text, types, language)


def _texts(values: Any) -> tuple[str, ...]:
    found = tuple(values or ())
    if isinstance(values, str) or not all(isinstance(value, str) for value in found):
        raise TypeError(f"{values!r:.40} is not a list of texts")
    return found


def _relations(data: dict[str, Any]) -> tuple[RorRelation, ...]:
    return tuple(
        RorRelation(str(x["type"]), str(x.get("label") or "").strip(), str(x["id"]))
        for x in data.get("relationships") or []
    )


def _identifiers(pairs: Any) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for written, values in pairs:
        scheme = _SCHEMES.get(str(written).lower())
        for value in [values] if isinstance(values, str) else values or []:
            if scheme and isinstance(value, str):
                found.append((scheme, value.replace(" ", "") if scheme == "isni" else value))
    return tuple(dict.fromkeys(found))


def _unique(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in values if value))
