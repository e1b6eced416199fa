"""The first page: one search box, what was claimed lately, what is loaded and how fresh."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.rendering import page
from crosstie.workspace import Workspace

router = APIRouter(include_in_schema=False)
_OFFERED = 8


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    """Show the first page."""
    status = await desk_of(request).ask(Workspace.status)
    recent = await desk_of(request).ask(lambda workspace: workspace.browsing.recent(limit=6))
    return page(request, "home.html", {"status": status, "recent": recent})


@router.get("/search", response_class=HTMLResponse)
async def search(request: Request, q: Annotated[str, Query(max_length=300)] = "") -> HTMLResponse:
    """Show what the words may mean; for the box as one types, only the list of offers."""
    offers = await desk_of(request).ask(
        lambda workspace: workspace.browsing.offers(q, limit=_OFFERED)
    )
    return page(request, "search.html", {"query": q, "offers": offers})
