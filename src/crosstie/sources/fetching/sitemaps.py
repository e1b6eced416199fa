"""Read a sitemap: which pages a site names, or which other sitemaps; packed or plain."""

import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.feeds import refuse_entities
from crosstie.sources.fetching.limits import FEED_BYTES
from crosstie.sources.fetching.links import Link
from crosstie.text.dates import read_date

# What the protocol allows in one file.
_MOST = 50_000
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or the sitemaps of an index of them."""

    pages: tuple[Link, ...] = ()
    sitemaps: tuple[Link, ...] = ()


def read_sitemap(raw: bytes, *, where: str) -> Sitemap:
    """Read a sitemap or an index of sitemaps. Raises FetchFailed for what is neither."""
    text = _unpacked(raw, where) if raw.startswith(_GZIP) else raw
    refuse_entities(text, where=where, what="the sitemap")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise FetchFailed(
            "misdeclared",
            f"is no sitemap, or is cut off ({error})",
            where=where,
            remedy="look in the site's robots.txt for where its sitemap stands",
        ) from error
    kind = root.tag.rsplit("}", 1)[-1]
    if kind not in ("urlset", "sitemapindex"):
        raise FetchFailed(
            "misdeclared",
            f"is no sitemap: it holds `{kind[:40]}`",
            where=where,
            remedy="look in the site's robots.txt for where its sitemap stands",
        )
    links = tuple(link for child in list(root)[:_MOST] if (link := _link(child)).url)
    return Sitemap(pages=links) if kind == "urlset" else Sitemap(sitemaps=links)


def _link(element: ElementTree.Element) -> Link:
    def text(path: str) -> str:
        return " ".join((element.findtext(path) or "").split())

    # News sitemaps give the day of publication; `lastmod` may be of yesterday's new advertisement.
    written = text("{*}news/{*}publication_date") or text("{*}lastmod")
    return Link(
        url=text("{*}loc"),
        date=read_date(written).value if written else None,
        title=text("{*}news/{*}title"),
        publisher=text("{*}news/{*}publication/{*}name"),
    )


def _unpacked(raw: bytes, where: str) -> bytes:
    packer = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = packer.decompress(raw, FEED_BYTES)
    except zlib.error as error:
        raise FetchFailed(
            "cut_off", f"is packed and damaged ({error})", where=where, remedy="run it again later"
        ) from error
    if packer.unconsumed_tail:
        raise FetchFailed(
            "huge",
            f"unpacks to more than {FEED_BYTES / 1e6:.0f} MB",
            where=where,
            remedy="name the part of it that you want",
        )
    if not packer.eof:
        raise FetchFailed("cut_off", "breaks off", where=where, remedy="run it again later")
    return text
