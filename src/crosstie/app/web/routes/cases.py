"""Cases: those that were saved, one as a table, a page for each finding, decisions, the file."""

import re
import unicodedata
from collections import Counter
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from crosstie.app.web import addresses
from crosstie.app.web.case_rows import (
    PAGE,
    DispositionFilter,
    OutcomeFilter,
    Row,
    SortKey,
    Wanted,
    every_row,
    neighbours,
    rows_of,
)
from crosstie.app.web.desk import desk_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.app.web.telling import summary, unshown
from crosstie.app.web.visitors import named, remember, visitor
from crosstie.ontology.cases import Case, CaseFile
from crosstie.ontology.dispositions import DECISION_WORDS, Decision, Disposition
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.records import encode

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/cases", tags=["cases"], responses=PROBLEM_RESPONSES)
_Form = Literal["html", "xlsx", "json"]
_TYPES: dict[_Form, str] = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_TAKEN_BACK = "taken back on the finding's page"
_Note = Annotated[str, Form(max_length=2_000)]
_Name = Annotated[str, Form(max_length=200)]


def _wanted(
    outcome: OutcomeFilter = "",
    designated: Literal["", "yes"] = "",
    exposed: Literal["", "yes"] = "",
    disposition: DispositionFilter = "",
    q: Annotated[str, Query(max_length=200)] = "",
    sort: Literal["", "row", "name", "outcome", "score"] = "",
    down: Literal["", "yes"] = "",
    page_number: Annotated[str, Query(alias="page", pattern=r"^\d{0,5}$")] = "",
) -> Wanted:
    order: SortKey = sort or "row"
    return Wanted(
        outcome=outcome,
        designated=bool(designated),
        exposed=bool(exposed),
        disposition=disposition,
        words=q.strip(),
        sort=order,
        descending=bool(down),
        page=max(1, int(page_number or 1)),
    )


_Wanted = Annotated[Wanted, Depends(_wanted)]


@router.get("/cases", response_class=HTMLResponse)
async def cases(request: Request) -> HTMLResponse:
    """Show the saved cases, the newest first."""
    found = await desk_of(request).ask(lambda workspace: workspace.cases.all())
    return page(request, "cases.html", {"cases": found})


@router.get("/cases/{key}", response_class=HTMLResponse)
async def case(request: Request, key: str, wanted: _Wanted) -> HTMLResponse:
    """Show a case: totals, and its findings as far as the reader wants to see them."""
    found = await _open(request, key)
    rows = rows_of(found, wanted)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(wanted.page, pages)
    every = list(every_row(found))
    return page(
        request,
        "case.html",
        {
            "file": found,
            "case": found.case,
            "rows": rows[(number - 1) * PAGE : number * PAGE],
            "matching": len(rows),
            "number": number,
            "pages": pages,
            "wanted": wanted,
            "outcomes": Counter(row.finding.outcome for row in every),
            "waiting": sum(row.open for row in every),
            "decisions": DECISION_WORDS,
            "own": addresses.case(found.case.address),
        },
    )


@router.get("/cases/{key}/findings/{number}", response_class=HTMLResponse)
async def finding(request: Request, key: str, number: int, wanted: _Wanted) -> HTMLResponse:
    """Show one finding in plain words, with what to decide on it."""
    return await _finding(request, key, number, wanted)


@router.post("/cases/{key}/findings/{number}/dispositions", response_class=HTMLResponse)
async def dispose(
    request: Request,
    key: str,
    number: int,
    wanted: _Wanted,
    entity: _Name,
    decision: Annotated[Decision | None, Form()] = None,
    note: _Note = "",
    by: _Name = "",
) -> Response:
    """Keep what a person decided on a match."""
    given = {"entity": entity, "decision": decision, "note": note}
    try:
        who = named(by)
        if decision is None:
            raise UsageError("nothing is decided", remedy="choose one of the three")
        await desk_of(request).ask(
            lambda w: w.cases.dispose(key, number, entity, decision, note=note.strip(), by=who)
        )
    except NotFound:
        raise
    except UsageError as error:
        return await _finding(request, key, number, wanted, error=error, given=given)
    return _back(key, number, wanted, who)


