"""Fetch one address: politely, patiently, checked, kept as evidence; never more than is allowed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import httpx

from crosstie.ontology.errors import CrosstieError, FetchFailed
from crosstie.sources.fetching.addresses import (
    Resolve,
    addresses_of,
    checked,
    host_of,
    led_to,
    shown,
)
from crosstie.sources.fetching.archive import Archive
from crosstie.sources.fetching.cache import Archived, Cache, Entry, Kept, digest_of
from crosstie.sources.fetching.fetched import (
    ANYTHING,
    Fetched,
    Wanted,
    entry_of,
    fetched_from,
)
from crosstie.sources.fetching.limits import Limits
from crosstie.sources.fetching.requesting import Answer, Requester
from crosstie.sources.fetching.robots import Robots
from crosstie.sources.fetching.sniffing import refuse_page
from crosstie.sources.fetching.unpacking import unpacked
from crosstie.sources.fetching.waiting import AGAIN, Pace, TryAgain, asked_wait, patiently

T = TypeVar("T")
_TEXT = "text/plain, */*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED, _GONE_PLACE = 304, 416
_TAKEN = frozenset({200, 206})
# On this machine no proxy stands between.
_DIRECT = ("all://localhost", "all://127.0.0.1", "all://[::1]")


class Fetcher:
    """Fetches into a folder: a cache of the last good answers, and an archive of all of them.

    `now` gives the time of day in ISO 8601, `clock` counts seconds, `sleep` waits, `resolve` finds
    a host's network addresses; a caller may pass their own, and their own HTTP client.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], str],
        limits: Limits | None = None,
        client: httpx.Client | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = addresses_of,
    ) -> None:
        self.folder = folder
        self._limits = limits or Limits()
        self._now, self._sleep, self._resolve = now, sleep, resolve
        self._client = client or _client(self._limits)
        self._requester = Requester(self._client, self._limits, clock=clock, now=now)
        self._pace = Pace(clock=clock, sleep=sleep)
        self._robots = Robots(self._small, self._limits)
        self._cache = Cache(folder / "cache")
        self._archive = Archive(folder, now=now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(
        self, url: str, *, accept: tuple[str, ...] | None = None, max_bytes: int | None = None
    ) -> Fetched:
        """Fetch an address of the user's, if it has changed. Raises FetchFailed."""
        return self.fetch(url, Wanted(accept=accept or (), max_bytes=max_bytes))

    def fetch(self, url: str, wanted: Wanted = ANYTHING) -> Fetched:
        """Fetch an address, if it has changed since it was fetched last.

        Raises FetchFailed; then the last good answer stays in the cache, and what came of this one
        before it broke off is gone on with the next time.
        """
        address = self._address(url, wanted)
        with self._writing(address), self._cache.opened(address) as kept:
            return self._patiently(address, lambda: self._once(address, kept, wanted))

    def content(self, url: str, *, max_bytes: int | None = None) -> bytes:
        """Return what a publisher's interface answers; that it was asked is kept, not what it said.

        For answers that name persons, of whom the archive is to hold nothing. Raises FetchFailed.
        """
        fetched = self.fetch(url, Wanted(max_bytes=max_bytes, for_programs=True, passing=True))
        try:
            return fetched.path.read_bytes()
        finally:
            fetched.path.unlink(missing_ok=True)

    def known(self, url: str) -> Entry | None:
        """Return the last good answer of an address, without asking it."""
        try:
            return self._cache.known(checked(url))
        except FetchFailed:
            return None

    def _address(self, url: str, wanted: Wanted) -> str:
        if wanted.led_by:
            return led_to(wanted.led_by, url, self._resolve)
        return checked(url)

    def _patiently(self, url: str, once: Callable[[], T]) -> T:
        return patiently(once, self._limits, sleep=self._sleep, where=shown(url))

    @contextmanager
    def _writing(self, url: str) -> Iterator[None]:
        """Say which disk is full, or which folder cannot be written."""
        try:
            yield
        except OSError as error:
            why = os.strerror(error.errno or 0) if error.errno else str(error)
            raise FetchFailed(
                "disk",
                f"what was fetched cannot be written to {self.folder.name} ({why})",
                where=shown(url),
                remedy="make room and run it again: it goes on from what is there",
            ) from error

    def _once(self, url: str, kept: Kept, wanted: Wanted) -> Fetched:
        """Ask once, and follow where the answer leads."""
        entry = None if wanted.passing else kept.entry()
        max_bytes = min(wanted.max_bytes or self._limits.max_bytes, self._limits.max_bytes)
        target = url
        for _ in range(self._limits.redirects + 1):
            pause = self._limits.pause
            if not wanted.for_programs:
                pause = self._robots.pause_before(target)
            with self._paced(target, pause):
                answer = self._requester.ask(
                    target, accept=wanted.header(), max_bytes=max_bytes, kept=kept, entry=entry
                )
            place = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not place:
                return self._taken(url, answer, kept, entry, wanted)
            self._archive.answer(answer.exchange, answer.body, cut=answer.cut)
            target = led_to(
                target,
                place,
                self._resolve,
                origin=wanted.led_by or url,
                secure=wanted.for_programs,
            )
        raise FetchFailed(
            "address",
            f"leads on more than {self._limits.redirects} times, the last time to {shown(target)}",
            where=shown(url),
            remedy="open it in a browser and use the address where that ends",
        )

    @contextmanager
    def _paced(self, url: str, pause: float) -> Iterator[None]:
        host = host_of(url)
        self._pace.wait_for(host, pause)
        try:
            yield
        finally:
            self._pace.note(host)

    def _taken(
        self, url: str, answer: Answer, kept: Kept, entry: Entry | None, wanted: Wanted
    ) -> Fetched:
        if answer.status == _NOT_MODIFIED and entry is not None:
            self._archive.not_modified(answer.exchange, entry)
            kept.renew(replace(entry, fetched_at=answer.exchange.at))
            return fetched_from(entry, kept, answer.exchange.at, not_modified=True)
        if answer.status not in _TAKEN:
            self._archive.answer(answer.exchange, answer.body, cut=answer.cut)
            raise self._refusal(url, answer, kept)
        return self._kept(url, answer, kept, entry, wanted)

    def _refusal(self, url: str, answer: Answer, kept: Kept) -> Exception:
        told = f"answers {answer.status} {answer.exchange.reason}".rstrip()
        if answer.status in AGAIN:
            wait = asked_wait(answer.headers.get("retry-after"), answer.exchange.at)
            return TryAgain("unwell", told, wait=wait)
        if answer.status == _GONE_PLACE:
            kept.drop_part()
            return TryAgain("cut_off", "the server no longer has the rest of what was begun")
        return FetchFailed(
            "refused", told, where=shown(url), remedy="check the address in a browser"
        )

    def _kept(
        self, url: str, answer: Answer, kept: Kept, entry: Entry | None, wanted: Wanted
    ) -> Fetched:
        """Check a whole answer, archive it, and put it in the place of the last."""
        assert isinstance(answer.body, Path)
        try:
            body = unpacked(
                answer.body,
                answer.headers.get("content-encoding", ""),
                max_bytes=wanted.max_bytes or self._limits.max_bytes,
                where=shown(url),
            )
            if wanted.passing:
                return self._passed_on(url, answer, kept, body)
            digest = digest_of(body)
            same = entry is not None and entry.sha256 == digest
            if entry is not None and same and self._archive.holds(entry.archived):
                archived = self._archive.same(answer.exchange, entry)
            else:
                archived = self._archived(answer)
            refuse_page(body, wanted.accept, where=shown(url))
            if wanted.check is not None:
                wanted.check(body)
        except CrosstieError:
            # What is whole and no use must not be gone on with.
            kept.drop_part()
            raise
        made = entry_of(url, answer, body, digest, archived)
        kept.keep(made, body)
        return fetched_from(made, kept, made.fetched_at, not_modified=same)

    def _archived(self, answer: Answer) -> Archived:
        assert isinstance(answer.body, Path)
        first = self._archive.answer(answer.exchange, answer.body, start=answer.start)
        return self._archive.whole(answer.exchange, answer.body) if answer.start else first

    def _passed_on(self, url: str, answer: Answer, kept: Kept, body: Path) -> Fetched:
        digest, size = digest_of(body), body.stat().st_size
        archived = self._archive.passed_on(answer.exchange, sha256=digest, size=size)
        target = kept.folder / "passing"
        body.replace(target)
        kept.drop_part()
        made = entry_of(url, answer, target, digest, archived)
        return replace(fetched_from(made, kept, made.fetched_at, not_modified=False), path=target)

    def _small(self, url: str) -> tuple[int, bytes]:
        """Fetch what is only looked at: a robots.txt."""

        def once() -> tuple[int, bytes]:
            target = url
            for _ in range(self._limits.redirects + 1):
                with self._paced(target, 0.0):
                    answer = self._requester.ask(
                        target, accept=_TEXT, max_bytes=self._limits.max_bytes
                    )
                assert isinstance(answer.body, bytes)
                self._archive.answer(answer.exchange, answer.body, cut=answer.cut)
                place = answer.headers.get("location", "")
                if answer.status not in _REDIRECTS or not place:
                    if answer.status in AGAIN:
                        raise TryAgain("unwell", f"answers {answer.status}")
                    return answer.status, answer.body
                target = led_to(target, place, self._resolve, origin=url)
            return 404, b""

        return self._patiently(url, once)


def _client(limits: Limits) -> httpx.Client:
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    # Redirects are followed one by one, each looked at; a proxy of the user's is used.
    # Each request has a connection of its own, which can be broken off when its time is up.
    return httpx.Client(
        timeout=timeout,
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=0),
        mounts=dict.fromkeys(_DIRECT, None),
    )
