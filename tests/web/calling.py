"""Call the application without a socket, as any program might: headers, bodies, hosts at will."""

from collections.abc import Callable
from pathlib import Path

import anyio
import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crosstie.app.web import WebSettings, make_application
from crosstie.app.web.guarding import Guard
from crosstie.workspace import Workspace

HOME = "http://127.0.0.1:8400"
NOW = "2026-11-24T00:00:00+00:00"


class Caller:
    """A caller with cookies; every call stands for itself, in a loop of its own."""

    def __init__(self, application: ASGIApp, *, base: str = HOME, address: str = "127.0.0.1"):
        self._application = application
        self._base = base
        self._address = address
        self.cookies: dict[str, str] = {}

    def __call__(self, method: str, path: str, **options: object) -> httpx.Response:
        """Send one request; redirects are not followed."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(
                self._application, raise_app_exceptions=False, client=(self._address, 50_000)
            )
            async with httpx.AsyncClient(
                transport=transport, base_url=self._base, cookies=self.cookies
            ) as client:
                reply = await client.request(method, path, **options)
                self.cookies.update(client.cookies)
                return reply

        return anyio.run(send)

    def get(self, path: str, **options: object) -> httpx.Response:
        """Read."""
        return self("GET", path, **options)

    def post(self, path: str, **options: object) -> httpx.Response:
        """Write, with nothing that proves it was meant."""
        return self("POST", path, **options)

    def proved(self, path: str, **options: object) -> httpx.Response:
        """Write as a form of our own page does."""
        if "crosstie_csrf" not in self.cookies:
            self.get("/")
        headers = {"origin": self._base, "sec-fetch-site": "same-origin"}
        return self("POST", f"{path}?csrf={self.cookies['crosstie_csrf']}",
                    headers=headers | options.pop("headers", {}), **options)  # fmt: skip


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer any request with what came through the guard."""
    assert scope["type"] == "http"
    request = Request(scope, receive)
    body = await request.body()
    reply: Response = JSONResponse({"path": request.url.path, "bytes": len(body)})
    await reply(scope, receive, send)


def guarded(inner: ASGIApp = echo, *, clock: Callable[[], float] | None = None, **values: object):
    """Return a caller to an application behind the guard alone."""
    settings = WebSettings(workspace=Path("unused.db"), **values)
    guard = Guard(inner, settings, clock=clock or Clock())
    return Caller(guard)


def application(folder: Path, **values: object) -> ASGIApp:
    """Return the whole application on an empty workspace."""
    path = folder / "small.db"
    workspace = Workspace.open(path, now=lambda: NOW)
    return make_application(WebSettings(workspace=path, **values), workspace)
