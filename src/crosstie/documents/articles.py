"""Find the articles of a page by its layout: title line, date, byline, source line, repeats.

A page is first read as heads (titles, dates, bylines, source lines) between bodies of running
text. A head parts two articles only where the layout says so more than once: a source line that
closes an article, or a date, byline or source that follows a title. Headings alone never part a
page, so a long report stays one article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.documents.cues import cues
from crosstie.documents.units import BODY, Unit, folded, plain_title, units_of
from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Article, Span
from crosstie.text.languages import UNDETERMINED, language_of

_META = frozenset({"date", "byline", "source"})
_TITLES = frozenset({"short", "heading"})
# A repeated title is looked for behind at most this many paragraphs of the opening.
_STANDFIRST = 2
# How an article's parts are called in its blocks.
_BLOCK_KINDS = {
    "short": "heading",
    "heading": "heading",
    "references": "footnote",
    "tail": "navigation",
    "rule": "boilerplate",
    "end": "boilerplate",
}


_FIELD = re.compile(r"^[^:：]{1,30}[:：]\s*[a-z\d]")


@dataclass(frozen=True, slots=True)
class _Head:
    """A run of units between two bodies, and the title in it, if there is one."""

    first: int
    last: int
    title: int | None
    closed: bool
    weakly_closed: bool
    headed: bool


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
    the text proper begins. Text that belongs to no article (navigation, a footer) lies outside of all of them; a text with anything
    to read has at least one.
    """
    units = units_of(text, headings, begins=begins)
    if not units:
        return ()
    _close_page(units)
    heads = _heads(units, folded(title))
    firsts = _first_units(units, heads, starts)
    edges = [*firsts, len(units)]
    return tuple(
        _article(
            text, units[first:following], document_id, number, page_title=title, language=language
        )
        for number, (first, following) in enumerate(zip(firsts, edges[1:], strict=True), start=1)
    )


def _close_page(units: list[Unit]) -> None:
    """Mark everything behind "Related articles" or "Comments" at the end of a page."""
    for at, unit in enumerate(units):
        if unit.kind != "tail":
            continue
        before = sum(len(u.text) for u in units[:at] if u.kind in BODY)
        behind = sum(len(u.text) for u in units[at:] if u.kind in BODY)
        sourced = any(u.kind == "source" and u.publisher for u in units[at:])
        if before and behind < before and not sourced:
            for other in units[at:]:
                other.kind = "boilerplate"
            return


def _heads(units: Sequence[Unit], page_title: str) -> list[_Head]:
    heads: list[_Head] = []
    copies = _copies(units)
    at = 0
    while at < len(units):
        if units[at].kind in BODY:
            at += 1
            continue
        last = at
        while last + 1 < len(units) and units[last + 1].kind not in BODY:
            last += 1
        heads.append(_head(units, at, last, copies, page_title))
        at = last + 1
    return heads


