"""What stands before every page: the host's name, the token, forged requests, sizes and rates.

Written as one ASGI layer: a request that is refused here never reaches a route.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crosstie.app.web import refusals
from crosstie.app.web.headers import HEADERS
from crosstie.app.web.problems import TooLarge
from crosstie.app.web.rates import Rate
from crosstie.app.web.settings import WebSettings, is_loopback

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_CSRF, _TOKEN = "crosstie_csrf", "crosstie_token"
_CSRF_LENGTH = 32
# What is no upload is a form of a few fields, or a thousand names as JSON.
_FORM_BYTES = 2_000_000
_WRONG_TOKENS_PER_MINUTE = 20
# Programs ask here with a form, as the reconciliation protocol has it; it changes nothing.
_FORMS_OF_PROGRAMS = "/api/reconcile"
_SEARCHES = ("/search", "/api/reconcile", "/api/screen")


class Guard:
    """Let in who may come in, and answer with headers that keep a page to itself."""

    def __init__(
        self, inner: ASGIApp, settings: WebSettings, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._inner = inner
        self._settings = settings
        self._searches = Rate(settings.searches_per_minute, clock)
        self._uploads = Rate(settings.uploads_per_minute, clock)
        self._wrong_tokens = Rate(_WRONG_TOKENS_PER_MINUTE, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        request = Request(scope, receive)
        if request.url.path.startswith("/static/"):
            # Style sheets, fonts and outlines: the same on every machine, so nothing to guard.
            await self._inner(scope, receive, _dressed(send, ""))
            return
        cookies = _cookies(request)
        given = cookies.get(_CSRF, "")
        if len(given) < _CSRF_LENGTH:
            given = ""
        csrf = given or secrets.token_urlsafe(_CSRF_LENGTH)
        scope["crosstie.csrf"] = csrf
        fresh = csrf if csrf != given else ""
        refusal = self._refusal(request, cookies, given)
        if refusal is not None:
            await refusal(scope, receive, _dressed(send, fresh))
            return
        await self._inner(scope, _bounded(receive, self._limit(request)), _dressed(send, fresh))

    def _refusal(self, request: Request, cookies: dict[str, str], csrf: str) -> Response | None:
        if not self._known_host(request.headers):
            return refusals.misdirected(request)
        if self._settings.token:
            stopped = self._at_the_door(request, cookies)
            if stopped is not None:
                return stopped
        wait = self._wait(request)
        if wait:
            return refusals.too_many(request, wait)
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > self._limit(request):
            return refusals.too_large(request, self._limit(request))
        if request.method not in _SAFE and not self._meant(request, csrf):
            return refusals.forged(request)
        return None

    def _limit(self, request: Request) -> int:
        return self._settings.upload_bytes if _is_upload(request) else _FORM_BYTES

    def _known_host(self, headers: Headers) -> bool:
        host = _host(headers.get("host", ""))
        if is_loopback(host) or host in self._settings.origins or host == self._settings.host:
            return True
        # With a token the server is meant for others, who may call it by any name.
        return bool(self._settings.token)

    def _at_the_door(self, request: Request, cookies: dict[str, str]) -> Response | None:
        """Return what to answer to who comes with a token in the address, a wrong one or none."""
        who = _who(request)
        wait = self._wrong_tokens.spent(who)
        if wait:
            return refusals.too_many(request, wait)
        asked = request.query_params.get("token", "")
        if request.method in _SAFE and self._is_token(asked):
            # The token goes out of the address at once, so that it stays in no history.
            reply = RedirectResponse(str(request.url.remove_query_params("token")), 303)
            reply.set_cookie(_TOKEN, asked, httponly=True, samesite="strict")
            return reply
        if self._bears_token(request) or self._is_token(cookies.get(_TOKEN, "")):
            return None
        if asked or _TOKEN in cookies or "authorization" in request.headers:
            self._wrong_tokens.wait(who)
        return refusals.token_needed(request)

    def _bears_token(self, request: Request) -> bool:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self._is_token(given.strip())

    def _is_token(self, given: str) -> bool:
        token = self._settings.token
        return bool(token) and hmac.compare_digest(given.encode(), token.encode())

    def _wait(self, request: Request) -> int:
        if _is_upload(request) and request.method not in _SAFE:
            return self._uploads.wait(_who(request))
        if request.url.path.rstrip("/").endswith(_SEARCHES):
            return self._searches.wait(_who(request))
        return 0

    def _meant(self, request: Request, csrf: str) -> bool:
        """Return whether a write comes from one of our pages, or from a program."""
        if self._bears_token(request) or _is_program(request):
            return True
        site = request.headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = request.headers.get("origin")
        if origin is not None and not self._is_ours(origin, request.headers.get("host", "")):
            return False
        sent = request.headers.get("x-csrf-token") or request.query_params.get("csrf", "")
        return bool(csrf) and hmac.compare_digest(sent.encode(), csrf.encode())

    def _is_ours(self, origin: str, host: str) -> bool:
        try:
            parts = urlsplit(origin)
            return parts.netloc == host or parts.hostname in self._settings.origins
        except ValueError:
            return False


def _is_program(request: Request) -> bool:
    """No browser leaves out where a write comes from, nor sends JSON elsewhere without asking."""
    headers, path = request.headers, request.url.path
    if "origin" in headers or "sec-fetch-site" in headers or not path.startswith("/api/"):
        return False
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or path.rstrip("/") == _FORMS_OF_PROGRAMS


def _is_upload(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def _who(request: Request) -> str:
    return request.client.host if request.client else "?"


def _host(written: str) -> str:
    try:
        return urlsplit(f"//{written}").hostname or ""
    except ValueError:
        return ""


def _cookies(request: Request) -> dict[str, str]:
    try:
        return {
            key: kept.value for key, kept in SimpleCookie(request.headers.get("cookie", "")).items()
        }
    except CookieError:
        return {}


def _bounded(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        return message

    return bounded


def _dressed(send: Send, csrf: str) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if csrf:
                headers.append("set-cookie", f"{_CSRF}={csrf}; Path=/; SameSite=Strict; HttpOnly")
        await send(message)

    return dressed
