"""Who is at the keyboard: the name that a person gave, remembered for their next decision."""

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from crosstie.ontology.errors import UsageError

_COOKIE = "crosstie_name"
_LONGEST = 80
_YEAR = 31_536_000


def visitor(request: Request) -> str:
    """Return the name that this browser gave before, or ""."""
    return _tidy(unquote(request.cookies.get(_COOKIE, "")))[:_LONGEST]


def named(given: str) -> str:
    """Return the name that stands behind a decision. Raises UsageError for none, or a long one."""
    name = _tidy(given)
    if not name:
        raise UsageError("a decision says by whom", remedy="write your name")
    if len(name) > _LONGEST:
        raise UsageError(f"a name of {len(name):,} characters", remedy=f"write at most {_LONGEST}")
    return name


def remember(reply: Response, name: str) -> None:
    """Have the browser keep the name; no script can read it, no other site gets it."""
    reply.set_cookie(
        _COOKIE, quote(_tidy(name)), max_age=_YEAR, httponly=True, samesite="strict", path="/"
    )


def _tidy(given: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())
