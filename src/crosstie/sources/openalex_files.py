"""The records in an OpenAlex file: pages as the API serves them, or one record a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from crosstie.ontology.errors import InputError, UnknownLayout
from crosstie.sources import files

_PAGE = re.compile(rb'\{\s*"(?:meta|results|group_by|error|message)"')
# A page that someone printed over many lines is read at once; 200 works take some megabytes.
_LARGEST_PAGE = 256 << 20
_REMEDY = "expected a page of works or institutions, or one record a line"


class Meta(msgspec.Struct):
    """What a page says of the whole list; `next_cursor` is null on the last page."""

    count: int | None = None
    next_cursor: str | msgspec.UnsetType | None = msgspec.UNSET


class Page(msgspec.Struct):
    """A page of the API. `error` and `message` are what it says when it refuses."""

    meta: Meta | None = None
    results: list[msgspec.Raw] | None = None
    error: Any = None
    message: Any = None


@dataclass(slots=True)
class Pages:
    """What the pages of a file say of themselves: how many there are, how many works they count."""

    pages: int = 0
    counted: list[int] = field(default_factory=list)


def layout_of(path: Path) -> str:
    """Return the file's layout. Raises UnknownLayout for what is no OpenAlex file."""
    head = files.head_of(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        raise UnknownLayout(
            f'the file is a web page, no JSON: it begins with "{files.shown(head)}"',
            where=path.name,
            remedy="open the address in a browser to see what it says, and fetch it again",
        )
    if not head.startswith(b"{"):
        raise UnknownLayout(
            f'the file is no OpenAlex JSON: it begins with "{files.shown(head)}"',
            where=path.name,
            remedy=_REMEDY,
        )
    if not _is_page(head):
        return "JSON lines"
    return "pages, one a line" if _is_whole(_first_line(path)) else "one page"


def records(path: Path, layout: str, pages: Pages) -> Iterator[tuple[int, bytes | msgspec.Raw]]:
    """Yield each record with its number, from 1; `pages` gathers what the pages say.

    Raises InputError for a page that is cut off, UnknownLayout for one without results.
    """
    number = 0
    for raw in _parts(path, layout):
        if layout == "JSON lines":
            number += 1
            yield number, raw
            continue
        for record in _results(raw, path, pages):
            number += 1
            yield number, record


def _parts(path: Path, layout: str) -> Iterator[bytes]:
    if layout != "one page":
        for _, line in files.json_lines(path):
            yield line
        return
    with files.open_bytes(path) as stream:
        raw = stream.read(_LARGEST_PAGE + 1)
    if len(raw) > _LARGEST_PAGE:
        raise UnknownLayout(
            "the file is one page larger than OpenAlex serves", where=path.name, remedy=_REMEDY
        )
    yield raw.removeprefix(b"\xef\xbb\xbf")


def _results(raw: bytes, path: Path, pages: Pages) -> list[msgspec.Raw]:
    pages.pages += 1
    page = page_of(raw, where=f"{path.name} page {pages.pages}")
    if page.meta and page.meta.count is not None:
        pages.counted.append(page.meta.count)
    return page.results or []


def page_of(raw: bytes, *, where: str) -> Page:
    """Decode a page. Raises InputError if it is cut off, UnknownLayout if it has another form."""
    try:
        page = msgspec.json.decode(raw, type=Page)
    except msgspec.ValidationError as error:
        raise UnknownLayout(
            f"the page has another form than OpenAlex documents: {error}",
            where=where,
            remedy="OpenAlex may have changed its schema; look for a newer Crosstie",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            "the page is no whole JSON: it was cut off, or is no answer of OpenAlex",
            where=where,
            remedy="fetch it again",
        ) from error
    if page.results is None:
        said = page.message or page.error
        problem = f"OpenAlex refused: {str(said)[:200]}" if said else "`results` is missing"
        raise UnknownLayout(problem, where=where, remedy=_REMEDY)
    return page


def _is_page(head: bytes) -> bool:
    return _PAGE.match(head) is not None


def _first_line(path: Path) -> bytes:
    return next((line for _, line in files.json_lines(path)), b"")


def _is_whole(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
