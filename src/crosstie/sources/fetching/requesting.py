"""One request and its answer: bounded in time and size, gone on with where it was cut short."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.addresses import shown
from crosstie.sources.fetching.archive import Exchange
from crosstie.sources.fetching.cache import Entry, Kept, Part
from crosstie.sources.fetching.deadline import Deadline
from crosstie.sources.fetching.limits import SMALL_BYTES, USER_AGENT, Limits
from crosstie.sources.fetching.waiting import TryAgain

_OK, _PARTIAL = 200, 206


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer and its body: a file for one that is taken, else bytes.

    `start` is where in the file this answer began: above 0 it goes on with an earlier one.
    """

    exchange: Exchange
    headers: Mapping[str, str]
    body: Path | bytes
    start: int = 0
    cut: str = ""

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        return self.exchange.status


class Requester:
    """Asks one address once. `clock` counts seconds, `now` is the time of day in ISO 8601."""

    def __init__(
        self,
        client: httpx.Client,
        limits: Limits,
        *,
        clock: Callable[[], float],
        now: Callable[[], str],
    ) -> None:
        self._client, self._limits, self._clock, self._now = client, limits, clock, now

    def ask(
        self,
        url: str,
        *,
        accept: str,
        max_bytes: int,
        kept: Kept | None = None,
        entry: Entry | None = None,
    ) -> Answer:
        """Ask for an address; a body that is taken goes to the `.part` of `kept`.

        With a download cut short it asks for the rest, else with an `entry` for what has changed
        since. Raises TryAgain for what may pass, FetchFailed for an answer that is too large.
        """
        part = kept.part() if kept else None
        asked = self._headers(accept, kept if part else None, part, entry)
        started, at = self._clock(), self._now()
        deadline = Deadline(self._limits.total)
        watched = {"trace": deadline.trace}
        try:
            with (
                deadline,
                self._client.stream("GET", url, headers=asked, extensions=watched) as response,
            ):
                exchange = _exchange(url, at, response)
                reader = _Reader(response, self._clock, started, self._limits.total, max_bytes)
                return self._read(reader, exchange, kept, part)
        except httpx.TimeoutException as error:
            raise TryAgain("unreachable", _timed_out(error, self._limits)) from error
        except httpx.TransportError as error:
            if deadline.passed:
                problem = f"no whole answer in {self._limits.total:,.0f} s"
                raise TryAgain("unreachable", problem) from error
            raise TryAgain("unreachable", f"no connection ({_why(error)})") from error
        except httpx.InvalidURL as error:
            raise FetchFailed(
                "address", f"is no address ({error})", where=shown(url), remedy="check it"
            ) from error

    def _headers(
        self, accept: str, kept: Kept | None, part: Part | None, entry: Entry | None
    ) -> dict[str, str]:
        # Unpacked answers: their length can be checked and the rest of one be asked for.
        headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "identity"}
        if kept is not None and part is not None:
            headers["Range"] = f"bytes={kept.part_path.stat().st_size}-"
            headers["If-Range"] = part.validator
        elif entry is not None:
            if etag := entry.headers.get("etag"):
                headers["If-None-Match"] = etag
            if modified := entry.headers.get("last-modified"):
                headers["If-Modified-Since"] = modified
        return headers

    def _read(
        self, reader: "_Reader", exchange: Exchange, kept: Kept | None, part: Part | None
    ) -> Answer:
        headers = reader.headers
        if kept is None or exchange.status not in (_OK, _PARTIAL):
            body, cut = reader.small()
            return Answer(exchange, headers, body, cut=cut)
        start = 0
        try:
            if exchange.status == _PARTIAL:
                start = _rest_from(headers, kept, part)
                opened = kept.go_on()
            else:
                opened = kept.begin_part(Part(exchange.url, _validator(headers), reader.length))
            with opened as out:
                reader.into(out, start)
        except FetchFailed:
            # What is too large is not gone on with.
            kept.drop_part()
            raise
        return Answer(exchange, headers, kept.part_path, start)


