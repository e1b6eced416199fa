"""The framework: three tiers as a flow, each band down to its quotes; the trackers beside it."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.drawings.flow import draw_flow
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.extraction.technologies import technologies
from crosstie.graph.framework import OUTSIDE, Selection
from crosstie.graph.network import STATUSES
from crosstie.ontology.errors import UsageError
from crosstie.ontology.kinds import kinds
from crosstie.ontology.rollups import Framework, GroupTracker, UniversityRow
from crosstie.workspace.framework import BandTie

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/framework", tags=["framework"], responses=PROBLEM_RESPONSES)
_SHOWN = 40
_MOST = 2_000
_Word = Annotated[str, Query(max_length=80)]


@router.get("/framework", response_class=HTMLResponse)
async def framework(request: Request, technology: _Word = "") -> HTMLResponse:
    """Show the flow between the tiers, of all ties or of those that speak of a technology."""
    _check("technology", technology, technologies().by_id)
    found = await desk_of(request).ask(lambda workspace: workspace.framework(technology=technology))
    whole = found if not technology else await desk_of(request).ask(lambda w: w.framework())
    return page(
        request,
        "framework.html",
        {
            "framework": found,
            "flow": draw_flow(found.bands),
            "technologies": whole.technologies,
            "technology": technologies().by_id.get(technology),
            "technology_of": technologies().by_id,
            "outside": OUTSIDE,
        },
    )


@router.get("/framework/ties", response_class=HTMLResponse)
async def band(
    request: Request,
    subject: _Word = "",
    object: _Word = "",
    mechanism: _Word = "",
    technology: _Word = "",
    status: _Word = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _SHOWN,
) -> HTMLResponse:
    """Show the ties of one band with their quotes."""
    wanted = _selection(subject, object, mechanism, technology, status)
    ties, total = await desk_of(request).ask(
        lambda workspace: workspace.framework_ties(wanted, limit=limit)
    )
    return page(
        request,
        "framework_ties.html",
        {
            "wanted": wanted,
            "ties": ties,
            "total": total,
            "next_limit": min(total, limit + 200) if total > limit else 0,
            "tiers": (*kinds().tiers, OUTSIDE),
            "technology_of": technologies().by_id,
            "statuses": STATUSES,
        },
    )


@router.get("/framework/companies", response_class=HTMLResponse)
async def companies(request: Request, group: _Word = "") -> HTMLResponse:
    """Show where companies are present, or the members of a group."""
    found = await desk_of(request).ask(lambda workspace: workspace.track_companies(group or None))
    return page(request, "framework_companies.html", {"tracker": found, "group": group})


@router.get("/framework/universities", response_class=HTMLResponse)
async def universities(request: Request) -> HTMLResponse:
    """Show what is known of each university."""
    rows = await desk_of(request).ask(lambda workspace: workspace.track_universities())
    return page(request, "framework_universities.html", {"rows": rows})


@api.get("", summary="The ties rolled up by tier, mechanism and technology")
async def framework_json(request: Request, technology: _Word = "") -> Framework:
    """Return the bands and tiers; with `technology`, of the ties that speak of it."""
    _check("technology", technology, technologies().by_id)
    return await desk_of(request).ask(lambda workspace: workspace.framework(technology=technology))


@api.get("/ties", summary="The ties of one band, with their quotes")
async def band_json(
    request: Request,
    subject: _Word = "",
    object: _Word = "",
    mechanism: _Word = "",
    technology: _Word = "",
    status: _Word = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _SHOWN,
) -> tuple[BandTie, ...]:
    """Return up to `limit` ties, those with the most publishers first."""
    wanted = _selection(subject, object, mechanism, technology, status)
    ties, _ = await desk_of(request).ask(
        lambda workspace: workspace.framework_ties(wanted, limit=limit)
    )
    return ties


@api.get("/companies", summary="A group's members, and where they are present")
async def companies_json(request: Request, group: _Word = "") -> GroupTracker:
    """Return a group's members and their presence; without `group`, every company's."""
    return await desk_of(request).ask(lambda workspace: workspace.track_companies(group or None))


@api.get("/universities", summary="What is known of each university")
async def universities_json(request: Request) -> tuple[UniversityRow, ...]:
    """Return supervisors, programmes, laboratories and listings of every university."""
    return await desk_of(request).ask(lambda workspace: workspace.track_universities())


def _selection(
    subject: str, object: str, mechanism: str, technology: str, status: str
) -> Selection:
    tiers = (*kinds().tiers, OUTSIDE)
    _check("subject", subject, tiers)
    _check("object", object, tiers)
    _check("mechanism", mechanism, kinds().mechanisms)
    _check("technology", technology, technologies().by_id)
    _check("status", status, STATUSES)
    return Selection(subject, object, mechanism, technology, status)


def _check(name: str, given: str, known: Iterable[str]) -> None:
    names = list(known)
    if given and given not in names:
        raise UsageError(f"{name} `{given}` is not known", remedy=f"use one of {', '.join(names)}")
