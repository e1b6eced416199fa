"""Ask OpenAlex for an institution's works, page by page; what is kept of them names no author."""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import msgspec

from crosstie.ontology.errors import InputError, UnknownLayout, UsageError
from crosstie.sources.openalex_files import Page, page_of
from crosstie.sources.openalex_records import Institution, record_of, without_authors

API = "https://api.openalex.org"
PER_PAGE = 100
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?", re.I)
# What the reader needs: a tenth of a whole record.
_FIELDS = ("id", "doi", "title", "display_name", "publication_date", "publication_year", "type",
           "language", "primary_topic", "is_retracted", "is_paratext", "updated_date",
           "authorships")  # fmt: skip
# Works are added and merged while somebody pages through them.
_NEARLY_ALL = 0.98
Get = Callable[[str], bytes]
"""Fetches an address and returns the body of the answer; how is the caller's business."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: `counted` is how many works OpenAlex says there are."""

    works: int
    pages: int
    counted: int | None


def ror_of(written: str) -> str:
    """Return the bare ROR id. Raises UsageError for anything else."""
    found = _ROR.fullmatch(written.strip())
    if found is None:
        raise UsageError(
            f"`{written[:60]}` is no ROR id",
            remedy="find it at https://ror.org/search; it looks so: https://ror.org/00wk2mp56",
        )
    return found[1].lower()


def works_url(ror: str, *, since: int | None = None, cursor: str = "*", key: str = "") -> str:
    """Return the address of a page of an institution's works, from the year `since` on.

    `key` is the user's own key of the API.
    """
    filters = [f"authorships.institutions.ror:https://ror.org/{ror_of(ror)}"]
    if since is not None:
        filters.append(f"from_publication_date:{since:04d}-01-01")
    asked = {
        "filter": ",".join(filters),
        "select": ",".join(_FIELDS),
        "per_page": str(PER_PAGE),
        "cursor": cursor,
    }
    if key:
        asked["api_key"] = key
    return f"{API}/works?{urlencode(asked)}"


def institution_url(ror: str, *, key: str = "") -> str:
    """Return the address of an institution's own record."""
    asked = f"?{urlencode({'api_key': key})}" if key else ""
    return f"{API}/institutions/https://ror.org/{ror_of(ror)}{asked}"


def works_pages(
    get: Get, ror: str, *, since: int | None = None, key: str = "", cursor: str = "*"
) -> Iterator[bytes]:
    """Yield the pages of an institution's works as they come, from `cursor` to the last.

    Raises InputError for a page that is cut off or a list that ends too early, UnknownLayout for
    a page of another form.
    """
    asked: set[str] = set()
    whole, served, counted = cursor == "*", 0, 0
    while cursor:
        if cursor in asked:
            raise InputError(
                "OpenAlex sends the same place in the list again and again",
                where=f"page {len(asked) + 1}",
                remedy="try again later",
            )
        asked.add(cursor)
        raw = get(works_url(ror, since=since, cursor=cursor, key=key))
        page = page_of(raw, where=f"OpenAlex page {len(asked)}")
        counted = max(counted, (page.meta.count or 0) if page.meta else 0)
        if not page.results:
            break
        served += len(page.results)
        yield raw
        cursor = _next_cursor(page, len(asked))
    if whole and served < counted * _NEARLY_ALL:
        raise InputError(
            f"OpenAlex counts {counted:,} works and served {served:,}",
            where=f"https://ror.org/{ror_of(ror)}",
            remedy="fetch again; the last good file stays",
        )


def _next_cursor(page: Page, number: int) -> str:
    cursor = page.meta.next_cursor if page.meta else msgspec.UNSET
    if cursor is msgspec.UNSET:
        raise UnknownLayout(
            "`meta.next_cursor` is missing: it says where the next page begins",
            where=f"OpenAlex page {number}",
            remedy="OpenAlex may have changed its schema: look for a newer Crosstie",
        )
    return cursor or ""


def institution_record(get: Get, ror: str, *, key: str = "") -> bytes:
    """Return an institution's own record, with its names in all languages, as one line of JSON.

    Raises InputError or UnknownLayout.
    """
    raw = get(institution_url(ror, key=key))
    found = record_of(raw)
    if not isinstance(found, Institution):
        reason = found if isinstance(found, str) else "it is a work"
        raise UnknownLayout(
            f"no record of an institution: {reason}",
            where=f"OpenAlex https://ror.org/{ror_of(ror)}",
            remedy="check the ROR id; OpenAlex may have changed its schema",
        )
    return msgspec.json.format(raw, indent=-1)


def write_works(
    pages: Iterable[bytes], target: Path, *, institutions: Iterable[bytes] = ()
) -> Written:
    """Write the works of the pages to a file that `load openalex` reads, without their authors.

    One work a line, after the records of `institutions`; gzipped if the name ends so. The file
    appears whole or not at all.
    """
    works, number, counted = 0, 0, None
    partial = target.with_name(f".{target.name}.partial")
    try:
        with _open(partial, packed=target.suffix == ".gz") as out:
            out.writelines(record + b"\n" for record in institutions)
            for number, raw in enumerate(pages, 1):
                page = page_of(raw, where=f"OpenAlex page {number}")
                counted = page.meta.count if page.meta else counted
                for record in page.results or ():
                    out.write(_line(record, number))
                    works += 1
        partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return Written(works, number, counted)


def _line(record: msgspec.Raw, page: int) -> bytes:
    kept = without_authors(record)
    if isinstance(kept, str):
        raise UnknownLayout(
            f"a work cannot be read: {kept}",
            where=f"OpenAlex page {page}",
            remedy="OpenAlex may have changed its schema: look for a newer Crosstie",
        )
    return kept + b"\n"


@contextmanager
def _open(path: Path, *, packed: bool) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with path.open("wb") as out:
        if packed:
            # Without name and time in its head, so that the same works make the same file.
            with gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packer:
                yield packer
        else:
            yield out
