"""Pages, feeds and sitemaps: each page becomes a document once, with address, publisher, date."""

import gzip
import shutil

import pytest

from crosstie.ontology.errors import UsageError
from crosstie.store import Store, reading
from crosstie.workspace import Workspace
from tests.stages.fetching.conftest import NOW
from tests.stages.fetching.site import missing, redirect, status

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Vellmark Post</title><link>http://post.example/</link>
{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{url}</link><pubDate>{date}</pubDate></item>"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Kestrel News</title><id>urn:x</id>
<updated>2026-11-03T09:00:00Z</updated>
<entry><title>A laboratory</title><id>urn:y</id><link href="{url}"/>
<published>2026-11-03T09:00:00Z</published><updated>2026-11-04T09:00:00Z</updated></entry></feed>"""
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</sitemapindex>'
DATES = ("Mon, 02 Nov 2026 08:00:00 GMT", "Wed, 04 Nov 2026 08:00:00 GMT")


def page(number):
    text = f"Vellmark Optics No. {number} signed an agreement with the Port Selim Institute. " * 8
    return f"<html lang=en><body><h1>Story {number}</h1><p>{text}</p></body></html>".encode()


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "w.db"
    Workspace.open(path, now=lambda: NOW).close()
    return path


@pytest.fixture
def fetching(empty, tmp_path, fetcher):
    path = tmp_path / "w.db"
    shutil.copy(empty, path)
    with Workspace.open(path, now=lambda: NOW) as workspace:
        yield workspace.fetching.using(fetcher())


@pytest.fixture
def held(tmp_path):
    """Return the documents of the workspace, by their addresses."""

    def documents():
        store = Store.open(tmp_path / "w.db", create=False)
        with store.reading() as db:
            states = reading.document_states(db)
            found = [reading.document(db, state.id) for state in states]
        store.close()
        return {document.url: document for document in found}

    return documents


@pytest.fixture
def feed(site):
    """A feed with two stories; returns its address."""
    items = ""
    for number, date in enumerate(DATES):
        url = site.serve(f"/story-{number}", page(number), media="text/html")
        items += ITEM.format(title=f"Story {number}", url=url, date=date)
    body = RSS.format(items=items).encode()
    return site.serve("/rss", body, media="application/rss+xml")


def outcomes(found):
    return [page.outcome for page in found.pages]


def test_the_pages_of_a_feed_become_documents_that_can_be_cited(site, feed, fetching, held):
    found = fetching.feed(feed)
    assert outcomes(found) == ["added", "added"]
    document = held()[site.url("/story-0")]
    assert (document.publisher, document.date) == ("The Vellmark Post", "2026-11-02")
    assert document.title == "Story 0"
    assert all(page.archived for page in found.pages)


def test_the_same_feed_again_asks_for_no_page_and_changes_nothing(site, feed, fetching, held):
    fetching.feed(feed)
    before, asked = held(), len(site.asked)
    again = fetching.feed(feed)
    assert outcomes(again) == ["known", "known"]
    assert site.paths()[asked:] == ["/rss"]
    assert held() == before


def test_the_newest_come_first_and_no_more_than_asked_for(site, feed, fetching):
    found = fetching.feed(feed, most=1)
    assert [page.url for page in found.pages] == [site.url("/story-1")]
    assert found.left == 1
    assert outcomes(fetching.feed(feed, most=1)) == ["known", "added"]


def test_only_pages_since_a_day_are_fetched(site, feed, fetching):
    found = fetching.feed(feed, since="2026-11-03")
    assert [page.url for page in found.pages] == [site.url("/story-1")]
    with pytest.raises(UsageError, match="--since"):
        fetching.feed(feed, since="last week")


def test_an_atom_feed_is_read_too(site, fetching, held):
    url = site.serve("/story", page(7), media="text/html")
    feed = site.serve("/atom", ATOM.format(url=url).encode(), media="application/atom+xml")
    assert outcomes(fetching.feed(feed)) == ["added"]
    assert (held()[url].publisher, held()[url].date) == ("Kestrel News", "2026-11-03")


def test_one_page_that_cannot_be_had_stops_no_other(site, feed, fetching):
    site.answers["/story-1"] = missing
    found = fetching.feed(feed)
    assert outcomes(found) == ["failed", "added"]
    assert "404" in found.pages[0].message
    site.serve("/story-1", page(1), media="text/html")
    assert sorted(outcomes(fetching.feed(feed))) == ["added", "known"]


def test_pages_under_two_addresses_with_the_same_bytes_are_one_document(site, fetching, held):
    urls = [site.serve(path, page(1), media="text/html") for path in ("/a", "/b")]
    assert outcomes(fetching.pages(urls)) == ["added", "unchanged"]
    assert len(held()) == 1


def test_a_page_that_changed_is_a_new_document_and_the_old_one_stays(site, fetching, held):
    url = site.serve("/a", page(1), media="text/html")
    fetching.pages([url])
    site.serve("/a", page(2), media="text/html")
    assert outcomes(fetching.pages([url])) == ["added"]
    assert outcomes(fetching.pages([url])) == ["unchanged"]


def test_a_page_is_cited_by_where_it_was_in_the_end(site, fetching, held):
    site.answers["/short"] = redirect("/long")
    site.serve("/long", page(1), media="text/html")
    fetching.pages([site.url("/short")])
    assert list(held()) == [site.url("/long")]
    assert held()[site.url("/long")].publisher == "127.0.0.1"


def test_a_page_that_is_no_document_is_refused_with_the_reason(site, fetching):
    url = site.serve("/picture.jpg", b"\xff\xd8\xff" + b"\x00" * 99, media="image/jpeg")
    (found,) = fetching.pages([url]).pages
    assert (found.outcome, found.reason) == ("refused", "unsupported")


def test_a_sitemap_and_an_index_of_packed_ones_are_read(site, fetching):
    for number in range(3):
        site.serve(f"/s{number}", page(number), media="text/html")
    urls = "".join(
        f"<url><loc>{site.url(f'/s{n}')}</loc><lastmod>2026-11-0{n + 1}</lastmod></url>"
        for n in range(3)
    )
    packed = gzip.compress(SITEMAP.format(urls=urls).encode())
    part = site.serve("/part.xml.gz", packed, media="application/gzip")
    index = INDEX.format(urls=f"<sitemap><loc>{part}</loc></sitemap>").encode()
    found = fetching.sitemap(site.serve("/sitemap.xml", index, media="text/xml"), most=2)
    assert [page.url for page in found.pages] == [site.url("/s2"), site.url("/s1")]
    assert (found.found, found.left) == (3, 1)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><urlset/>", "defines entities of its own"),
        (gzip.compress(b"<urlset>" + b" " * (30 << 20), mtime=0), "unpacks to more than 20 MB"),
        (gzip.compress(b"<urlset></urlset>", mtime=0)[:-9], "breaks off"),
        (b"<urlset><url><loc>", "is no sitemap, or is cut off"),
        (b"<rss></rss>", "it holds `rss`"),
    ],
)
def test_a_sitemap_that_is_none_is_refused(site, fetching, body, problem):
    found = fetching.sitemap(site.serve("/sitemap.xml", body, media="text/xml"))
    assert problem in found.failed and not found.pages


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<!DOCTYPE r [<!ENTITY x 'y'>]><rss version='2.0'/>", "defines entities of its own"),
        (b"no feed at all", "is no RSS or Atom feed"),
        (page(1), "answers with a web page"),
    ],
)
def test_a_feed_that_is_none_is_refused(site, fetching, body, problem):
    found = fetching.feed(site.serve("/rss", body, media="text/xml"))
    assert problem in found.failed and found.reason == "misdeclared"


def test_a_feed_leads_to_no_file_of_this_machine(site, fetching):
    item = ITEM.format(title="x", url="file:///etc/hosts", date=DATES[0])
    feed = site.serve("/rss", RSS.format(items=item).encode(), media="text/xml")
    (found,) = fetching.feed(feed).pages
    assert (found.outcome, found.reason) == ("failed", "address")


def kept(folder, *contents):
    """Return whether a page's text or address stands anywhere beside or in the workspace."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
            found += [content for content in contents if content in raw]
    return found


def test_an_address_in_a_feed_may_be_short(site, fetching):
    site.serve("/story", page(1), media="text/html")
    item = ITEM.format(title="x", url="/story", date=DATES[0])
    feed = site.serve("/rss", RSS.format(items=item).encode(), media="text/xml")
    assert [p.url for p in fetching.feed(feed).pages] == [site.url("/story")]
    assert outcomes(fetching.feed(feed)) == ["known"]


def test_a_forgotten_page_is_gone_from_the_archive_and_stays_out(site, fetching, tmp_path):
    url = site.serve("/a", page(1), media="text/html")
    (found,) = fetching.pages([url]).pages
    other = site.serve("/b", page(2), media="text/html")
    fetching.pages([other])
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.forget(found.document_id, because="asked to")
    assert not kept(tmp_path, page(1), b"/a") and kept(tmp_path, page(2), b"/b")
    (again,) = fetching.pages([url]).pages
    assert (again.outcome, again.reason) == ("refused", "forgotten")
    assert "asked to" in again.message
    assert not kept(tmp_path, page(1), b"/a ")


def test_a_feed_that_fails_says_so_and_keeps_what_is_held(site, feed, fetching, held):
    fetching.feed(feed)
    before = held()
    site.answers["/rss"] = status(503)
    found = fetching.feed(feed)
    assert "answers 503" in found.failed and found.reason == "unwell"
    assert held() == before
