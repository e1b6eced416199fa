"""What is wanted of an address, and what was got from it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crosstie.sources.fetching.addresses import discreet
from crosstie.sources.fetching.cache import Archived, Entry, Kept
from crosstie.sources.fetching.requesting import Answer

_ANYTHING = "*/*"
_KEPT_HEADERS = ("content-type", "content-encoding", "etag", "last-modified")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address that was fetched: `path` is the file with its body, `sha256` that body's hash.

    `not_modified` says that it is, byte for byte, what was fetched before. `archived` is where in
    the archive the answer with this body stands.
    """

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    path: Path
    sha256: str
    size: int
    fetched_at: str
    not_modified: bool
    archived: Archived


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an address is to be fetched.

    `accept` names the media types that will do: where no web page is among them, a web page is
    refused. `check` looks at a whole body before it takes the last one's place. `for_programs`
    marks an address that its publisher documents for programs, for which robots.txt does not speak.
    `led_by` is the address whose answer led here. `passing` content is handed on and not kept.
    """

    accept: tuple[str, ...] = ()
    max_bytes: int | None = None
    check: Callable[[Path], None] | None = None
    for_programs: bool = False
    led_by: str = ""
    passing: bool = False

    def header(self) -> str:
        """Return what the request says it accepts."""
        return ", ".join((*self.accept, "*/*;q=0.1")) if self.accept else _ANYTHING


ANYTHING = Wanted()
"""Whatever stands there, if robots.txt allows it."""


def entry_of(url: str, answer: Answer, body: Path, digest: str, archived: Archived) -> Entry:
    """Return what the cache keeps of an answer beside its body."""
    return Entry(
        url=discreet(url),
        final_url=discreet(answer.exchange.url),
        status=answer.status,
        headers={k: answer.headers[k] for k in _KEPT_HEADERS if k in answer.headers},
        sha256=digest,
        size=body.stat().st_size,
        fetched_at=answer.exchange.at,
        archived=archived,
    )


def fetched_from(entry: Entry, kept: Kept, at: str, *, not_modified: bool) -> Fetched:
    """Return an entry of the cache as what was fetched at a time."""
    return Fetched(
        url=entry.url,
        final_url=entry.final_url,
        status=entry.status,
        headers=dict(entry.headers),
        path=kept.body_path(entry.sha256),
        sha256=entry.sha256,
        size=entry.size,
        fetched_at=at,
        not_modified=not_modified,
        archived=entry.archived,
    )
