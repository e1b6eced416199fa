"""A page that a publisher names in a feed or a sitemap."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what the feed or sitemap says of it; `date` is a day in ISO 8601."""

    url: str
    date: str | None = None
    title: str = ""
    publisher: str = ""


def seen_from(base: str, links: Iterable[Link]) -> list[Link]:
    """Return links with whole addresses: "/story" in a feed of a site is a page of that site."""
    found = []
    for link in links:
        # What is no address at all stays as it is, and is refused by name when it is fetched.
        with suppress(ValueError):
            link = replace(link, url=urljoin(base, link.url))
        found.append(link)
    return found


def newest_first(links: list[Link], *, since: str | None) -> list[Link]:
    """Return the links of `since` or later, newest first, each address once.

    One without a date is kept, after the others: nobody knows how old it is.
    """
    seen: set[str] = set()
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: link.date or "", reverse=True):
        if link.url in seen or (since and link.date and link.date < since):
            continue
        seen.add(link.url)
        kept.append(link)
    return kept
