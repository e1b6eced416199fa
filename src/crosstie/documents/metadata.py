"""What an HTML page says of itself: title, date, publisher, address, language."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crosstie.documents.dating import dates_in

_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "articletitle")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "citation_publication_date",
    "citation_date", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.date",
    "dcterms.created", "publishdate", "publish_date", "pubdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "date", "og:release_date", "article:create_at",
)  # fmt: skip
_PUBLISHERS = (
    "og:site_name", "citation_publisher", "citation_journal_title", "dc.publisher", "publisher",
    "contentsource", "source", "application-name", "sitename",
)  # fmt: skip
# Between a page's title and its site's name.
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", "_", "-")
_MOST_JSON = 200_000


def metadata_of(tree: LexborHTMLParser) -> dict[str, str]:
    """Return title, date, publisher, url and language, as far as the page gives them.

    Only what is written in its markup counts; nothing is guessed from the text.
    """
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    publisher = _first(metas, _PUBLISHERS) or _named(linked, "publisher")
    found = {
        "title": _title(tree, metas, publisher),
        "date": _date(tree, metas, linked),
        "publisher": publisher,
        "url": _canonical(tree) or metas.get("og:url", ""),
        "language": _attribute(tree, "html", "lang"),
    }
    return {key: " ".join(value.split())[:500] for key, value in found.items() if value.strip()}


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        given = node.attributes
        key = given.get("property") or given.get("name") or given.get("itemprop") or ""
        metas.setdefault(key.strip().lower(), given.get("content") or "")
    return metas


def _first(metas: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((metas[key] for key in keys if metas.get(key, "").strip()), "")


def _attribute(tree: LexborHTMLParser, selector: str, attribute: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(attribute) or "") if node is not None else ""


def _canonical(tree: LexborHTMLParser) -> str:
    address = _attribute(tree, "link[rel=canonical]", "href")
    return address if address.startswith(("http://", "https://")) else ""


def _title(tree: LexborHTMLParser, metas: Mapping[str, str], publisher: str) -> str:
    given = _first(metas, _TITLES)
    if given:
        return _without_site(given, publisher)
    headings = tree.css("h1")
    if len(headings) == 1 and (headings[0].text() or "").strip():
        return headings[0].text()
    node = tree.css_first("title")
    return _without_site(node.text() if node is not None else "", publisher)


def _without_site(title: str, publisher: str) -> str:
    """Strip the site's own name: 'Kestrel grows | The Vellmark Post' → 'Kestrel grows'."""
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and publisher and tail.strip().lower() == publisher.lower():
            return head
    return title


def _date(tree: LexborHTMLParser, metas: Mapping[str, str], linked: list[dict[str, Any]]) -> str:
    given = [metas.get(key, "") for key in _DATES]
    given += [str(item.get("datePublished", "")) for item in linked]
    given += [
        node.attributes.get("datetime") or ""
        for node in tree.css("article time[datetime], main time[datetime], time[pubdate]")[:3]
    ]
    for value in given:
        dates = dates_in(value[:60])
        if dates:
            return dates[0].iso
    return ""


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("script[type='application/ld+json']")[:20]:
        text = node.text() or ""
        if len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            # Pages often carry broken linked data; it is a hint, never needed.
            continue
        graph = data.get("@graph", data) if isinstance(data, dict) else data
        yield from (
            item
            for item in (graph if isinstance(graph, list) else [graph])
            if isinstance(item, dict)
        )


def _named(linked: list[dict[str, Any]], key: str) -> str:
    for item in linked:
        value = item.get(key)
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            return str(value["name"])
    return ""
