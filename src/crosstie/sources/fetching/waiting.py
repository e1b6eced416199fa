"""When to ask again, and how long to wait before: what may pass, back-off, Retry-After."""

import datetime as dt
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.limits import Limits

T = TypeVar("T")
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass by themselves."""


class TryAgain(Exception):
    """A failure that may pass: one word of FetchFailed, what it was, how long to wait if told."""

    def __init__(self, reason: str, problem: str, *, wait: float | None = None) -> None:
        super().__init__(problem)
        self.reason, self.problem, self.wait = reason, problem, wait


def asked_wait(header: str | None, now: str) -> float | None:
    """Return the seconds that a Retry-After asks for: a number, or a date; None if it is neither.

    `now` is the present in ISO 8601.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.fromisoformat(now)).total_seconds())


def next_wait(attempt: int, limits: Limits, asked: float | None) -> float:
    """Return how long to wait after attempt 1, 2, …: what was asked for, else twice as long."""
    backed_off = limits.first_wait * float(2 ** (attempt - 1))
    return min(limits.longest_wait, backed_off) if asked is None else max(asked, limits.first_wait)


def patiently(
    once: Callable[[], T], limits: Limits, *, sleep: Callable[[float], None], where: str
) -> T:
    """Do something until it succeeds, as often as the limits allow. Raises FetchFailed."""
    for attempt in range(1, limits.attempts + 1):
        try:
            return once()
        except TryAgain as failure:
            wait = next_wait(attempt, limits, failure.wait)
            if wait > limits.longest_wait:
                raise FetchFailed(
                    failure.reason,
                    f"{failure.problem} and asks to be left alone for {wait:,.0f} s",
                    where=where,
                    remedy="run the command again after that time",
                ) from failure
            if attempt == limits.attempts:
                raise FetchFailed(
                    failure.reason,
                    f"{failure.problem}, in {attempt} attempts",
                    where=where,
                    remedy="run the command again later: it goes on from what is there",
                ) from failure
            sleep(wait)
    raise AssertionError("the last attempt returns or raises")


class Pace:
    """Keeps a pause between two requests to one host. `clock` and `sleep` are the time itself."""

    def __init__(self, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._last: dict[str, float] = {}

    def wait_for(self, host: str, pause: float) -> None:
        """Wait until the host may be asked again, and count it as asked."""
        last = self._last.get(host)
        if last is not None:
            left = last + pause - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()

    def note(self, host: str) -> None:
        """Count the pause from now: the answer has just ended."""
        self._last[host] = self._clock()
