"""An entity's page: what it is, how it is tied, since when, who names it; and the same as JSON."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from crosstie.app.web import addresses
from crosstie.app.web.desk import desk_of
from crosstie.app.web.drawings.surroundings import draw_surroundings
from crosstie.app.web.drawings.timeline import Moment, draw_timeline
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.graph.network import STATUSES
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Dossier, EntityRef, Exposure, ExposurePath
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import encode
from crosstie.reporting import words
from crosstie.workspace import Workspace
from crosstie.workspace.portraits import Portrait, TiePage

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["entities"], responses=PROBLEM_RESPONSES)
_JSON = "application/json"
T = TypeVar("T")
_Word = Annotated[str, Query(max_length=80)]
_Page = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@router.get("/entities/{key}", response_class=HTMLResponse)
async def entity(
    request: Request,
    key: str,
    mechanism: _Word = "",
    status: _Word = "",
    number: _Page = 1,
) -> Response:
    """Show an entity; an old or a short address leads on to the one that stays."""
    _check(mechanism, status)
    found = await _led(
        request,
        key,
        lambda workspace, name: workspace.portraits.of(
            name, mechanism=mechanism, status=status, page=number
        ),
    )
    own = addresses.entity(found.entity)
    if key != addresses.entity_key(found.entity):
        asked = request.url.query
        return RedirectResponse(f"{own}?{asked}" if asked else own, 307)
    return page(request, "entity.html", _shown(found, mechanism, status, own))


@router.get("/entities/{key}/history", response_class=HTMLResponse)
async def history(request: Request, key: str) -> HTMLResponse:
    """Show how the entity came to be: merges with reasons, judgements, former ids."""
    ref = await _find(request, key)
    found = await desk_of(request).ask(lambda workspace: workspace.history(ref.id))
    return page(request, "entity_history.html", {"entity": ref, "history": found})


@api.get("/entities/{key}", summary="All that is held on an entity", response_model=Dossier)
async def entity_json(request: Request, key: str) -> Response:
    """Return names, identifiers, designations, ties with quotes and exposure, by id or name."""
    ref = await _find(request, key)
    return _json(await desk_of(request).ask(lambda workspace: workspace.dossier(ref.id)))


@api.get(
    "/entities/{key}/exposure",
    summary="How an entity is exposed to a defence establishment",
    response_model=Exposure,
)
async def exposure_json(request: Request, key: str) -> Response:
    """Return its paths to anchors, each tie with its weight, reasons and quotes."""
    ref = await _find(request, key)
    return _json(await desk_of(request).ask(lambda workspace: workspace.exposure(ref.id)))


@api.get("/entities/{key}/ties", summary="An entity's ties, a page at a time")
async def ties_json(
    request: Request,
    key: str,
    mechanism: _Word = "",
    status: _Word = "",
    number: _Page = 1,
) -> TiePage:
    """Return a page of ties with their quotes, by mechanism, the strongest first."""
    _check(mechanism, status)
    ref = await _find(request, key)
    return await desk_of(request).ask(
        lambda workspace: workspace.portraits.ties(
            ref.id, mechanism=mechanism, status=status, page=number
        )
    )


@api.get(
    "/entities/{key}/ftm",
    summary="An entity and its ties as FollowTheMoney",
    response_class=Response,
    responses={200: {"content": {"application/json+ftm": {}}}},
)
async def ftm(request: Request, key: str) -> Response:
    """Return a FollowTheMoney entity a line: the entity, its neighbours, the ties between them."""
    ref = await _find(request, key)
    made = await desk_of(request).ask(lambda workspace: workspace.portraits.ftm(ref.id))
    name = f"{ref.id}.ftm.json"
    return Response(
        made,
        media_type="application/json+ftm",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


@api.get(
    "/path",
    summary="The best chains of ties between two entities",
    response_model=tuple[ExposurePath, ...],
)
async def path_json(
    request: Request,
    start: Annotated[str, Query(alias="from", max_length=300, examples=["Hikvision"])],
    goal: Annotated[str, Query(alias="to", max_length=300, examples=["People's Liberation Army"])],
    limit: Annotated[int, Query(ge=1, le=10)] = 3,
) -> Response:
    """Return up to `limit` chains, best first, with quotes; none where no tie leads across."""
    return _json(
        await desk_of(request).ask(lambda workspace: workspace.paths(start, goal, limit=limit))
    )


async def _find(request: Request, key: str) -> EntityRef:
    """Return the entity of an address."""
    return await _led(request, key, lambda workspace, name: workspace.portraits.find(name))


async def _led(request: Request, key: str, ask: Callable[[Workspace, str], T]) -> T:
    """Ask about the entity of an address; where its id is gone, its words suggest others."""
    entity_id = addresses.entity_id(key)
    try:
        return await desk_of(request).ask(lambda workspace: ask(workspace, entity_id or key))
    except NotFound as error:
        if entity_id is None:
            raise
        name = key.rpartition("~")[0].replace("-", " ")
        near = await desk_of(request).ask(lambda workspace: _near(workspace, name))
        raise NotFound(error.problem, remedy=error.remedy, suggestions=near) from error


def _near(workspace: Workspace, name: str) -> list[str]:
    return list(dict.fromkeys(o.entity.name for o in workspace.browsing.offers(name, limit=5)))


def _shown(found: Portrait, mechanism: str, status: str, own: str) -> dict[str, object]:
    first = found.entity.name
    return {
        "it": found,
        "own": own,
        "mechanism": mechanism,
        "status": status,
        "titles": _titles(found),
        "in_force": [d for d in found.designations if d.in_force(found.day)],
        "past": [d for d in found.designations if not d.in_force(found.day)],
        "timeline": draw_timeline(_moments(found), order=kinds().mechanisms),
        "around": draw_surroundings(first, found.nearest),
        "citation": _citation(found, own),
    }


def _titles(found: Portrait) -> list[str]:
    """Return the names in other scripts to set beside the main one, one for each language."""
    other: dict[str, str] = {}
    for name in found.names:
        language = name.language.split("-")[0]
        if name.kind in ("primary", "alias") and language not in ("en", "und", "mul"):
            other.setdefault(language, name.text)
    beside = [text for text in other.values() if text != found.entity.name]
    if not beside:
        # A list does not say in which language a name is; its letters do.
        beside = [n.text for n in found.names if not n.text.isascii() and _is_han(n.text)][:1]
    return [text for text in beside if text != found.entity.name][:2]


def _is_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _moments(found: Portrait) -> list[Moment]:
    moments = [
        Moment(
            tie.valid_from,
            tie.valid_to,
            tie.mechanism,
            f"{tie.label} {tie.other.name}, {words.period(tie.valid_from, tie.valid_to)}",
            addresses.evidence(tie.quotes[0]) if tie.quotes else addresses.entity(tie.other),
        )
        for tie in found.dated
    ]
    for listed in found.designations:
        if listed.inherited_from is None and listed.listed_on:
            end = listed.removed_on or listed.valid_to
            moments.append(
                Moment(
                    listed.listed_on,
                    end,
                    "designation",
                    words.designation_sentence(listed),
                    addresses.evidence(listed.quotes[0]),
                )
            )
    return moments


def _citation(found: Portrait, own: str) -> str:
    sources = f"{found.documents_total} documents and list rows"
    return (
        f"{found.entity.name}. Crosstie, {found.entity.id}, read {found.day} from {sources}: {own}"
    )


def _check(mechanism: str, status: str) -> None:
    for name, given, known in (
        ("mechanism", mechanism, list(kinds().mechanisms)),
        ("status", status, list(STATUSES)),
    ):
        if given and given not in known:
            raise UsageError(
                f"{name} `{given}` is not known", remedy=f"use one of {', '.join(known)}"
            )


def _json(found: object) -> Response:
    return Response(encode(found), media_type=_JSON)
