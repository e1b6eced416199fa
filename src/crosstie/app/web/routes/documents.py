"""The evidence reader: a document with what it names and says, and a person's word on a claim."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from crosstie.app.web import addresses
from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.app.web.visitors import named, remember, visitor
from crosstie.ontology.errors import UsageError
from crosstie.ontology.records import Verdict, encode
from crosstie.workspace.documents import OpenDocument

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["documents"], responses=PROBLEM_RESPONSES)
_LONGEST_REASON = 1_000
_PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})")
_Claim = Annotated[str | None, Query(max_length=60)]
_Part = Annotated[int | None, Query(ge=1, le=1_000_000)]
_Passage = Annotated[str | None, Query(max_length=24)]


@router.get("/documents/{key:path}", response_class=HTMLResponse)
async def document(
    request: Request,
    key: str,
    claim: _Claim = None,
    part: _Part = None,
    passage: _Passage = None,
) -> Response:
    """Show a document at its beginning, at a claim's words or at a passage."""
    opened = await _open(request, key, claim, part, passage)
    if opened.document.id != key:
        return RedirectResponse(addresses.document(opened.document.id), 307)
    status = 410 if opened.document.forgotten_at else 200
    return page(
        request,
        "document.html",
        {"it": opened, "document": opened.document, "by": visitor(request), "asked": claim or ""},
        status=status,
    )


@router.get("/claims/{claim_id}")
async def claim(request: Request, claim_id: str) -> RedirectResponse:
    """Lead to a claim's sentence in its document."""
    found = await desk_of(request).ask(lambda workspace: workspace.documents.of_claim(claim_id))
    return RedirectResponse(addresses.claim_in(found, claim_id), 307)


@router.post("/claims/{claim_id}/judge")
async def judge(
    request: Request,
    claim_id: str,
    verdict: Annotated[Literal["accepted", "rejected", "corrected"], Form()],
    because: Annotated[str, Form(max_length=_LONGEST_REASON)] = "",
    by: Annotated[str, Form(max_length=200)] = "",
    correction: Annotated[str, Form(max_length=_LONGEST_REASON)] = "",
) -> Response:
    """Keep what a person decided of a claim, with who and why; it can be taken back."""
    who, why = named(by), _why(verdict, because, correction)
    kept: Verdict = "accepted" if verdict == "accepted" else "rejected"
    await desk_of(request).ask(
        lambda workspace: workspace.judge(claim_id, verdict=kept, by=who, because=why)
    )
    return await _back(request, claim_id, who)


@router.post("/claims/{claim_id}/undo")
async def undo(
    request: Request,
    claim_id: str,
    judgement: Annotated[str, Form(max_length=60)],
    by: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Take a person's word on a claim back: all is as it was before."""
    who = named(by)
    await desk_of(request).ask(
        lambda workspace: workspace.undo(judgement, by=who, because="taken back in the reader")
    )
    return await _back(request, claim_id, who)


@api.get(
    "/documents/{key}",
    summary="A part of a document, with its mentions and claims",
    response_model=OpenDocument,
)
async def document_json(
    request: Request, key: str, claim: _Claim = None, part: _Part = None
) -> Response:
    """Return a document's text in marked pieces, and the claims that rest on them."""
    opened = await _open(request, key, claim, part, None)
    return Response(encode(opened), media_type="application/json")


async def _open(
    request: Request, key: str, claim: str | None, part: int | None, passage: str | None
) -> OpenDocument:
    place = _PASSAGE.fullmatch(passage) if passage else None
    if passage and place is None:
        raise UsageError(f"`{passage}` is no passage", remedy="write it so: 120-260")
    span = (int(place[1]), int(place[2])) if place else None
    return await desk_of(request).ask(
        lambda workspace: workspace.documents.open(key, claim=claim, part=part, passage=span)
    )


def _why(verdict: str, because: str, correction: str) -> str:
    reason, right = " ".join(because.split()), " ".join(correction.split())
    if verdict == "corrected":
        if not right:
            raise UsageError("a correction says what is right", remedy="write it, with your reason")
        reason = f"should say: {right}{'; ' + reason if reason else ''}"
    if not reason:
        raise UsageError("a decision says why", remedy="write your reason")
    return reason


async def _back(request: Request, claim_id: str, who: str) -> Response:
    found = await desk_of(request).ask(lambda workspace: workspace.documents.of_claim(claim_id))
    reply = RedirectResponse(addresses.claim_in(found, claim_id), 303)
    remember(reply, who)
    return reply
