"""The first page: one search box, what was claimed lately, what is loaded and how fresh."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.workspace.browsing import FoundPassage, Offer, Overview

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["search"], responses=PROBLEM_RESPONSES)
_OFFERED = 8
_FOUND = 20
_PASSAGES = 12
_RECENT = 6
_Words = Annotated[str, Query(max_length=300, examples=["海康威视", "guofang keji daxue"])]


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    """Show the first page."""
    desk = desk_of(request)
    overview = await desk.ask(lambda workspace: workspace.browsing.overview())
    recent = await desk.ask(lambda workspace: workspace.browsing.recent(limit=_RECENT))
    return page(request, "home.html", {"overview": overview, "recent": recent})


@router.get("/search", response_class=HTMLResponse)
async def search(request: Request, q: _Words = "") -> HTMLResponse:
    """Show what the words may mean and where they stand; as one types, only the offers."""
    desk = desk_of(request)
    typing = request.headers.get("hx-request") == "true"
    limit = _OFFERED if typing else _FOUND
    offers = await desk.ask(lambda workspace: workspace.browsing.offers(q, limit=limit))
    passages: tuple[FoundPassage, ...] = ()
    if not typing:
        passages = await desk.ask(lambda w: w.browsing.passages(q, limit=_PASSAGES))
    return page(
        request,
        "search.html",
        {"query": q, "offers": offers, "passages": passages, "marked": _marked(q)},
    )


def _marked(query: str) -> Callable[[str], list[tuple[str, bool]]]:
    """Return what cuts a text where words of the query stand: each piece, and whether it is one."""
    words = sorted({query.strip(), *query.split()} - {""}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)) or r"(?!)", re.IGNORECASE)

    def cut(text: str) -> list[tuple[str, bool]]:
        pieces, place = [], 0
        for found in pattern.finditer(text):
            pieces += [(text[place : found.start()], False), (found.group(), True)]
            place = found.end()
        return [*pieces, (text[place:], False)]

    return cut


@api.get("/search", summary="What a name, or its beginning, may mean")
async def search_json(
    request: Request, q: _Words, limit: Annotated[int, Query(ge=1, le=50)] = _OFFERED
) -> tuple[Offer, ...]:
    """Return entities by any name of theirs: English, Chinese, pinyin, acronym, mistyped."""
    return await desk_of(request).ask(lambda w: w.browsing.offers(q, limit=limit))


@api.get("/passages", summary="Where words stand in documents")
async def passages_json(
    request: Request, q: _Words, limit: Annotated[int, Query(ge=1, le=50)] = _PASSAGES
) -> tuple[FoundPassage, ...]:
    """Return the passages that hold every word, best first."""
    return await desk_of(request).ask(lambda w: w.browsing.passages(q, limit=limit))


@api.get("/status", summary="What is loaded, and how fresh")
async def status_json(request: Request) -> Overview:
    """Return counts, and each list with its edition and its age if that is too old."""
    return await desk_of(request).ask(lambda workspace: workspace.browsing.overview())
