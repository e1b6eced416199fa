"""Fetch pages, alone or as a feed or sitemap names them, and add each as a document, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from crosstie.documents import MAX_BYTES, SUFFIXES, read_document
from crosstie.ontology.errors import DocumentRefused, FetchFailed
from crosstie.ontology.records import Article, Document
from crosstie.sources.fetching import Fetched, Fetcher, Link, Wanted, erase, read_feed, read_sitemap
from crosstie.sources.fetching.limits import FEED_BYTES
from crosstie.sources.fetching.links import newest_first, seen_from
from crosstie.store import reading, writing
from crosstie.store.engine import Transaction
from crosstie.workspace.fetch_log import note_fetch
from crosstie.workspace.fetch_reports import PageFetch, PageOutcome, PagesFetch
from crosstie.workspace.opened import Opened
from crosstie.workspace.reading_run import RULES, Run, Tally
from crosstie.workspace.tasks import Outcome, Task

_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_PAGES = tuple(_SUFFIX_OF)
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
_SITEMAPS = ("application/xml", "text/xml", "application/gzip")
_MOST_SITEMAPS = 50
_LONGEST_NAME = 80


@dataclass(slots=True)
class PagesRun:
    """One run over pages: each is fetched, read and written before the next is asked for."""

    opened: Opened
    fetcher: Fetcher
    at: str
    done: dict[str, PageFetch] = field(default_factory=dict)

    def pages(self, urls: list[str]) -> PagesFetch:
        """Fetch single pages, if they have changed."""
        links = [Link(url) for url in dict.fromkeys(urls)]
        self._add(links, led_by="")
        return PagesFetch(", ".join(urls), len(links), tuple(self.done.values()))

    def feed(self, url: str, *, most: int, since: str | None) -> PagesFetch:
        """Fetch the pages that a feed names and that are not held yet, newest first."""

        def links() -> list[Link]:
            fetched = self.fetcher.fetch(url, Wanted(accept=_FEEDS, max_bytes=FEED_BYTES))
            return read_feed(fetched.path.read_bytes(), where=url)

        return self._listed(url, links, most=most, since=since)

    def sitemap(self, url: str, *, most: int, since: str | None) -> PagesFetch:
        """Fetch the pages that a sitemap, or the sitemaps of an index, name; newest first."""
        return self._listed(url, lambda: self._in_sitemap(url, since), most=most, since=since)

    def _in_sitemap(self, url: str, since: str | None) -> list[Link]:
        found: list[Link] = []
        waiting, led_by = [Link(url)], ""
        asked = 0
        while waiting and asked < _MOST_SITEMAPS:
            link = waiting.pop(0)
            asked += 1
            fetched = self.fetcher.fetch(
                link.url, Wanted(accept=_SITEMAPS, max_bytes=FEED_BYTES, led_by=led_by)
            )
            sitemap = read_sitemap(fetched.path.read_bytes(), where=link.url)
            found += sitemap.pages
            # An index names sitemaps, never other indexes: deeper ones are not followed.
            if not led_by:
                waiting = newest_first(list(sitemap.sitemaps), since=since)
            led_by = url
        return found

    def _listed(
        self, url: str, links: Callable[[], list[Link]], *, most: int, since: str | None
    ) -> PagesFetch:
        self.opened.progress(f"fetching {urlsplit(url).netloc}", 0, None)
        try:
            found = newest_first(seen_from(url, links()), since=since)
        except FetchFailed as failure:
            return PagesFetch(url, 0, (), failed=str(failure), reason=failure.reason)
        new = [link for link in found if not self._known(link)]
        for link in found:
            if link not in new:
                self.done[link.url] = PageFetch(link.url, "known", "fetched before")
        self._add(new[:most], led_by=url)
        return PagesFetch(url, len(found), tuple(self.done.values()), left=max(0, len(new) - most))

    def _known(self, link: Link) -> bool:
        """Return whether the page is held, and has not changed since as far as its feed says."""
        entry = self.fetcher.known(link.url)
        if entry is None or (link.date and link.date > entry.fetched_at[:10]):
            return False
        with self.opened.store.reading() as db:
            return reading.document_by_sha256(db, entry.sha256) is not None

    def _add(self, links: list[Link], *, led_by: str) -> None:
        tally = Tally()
        run = Run(self.opened.store, RULES, jobs=1, progress=self.opened.progress, tally=tally)

        def keep(db: Transaction, outcome: Outcome, document: Document) -> bool:
            known = reading.document_by_sha256(db, document.sha256)
            if known is not None:
                self._note(outcome.label, "unchanged", document_id=known.id)
                return False
            writing.add_document(
                db, document, outcome.articles, outcome.mentions, outcome.claims,
                at=self.at, read_by=tally.read_by,
            )  # fmt: skip
            self._note(outcome.label, "added", document_id=document.id)
            return True

        if links:
            run.through(self._tasks(links, led_by), len(links), keep)
        for refusal in tally.failed:
            self._note(refusal.name, "refused", message=refusal.message, reason=refusal.reason)
        for link in links:
            # Of a forgotten page not even the address is written down again.
            if self.done[link.url].reason != "forgotten":
                note_fetch(self.opened, link.url, self.done[link.url])
        if tally.added:
            self.opened.update()

    def _note(
        self,
        url: str,
        outcome: PageOutcome,
        *,
        message: str = "",
        reason: str = "",
        document_id: str = "",
    ) -> None:
        before = self.done.get(url) or PageFetch(url, outcome)
        self.done[url] = replace(
            before, outcome=outcome, message=message, reason=reason, document_id=document_id
        )

    def _tasks(self, links: list[Link], led_by: str) -> Iterator[Task]:
        for link in links:
            try:
                wanted = Wanted(accept=_PAGES, max_bytes=MAX_BYTES, led_by=led_by)
                fetched = self.fetcher.fetch(link.url, wanted)
            except FetchFailed as failure:
                self.done[link.url] = PageFetch(link.url, "failed", str(failure), failure.reason)
                continue
            self.done[link.url] = PageFetch(
                link.url,
                "unchanged",
                status=fetched.status,
                sha256=fetched.sha256,
                archived=fetched.archived,
            )
            if self._has(link.url, fetched):
                continue
            try:
                held = _document(fetched, link)
            except DocumentRefused as refusal:
                self._note(link.url, "refused", message=str(refusal), reason=refusal.reason)
                continue
            yield Task(link.url, held=held)

    def _has(self, url: str, fetched: Fetched) -> bool:
        with self.opened.store.reading() as db:
            known = reading.document_by_sha256(db, fetched.sha256)
        if known is None:
            return False
        if known.forgotten_at:
            why = f"it was forgotten on {known.forgotten_at}: {known.forgotten_because}"
            self._note(url, "refused", message=why, reason="forgotten", document_id=known.id)
            erase(self.fetcher.folder, urls={url, fetched.final_url}, sha256=fetched.sha256)
        else:
            self._note(url, "unchanged", document_id=known.id)
        return True


def _document(fetched: Fetched, link: Link) -> tuple[Document, tuple[Article, ...]]:
    """Read a page; what it does not say of itself is taken from who named it."""
    document, articles = read_document(
        fetched.path.read_bytes(), name=page_name(fetched), url=fetched.final_url
    )
    publisher = document.publisher or link.publisher or urlsplit(fetched.final_url).hostname
    date = document.date or link.date
    dated = tuple(
        replace(a, date=a.date or link.date, publisher=a.publisher or publisher) for a in articles
    )
    return replace(document, publisher=publisher, date=date), dated


def page_name(fetched: Fetched) -> str:
    """Return a file's name for a page: from its address, with the suffix of what it is."""
    parts = urlsplit(fetched.final_url)
    last = next((unquote(p) for p in reversed(parts.path.split("/")) if p), "") or parts.netloc
    name = "".join(c if c.isalnum() or c in "._-" else "_" for c in last)[:_LONGEST_NAME]
    media = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
    suffix = _SUFFIX_OF.get(media)
    if suffix is None or f".{name.rpartition('.')[2].lower()}" in SUFFIXES:
        return name
    return name + suffix