@router.post("/cases/{key}/findings/{number}/dispositions/{made}/undo")
async def undo(
    request: Request,
    key: str,
    number: int,
    made: str,
    wanted: _Wanted,
    by: _Name = "",
) -> Response:
    """Take a decision back; it stays in the history."""
    try:
        who = named(by or visitor(request))
        await desk_of(request).ask(lambda w: w.cases.undo(made, note=_TAKEN_BACK, by=who))
    except NotFound:
        raise
    except UsageError as error:
        return await _finding(request, key, number, wanted, error=error)
    return _back(key, number, wanted, who)


@router.get("/cases/{key}/file.{form}")
async def file(request: Request, key: str, form: _Form, show: bool = False) -> Response:
    """Return the case file: a page that prints well, a workbook, or JSON."""
    found = await _open(request, key)
    raw = await desk_of(request).ask(lambda workspace: workspace.cases.file(key, form))
    name = f"crosstie-{_ascii(found.case.address)}.{form}"
    place = "inline" if show and form == "html" else "attachment"
    headers = {"content-disposition": f'{place}; filename="{name}"'}
    if form == "html":
        # It stands alone: its one style sheet is inside of it, and it loads nothing.
        headers["content-security-policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        )
    return Response(raw, media_type=_TYPES[form], headers=headers)


class DispositionIn(BaseModel):
    """A decision on one match of a case: `finding` is its place in the case, from 1."""

    model_config = ConfigDict(extra="forbid")
    finding: int = Field(ge=1, examples=[1])
    entity: str = Field(max_length=100, examples=["ent-1f0c2d3e4b5a69788796"])
    decision: Decision = Field(examples=["false_match"])
    note: str = Field(min_length=1, max_length=2_000, examples=["a namesake in another province"])
    by: str = Field(min_length=1, max_length=80, examples=["Mei Lin"])


@api.get("", summary="The saved cases, the newest first")
async def cases_json(request: Request) -> list[Case]:
    """Return every case, with what was found in it when it was saved."""
    return list(await desk_of(request).ask(lambda workspace: workspace.cases.all()))


@api.get("/{key}", summary="A case with its findings and decisions", response_model=CaseFile)
async def case_json(request: Request, key: str) -> Response:
    """Return a case by id, address or title, with the decisions that stand now."""
    return Response(encode(await _open(request, key)), media_type=_TYPES["json"])


@api.post("/{key}/dispositions", summary="Decide on a match", status_code=201)
async def dispose_json(request: Request, key: str, asked: DispositionIn) -> Disposition:
    """Keep a decision; the latest on a match counts, and none is ever overwritten."""
    return await desk_of(request).ask(
        lambda w: w.cases.dispose(
            key, asked.finding, asked.entity, asked.decision, note=asked.note, by=asked.by
        )
    )


async def _open(request: Request, key: str) -> CaseFile:
    return await desk_of(request).ask(lambda workspace: workspace.cases.open(key))


async def _finding(
    request: Request,
    key: str,
    number: int,
    wanted: Wanted,
    *,
    error: UsageError | None = None,
    given: dict[str, str | None] | None = None,
) -> HTMLResponse:
    found = await _open(request, key)
    findings = found.screening.findings
    if not 1 <= number <= len(findings):
        raise NotFound(
            f"the case has {len(findings):,} findings, and no number {number:,}",
            where=found.case.title,
            remedy="open it from the case's page",
        )
    row = Row(number, findings[number - 1])
    entities = {hit.match.entity.id for hit in row.finding.hits}
    before, after = neighbours(rows_of(found, wanted), number)
    return page(
        request,
        "finding.html",
        {
            "file": found,
            "case": found.case,
            "row": row,
            "finding": row.finding,
            "summary": summary(row.finding),
            "unshown": unshown,
            "history": [
                made
                for made in reversed(found.dispositions)
                if made.disposition.entity in entities
                and made.disposition.party == row.finding.party.name
            ],
            "before": before,
            "after": after,
            "wanted": wanted,
            "decisions": DECISION_WORDS,
            "error": error,
            "given": given or {"entity": "", "decision": "", "note": ""},
            "name": visitor(request),
            "own": addresses.case(found.case.address),
        },
        status=200 if error is None else 422,
    )


def _back(key: str, number: int, wanted: Wanted, who: str) -> Response:
    path = f"{addresses.case(key)}/findings/{number}"
    reply = RedirectResponse(addresses.with_query(path, **wanted.query()), 303)
    remember(reply, who)
    return reply


def _ascii(text: str) -> str:
    """Return text as part of a file's name that any machine and header takes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.-]+", "-", plain).strip("-.") or "case"
