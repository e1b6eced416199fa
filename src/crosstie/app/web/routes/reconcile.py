"""Reconciliation (W3C API 0.2): OpenRefine and others match a column of names, with the reasons."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel, Field

from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.ontology.errors import InputError
from crosstie.ontology.findings import Finding, Hit, Party
from crosstie.ontology.kinds import kinds
from crosstie.reporting.words import designation_sentence
from crosstie.text.countries import country_code

api = APIRouter(prefix="/api/reconcile", tags=["reconcile"], responses=PROBLEM_RESPONSES)
_MOST = 200
_RESULTS = 5
_PROPERTIES = ("country", "domain", "id")
_LONGEST = 300
# The manifest says nothing of what a workspace holds; OpenRefine reads it from its own page.
_FOR_ANY_PAGE = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


class _Property(msgspec.Struct):
    pid: str
    v: Any = ""


class _Query(msgspec.Struct):
    query: str
    type: Any = None
    limit: int = _RESULTS
    properties: list[_Property] = []


class Kind(BaseModel):
    """A kind of organisation."""

    id: str = Field(examples=["university"])
    name: str = Field(examples=["university"])


class Feature(BaseModel):
    """What speaks for a candidate, or is known of it."""

    id: str = Field(examples=["designated"])
    value: str | float | bool


class Candidate(BaseModel):
    """An entity that a name may mean; `match` where it was taken for it, and for no other."""

    id: str = Field(examples=["ent-5125d5de9e5cdf84e5ed"])
    name: str = Field(examples=["Beihang University"])
    type: list[Kind]
    score: float = Field(ge=0, le=100, examples=[100.0])
    match: bool
    description: str = Field(examples=["China; on the Entity List"])
    features: list[Feature]


class Candidates(BaseModel):
    """The candidates for one query, best first."""

    result: list[Candidate]


@api.get("", summary="The manifest of the service, or answers to `queries`")
async def manifest(
    request: Request, queries: Annotated[str, Query(max_length=100_000)] = ""
) -> Response:
    """Return what the service can do; with `queries`, the same as by POST."""
    if queries:
        return _json(await _answers(request, queries))
    base = str(request.base_url).rstrip("/")
    return _json(
        {
            "versions": ["0.2"],
            "name": "Crosstie",
            "identifierSpace": f"{base}/entities/",
            "schemaSpace": f"{base}/about",
            "documentation": f"{base}/about",
            "defaultTypes": [{"id": kind, "name": label} for kind, label in _kinds().items()],
            "view": {"url": f"{base}/entities/{{{{id}}}}"},
            "batchSize": 50,
        },
        _FOR_ANY_PAGE,
    )


@api.post(
    "",
    summary="Match names",
    responses={200: {"model": dict[str, Candidates]}},
)
async def match(request: Request, queries: Annotated[str, Form(max_length=1_000_000)]) -> Response:
    """Return candidates for each query: `queries={"q0": {"query": "海康威视"}}`, as a form.

    The properties `country`, `domain` and `id` tell namesakes apart.
    """
    return _json(await _answers(request, queries))


async def _answers(request: Request, queries: str) -> dict[str, object]:
    asked = _read(queries)
    parties = [_party(key, query) for key, query in asked.items()]
    found = await desk_of(request).ask(lambda workspace: workspace.screen(parties))
    return {
        key: {"result": _candidates(finding, query)}
        for (key, query), finding in zip(asked.items(), found.findings, strict=True)
    }


def _read(queries: str) -> dict[str, _Query]:
    try:
        asked = msgspec.json.decode(queries, type=dict[str, _Query])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InputError(
            f"is not a batch of queries ({error})", where="queries",
            remedy='send {"q0": {"query": "a name"}}',
        ) from error  # fmt: skip
    if len(asked) > _MOST:
        raise InputError(
            f"{len(asked):,} queries are more than {_MOST} at once", where="queries",
            remedy="send fewer in a batch",
        )  # fmt: skip
    return asked


def _party(key: str, query: _Query) -> Party:
    name = " ".join(query.query.split())
    if len(name) > _LONGEST:
        raise InputError(
            f"{len(name):,} characters are no name", where=key, remedy=f"send at most {_LONGEST}"
        )
    if not any(character.isalnum() for character in name):
        raise InputError(f"`{name}` is no name", where=key, remedy="leave empty cells out")
    given = {found.pid: _text(found.v) for found in query.properties if found.pid in _PROPERTIES}
    country = given.get("country", "")
    return Party(
        name,
        # What is no country tells nothing, and stops no batch of a thousand.
        country_code(country) if country else None,
        given.get("id") or None,
        given.get("domain") or None,
    )


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("id") or value.get("name") or ""
    return str(value)


def _candidates(finding: Finding, query: _Query) -> list[dict[str, object]]:
    wanted = query.type if isinstance(query.type, list) else [query.type] if query.type else []
    hits = [hit for hit in finding.hits if not wanted or hit.match.entity.kind in wanted]
    sure = [hit for hit in hits if hit.certainty == "sure"]
    return [
        _candidate(hit, match=len(sure) == 1 and hit is sure[0])
        for hit in hits[: max(1, min(query.limit, _RESULTS))]
    ]


def _candidate(hit: Hit, *, match: bool) -> dict[str, object]:
    entity = hit.match.entity
    listed = [designation_sentence(found) for found in hit.designations]
    return Candidate(
        id=entity.id,
        name=entity.name,
        type=[Kind(id=entity.kind, name=kinds().entities[entity.kind].label)],
        score=round(hit.match.score * 100, 1),
        match=match,
        description="; ".join(part for part in (entity.country or "", *listed[:2]) if part),
        features=[
            Feature(id="name", value=round(hit.match.score, 3)),
            Feature(id="designated", value=bool(hit.designations)),
            Feature(id="exposed", value=bool(hit.exposures or hit.anchor)),
            Feature(id="why", value="; ".join(reason.text for reason in hit.match.reasons)),
        ],
    ).model_dump()


def _kinds() -> dict[str, str]:
    known = kinds()
    return {key: kind.label for key, kind in known.entities.items() if known.is_organisation(key)}


def _json(value: object, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json", headers=headers)
