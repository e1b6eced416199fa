"""Find the articles of a page by its layout, and mark what in them is no running text."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from crosstie.documents.credits import dateline, names_people
from crosstie.documents.cues import cues
from crosstie.documents.heads import META, TITLES, first_units
from crosstie.documents.titles import folded, plain_title
from crosstie.documents.units import BODY, Unit, units_of
from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Article, Span
from crosstie.text.languages import UNDETERMINED, language_of

# A repeated title is looked for behind at most this many paragraphs of the opening.
_STANDFIRST = 2
_FOOTER = frozenset({"navigation", "boilerplate", "tail", "rule"})
# How an article's parts are called in its blocks, where not by their look.
_BLOCK_KINDS = {
    "short": "heading",
    "references": "footnote",
    "tail": "navigation",
    "rule": "boilerplate",
    "end": "boilerplate",
}


def find_articles(
    text: str,
    document_id: DocumentId,
    *,
    title: str = "",
    language: str = UNDETERMINED,
    headings: Sequence[int] = (),
    starts: Sequence[int] = (),
    begins: int = 0,
) -> tuple[Article, ...]:
    """Return the articles of a document's text, in order and disjoint.

    `title` is what the page's metadata calls it, `headings` the offsets of lines that the markup
    calls headings, `starts` the offsets where the markup itself begins an article, `begins` where
    the text proper begins. Text that belongs to no article (navigation, a footer) lies outside of
    all of them; a text with anything to read has at least one.
    """
    units = units_of(text, headings, begins=begins)
    if not units:
        return ()
    if len(starts) < 2:
        _close_page(units)
    edges = [*first_units(units, title, starts), len(units)]
    parts = [units[first:following] for first, following in pairwise(edges)]
    if len(starts) > 1:
        for part in parts:
            _close_page(part)
    return tuple(
        _article(text, part, document_id, number, title, language)
        for number, part in enumerate(parts, start=1)
    )


def _close_page(units: Sequence[Unit]) -> None:
    """Mark everything behind "Related articles" or "Comments" at the end of a page."""
    sizes = [len(unit.text) if unit.kind in BODY else 0 for unit in units]
    if sum(unit.kind == "tail" for unit in units) > 1:
        # A line that comes again closes each post, and not the page.
        texts = [unit.text.casefold() for unit in units if unit.kind == "tail"]
        if len(set(texts)) < len(texts):
            return
    before, behind = 0, sum(sizes)
    for at, unit in enumerate(units):
        if unit.kind == "tail" and before > behind:
            if not any(u.kind == "source" and u.publisher for u in units[at:]):
                for other in units[at:]:
                    other.kind = "boilerplate"
            return
        before, behind = before + sizes[at], behind - sizes[at]


def _article(
    text: str,
    units: Sequence[Unit],
    document_id: DocumentId,
    number: int,
    page_title: str,
    language: str,
) -> Article:
    units = units[: _last_content(units) + 1]
    top = next((unit for unit in units if unit.kind in TITLES or unit.kind in BODY), None)
    lead = units[0].lead if top is units[0] else None
    title = top.text if top is not None and top.kind in TITLES else ""
    body = _body_unit(units, folded(title))
    kinds = _block_kinds(units, folded(title), body)
    start, end = units[0].start, units[-1].end
    found = language_of(text[start:end])
    return Article.of(
        document_id,
        number,
        start=start,
        end=end,
        body_start=lead[1] if lead else units[body].start,
        title=plain_title(text[lead[0] + 1 : lead[1] - 1] if lead else title)
        or (page_title if number == 1 else ""),
        language=language if found == UNDETERMINED else found,
        date=_date(units, body),
        publisher=_publisher(units, kinds, body),
        blocks=_blocks(units, kinds),
    )


def _last_content(units: Sequence[Unit]) -> int:
    """Return the index of the last unit that is the article's own, footers left off."""
    last = len(units) - 1
    for at in range(1, len(units)):
        if units[at].kind == "rule" and units[at - 1].kind == "source":
            # A line ruled under the last source parts the page's own words from the article.
            last = at
            break
    while last > 0 and units[last].kind in _FOOTER:
        last -= 1
    # A short line under the closing source is the rubric over the next article.
    while last > 1 and units[last].kind in TITLES and units[last - 1].kind in ("source", *_FOOTER):
        last -= 1
    while last > 0 and units[last].kind in _FOOTER:
        last -= 1
    return last


