"""The graph as FollowTheMoney entities, a JSON object a line, with evidence and losses beside it.

FollowTheMoney has no span, quote, modality or polarity: the evidence goes into a companion file,
and what has no place in it is counted in another. Whether the result is valid is for its own
library to say (extra `ftm`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from crosstie.ontology.errors import ExtraMissing
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity, Tie
from crosstie.reporting.contents import Contents

IDENTIFIERS = {
    "lei": "leiCode",
    "uscc": "uscCode",
    "wikidata": "wikidataId",
    "bic": "swiftBic",
    "duns": "dunsCode",
    "registration": "registrationNumber",
    "tax": "taxNumber",
}
_NAMES = {
    "primary": "name",
    "alias": "alias",
    "former": "previousName",
    "acronym": "abbreviation",
    "weak": "weakAlias",
}
_LEGAL = frozenset({"Company", "Organization", "PublicBody", "Person"})
_ORGANISATIONS = frozenset({"Company", "Organization", "PublicBody"})
_ASSETS = frozenset({"Company", "Asset"})
_RANGES = {
    "Ownership": ("owner", _LEGAL, "asset", _ASSETS),
    "Membership": ("member", _LEGAL, "organization", _ORGANISATIONS),
}
_BATCH = 500


@dataclass(slots=True)
class _Written:
    entities: list[bytes] = field(default_factory=list)
    evidence: list[bytes] = field(default_factory=list)
    losses: Counter[str] = field(default_factory=Counter)


def ftm_files(contents: Contents) -> Mapping[str, bytes]:
    """Return `entities.ftm.json`, `evidence.jsonl` and `losses.json`, by file name."""
    written = _Written()
    schemas: dict[str, str] = {}
    for entity in contents.entities:
        schema = kinds().entities[entity.kind].ftm
        if schema is None:
            written.losses[f"entities of kind {entity.kind}, which has no schema"] += 1
            continue
        schemas[entity.id] = schema
        written.entities.append(_line(_entity(entity, schema, written.losses)))
    for start in range(0, len(contents.ties), _BATCH):
        _ties(contents, contents.ties[start : start + _BATCH], schemas, written)
    if contents.quantities:
        written.losses["measured values, which have no schema"] = len(contents.quantities)
    losses = dict(sorted(written.losses.items()))
    return {
        "entities.ftm.json": b"".join(written.entities),
        "evidence.jsonl": b"".join(written.evidence),
        "losses.json": msgspec.json.format(msgspec.json.encode(losses), indent=1) + b"\n",
    }


def check_ftm(entities: bytes) -> None:
    """Let the followthemoney library read every line. Raises ExtraMissing, or its InvalidData."""
    try:
        from followthemoney import model
    except ModuleNotFoundError as error:
        raise ExtraMissing("ftm", "followthemoney") from error
    for line in entities.splitlines():
        data = msgspec.json.decode(line)
        # `cleaned=False` has each value checked against its type.
        proxy = model.get_proxy(data, cleaned=False)
        proxy.schema.validate(data)


def _line(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _entity(entity: Entity, schema: str, losses: Counter[str]) -> dict[str, Any]:
    properties: dict[str, list[str]] = {"name": [entity.name]}
    legal = schema in _LEGAL
    for name in entity.names:
        key = _NAMES[name.kind] if legal or name.kind != "acronym" else "alias"
        # FollowTheMoney's first name is the one shown; ours is chosen by resolution.
        key = "alias" if key == "name" and name.text != entity.name else key
        _put(properties, key, name.text)
    if entity.country:
        _put(properties, "country", entity.country.lower())
    if entity.description:
        _put(properties, "description", entity.description)
    for identifier in entity.identifiers:
        if identifier.scheme == "wikidata" or (legal and identifier.scheme in IDENTIFIERS):
            _put(properties, IDENTIFIERS[identifier.scheme], identifier.value)
        elif legal and identifier.scheme == "domain":
            _put(properties, "website", f"https://{identifier.value}")
        else:
            losses[f"identifiers of scheme {identifier.scheme}, which has no property"] += 1
    if schema == "Document":
        _put(properties, "fileName", entity.name)
    return {
        "id": entity.id,
        "schema": schema,
        "caption": entity.name,
        "properties": properties,
        "datasets": ["crosstie"],
    }


def _put(properties: dict[str, list[str]], key: str, value: str) -> None:
    values = properties.setdefault(key, [])
    if value not in values:
        values.append(value)


def _ties(
    contents: Contents, part: Sequence[Tie], schemas: Mapping[str, str], written: _Written
) -> None:
    names = {entity.id: entity.name for entity in contents.entities}
    quotes = contents.quotes([claim for tie in part for claim in tie.claims])
    for tie in part:
        lost = _lost(tie, schemas)
        if lost:
            written.losses[lost] += 1
            continue
        made = _tie(tie, schemas, names)
        sources = [quote.citation for claim in tie.claims for quote in quotes.get(claim, ())]
        for url in dict.fromkeys(cited.url for cited in sources if cited.url):
            _put(made["properties"], "sourceUrl", url)
        for publisher in dict.fromkeys(c.publisher for c in sources if c.publisher):
            _put(made["properties"], "publisher", publisher)
        written.entities.append(_line(made))
        for claim in tie.claims:
            for quote in quotes.get(claim, ()):
                written.evidence.append(_line({"entity": tie.id, "quote": quote}))


def _lost(tie: Tie, schemas: Mapping[str, str]) -> str:
    if tie.status == "denied":
        return "denied ties, for a reader of FollowTheMoney would take them as stated"
    if tie.subject not in schemas or tie.object not in schemas:
        return "ties with an end that has no schema"
    return ""


def _tie(tie: Tie, schemas: Mapping[str, str], names: Mapping[EntityId, str]) -> dict[str, Any]:
    schema = kinds().tie(tie.kind).ftm or "UnknownLink"
    properties: dict[str, list[str]] = {"status": [tie.status]}
    if tie.valid_from:
        properties["startDate"] = [tie.valid_from]
    if tie.valid_to:
        properties["endDate"] = [tie.valid_to]
    if schema == "Sanction":
        properties |= {"entity": [tie.object], "authority": [names[tie.subject]]}
        for key, name in (("list", "programId"), ("programme", "program"), ("reason", "reason")):
            if value := tie.attributes.get(key):
                properties[name] = [value]
    else:
        schema, ends = _ends(schema, tie, schemas)
        properties |= ends
        properties["role"] = [tie.kind]
        if schema == "Ownership" and (share := tie.attributes.get("share")):
            properties["percentage"] = [share]
    caption = f"{names[tie.subject]} {kinds().tie(tie.kind).label} {names[tie.object]}"
    return {
        "id": tie.id,
        "schema": schema,
        "caption": caption,
        "properties": properties,
        "datasets": ["crosstie"],
    }


def _ends(schema: str, tie: Tie, schemas: Mapping[str, str]) -> tuple[str, dict[str, list[str]]]:
    """Return the schema that takes both ends: an owned university is no asset there."""
    if schema in _RANGES:
        first, firsts, second, seconds = _RANGES[schema]
        if schemas[tie.subject] in firsts and schemas[tie.object] in seconds:
            return schema, {first: [tie.subject], second: [tie.object]}
    return "UnknownLink", {"subject": [tie.subject], "object": [tie.object]}
