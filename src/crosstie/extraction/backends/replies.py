"""The shape of a model's reply: the schema that it is asked for, and the reading of what came."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from crosstie.extraction.backends.proposals import (
    TIES_NOT_ASKED,
    Proposed,
    ProposedName,
    ProposedQuantity,
    ProposedTie,
)
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Comparator, Modality, Polarity, Stance

SCHEMA_VERSION = "reply-1"
T = TypeVar("T")


class ReplyName(msgspec.Struct):
    """A name in a reply."""

    text: str
    kind: str


class ReplyTie(msgspec.Struct):
    """A tie in a reply; what may be left out has the value that says nothing."""

    subject: ReplyName
    kind: str
    object: ReplyName
    quote: str
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    stance: Stance = "asserted"
    ended: bool = False
    attribution: list[str] = []
    valid_from: str | None = None
    valid_to: str | None = None
    presence: str | None = None
    direction: str | None = None
    share: str | None = None
    list_name: str | None = None


class ReplyQuantity(msgspec.Struct):
    """A figure in a reply."""

    subject: ReplyName
    measure: str
    value: float
    unit: str
    quote: str
    comparator: Comparator = "="
    upper: float | None = None
    modality: Modality = "actual"
    as_of: str | None = None
    by: str | None = None


class _Shape(msgspec.Struct):
    """What is asked for."""

    entities: list[ReplyName]
    ties: list[ReplyTie]
    quantities: list[ReplyQuantity]


class _Outer(msgspec.Struct):
    """What must come at least; each item is then read by itself."""

    entities: list[Any]
    ties: list[Any]
    quantities: list[Any] = []


def read_reply(content: str, start: int, end: int) -> Proposed:
    """Return the proposals in a reply; an item of another shape is counted, the rest is kept.

    Raises msgspec.DecodeError (or its ValidationError) when the whole is no reply at all.
    """
    outer = msgspec.json.decode(unfenced(content), type=_Outer)
    names, bad_names = _items(outer.entities, ReplyName)
    ties, bad_ties = _items(outer.ties, ReplyTie)
    quantities, bad_quantities = _items(outer.quantities, ReplyQuantity)
    return Proposed(
        start,
        end,
        names=tuple(_name(name) for name in names),
        ties=tuple(_tie(tie) for tie in ties),
        quantities=tuple(_quantity(quantity) for quantity in quantities),
        malformed=bad_names + bad_ties + bad_quantities,
    )


def unfenced(content: str) -> str:
    """Return a reply without the code fence that some models put around JSON."""
    text = content.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.strip("`").removeprefix("json").strip()
    return text


def _items(given: list[Any], kind: type[T]) -> tuple[list[T], int]:
    found: list[T] = []
    for item in given:
        try:
            found.append(msgspec.convert(item, kind))
        except msgspec.ValidationError:
            continue
    return found, len(given) - len(found)


def _name(name: ReplyName) -> ProposedName:
    return ProposedName(name.text, name.kind)


def _tie(tie: ReplyTie) -> ProposedTie:
    given = {key: getattr(tie, key) for key in ("presence", "direction", "share", "list_name")}
    return ProposedTie(
        _name(tie.subject),
        tie.kind,
        _name(tie.object),
        tie.quote,
        polarity=tie.polarity,
        modality=tie.modality,
        stance=tie.stance,
        ended=tie.ended,
        attribution=tuple(tie.attribution),
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        attributes={key: value for key, value in given.items() if value},
    )


def _quantity(item: ReplyQuantity) -> ProposedQuantity:
    return ProposedQuantity(
        _name(item.subject),
        item.measure,
        item.value,
        item.unit,
        item.quote,
        comparator=item.comparator,
        upper=item.upper,
        modality=item.modality,
        as_of=item.as_of,
        by=item.by,
    )


@cache
def reply_schema() -> dict[str, Any]:
    """Return the JSON schema of a reply in the strict form: every key required, no other."""
    schema: dict[str, Any] = msgspec.json.schema(_Shape)
    definitions: dict[str, dict[str, Any]] = schema["$defs"]
    for definition in definitions.values():
        definition.pop("description", None)
        definition["required"] = list(definition["properties"])
        definition["additionalProperties"] = False
        for part in definition["properties"].values():
            part.pop("default", None)
    known = kinds()
    entities = [kind for kind in known.entities if kind != "person"]
    definitions["ReplyName"]["properties"]["kind"]["enum"] = entities
    ties = [kind for kind in known.ties if kind not in TIES_NOT_ASKED]
    definitions["ReplyTie"]["properties"]["kind"]["enum"] = ties
    return schema
