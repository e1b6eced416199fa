"""What is loaded and how fresh: lists, documents, rows set aside; documents are added here too."""

import secrets
import shutil
import tempfile
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from crosstie.app.web.desk import desk_of
from crosstie.app.web.jobs import jobs_of
from crosstie.app.web.problems import PROBLEM_RESPONSES
from crosstie.app.web.rendering import page
from crosstie.ontology.errors import InputError
from crosstie.ontology.records import encode
from crosstie.workspace import Workspace
from crosstie.workspace.catalogue import DocumentPage, ListState, SourceView
from crosstie.workspace.progress import Progress

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/sources", tags=["sources"], responses=PROBLEM_RESPONSES)
_MOST_FILES = 20
_LONGEST_NAME = 120
_Page = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


@router.get("/sources", response_class=HTMLResponse)
async def sources(request: Request, number: _Page = 1) -> HTMLResponse:
    """Show the lists and documents that are held, and where to add more."""
    desk = desk_of(request)
    lists = await desk.ask(lambda workspace: workspace.catalogue.lists())
    documents = await desk.ask(lambda workspace: workspace.catalogue.documents(page=number))
    return page(
        request,
        "sources.html",
        {
            "lists": lists,
            "documents": documents,
            "megabytes": request.app.state.settings.upload_bytes // 1_000_000,
            "most": _MOST_FILES,
        },
    )


@router.post("/sources/documents")
async def add(request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take documents in, and go on to how far their reading is."""
    chosen = [file for file in files if file.filename][: _MOST_FILES + 1]
    if not chosen:
        raise InputError("no file was chosen", remedy="choose one, and send the form again")
    if len(chosen) > _MOST_FILES:
        raise InputError(
            f"more than {_MOST_FILES} files at once", remedy="send them in parts, or use the CLI"
        )
    folder = Path(tempfile.mkdtemp(prefix="crosstie-upload-"))
    try:
        for place, file in enumerate(chosen):
            await _keep(file, folder / str(place))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    workspace, token = desk_of(request).workspace, secrets.token_urlsafe(12)
    reports = request.app.state.reports

    def work(progress: Progress) -> str:
        try:
            reports.keep(token, workspace.reporting_to(progress).add([folder]))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return f"/sources/reports/{token}"

    job = jobs_of(request).start("Reading documents", len(chosen), work)
    return RedirectResponse(f"/sources/added/{job.key}", 303)


@router.get("/sources/added/{key}", response_class=HTMLResponse)
async def added(request: Request, key: str) -> Response:
    """Show how far the reading is; when it is done, go on to what came of it."""
    job = jobs_of(request).find(key)
    if job.state == "done":
        if request.headers.get("hx-request") == "true":
            return Response(headers={"hx-redirect": job.outcome})
        return RedirectResponse(job.outcome, 303)
    return page(request, "sources_added.html", {"job": job})


@router.get("/sources/reports/{token}", response_class=HTMLResponse)
async def report(request: Request, token: str) -> HTMLResponse:
    """Show what came of documents that were taken in: what was read, and what was refused."""
    found = request.app.state.reports.find(token)
    return page(request, "sources_report.html", {"report": found})


@router.get("/sources/{source_id}", response_class=HTMLResponse)
async def source(
    request: Request,
    source_id: str,
    edition: Annotated[int | None, Query(ge=1)] = None,
    number: _Page = 1,
) -> HTMLResponse:
    """Show a list: its editions, what was set aside and why, and its rows."""
    found = await desk_of(request).ask(
        lambda workspace: workspace.catalogue.source(source_id, edition=edition, page=number)
    )
    return page(request, "source.html", {"it": found})


@router.get("/about", response_class=HTMLResponse)
async def about(request: Request) -> HTMLResponse:
    """Show limits, fairness, and how to contest a record."""
    desk = desk_of(request)
    overview = await desk.ask(lambda workspace: workspace.browsing.overview())
    anchors = await desk.ask(Workspace.anchors)
    return page(request, "about.html", {"overview": overview, "anchors": anchors})


@api.get("", summary="Every list, its edition in force and its age")
async def sources_json(request: Request) -> tuple[ListState, ...]:
    """Return the lists by title."""
    return await desk_of(request).ask(lambda workspace: workspace.catalogue.lists())


@api.get("/documents", summary="The documents that users added, a page at a time")
async def documents_json(request: Request, number: _Page = 1) -> DocumentPage:
    """Return a page of documents, the last added first."""
    return await desk_of(request).ask(lambda w: w.catalogue.documents(page=number))


@api.get("/{source_id}", summary="A list with its editions and rows", response_model=SourceView)
async def source_json(request: Request, source_id: str, number: _Page = 1) -> Response:
    """Return a list's editions, why rows were set aside, and a page of its rows."""
    found = await desk_of(request).ask(
        lambda workspace: workspace.catalogue.source(source_id, page=number)
    )
    return Response(encode(found), media_type="application/json")


async def _keep(file: UploadFile, folder: Path) -> None:
    """Write an upload into a folder of its own: of the name that was sent, no path is kept."""
    name = PurePath((file.filename or "").replace("\\", "/")).name
    tidy = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').lstrip(".")
    folder.mkdir()
    (folder / (tidy[-_LONGEST_NAME:] or "document")).write_bytes(await file.read())