class _Reader:
    """Reads the body of an answer within its bounds."""

    def __init__(
        self,
        response: httpx.Response,
        clock: Callable[[], float],
        started: float,
        total: float,
        max_bytes: int,
    ) -> None:
        self._response, self._clock = response, clock
        self._started, self._total, self._max = started, total, max_bytes
        self.headers: Mapping[str, str] = {k.lower(): v for k, v in response.headers.items()}
        told = self.headers.get("content-length", "")
        self.length = int(told) if told.isascii() and told.isdigit() else None

    def into(self, out: IO[bytes], start: int) -> None:
        """Write the body on; what came before it broke off stays."""
        have = start
        self._refuse_huge(start)
        try:
            for piece in self._response.iter_raw():
                have += len(piece)
                if have > self._max:
                    raise self._huge(f"is over {_size(self._max)}")
                out.write(piece)
                self._check_time(have)
        except (httpx.ReadError, httpx.RemoteProtocolError) as error:
            raise TryAgain("cut_off", self._broke_off(have, start)) from error
        except httpx.TimeoutException as error:
            raise TryAgain("cut_off", f"nothing more came after {have:,} bytes") from error

    def small(self) -> tuple[bytes, str]:
        """Return the body of an answer that is not taken, and why it is not whole, if so."""
        body = bytearray()
        try:
            for piece in self._response.iter_raw():
                body += piece
                if len(body) > SMALL_BYTES:
                    return bytes(body[:SMALL_BYTES]), "length"
                self._check_time(len(body))
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.TimeoutException):
            return bytes(body), "disconnect"
        return bytes(body), ""

    def _refuse_huge(self, start: int) -> None:
        if self.length is not None and start + self.length > self._max:
            raise self._huge(f"is {_size(start + self.length)}, over {_size(self._max)}")

    def _huge(self, problem: str) -> FetchFailed:
        return FetchFailed(
            "huge", problem, where=shown(str(self._response.url)), remedy="check what stands there"
        )

    def _broke_off(self, have: int, start: int) -> str:
        if self.length is None:
            return f"the answer broke off after {have:,} bytes"
        return f"the answer broke off after {have:,} of {start + self.length:,} bytes"

    def _check_time(self, have: int) -> None:
        if self._clock() - self._started > self._total:
            raise TryAgain("cut_off", f"only {have:,} bytes came in {self._total:,.0f} s")


def _exchange(url: str, at: str, response: httpx.Response) -> Exchange:
    def written(headers: httpx.Headers) -> list[tuple[str, str]]:
        return [(k.decode("latin-1"), v.decode("latin-1")) for k, v in headers.raw]

    return Exchange(
        url=url,
        at=at,
        target=response.request.url.raw_path.decode("ascii", "replace"),
        asked=written(response.request.headers),
        status=response.status_code,
        reason=response.reason_phrase,
        version=response.http_version,
        answered=written(response.headers),
    )


def _validator(headers: Mapping[str, str]) -> str:
    """Return by what the rest of this very version can be asked for; nothing if by nothing."""
    etag = headers.get("etag", "")
    # A weak tag promises the same meaning, not the same bytes.
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


def _rest_from(headers: Mapping[str, str], kept: Kept, part: Part | None) -> int:
    """Return where the rest begins. Raises TryAgain if it is not the rest of what there is."""
    have = kept.part_path.stat().st_size if part else 0
    told = headers.get("content-range", "").removeprefix("bytes ")
    first, _, total = told.partition("/")
    fits = first.split("-")[0] == str(have) and have > 0
    if fits and part is not None and part.total is not None and total != "*":
        fits = total == str(part.total)
    if not fits:
        kept.drop_part()
        raise TryAgain("cut_off", f"the server sent another part (`{told or 'none'}`) than asked")
    return have


def _timed_out(error: httpx.TimeoutException, limits: Limits) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection in {limits.connect:g} s"
    return f"no answer in {limits.read:g} s"


def _why(error: httpx.TransportError) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count:,} bytes"
