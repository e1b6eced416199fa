"""Review: uncertain merges and doubted claims, one at a time, by keyboard; each can be undone."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from crosstie.app.web.addresses import with_query
from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.app.web.settling import Settling
from crosstie.app.web.visitors import named, remember, visitor
from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import Judgement
from crosstie.workspace.doubts import DoubtedClaim
from crosstie.workspace.reviewing import ReviewPair

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/review", tags=["review"], responses=PROBLEM_RESPONSES)
_MERGES, _CLAIMS = "/review", "/review/claims"
_UNDONE = "taken back in the same review"
_MOST = 100
_OnPair = Literal["same", "different", "unsure"]
_OnClaim = Literal["accepted", "rejected"]
_At = Annotated[int, Query(ge=1, le=1_000_000)]
_Text = Annotated[str, Form(max_length=2_000)]
_Id = Annotated[str, Form(max_length=100)]


@router.get("/review", response_class=HTMLResponse)
async def merges(
    request: Request, at: _At = 1, done: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """Show one uncertain merge side by side, and what can be decided."""
    return await _merges(request, at, done)


@router.post("/review", response_class=HTMLResponse)
async def decide(
    request: Request,
    left: _Id,
    right: _Id,
    verdict: Annotated[_OnPair, Form()],
    at: Annotated[int, Form(ge=1)] = 1,
    because: _Text = "",
    by: _Text = "",
) -> Response:
    """Keep what a person decided on a pair, and show the next."""
    try:
        who = named(by)
    except UsageError as error:
        return await _merges(request, at, "", error=error, because=because)
    reason = because.strip() or "reviewed side by side"
    settling = _settling(request)
    made = await desk_of(request).ask(
        lambda w: settling.keep(
            lambda settle: w.decide(left, right, verdict, by=who, because=reason, settle=settle)
        )
    )
    return _on(_MERGES, at, made, who)


@router.get("/review/claims", response_class=HTMLResponse)
async def claims(
    request: Request, at: _At = 1, done: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """Show one claim that the reading was not sure of, with its sentence."""
    return await _claims(request, at, done)


@router.post("/review/claims", response_class=HTMLResponse)
async def judge(
    request: Request,
    claim: _Id,
    verdict: Annotated[_OnClaim, Form()],
    at: Annotated[int, Form(ge=1)] = 1,
    because: _Text = "",
    by: _Text = "",
) -> Response:
    """Keep what a person decided on a claim, and show the next."""
    try:
        who = named(by)
    except UsageError as error:
        return await _claims(request, at, "", error=error, because=because)
    reason = because.strip() or "read in its sentence"
    made = await desk_of(request).ask(
        lambda w: w.judge(claim, verdict=verdict, by=who, because=reason)
    )
    return _on(_CLAIMS, at, made, who)


@router.post("/review/undo")
async def undo(
    request: Request,
    judgement: _Id,
    of: Annotated[Literal["merges", "claims"], Form()] = "merges",
    at: Annotated[int, Form(ge=1)] = 1,
    by: _Text = "",
) -> Response:
    """Take a decision back; both stay in the history."""
    who = named(by or visitor(request))
    settling = _settling(request)
    # What was worked out already is put back at once: the reader is to see it again.
    await desk_of(request).ask(
        lambda w: settling.keep(
            lambda settle: w.undo(judgement, by=who, because=_UNDONE, settle=settle), at_once=True
        )
    )
    return RedirectResponse(with_query(_CLAIMS if of == "claims" else _MERGES, at=at), 303)


class PairJudged(BaseModel):
    """A decision on a pair of the queue, by the ids of its two mentions."""

    model_config = ConfigDict(extra="forbid")
    left: str = Field(max_length=100, examples=["men-0f1e2d3c4b5a69788796"])
    right: str = Field(max_length=100, examples=["men-1f0c2d3e4b5a69788796"])
    verdict: _OnPair = Field(examples=["different"])
    because: str = Field(min_length=1, max_length=2_000, examples=["another city, another domain"])
    by: str = Field(min_length=1, max_length=80, examples=["Mei Lin"])


class ClaimJudged(BaseModel):
    """A decision on a claim."""

    model_config = ConfigDict(extra="forbid")
    claim: str = Field(max_length=100, examples=["clm-037a81b2141e388eb1be"])
    verdict: _OnClaim = Field(examples=["rejected"])
    because: str = Field(min_length=1, max_length=2_000, examples=["the sentence is about a score"])
    by: str = Field(min_length=1, max_length=80, examples=["Mei Lin"])


_Start = Annotated[int, Query(ge=0, le=1_000_000)]
_Limit = Annotated[int, Query(ge=1, le=_MOST)]


@api.get("/merges", summary="Pairs that resolution leaves to people, likeliest first")
async def merges_json(
    request: Request, start: _Start = 0, limit: _Limit = 20
) -> tuple[ReviewPair, ...]:
    """Return pairs side by side, with names, identifiers, quotes and reasons."""
    return await desk_of(request).ask(lambda w: w.doubts.merges(start=start, limit=limit))


@api.post("/merges", summary="Decide whether two are one", status_code=201)
async def decide_json(request: Request, asked: PairJudged) -> Judgement:
    """Keep a judgement; it can be undone, and is never overwritten."""
    return await desk_of(request).ask(
        lambda w: w.decide(
            asked.left, asked.right, asked.verdict, by=asked.by, because=asked.because
        )
    )


@api.get("/claims", summary="Claims of low confidence that nobody judged, surest first")
async def claims_json(
    request: Request, start: _Start = 0, limit: _Limit = 20
) -> tuple[DoubtedClaim, ...]:
    """Return claims with their quotes, and what the reading took the ends for."""
    return await desk_of(request).ask(lambda w: w.doubts.claims(start=start, limit=limit))


@api.post("/claims", summary="Accept or reject a claim", status_code=201)
async def judge_json(request: Request, asked: ClaimJudged) -> Judgement:
    """Keep a judgement; a rejected claim feeds no tie."""
    return await desk_of(request).ask(
        lambda w: w.judge(asked.claim, verdict=asked.verdict, by=asked.by, because=asked.because)
    )


async def _merges(
    request: Request, at: int, done: str, *, error: UsageError | None = None, because: str = ""
) -> HTMLResponse:
    waiting = await desk_of(request).ask(lambda w: w.doubts.waiting())
    at = max(1, min(at, waiting.merges))
    found = await desk_of(request).ask(lambda w: w.doubts.merges(start=at - 1))
    values: dict[str, object] = {
        "waiting": waiting,
        "at": at,
        "total": waiting.merges,
        "of": "merges",
    }
    values["pending"] = _settling(request).waiting
    return page(
        request,
        "review_merges.html",
        {
            **values, "pair": found[0] if found else None, "done": done, "error": error,
            "because": because, "name": visitor(request), "own": _MERGES,
        },
        status=200 if error is None else 422,
    )  # fmt: skip


async def _claims(
    request: Request, at: int, done: str, *, error: UsageError | None = None, because: str = ""
) -> HTMLResponse:
    waiting = await desk_of(request).ask(lambda w: w.doubts.waiting())
    at = max(1, min(at, waiting.claims))
    found = await desk_of(request).ask(lambda w: w.doubts.claims(start=at - 1))
    values: dict[str, object] = {
        "waiting": waiting,
        "at": at,
        "total": waiting.claims,
        "of": "claims",
    }
    values["pending"] = _settling(request).waiting
    return page(
        request,
        "review_claims.html",
        {
            **values, "claim": found[0] if found else None, "done": done, "error": error,
            "because": because, "name": visitor(request), "own": _CLAIMS,
        },
        status=200 if error is None else 422,
    )  # fmt: skip


def _settling(request: Request) -> Settling:
    settling = request.app.state.settling
    assert isinstance(settling, Settling)
    return settling


def _on(path: str, at: int, made: Judgement, who: str) -> Response:
    reply = RedirectResponse(with_query(path, at=at, done=made.id), 303)
    remember(reply, who)
    return reply
