"""What stands before every page: headers, the token, forged requests, sizes and rates.

Written as one ASGI layer: a request that is refused here never reaches a route.
"""

import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crosstie.app.web.problems import Problem, TooLarge, answer
from crosstie.app.web.settings import WebSettings, is_loopback

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_CSRF, _TOKEN = "crosstie_csrf", "crosstie_token"
_ADDRESSES = 10_000
_MINUTE = 60.0
_FORGED = "the request does not come from a page of this server"
_BUSY = "more requests than this server takes"


class Guard:
    """Let in who may come in, and answer with headers that keep a page to itself."""

    def __init__(
        self, inner: ASGIApp, settings: WebSettings, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._inner = inner
        self._settings = settings
        self._searches = _Rate(settings.searches_per_minute, clock)
        self._uploads = _Rate(settings.uploads_per_minute, clock)

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
        cookies = SimpleCookie(request.headers.get("cookie", ""))
        given = cookies[_CSRF].value if _CSRF in cookies else ""
        csrf = given if len(given) >= 32 else secrets.token_urlsafe(32)
        scope["crosstie.csrf"] = csrf
        fresh = csrf if csrf != given else ""
        refusal = self._refusal(request, cookies, given)
        if refusal is not None:
            await refusal(scope, receive, _dressed(send, fresh))
            return
        await self._inner(scope, _bounded(receive, self._limit(request)), _dressed(send, fresh))

    def _refusal(self, request: Request, cookies: SimpleCookie, csrf: str) -> Response | None:
        if not self._known_host(request.headers):
            # A page of another site whose name was turned to this machine (DNS rebinding).
            return _refused(
                request,
                421,
                "Misdirected request",
                "this server has another name",
                "use the address that `crosstie serve` printed",
            )
        if self._settings.token:
            entering = self._entering(request)
            if entering is not None:
                return entering
            if not self._known(request, cookies):
                return _refused(
                    request,
                    401,
                    "A token is needed",
                    "this server asks for a token",
                    "open /?token=… once, or send Authorization: Bearer …",
                )
        too_many = self._too_many(request)
        if too_many is not None:
            return too_many
        declared = request.headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > self._limit(request):
            return _refused(
                request,
                413,
                "Too large",
                f"more than {self._limit(request):,} bytes",
                "send a smaller file",
            )
        if request.method not in _SAFE and not self._meant(request, csrf):
            return _refused(request, 403, "Not accepted", _FORGED, "open the page again and repeat")
        return None

    def _limit(self, request: Request) -> int:
        return self._settings.upload_bytes

    def _known_host(self, headers: Headers) -> bool:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if is_loopback(host) or host in self._settings.origins or host == self._settings.host:
            return True
        # With a token the server is meant for others, who may call it by any name.
        return bool(self._settings.token)

    def _entering(self, request: Request) -> Response | None:
        """Take the token out of the address at once, so that it stays in no history."""
        given = request.query_params.get("token")
        if given is None or not self._is_token(given):
            return None
        reply = RedirectResponse(str(request.url.remove_query_params("token")), 303)
        reply.set_cookie(_TOKEN, given, httponly=True, samesite="strict")
        return reply

    def _known(self, request: Request, cookies: SimpleCookie) -> bool:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(given.strip()):
            return True
        return _TOKEN in cookies and self._is_token(cookies[_TOKEN].value)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._settings.token.encode())

    def _too_many(self, request: Request) -> Response | None:
        path, who = request.url.path, request.client.host if request.client else "?"
        if request.method not in _SAFE:
            wait = self._uploads.wait(who) if _is_upload(request) else 0.0
        else:
            wait = self._searches.wait(who) if path.endswith("/search") else 0.0
        if not wait:
            return None
        return _refused(
            request,
            429,
            "Too many requests",
            _BUSY,
            f"wait {wait:.0f} s",
            {"retry-after": str(max(1, round(wait)))},
        )

    def _meant(self, request: Request, csrf: str) -> bool:
        """Return whether a write comes from one of our pages, or from a program with the token."""
        if request.headers.get("authorization") and self._settings.token:
            return True
        if _is_program(request):
            return True
        site = request.headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return False
        sent = request.headers.get("x-csrf-token") or _of_query(request, "csrf")
        return bool(csrf) and bool(sent) and hmac.compare_digest(sent.encode(), csrf.encode())


class _Rate:
    """At most so many a minute from one address; the addresses kept are bounded too."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._most = per_minute
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, who: str) -> float:
        """Count one more; return the seconds to wait, 0 if it may go on."""
        now = self._clock()
        times = self._seen.setdefault(who, deque())
        self._seen.move_to_end(who)
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        if len(self._seen) > _ADDRESSES:
            self._seen.popitem(last=False)
        if len(times) >= self._most:
            return times[0] + _MINUTE - now
        times.append(now)
        return 0.0


def _is_program(request: Request) -> bool:
    """No browser leaves out where a write comes from, nor sends JSON elsewhere without asking."""
    headers = request.headers
    return (
        request.url.path.startswith("/api/")
        and headers.get("content-type", "").startswith("application/json")
        and "origin" not in headers
        and "sec-fetch-site" not in headers
    )


def _is_upload(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("multipart/form-data")


def _of_query(request: Request, name: str) -> str:
    return parse_qs(request.url.query).get(name, [""])[0]


def _refused(
    request: Request,
    status: int,
    title: str,
    detail: str,
    remedy: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    kind = f"/problems/{title.lower().replace(' ', '-')}"
    problem = Problem(
        type=kind,
        title=title,
        status=status,
        detail=detail,
        remedy=remedy,
        instance=request.url.path,
    )
    return answer(request, problem, dict(headers or {}))


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
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if csrf:
                headers.append("set-cookie", f"{_CSRF}={csrf}; Path=/; SameSite=Strict; HttpOnly")
        await send(message)

    return dressed
