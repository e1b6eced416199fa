"""Read an HTML page: its main text with headings, list items and table rows as lines."""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode
from trafilatura import bare_extraction

from crosstie.documents.dating import dates_in
from crosstie.documents.decoding import decode
from crosstie.documents.markup import drop_unseen, parse, write_visible
from crosstie.documents.metadata import metadata_of
from crosstie.documents.pages import Page, PageWriter
from crosstie.documents.refusals import empty
from crosstie.documents.titles import folded, han_count

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# More elements than this are a table dump or an attack; only the plain reading is linear.
_MOST_ELEMENTS = 15_000
# libxml2 gives up on deeper nesting.
_DEEPEST_MAIN = 200
_LONGEST_TEXT = 20_000_000
# A main text shorter than this share of what the page shows has missed the article.
_LEAST_SHARE = 0.2
# An <article> with less text is a teaser that leads to another page.
_LEAST_ARTICLE = 400
_HEAD_LINES = 12
# A list of posts has at least so many, each of at least so much text with its date near its title.
_LEAST_ENTRIES, _LEAST_ENTRY, _ENTRY_HEAD, _MOST_HEADINGS = 2, 120, 240, 4
# A longer page is no list of posts, and looking at each part of it anew would take too long.
_LONGEST_LIST = 3_000_000
# Parts of a page that are beside its text.
_BESIDE = "nav, aside, footer, [role=navigation], [role=complementary], [class*=related]"
# The part that holds this share of the paragraphs is the text's own.
_HOLDS = 0.8


def read_html(raw: bytes, name: str) -> Page:
    """Read a page's main text and what its metadata says. Raises DocumentRefused."""
    declared = _CHARSET.search(raw[:4096])
    charset = (declared[1] or declared[2]).decode("ascii") if declared else None
    tree = parse(decode(raw, name=name, declared=charset), name)
    facts = metadata_of(tree)
    drop_unseen(tree)
    page = _articles_marked(tree) or _items_marked(tree) or _main_text(tree) or _all_text(tree)
    if not page.text():
        raise empty(
            name,
            "shows no text without its scripts",
            "save the page from a browser once it has loaded, or print it to PDF",
        )
    page = _with_title(page, facts.get("title", ""))
    return Page(
        page.text(),
        title=facts.get("title", ""),
        date=facts.get("date"),
        publisher=facts.get("publisher"),
        url=facts.get("url"),
        language=facts.get("language"),
        headings=tuple(page.headings),
        starts=tuple(page.starts),
    )


def _articles_marked(tree: LexborHTMLParser) -> PageWriter | None:
    """Write each <article> of a page that marks up several; None when it does not."""
    articles = [
        node
        for node in tree.css("article")
        if node.css_first("h1, h2, h3, h4") is not None and not _inside_article(node)
    ]
    articles = [node for node in articles if len(node.text().strip()) >= _LEAST_ARTICLE]
    if len(articles) < 2:
        return None
    page = PageWriter(limit=_LONGEST_TEXT)
    for node in articles:
        page.gap()
        write_visible(node, page, begins=True)
    return page