def _body_unit(units: Sequence[Unit], title: str) -> int:
    """Return the index of the first unit of running text behind the head and its repeats."""
    head_end = bodies = 0
    for at, unit in enumerate(units):
        bodies += unit.kind in BODY
        if bodies > _STANDFIRST:
            break
        if title and unit.kind in TITLES and folded(unit.text) == title:
            head_end = at
    at = head_end
    while at < len(units) and units[at].kind not in BODY:
        at += 1
    if at == len(units):
        # Nothing but short lines: what follows the title is the body, such as it is.
        return min(head_end + 1, len(units) - 1)
    # A heading just above the text belongs to the text: "Summary".
    while at - 1 > head_end and units[at - 1].kind in TITLES:
        at -= 1
    return at


def _block_kinds(units: Sequence[Unit], title: str, body: int) -> list[str]:
    """Return what each unit is called as a block; "" for running text."""
    kinds = []
    referring = False
    for at, unit in enumerate(units):
        kind = _BLOCK_KINDS.get(unit.kind, unit.kind)
        referring = unit.kind == "references" or (referring and unit.kind not in TITLES)
        if unit.kind in TITLES:
            kind = "title" if title and folded(unit.text) == title else _heading(units, at, body)
        elif unit.kind in BODY:
            kind = "footnote" if referring else ("standfirst" if at < body else "")
        kinds.append(kind)
    return kinds


def _heading(units: Sequence[Unit], at: int, body: int) -> str:
    """Return what a short line is that is not the title: mostly a heading."""
    if 0 < at < body - 1:
        # A bare name between a head's date and byline is the publisher's.
        if {units[at - 1].kind, units[at + 1].kind} == {"date", "byline"}:
            return "source"
        if names_people(units[at].text):
            return "byline"
    return "heading"


def _blocks(units: Sequence[Unit], kinds: Sequence[str]) -> tuple[Span, ...]:
    spans = []
    for unit, kind in zip(units, kinds, strict=True):
        if unit.lead is not None:
            spans.append(Span(*unit.lead, "title"))
        if kind:
            spans.append(Span(unit.start, unit.end, kind))
        elif unit.trailing is not None:
            spans.append(Span(unit.trailing[0], unit.trailing[1], "source"))
    return tuple(spans)


def _credits(units: Sequence[Unit], body: int) -> tuple[list[Unit], list[Unit]]:
    """Return the lines that speak for the whole article: those of its head, those of its end.

    A source line in the middle belongs to a figure or a table.
    """
    end = len(units)
    while end > body and units[end - 1].kind not in BODY:
        end -= 1
    tail = list(takewhile(lambda unit: not _lists_references(unit), units[end:]))
    if end > body and units[end - 1].kind == "table":
        tail = []
    elif end > body and units[end - 1].trailing is not None:
        tail = [units[end - 1], *tail]
    return [unit for unit in units[:body] if unit.kind in META], tail


def _lists_references(unit: Unit) -> bool:
    """Tell whether other works are listed from here on; "Sources:" lists the article's own."""
    return unit.kind == "references" and not cues().source.match(f"{plain_title(unit.text)}:")


def _date(units: Sequence[Unit], body: int) -> str | None:
    """Return the article's date: its head's, its dateline's, or that of its closing source."""
    head, tail = _credits(units, body)
    dates = [unit.date for unit in head]
    dates.append(dateline(units[body].text) if units[body].kind == "prose" else None)
    dates += [u.date for u in tail if u.kind in ("source", "date") or u.trailing is not None]
    return next((date for date in dates if date), None)


def _publisher(units: Sequence[Unit], kinds: Sequence[str], body: int) -> str | None:
    for unit, kind in zip(units, kinds, strict=True):
        if kind == "source" and unit.kind == "short":
            return plain_title(unit.text)
    head, tail = _credits(units, body)
    # In a head a date line names a place ("Port Aldis, 3 May"), at the end a publisher.
    named = [unit.publisher for unit in head if unit.kind != "date"]
    named += [unit.publisher for unit in tail]
    return next((name for name in named if name), None)
