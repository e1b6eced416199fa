"""Read an RSS or Atom feed: which pages it names, and when they appeared."""

import io
import re
from typing import Any

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.links import Link

# A feed needs no entities of its own; those that define some may unfold without end.
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_MOST = 10_000


def read_feed(raw: bytes, *, where: str) -> list[Link]:
    """Return the pages that a feed names, in its order. Raises FetchFailed for what is no feed."""
    import feedparser

    refuse_entities(raw, where=where, what="the feed")
    found = feedparser.parse(io.BytesIO(raw))
    if not found.version:
        raise FetchFailed(
            "misdeclared",
            "is no RSS or Atom feed",
            where=where,
            remedy="look for the feed's address on the page, or use `fetch page`",
        )
    publisher = _text(found.feed.get("title"))
    links = [_link(entry, publisher) for entry in found.entries[:_MOST]]
    if not links and found.bozo:
        problem = f"the feed is damaged or cut off ({_why(found)})"
        raise FetchFailed("cut_off", problem, where=where, remedy="run it again later")
    return [link for link in links if link.url]


def refuse_entities(raw: bytes, *, where: str, what: str) -> None:
    """Raise FetchFailed for XML that defines entities."""
    if _ENTITIES.search(raw):
        raise FetchFailed(
            "misdeclared",
            f"{what} defines entities of its own, which are not unfolded",
            where=where,
            remedy="nothing of it was read; tell its publisher",
        )


def _link(entry: Any, publisher: str) -> Link:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    date = f"{when.tm_year:04d}-{when.tm_mon:02d}-{when.tm_mday:02d}" if when else None
    source = entry.get("source") or {}
    return Link(
        url=_text(entry.get("link")),
        date=date,
        title=_text(entry.get("title")),
        publisher=_text(source.get("title")) or publisher,
    )


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _why(found: Any) -> str:
    return " ".join(str(found.get("bozo_exception", "")).split())[:120]