def _inside_article(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == "article":
            return True
        above = above.parent
    return False


def _items_marked(tree: LexborHTMLParser) -> PageWriter | None:
    """Write each entry of a list of posts or releases; None where there is no such list.

    Entries are siblings of one tag and class, each with a heading, a date near it, and text.
    """
    body = tree.body
    if body is None or not _is_page(body) or len(tree.html or "") > _LONGEST_LIST:
        return None
    groups: dict[tuple[int, str, str], list[LexborNode]] = {}
    for node in body.css("div, li, section, td"):
        if node.parent is not None and node.css_first("h1, h2, h3, h4, h5") is not None:
            key = (node.parent.mem_id, str(node.tag), node.attributes.get("class") or "")
            groups.setdefault(key, []).append(node)
    lists = [entries for entries in groups.values() if len(entries) >= _LEAST_ENTRIES]
    fitting = [entries for entries in lists if all(_is_entry(node) for node in entries)]
    if not fitting:
        return None
    page = PageWriter(limit=_LONGEST_TEXT)
    for node in max(fitting, key=lambda entries: sum(len(node.text()) for node in entries)):
        page.gap()
        write_visible(node, page, begins=True)
    return page


def _is_entry(node: LexborNode) -> bool:
    """Return whether an element is a dated text of its own under one heading."""
    if len(node.css("h1, h2, h3, h4, h5")) > _MOST_HEADINGS:
        return False
    text = " ".join(node.text(separator=" ").split())
    told = dates_in(text[:_ENTRY_HEAD])
    return bool(told) and len(text) + han_count(text) >= _LEAST_ENTRY


def _main_text(tree: LexborHTMLParser) -> PageWriter | None:
    """Write what trafilatura takes for the main text; None when it finds too little."""
    body = tree.body
    if body is None or not _is_page(body):
        return None
    found = bare_extraction(
        tree.html or "", include_comments=False, include_tables=True, with_metadata=False
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    if len(found.body) < 2:
        # Its last resort: everything in one paragraph, where the page has lines.
        return None
    page = PageWriter(limit=_LONGEST_TEXT)
    for element in found.body:
        _write_element(element, page)
    shown = sum(len(node.text()) for node in body.css("p"))
    if len(page.text()) < _LEAST_SHARE * shown:
        return None
    if len(tree.html or "") < _LONGEST_LIST and _loses_headings(body, page):
        return _holder_text(tree)
    return page


def _loses_headings(body: LexborNode, page: PageWriter) -> bool:
    """Return whether most headings over the page's paragraphs are missing from the main text."""
    beside = {node.mem_id for part in body.css(_BESIDE) for node in part.css("h2, h3, h4")}
    heads = [node for node in body.css("h2, h3, h4") if node.mem_id not in beside]
    kept = {folded(line) for line in page.text().split("\n")}
    lost = [node for node in heads if folded(node.text()) not in kept]
    return len(heads) > 1 and len(lost) * 2 > len(heads)


def _holder_text(tree: LexborHTMLParser) -> PageWriter:
    """Write the smallest part of the page that holds nearly all of its paragraphs."""
    for node in tree.css(_BESIDE):
        node.decompose()
    page = PageWriter(limit=_LONGEST_TEXT)
    holder = tree.body
    while holder is not None:
        whole = max(1, _paragraph_length(holder))
        inner = next(
            (
                child
                for child in holder.iter()
                if _paragraph_length(child) >= _HOLDS * whole and child.css_first("h2, h3, h4")
            ),
            None,
        )
        if inner is None or inner.tag in ("p", "table"):
            break
        holder = inner
    if holder is not None:
        write_visible(holder, page)
    return page


def _paragraph_length(node: LexborNode) -> int:
    return sum(len(part.text()) for part in node.css("p, li, td"))


def _is_page(body: LexborNode) -> bool:
    """Return whether a page is small and flat enough for readings that go over it many times."""
    return len(body.css("*")) <= _MOST_ELEMENTS and _depth(body) <= _DEEPEST_MAIN


def _depth(node: LexborNode) -> int:
    deepest = 0
    depths = {node.mem_id: 0}
    for below in node.traverse():
        above = below.parent
        depth = depths.get(above.mem_id, 0) + 1 if above is not None else 0
        depths[below.mem_id] = depth
        deepest = max(deepest, depth)
    return deepest


def _write_element(element: Any, page: PageWriter) -> None:
    """Write one element of trafilatura's result: head, p, quote, list, table and the like."""
    if element.tag == "table":
        page.gap()
        for row in element.iter("row"):
            page.line(" | ".join(_flat(cell) for cell in row.iter("cell")).strip(" |"))
        page.gap()
    elif element.tag == "list":
        for item in element.iter("item"):
            page.line(f"- {_flat(item)}" if _flat(item) else "")
        page.gap()
    elif element.tag == "head":
        page.line(_flat(element), heading=True)
    else:
        page.gap()
        for line in "".join(_breaking(element)).split("\n"):
            page.line(" ".join(line.split()))
        page.gap()


def _flat(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _breaking(element: Any) -> list[str]:
    """Return the element's text in pieces, with a line end for each break in it."""
    pieces = [element.text or ""]
    for below in element.iterdescendants():
        pieces.append("\n" if below.tag in ("lb", "p", "item", "row") else "")
        pieces.append(below.text or "")
        pieces.append(below.tail or "")
    return [piece if piece == "\n" else piece.replace("\n", " ") for piece in pieces]


def _all_text(tree: LexborHTMLParser) -> PageWriter:
    page = PageWriter(limit=_LONGEST_TEXT)
    if tree.body is not None:
        write_visible(tree.body, page)
    return page


def _with_title(page: PageWriter, title: str) -> PageWriter:
    """Put the page's title above its text, unless the text begins with it."""
    if not title or page.starts:
        return page
    head = [folded(line) for line in page.text().split("\n")[:_HEAD_LINES]]
    if folded(title) in head:
        return page
    return page.below(title)
