"""The graph: explore from an entity, tie by tie; without script, the same ties as a table."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.kinds import kinds
from crosstie.workspace.picturing import Picture

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/graph", tags=["graph"], responses=PROBLEM_RESPONSES)
_STARTS = 20
_MOST = 12_000
_SHOWN = 400
_Names = Annotated[list[str] | None, Query(max_length=_STARTS)]
_Mechanisms = Annotated[list[str] | None, Query(max_length=20)]


@router.get("/graph", response_class=HTMLResponse)
async def graph(
    request: Request,
    of: _Names = None,
    to: Annotated[str, Query(max_length=300)] = "",
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    mechanism: _Mechanisms = None,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _SHOWN,
) -> HTMLResponse:
    """Show the graph around entities, or the chains between two."""
    names = [name for name in of or () if name.strip()]
    picture = None
    if names:
        picture = await _picture(request, names, to, depth, mechanism or [], limit)
    return page(
        request,
        "graph.html",
        {
            "picture": picture,
            "refs": _refs(picture),
            "asked": names,
            "to": to,
            "depth": depth,
            "chosen": mechanism or [],
            "query": str(request.url.query),
        },
    )


@api.get("", summary="Nodes and ties around entities")
async def graph_json(
    request: Request,
    of: Annotated[list[str], Query(max_length=_STARTS, examples=[["Hikvision"]])],
    depth: Annotated[int, Query(ge=1, le=3)] = 1,
    mechanism: _Mechanisms = None,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _SHOWN,
) -> Picture:
    """Return what stands within `depth` ties of the entities, by id or name, nearest first."""
    return await _picture(request, of, "", depth, mechanism or [], limit)


@api.get("/path", summary="The best chains of ties between two entities")
async def path_json(
    request: Request,
    one: Annotated[str, Query(max_length=300, examples=["Hikvision"])],
    two: Annotated[str, Query(max_length=300, examples=["People's Liberation Army"])],
) -> Picture:
    """Return the nodes and ties of the best chains; no edges where there is none."""
    return await desk_of(request).ask(lambda workspace: workspace.picturing.between(one, two))


async def _picture(
    request: Request, names: list[str], to: str, depth: int, mechanisms: list[str], limit: int
) -> Picture:
    for given in mechanisms:
        if given not in kinds().mechanisms:
            raise UsageError(
                f"mechanism `{given}` is not known",
                remedy=f"use one of {', '.join(kinds().mechanisms)}",
            )
    if to:
        return await desk_of(request).ask(
            lambda workspace: workspace.picturing.between(names[0], to)
        )
    return await desk_of(request).ask(
        lambda workspace: workspace.picturing.around(
            names, depth=depth, mechanisms=mechanisms, limit=limit
        )
    )


def _refs(picture: Picture | None) -> dict[str, EntityRef]:
    return {node.entity.id: node.entity for node in picture.nodes} if picture else {}
