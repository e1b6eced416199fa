"""How long, how much and how often: the bounds within which anything is fetched."""

from dataclasses import dataclass
from importlib.metadata import version

USER_AGENT = f"crosstie/{version('crosstie')} (reads open documents and lists; obeys robots.txt)"
"""What every request says of who asks."""
ROBOT = "crosstie"
"""The name by which a robots.txt may speak to us."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a fetch. Times are in seconds.

    `read` bounds the wait for the next piece, `total` one whole answer. `pause` lies between two
    requests to one host, if its robots.txt asks for no more; a host that asks for more than
    `longest_pause` is not fetched from. A server that asks for more than `longest_wait` before the
    next attempt is asked another day.
    """

    connect: float = 15.0
    read: float = 60.0
    total: float = 3_600.0
    max_bytes: int = 2 << 30
    attempts: int = 4
    redirects: int = 5
    first_wait: float = 2.0
    longest_wait: float = 120.0
    pause: float = 1.0
    longest_pause: float = 60.0


PAGE_BYTES = 50_000_000
"""The most that a page may hold: what `crosstie add` reads of a file."""
FEED_BYTES = 20_000_000
"""The most that a feed, a sitemap or an index may hold, packed and unpacked."""
SMALL_BYTES = 1_000_000
"""The most that is kept of an answer that is no answer: a refusal, an error page, a robots.txt."""
