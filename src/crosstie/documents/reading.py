"""Bytes to a document and its articles: the format's reader, then the page's layout."""

from dataclasses import replace

from crosstie.documents.articles import find_articles
from crosstie.documents.formats import MEDIA_TYPES, format_of
from crosstie.documents.pages import Page
from crosstie.documents.plain import read_markdown, read_text
from crosstie.documents.refusals import MAX_BYTES, empty, huge
from crosstie.documents.titles import folded
from crosstie.ontology.ids import bytes_digest
from crosstie.ontology.records import Article, Document
from crosstie.text.languages import UNDETERMINED, language_of

MOST_LINES = 300_000
# Where a page shows its title, if it does.
_HEAD = 20_000


def read_document(
    raw: bytes, *, name: str, url: str | None = None
) -> tuple[Document, tuple[Article, ...]]:
    """Read a file's bytes into a document and its articles, in order and disjoint.

    `name` is the file's name: its suffix says the format, and errors give it. `url` is where the
    file was got; without it, the address that the page itself gives. Offsets count characters of
    `Document.text`: for .txt and .md the file as decoded, line ends untouched and without a byte
    order mark; for the other formats the text taken out of the file.

    Raises DocumentRefused, whose reason is unreadable, encrypted, empty, huge, misdeclared or
    unsupported. The same bytes always give equal results.
    """
    if len(raw) > MAX_BYTES:
        raise huge(name, f"is over the limit of {MAX_BYTES / 1e6:,.0f} MB")
    if not raw:
        raise empty(name, "holds no bytes at all")
    form = format_of(raw, name)
    page = _page(form, raw, name)
    if page.text.count("\n") > MOST_LINES:
        raise huge(name, f"has more than {MOST_LINES:,} lines, as data has and documents have not")
    language = language_of(page.text)
    if language == UNDETERMINED and page.language:
        language = page.language.split("-")[0].split("_")[0].lower()
    draft = Document.of(
        origin="document",
        name=name,
        text=page.text,
        sha256=bytes_digest(raw),
        language=language,
        media_type=MEDIA_TYPES[form],
        title=page.title,
        url=url or page.url,
        publisher=page.publisher,
        date=page.date,
    )
    return _with_articles(draft, page)


def _page(form: str, raw: bytes, name: str) -> Page:
    """Read the bytes with their format's reader."""
    # Each library is loaded when its format is met: together they would slow every command's
    # start by most of a second, documents or not.
    if form == "html":
        from crosstie.documents.html import read_html

        return read_html(raw, name)
    if form == "pdf":
        from crosstie.documents.pdf import read_pdf

        return read_pdf(raw, name)
    if form == "docx":
        from crosstie.documents.word import read_word

        return read_word(raw, name)
    return read_markdown(raw, name) if form == "markdown" else read_text(raw, name)


def _with_articles(draft: Document, page: Page) -> tuple[Document, tuple[Article, ...]]:
    articles = find_articles(
        draft.text,
        draft.id,
        title=page.title,
        language=draft.language,
        headings=page.headings,
        starts=page.starts,
        begins=page.begins,
    )
    if not articles:
        raise empty(draft.name)
    first = articles[0]
    only = len(articles) == 1
    document = replace(
        draft,
        title=_title(page, first.title),
        date=draft.date or (first.date if only else None) or page.made,
        publisher=draft.publisher or (first.publisher if only else None),
    )
    # An article that gives no date of its own was published with its page.
    dated = (replace(article, date=article.date or page.date) for article in articles)
    return document, tuple(dated)


def _title(page: Page, found: str) -> str:
    """Return the metadata's title if the page shows it or has no other: properties go stale."""
    shown = folded(page.title) in folded(page.text[:_HEAD])
    return page.title if page.title and (shown or not found) else found
