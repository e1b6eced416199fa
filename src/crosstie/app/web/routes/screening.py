"""Screen: names or a file in, a look at what was understood, work in the background, a case out."""

import datetime as dt
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from crosstie.app.web import addresses
from crosstie.app.web.desk import desk_of
from crosstie.app.web.drafts import Draft, drafts_of
from crosstie.app.web.jobs import Job, jobs_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.app.web.visitors import named, remember, visitor
from crosstie.ontology.errors import InputError, UsageError
from crosstie.ontology.findings import Party, Screening
from crosstie.ontology.records import encode
from crosstie.screening import (
    FORMATS,
    PartyFile,
    Preview,
    parties_in,
    pasted_parties,
    preview_parties,
)
from crosstie.text.countries import country_code
from crosstie.workspace import Question
from crosstie.workspace.progress import Progress

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["screening"], responses=PROBLEM_RESPONSES)
MOST_PARTIES = 20_000
"""How many names one case takes; screening so many takes minutes."""

_MOST_AT_ONCE = 1_000
_SHOWN = 8
_LONGEST_NAME = 300
_Text = Annotated[str, Form(max_length=200)]
_PartyName = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]
_Place = Annotated[str, Form(pattern=r"^\d{0,4}$")]


@router.get("/screen", response_class=HTMLResponse)
async def screen(request: Request) -> HTMLResponse:
    """Show where names are pasted and files dropped."""
    return await _start(request)


