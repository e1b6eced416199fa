"""Templates: one environment, everything escaped, the same words as in reports."""

from functools import cache
from urllib.parse import quote as quoted
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from crosstie import __version__
from crosstie.app.web import addresses
from crosstie.app.web.labels import LABELS
from crosstie.ontology.kinds import kinds
from crosstie.reporting import chain_words, words
from crosstie.reporting.figures.words import flag_words
from crosstie.text.countries import country_name

NAVIGATION = (
    ("/", "search", "Search"),
    ("/screen", "list-checks", "Screen"),
    ("/framework", "layers", "Framework"),
    ("/map", "globe", "Map"),
    ("/graph", "waypoints", "Graph"),
    ("/series", "chart-line", "Series"),
    ("/review", "git-merge", "Review"),
    ("/sources", "database", "Sources"),
    ("/about", "info", "About"),
)
"""The pages of the first level: address, icon, name."""


def page(
    request: Request,
    template: str,
    context: dict[str, object] | None = None,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """Return a page, or for htmx the part of it that the template gives."""
    values: dict[str, object] = {
        "request": request,
        "path": request.url.path,
        "partial": request.headers.get("hx-request") == "true"
        and request.headers.get("hx-boosted") != "true",
        "csrf": request.scope.get("crosstie.csrf", ""),
        **(context or {}),
    }
    text = environment().get_template(template).render(values)
    return HTMLResponse(text, status_code=status, headers=headers)


@cache
def environment() -> Environment:
    """Return the templates; a name that is not given is a mistake, never an empty string."""
    made = Environment(
        loader=PackageLoader("crosstie.app.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=words,
        chain_words=chain_words,
        url=addresses,
        labels=LABELS,
        kinds=kinds(),
        navigation=NAVIGATION,
        version=__version__,
    )
    made.filters.update(
        country=lambda code: country_name(code) if code else "",
        plain=lambda text: str(text).replace("_", " "),
        count=lambda number: f"{number:,}",
        percent=lambda number: f"{number:.0%}",
        score=lambda number: f"{number:.2f}",
        flag_words=flag_words,
        visible=visible,
        outward=outward,
        urlquote=lambda text: quoted(str(text), safe=""),
    )
    return made


# Characters that turn the direction of what follows, or hide: a document could make a quote read
# otherwise than it is written.
_HIDDEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x200B, 0xFEFF],
    "\N{REPLACEMENT CHARACTER}",
)


def visible(text: object) -> str:
    """Return text with directional and invisible controls shown as a replacement character."""
    return str(text).translate(_HIDDEN)


def outward(address: object) -> str:
    """Return an outside address that may be linked to, or "" (`javascript:`, `data:`, …)."""
    try:
        parts = urlsplit(str(address or ""))
    except ValueError:
        return ""
    return str(address) if parts.scheme in ("http", "https") and parts.netloc else ""
