"""Figures over time, disputes as timelines, agreements by country and sector, with every quote."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.drawings.figures import draw_series
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.ontology.figures import AgreementTable, Dispute, MeasureLine, Series
from crosstie.reporting.figures import words
from crosstie.reporting.figures.tables import agreement_csv, dispute_csv, series_csv

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["figures"], responses=PROBLEM_RESPONSES)
_Word = Annotated[str, Query(max_length=200)]


@router.get("/series", response_class=HTMLResponse)
async def measures(request: Request, q: _Word = "") -> HTMLResponse:
    """Show which measures documents give values of."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.measures())
    kept = [line for line in found if q.casefold() in f"{line.measure} {line.work}".casefold()]
    return page(
        request,
        "series.html",
        {"lines": kept, "total": len(found), "query": q, "told": words},
    )


@router.get("/series/disputes", response_class=HTMLResponse)
async def disputes(request: Request) -> HTMLResponse:
    """Show lawsuits as timelines, with who says what."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.disputes())
    return page(request, "series_disputes.html", {"disputes": found, "told": words})


@router.get("/series/agreements", response_class=HTMLResponse)
async def agreements(request: Request, sector: _Word = "", by: _Word = "country") -> HTMLResponse:
    """Show who signed agreements with whom, by country or sector."""
    whole = await desk_of(request).ask(lambda workspace: workspace.figures.agreements())
    found = whole
    if sector:
        found = await desk_of(request).ask(lambda w: w.figures.agreements(sector=sector))
    return page(
        request,
        "series_agreements.html",
        {
            "table": found,
            "sectors": [(group.key, group.label) for group in whole.by_sector],
            "sector": sector,
            "by": "sector" if by == "sector" else "country",
            "groups": found.by_sector if by == "sector" else found.by_country,
            "told": words,
        },
    )


@router.get("/series/{series_id}", response_class=HTMLResponse)
async def series(request: Request, series_id: str) -> HTMLResponse:
    """Show one series as a picture and a table."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.series(series_id))
    return page(
        request,
        "series_one.html",
        {"found": [(one, draw_series(one)) for one in found], "told": words, "key": series_id},
    )


@api.get("/series", summary="The measures that documents give values of")
async def measures_json(request: Request) -> tuple[MeasureLine, ...]:
    """Return every measure, those with the most values first."""
    return await desk_of(request).ask(lambda workspace: workspace.figures.measures())


@api.get("/series/{series_id}", summary="The values of a measure, each with its quotes")
async def series_json(request: Request, series_id: str) -> tuple[Series, ...]:
    """Return the series of an id, a measure's name, or words of it."""
    return await desk_of(request).ask(lambda workspace: workspace.figures.series(series_id))


@api.get("/series/{series_id}/csv", summary="The values of a measure as CSV")
async def series_table(request: Request, series_id: str) -> PlainTextResponse:
    """Return one row for each value."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.series(series_id))
    return _csv(series_csv(found), "series.csv")


@api.get("/disputes", summary="Lawsuits as timelines")
async def disputes_json(request: Request, name: _Word = "") -> tuple[Dispute, ...]:
    """Return the disputes, or those of a party."""
    return await desk_of(request).ask(lambda workspace: workspace.figures.disputes(name))


@api.get("/disputes.csv", summary="The events of lawsuits as CSV")
async def disputes_table(request: Request) -> PlainTextResponse:
    """Return one row for each event."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.disputes())
    return _csv(dispute_csv(found), "disputes.csv")


@api.get("/agreements", summary="Agreements by country and sector")
async def agreements_json(request: Request, sector: _Word = "") -> AgreementTable:
    """Return the agreements, and what sources count beyond those that they name."""
    return await desk_of(request).ask(
        lambda workspace: workspace.figures.agreements(sector=sector or None)
    )


@api.get("/agreements.csv", summary="Agreements as CSV")
async def agreements_table(request: Request) -> PlainTextResponse:
    """Return one row for each agreement."""
    found = await desk_of(request).ask(lambda workspace: workspace.figures.agreements())
    return _csv(agreement_csv(found), "agreements.csv")


def _csv(text: str, name: str) -> PlainTextResponse:
    return PlainTextResponse(
        text,
        media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
