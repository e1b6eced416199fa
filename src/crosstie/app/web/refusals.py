"""What the guard says to whom it does not let in: a problem with its remedy."""

from starlette.requests import Request
from starlette.responses import Response

from crosstie.app.web.problems import Problem, answer


def misdirected(request: Request) -> Response:
    """Refuse a page of another site whose name was turned to this machine (DNS rebinding)."""
    return _refused(
        request,
        421,
        "Misdirected request",
        "this server has another name",
        "use the address that `crosstie serve` printed",
    )


def token_needed(request: Request) -> Response:
    """Refuse who has no token, or a wrong one."""
    return _refused(
        request,
        401,
        "A token is needed",
        "this server asks for a token",
        "open /?token=… once, or send Authorization: Bearer …",
        {"www-authenticate": 'Bearer realm="Crosstie"'},
    )


def too_many(request: Request, wait: int) -> Response:
    """Refuse who asks too often, and say when to come back."""
    return _refused(
        request,
        429,
        "Too many requests",
        "more requests than this server takes",
        f"wait {wait} s",
        {"retry-after": str(wait)},
    )


def too_large(request: Request, limit: int) -> Response:
    """Refuse a body whose declared length is over the limit, or is none."""
    return _refused(
        request, 413, "Too large", f"more than {limit:,} bytes", "send less, or a smaller file"
    )


def forged(request: Request) -> Response:
    """Refuse a write that nobody is known to have meant."""
    return _refused(
        request,
        403,
        "Not accepted",
        "the request does not come from a page of this server",
        "open the page again and repeat; a program sends JSON, or a token",
    )


def _refused(
    request: Request,
    status: int,
    title: str,
    detail: str,
    remedy: str,
    headers: dict[str, str] | None = None,
) -> Response:
    problem = Problem(
        type=f"/problems/{title.lower().replace(' ', '-')}",
        title=title,
        status=status,
        detail=detail,
        remedy=remedy,
        instance=request.url.path,
    )
    return answer(request, problem, headers)