def _copies(units: Sequence[Unit]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for unit in units:
        if unit.kind in _TITLES:
            key = folded(unit.text)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _head(
    units: Sequence[Unit], first: int, last: int, copies: dict[str, int], page_title: str
) -> _Head:
    run = range(first, last + 1)
    opened_by = units[first - 1] if first else None
    closers = [at for at in run if _closes(units, at)]
    # What stands before a source line that closes an article is that article's own.
    behind = max(closers, default=first - 1) + 1 if first else first
    titles = [at for at in run if at >= behind and units[at].kind in _TITLES]
    if last + 1 == len(units):
        titles = []
    title = max(titles, key=lambda at: (_score(units, at, copies, page_title), -at), default=None)
    if title is None:
        return _Head(first, last, None, bool(closers), False, False)
    # Of copies the first begins the article, however its neighbours look.
    key = folded(units[title].text)
    title = next(at for at in titles if folded(units[at].text) == key)
    before, after = units[first:title], units[title + 1 : last + 1]
    return _Head(
        first,
        last,
        title,
        closed=bool(closers) or (opened_by is not None and opened_by.trailing is not None),
        weakly_closed=any(u.kind in ("footnote", "byline", "end", "references") for u in before),
        headed=any(u.kind in _META and not u.post for u in after)
        or (title > first and units[title - 1].kind == "date"),
    )


def _closes(units: Sequence[Unit], at: int) -> bool:
    """Tell whether the unit is a source line that ends an article, and not a figure's source."""
    unit = units[at]
    if unit.kind == "date" and not (unit.publisher and at and units[at - 1].kind in BODY):
        return False
    if unit.kind not in ("source", "date"):
        return False
    back = at - 1
    while back >= 0 and units[back].kind in (
        "source",
        "byline",
        "rule",
        "footnote",
        "date",
        "note",
    ):
        back -= 1
    return back >= 0 and units[back].kind in ("prose", "list")


def _score(units: Sequence[Unit], at: int, copies: dict[str, int], page_title: str) -> float:
    """Say how much a line looks like the title of what follows, among the lines around it."""
    unit = units[at]
    key = folded(unit.text)
    words = len(unit.text.split()) if " " in unit.text else len(unit.text) / 2.5
    score = min(words, 8.0)
    score += 5.0 * (copies.get(key, 0) > 1)
    score += 8.0 * bool(page_title and key and (key in page_title or page_title in key))
    score += 3.0 * (unit.level == 1)
    score += 2.0 * (at + 1 < len(units) and units[at + 1].kind in _META)
    score -= 6.0 * (plain_title(unit.text).lower().strip(":：") in _kickers())
    # "Risk rating: very high" fills in a form; "Profile: Norvik Institute" is a title.
    score -= 2.0 * (_FIELD.search(unit.text) is not None)
    return score


def _kickers() -> frozenset[str]:
    return cues().kickers


def _first_units(units: Sequence[Unit], heads: Sequence[_Head], starts: Sequence[int]) -> list[int]:
    """Return the index of the first unit of each article."""
    firsts = _by_markup(units, starts) or _by_layout(units, heads)
    return firsts


def _by_markup(units: Sequence[Unit], starts: Sequence[int]) -> list[int]:
    wanted = set(starts)
    return [at for at, unit in enumerate(units) if unit.start in wanted] if len(wanted) > 1 else []


def _by_layout(units: Sequence[Unit], heads: Sequence[_Head]) -> list[int]:
    opening = heads[0] if heads and heads[0].first == 0 else None
    parting = _parting(units, heads, opening)
    first = 0
    if opening is not None and opening.title is not None:
        first = _with_date_above(units, opening)
    firsts = [first]
    for head in parting:
        begin = _with_date_above(units, head)
        if not any(unit.kind in BODY for unit in units[firsts[-1] : begin]):
            firsts.pop()
        firsts.append(begin)
    return firsts


def _with_date_above(units: Sequence[Unit], head: _Head) -> int:
    """Return where a head begins: at its title, or at the date line just above."""
    assert head.title is not None
    above = head.title - 1
    dated = above >= head.first and units[above].kind == "date"
    return above if dated and not _closes(units, above) else head.title


def _parting(units: Sequence[Unit], heads: Sequence[_Head], opening: _Head | None) -> list[_Head]:
    """Return the heads that part articles, if the page's layout says so more than once."""
    inner = [head for head in _fresh(units, heads) if head is not opening]
    headed = [head for head in inner if head.headed]
    closed = [head for head in inner if head.closed]
    first_headed = opening is not None and opening.headed
    ends_closed = _ends_closed(units, heads)
    by_header = len(headed) + first_headed >= 2 and bool(headed)
    by_closer = len(closed) + ends_closed >= 2 and bool(closed)
    if not (by_header or by_closer):
        return []
    plain = [head for head in inner if not units[head.title or 0].numbered]
    if not by_header and 3 * len(closed) < len(plain):
        # A report whose figures give their sources, not a digest.
        return []
    return [
        head for head in inner if head.headed or head.closed or (by_closer and head.weakly_closed)
    ]


def _fresh(units: Sequence[Unit], heads: Sequence[_Head]) -> list[_Head]:
    """Return heads with a title that is no copy of one before it."""
    seen: set[str] = set()
    fresh = []
    for head in heads:
        if head.title is None:
            continue
        key = folded(units[head.title].text)
        if key not in seen:
            fresh.append(head)
        seen.add(key)
    return fresh


def _ends_closed(units: Sequence[Unit], heads: Sequence[_Head]) -> bool:
    if heads and heads[-1].last + 1 == len(units):
        return heads[-1].closed
    return bool(units) and units[-1].trailing is not None


def _article(
    text: str,
    units: Sequence[Unit],
    document_id: DocumentId,
    number: int,
    *,
    page_title: str,
    language: str,
) -> Article:
    title_at = next(
        (at for at, unit in enumerate(units) if unit.kind in _TITLES or unit.kind in BODY), None
    )
    titled = title_at is not None and units[title_at].kind in _TITLES
    title = units[title_at].text if titled and title_at is not None else ""
    last = _last_content(units)
    body = _body_unit(units, folded(title))
    kinds = _kinds(units[: last + 1], folded(title), body)
    start, end = units[0].start, units[last].end
    return Article.of(
        document_id,
        number,
        start=start,
        end=end,
        body_start=units[body].start if body <= last else end,
        title=plain_title(title) or (page_title if number == 1 else ""),
        language=_language(text[start:end], language),
        date=_date(units[: last + 1], body),
        publisher=_publisher(units[: last + 1], kinds, body),
        blocks=_blocks(units[: last + 1], kinds),
    )


def _language(text: str, fallback: str) -> str:
    found = language_of(text)
    return fallback if found == UNDETERMINED else found


def _last_content(units: Sequence[Unit]) -> int:
    """Return the index of the last unit that is the article's own, footers left off."""
    last = len(units) - 1
    while last > 0 and units[last].kind in ("navigation", "boilerplate", "tail", "rule"):
        last -= 1
    return last


def _body_unit(units: Sequence[Unit], title: str) -> int:
    """Return the index of the first unit of running text behind the head and its repeats."""
    head_end = 0
    bodies = 0
    for at, unit in enumerate(units):
        bodies += unit.kind in BODY
        if bodies > _STANDFIRST:
            break
        if title and unit.kind in _TITLES and folded(unit.text) == title:
            head_end = at
    at = head_end
    while at < len(units) and units[at].kind not in BODY:
        at += 1
    if at == len(units):
        # Nothing but short lines: what follows the title is the body, such as it is.
        return min(head_end + 1, len(units) - 1)
    # A heading just above the text belongs to the text: "Summary".
    while at - 1 > head_end and units[at - 1].kind in _TITLES:
        at -= 1
    return at


def _kinds(units: Sequence[Unit], title: str, body: int) -> list[str]:
    """Return each unit's kind of block; "" for running text."""
    kinds = []
    referring = False
    for at, unit in enumerate(units):
        kind = _BLOCK_KINDS.get(unit.kind, unit.kind)
        if unit.kind in _TITLES and (at == 0 or folded(unit.text) == title):
            kind = "title"
        if unit.kind in _TITLES:
            referring = False
        referring = referring or unit.kind == "references"
        if unit.kind in BODY:
            kind = "footnote" if referring else ("standfirst" if at < body else "")
        kinds.append(kind)
    _name_publisher(units, kinds, body)
    return kinds


def _name_publisher(units: Sequence[Unit], kinds: list[str], body: int) -> None:
    """A bare name between a head's date and byline is the publisher's."""
    for at in range(1, min(body, len(units)) - 1):
        around = {units[at - 1].kind, units[at + 1].kind}
        if units[at].kind == "short" and kinds[at] == "heading" and around == {"date", "byline"}:
            kinds[at] = "source"


def _blocks(units: Sequence[Unit], kinds: Sequence[str]) -> tuple[Span, ...]:
    spans = [
        Span(unit.start, unit.end, kind) if kind else Span(*unit.trailing, "source")
        for unit, kind in zip(units, kinds, strict=True)
        if kind or unit.trailing is not None
    ]
    return tuple(spans)


def _date(units: Sequence[Unit], body: int) -> str | None:
    """Return the article's date: its head's first, else its source's, else any line's."""
    head = [unit.date for unit in units[:body] if unit.kind in _META]
    tail = [
        unit.date
        for unit in units[body:]
        if unit.kind in ("source", "date") or unit.trailing is not None
    ]
    # The last source line closes the article; an earlier one may belong to a figure.
    return next((date for date in [*head, *reversed(tail)] if date), None)


def _publisher(units: Sequence[Unit], kinds: Sequence[str], body: int) -> str | None:
    for unit, kind in zip(units, kinds, strict=True):
        if kind == "source" and unit.kind == "short":
            return plain_title(unit.text)
    # A date line names a place in the head ("Vellmark City, 3 May"), a publisher only at the end.
    named = [
        unit.publisher
        for at, unit in enumerate(units)
        if unit.publisher and (unit.kind != "date" or at > body)
    ]
    return named[-1] if named else None