@router.post("/screen", response_class=HTMLResponse)
async def upload(
    request: Request,
    names: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take names or a file, and go on to what was understood of it."""
    chosen = file is not None and bool(file.filename)
    try:
        if chosen:
            assert file is not None
            draft = await _of_file(request, file)
        else:
            pasted_parties(names)
            draft = drafts_of(request).keep("", names.encode("utf-8", "replace"))
    except InputError as error:
        return await _start(request, names=names, error=error)
    return RedirectResponse(f"/screen/drafts/{draft.key}", 303)


@router.get("/screen/drafts/{key}", response_class=HTMLResponse)
async def preview(request: Request, key: str) -> HTMLResponse:
    """Show the first rows, and which column is what, to be put right."""
    return _preview(request, drafts_of(request).find(key))


@router.post("/screen/drafts/{key}", response_class=HTMLResponse)
async def run(
    request: Request,
    key: str,
    title: _Text = "",
    by: _Text = "",
    name: _Place = "",
    country: _Place = "",
    id: _Place = "",
    domain: _Place = "",
    valid_on: _Text = "",
    max_ties: Annotated[int, Form(ge=1, le=6)] = 3,
    also_designated: Annotated[bool, Form()] = False,
) -> Response:
    """Start the screening, and go on to its progress."""
    draft = drafts_of(request).find(key)
    chosen = {"name": name, "country": country, "id": id, "domain": domain}
    places = {field: int(place) for field, place in chosen.items() if place}
    try:
        who = named(by)
        parties = _few(_parties(draft, places), draft.name)
        question = Question(
            valid_on=valid_on or None, max_ties=max_ties, also_designated=also_designated
        )
        question.terms(today=dt.datetime.now(dt.UTC).date().isoformat())
    except (InputError, UsageError) as error:
        return _preview(request, draft, places=places, error=error, title=title, by=by)
    job = _started(request, parties, title.strip() or _title(draft), who, draft, question)
    reply = RedirectResponse(f"/screen/runs/{job.key}", 303)
    remember(reply, who)
    return reply


@router.get("/screen/runs/{key}", response_class=HTMLResponse)
async def progress(request: Request, key: str) -> Response:
    """Show how far a screening is; when it is done, go on to its case."""
    job = jobs_of(request).find(key)
    if job.state == "done":
        if request.headers.get("hx-request") == "true":
            return Response(headers={"hx-redirect": job.outcome})
        return RedirectResponse(job.outcome, 303)
    return page(request, "screen_run.html", {"job": job})


@router.post("/screen/runs/{key}/stop")
async def stop(request: Request, key: str) -> Response:
    """Stop a screening; nothing of it is kept."""
    jobs_of(request).stop(key)
    return RedirectResponse(f"/screen/runs/{key}", 303)


class PartyIn(BaseModel):
    """One organisation to screen."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=_LONGEST_NAME, examples=["Beihang University"])
    country: str = Field(default="", max_length=100, examples=["CN"])
    id: str = Field(default="", max_length=100, examples=["https://ror.org/00wk2mp56"])
    domain: str = Field(default="", max_length=300, examples=["buaa.edu.cn"])


class ScreeningIn(BaseModel):
    """What to screen, and on which terms. A name alone may stand for a party."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"parties": ["海康威视", {"name": "Beihang University", "country": "CN"}]}]
        },
    )
    parties: list[_PartyName | PartyIn] = Field(min_length=1, max_length=_MOST_AT_ONCE)
    valid_on: str | None = Field(default=None, examples=["2026-11-24"])
    as_of: str | None = Field(default=None, examples=["2026-11"])
    max_ties: int = Field(default=3, ge=1, le=6)
    also_designated: bool = False


@api.post("/screen", summary="Screen organisations", response_model=Screening)
async def screen_json(request: Request, asked: ScreeningIn) -> Response:
    """Return a finding for each party, and what was searched. Nothing is saved."""
    parties = [_party(row, given) for row, given in enumerate(asked.parties, 1)]
    question = Question(
        valid_on=asked.valid_on,
        as_of=asked.as_of,
        max_ties=asked.max_ties,
        also_designated=asked.also_designated,
    )
    found = await desk_of(request).ask(lambda w: w.screen(parties, question=question))
    return Response(encode(found), media_type="application/json")


def _party(row: int, given: str | PartyIn) -> Party:
    if isinstance(given, str):
        given = PartyIn(name=given)
    name = given.name.strip()
    if not any(character.isalnum() for character in name):
        raise InputError(
            f"`{name}` is no name", where=f"party {row}", remedy="give the organisation's name"
        )
    code = country_code(given.country) if given.country else None
    if given.country and code is None:
        raise InputError(
            f"`{given.country}` is no country that Crosstie knows",
            where=f"party {row}",
            remedy="use an ISO 3166-1 alpha-2 code, or leave it out",
        )
    return Party(name, code, given.id or None, given.domain or None, row)


async def _start(
    request: Request, *, names: str = "", error: InputError | None = None
) -> HTMLResponse:
    overview = await desk_of(request).ask(lambda workspace: workspace.browsing.overview())
    return page(
        request,
        "screen.html",
        {
            "names": names,
            "error": error,
            "formats": FORMATS,
            "overview": overview,
            "most": MOST_PARTIES,
            "megabytes": request.app.state.settings.upload_bytes // 1_000_000,
        },
        status=200 if error is None else 422,
    )


async def _of_file(request: Request, file: UploadFile) -> Draft:
    # Of a name that a browser sends, no folder is kept: it is for people to read, and a suffix.
    name = PurePath((file.filename or "").replace("\\", "/")).name[:200] or "file"
    raw = await file.read()
    preview_parties(raw, name, rows=1)
    return drafts_of(request).keep(name, raw)


def _preview(
    request: Request,
    draft: Draft,
    *,
    places: dict[str, int] | None = None,
    error: InputError | UsageError | None = None,
    title: str = "",
    by: str = "",
) -> HTMLResponse:
    if draft.name:
        found: Preview | None = preview_parties(draft.raw, draft.name, rows=_SHOWN)
        pasted = None
    else:
        found, pasted = None, pasted_parties(draft.text)
    return page(
        request,
        "screen_preview.html",
        {
            "draft": draft,
            "preview": found,
            "pasted": pasted,
            "places": places if places is not None else (found.columns if found else {}),
            "error": error,
            "title": title or _title(draft),
            "by": by or visitor(request),
            "shown": _SHOWN,
        },
        status=200 if error is None else 422,
    )


def _title(draft: Draft) -> str:
    return PurePath(draft.name).stem if draft.name else "Pasted names"


def _parties(draft: Draft, places: dict[str, int]) -> PartyFile:
    if draft.name:
        return parties_in(draft.raw, draft.name, places)
    return pasted_parties(draft.text)


def _few(found: PartyFile, where: str) -> PartyFile:
    if len(found.parties) > MOST_PARTIES:
        raise InputError(
            f"{len(found.parties):,} names are more than the {MOST_PARTIES:,} of one case",
            where=where,
            remedy="split the file, or use `crosstie screen --file`",
        )
    return found


def _started(
    request: Request, found: PartyFile, title: str, by: str, draft: Draft, question: Question
) -> Job:
    workspace = desk_of(request).workspace

    def work(progress: Progress) -> str:
        asked = workspace.reporting_to(progress)
        screening = asked.screen(found.parties, question=question, set_aside=found.set_aside)
        case = asked.cases.save(screening, title=title, by=by, file_name=draft.name)
        return addresses.case(case.address)

    return jobs_of(request).start(title, len(found.parties), work)
