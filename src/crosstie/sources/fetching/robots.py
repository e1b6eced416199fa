"""What the owners of a host ask of programs: its robots.txt, read once a run."""

from collections.abc import Callable
from typing import Protocol, cast

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.addresses import host_of, robots_of, shown
from crosstie.sources.fetching.limits import ROBOT, Limits

_GONE = range(400, 500)
_OK = range(200, 300)


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...

    def crawl_delay(self, user_agent: str) -> float | None: ...


class Robots:
    """The rules of each host. `read` gets a robots.txt: its status and its bytes."""

    def __init__(self, read: Callable[[str], tuple[int, bytes]], limits: Limits) -> None:
        self._read, self._limits = read, limits
        self._known: dict[str, _Rules | FetchFailed] = {}

    def pause_before(self, url: str) -> float:
        """Return the pause that the host wants between requests.

        Raises FetchFailed if it does not want this address fetched, or does not say what it wants:
        a robots.txt that cannot be read for the time being forbids everything for that time.
        """
        rules = self._of(url)
        if isinstance(rules, FetchFailed):
            raise rules
        if not rules.can_fetch(url, ROBOT):
            raise FetchFailed(
                "robots",
                f"{shown(robots_of(url))} does not let programs fetch this",
                where=shown(url),
                remedy="save the page in a browser and `crosstie add` it",
            )
        delay = rules.crawl_delay(ROBOT) or 0.0
        if delay > self._limits.longest_pause:
            raise FetchFailed(
                "robots",
                f"{shown(robots_of(url))} asks for {delay:g} s between pages, more than"
                f" {self._limits.longest_pause:g} s",
                where=shown(url),
                remedy="save the page in a browser and `crosstie add` it",
            )
        return max(self._limits.pause, delay)

    def _of(self, url: str) -> _Rules | FetchFailed:
        host = host_of(url)
        if host not in self._known:
            self._known[host] = self._rules(url)
        return self._known[host]

    def _rules(self, url: str) -> _Rules | FetchFailed:
        from protego import Protego

        address = robots_of(url)
        try:
            status, raw = self._read(address)
        except FetchFailed as failure:
            if failure.reason == "disk":
                raise
            return _unreadable(address, failure.problem)
        if status in _GONE:
            return cast(_Rules, Protego.parse(""))
        if status not in _OK:
            return _unreadable(address, f"it answers {status}")
        return cast(_Rules, Protego.parse(raw.decode("utf-8", "replace")))


def _unreadable(address: str, why: str) -> FetchFailed:
    return FetchFailed(
        "robots",
        f"what programs may fetch cannot be read ({why}), so nothing is fetched from this host",
        where=shown(address),
        remedy="run the command again later",
    )
