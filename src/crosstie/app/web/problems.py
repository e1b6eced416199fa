"""Errors as answers: problem details (RFC 9457) for programs, a page with the remedy for people."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from crosstie.app.web.headers import HEADERS
from crosstie.app.web.rendering import page
from crosstie.ontology.errors import (
    Ambiguous,
    CrosstieError,
    DocumentRefused,
    InputError,
    NotFound,
    UsageError,
    WorkspaceError,
)

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """An error as RFC 9457 words it; `remedy` and `suggestions` (or choices) are ours."""

    type: str = Field(examples=["/problems/not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["nothing is called `Zhongyuan Dynamics`"])
    instance: str = Field(default="", examples=["/api/entities/zhongyuan"])
    remedy: str = Field(default="", examples=["check the spelling"])
    suggestions: list[str] = Field(default=[], examples=[["Zhongyuan Dynamics Group"]])


_STATUSES: tuple[tuple[type[CrosstieError], int, str], ...] = (
    (NotFound, 404, "Not found"),
    (Ambiguous, 409, "Several things fit"),
    (DocumentRefused, 422, "The document was refused"),
    (UsageError, 400, "That cannot be done as asked"),
    (InputError, 422, "That cannot be read"),
    (WorkspaceError, 503, "The workspace does not answer"),
)

PROBLEM_RESPONSES: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "content": {MEDIA_TYPE: {}}} for status in (400, 404, 409, 422, 429)
}
"""For a route of the JSON side: the problems that it may answer with."""


class TooLarge(HTTPException):
    """A body that went on past what is taken, whatever its header had declared."""

    def __init__(self) -> None:
        super().__init__(413)


def wants_json(request: Request) -> bool:
    """Return whether the caller is a program: by the address, or by what it accepts."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or (
        "json" in accepted and "text/html" not in accepted
    )


def problem_of(request: Request, status: int, title: str, error: CrosstieError | str) -> Problem:
    """Return the problem details of an error."""
    known = error if isinstance(error, CrosstieError) else None
    detail = str(error) if known is None else known.problem
    where = known.where if known is not None else ""
    return Problem(
        type=f"/problems/{title.lower().replace(' ', '-')}",
        title=title,
        status=status,
        detail=f"{where}: {detail}" if where else detail,
        instance=request.url.path,
        remedy=known.remedy if known is not None else "",
        suggestions=list(getattr(known, "suggestions", ()) or getattr(known, "choices", ())),
    )


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Return a problem as its caller reads it."""
    if wants_json(request):
        return JSONResponse(
            problem.model_dump(), problem.status, media_type=MEDIA_TYPE, headers=headers
        )
    return page(
        request, "problem.html", {"problem": problem}, status=problem.status, headers=headers
    )


def add_problem_handlers(application: FastAPI) -> None:
    """Have every error that is raised answered so; none shows a traceback."""

    async def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, CrosstieError)
        for kind, status, title in _STATUSES:
            if isinstance(error, kind):
                return answer(request, problem_of(request, status, title, error))
        return answer(request, problem_of(request, 500, "Something went wrong", error))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = _TITLES.get(error.status_code, HTTPStatus(error.status_code).phrase.capitalize())
        detail = (
            str(error.detail)
            if str(error.detail) != HTTPStatus(error.status_code).phrase
            else _PLAIN.get(error.status_code, title)
        )
        headers = dict(error.headers) if error.headers else None
        return answer(request, problem_of(request, error.status_code, title, detail), headers)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}"
            for one in error.errors()
        )
        return answer(request, problem_of(request, 422, "Not as expected", said))

    async def unexpected(request: Request, error: Exception) -> Response:
        # A mistake of ours: its traceback goes to the log alone. Answered outside of the guard, so
        # with the guard's headers here.
        problem = problem_of(request, 500, "Something went wrong", _PLAIN[500])
        return answer(request, problem, dict(HEADERS))

    application.add_exception_handler(Exception, unexpected)
    application.add_exception_handler(CrosstieError, known)
    application.add_exception_handler(HTTPException, http)
    application.add_exception_handler(RequestValidationError, invalid)


_PLAIN = {
    404: "there is no page at this address",
    405: "this address does not take that kind of request",
    413: "that is larger than what this server takes",
    500: "a mistake in Crosstie; the server's log says which",
}
_TITLES = {413: "Too large"}
