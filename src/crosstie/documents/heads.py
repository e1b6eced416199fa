"""Find the heads of a page (titles with dates, bylines, sources) and say which part articles.

A page is read as heads between bodies of running text. A head parts two articles only where the
layout says so more than once: a source line that closes an article, or a date, byline or source
that follows a title. Headings alone never part a page, so a long report stays one article.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crosstie.documents.credits import is_wire_report
from crosstie.documents.cues import cues
from crosstie.documents.titles import folded, han_count, plain_title
from crosstie.documents.units import BODY, Unit

META = frozenset({"date", "byline", "source"})
TITLES = frozenset({"short", "heading"})

# What may stand between running text and the source line that closes it.
_CLOSING = frozenset({"source", "byline", "rule", "footnote", "date", "note"})
_FIELD = re.compile(r"^\w+(?: \w+){0,2}[:：]\s*[a-z\d]")


@dataclass(frozen=True, slots=True)
class Head:
    """A run of units between two bodies, and the title in it.

    `closed` says that a source line ends the article above, `weakly_closed` that its footnotes or
    an author's line do, `headed` that a date, byline or source follows the title.
    """

    first: int
    last: int
    title: int
    closed: bool
    weakly_closed: bool
    headed: bool


def first_units(units: Sequence[Unit], page_title: str, starts: Sequence[int]) -> list[int]:
    """Return the index of the first unit of each article; `starts` are offsets from markup."""
    wanted = set(starts)
    marked = [at for at, unit in enumerate(units) if unit.start in wanted]
    if len(marked) > 1:
        return marked
    led = [at for at, unit in enumerate(units) if unit.lead is not None]
    if len(led) > 1 and (len(led) > _LEAST_ALIKE or all(units[at].trailing for at in led)):
        return led
    runs = _runs(units)
    closers = _closers(units)
    heads = _heads(units, runs, closers, folded(page_title))
    opening = heads[0] if heads and heads[0].first == 0 else None
    firsts = [_with_date_above(units, opening) if opening else 0]
    if opening is not None:
        alike = heads[0] = _like_the_rest(units, opening, heads[1:])
        if alike is not opening:
            # The date above is the whole page's.
            opening, firsts = alike, [alike.title]
    ends_closed = _ends_closed(units, runs, closers)
    for head in _parting(units, heads, opening, closers, ends_closed):
        begin = _with_date_above(units, head)
        if not any(unit.kind in BODY for unit in units[firsts[-1] : begin]):
            # A masthead with nothing under it is no article.
            firsts.pop()
        firsts.append(begin)
    return firsts


def _like_the_rest(units: Sequence[Unit], opening: Head, rest: Sequence[Head]) -> Head:
    """Return the opening head under the title that stands where those of all the others stand.

    Above it stands the name of the whole: "Weekly news", "I. At home", "1. A plan for ports".
    """
    parted = [head for head in rest if head.closed or head.headed]
    distances = {head.last - head.title for head in parted}
    if len(parted) < _LEAST_ALIKE or len(distances) != 1:
        return opening
    at = opening.last - distances.pop()
    if at <= opening.title or units[at].kind not in TITLES:
        return opening
    same = folded(units[at].text) == folded(units[opening.title].text)
    return opening if same else replace(opening, title=at)


# So many other heads must be alike before the first is read by their pattern.
_LEAST_ALIKE = 2


def _runs(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Return (first, last) of each run of units that are no running text."""
    runs: list[tuple[int, int]] = []
    for at, unit in enumerate(units):
        if unit.kind in BODY:
            continue
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _heads(
    units: Sequence[Unit], runs: Sequence[tuple[int, int]], closers: frozenset[int], page_title: str
) -> list[Head]:
    """Return the runs that hold a title which is no copy of one before it."""
    copies = Counter(folded(unit.text) for unit in units if unit.kind in TITLES)
    seen: set[str] = set()
    heads = []
    for first, last in runs:
        head = _head(units, range(first, last + 1), closers, copies, page_title)
        if head is None:
            continue
        key = folded(units[head.title].text)
        if key not in seen:
            heads.append(head)
        seen.add(key)
    return heads


def _head(
    units: Sequence[Unit],
    run: range,
    closers: frozenset[int],
    copies: Counter[str],
    page_title: str,
) -> Head | None:
    first, last = run[0], run[-1]
    # What stands above a source line that closes an article is that article's own.
    behind = max((at for at in run if at in closers), default=first - 1) + 1
    titles = [at for at in run if at >= behind and units[at].kind in TITLES]
    if not titles or (last + 1 == len(units) and first > 0):
        return None
    listed = [at for at in titles if copies[folded(units[at].text)] > 1]
    if len(listed) > 1:
        # A list of contents, maybe with the first article's head below: its first entry begins.
        titles = listed[:1]
    best = max(titles, key=lambda at: (_score(units, at, copies, page_title, at == titles[0]), -at))
    # Of copies the first begins the article, however its neighbours look.
    title = next(at for at in titles if folded(units[at].text) == folded(units[best].text))
    before, after = units[first:title], units[title + 1 : last + 1]
    return Head(
        first,
        last,
        title,
        closed=behind > first or (first > 0 and units[first - 1].trailing is not None),
        weakly_closed=any(u.kind in ("footnote", "byline", "end", "references") for u in before),
        headed=any(u.kind in META and not u.post for u in after)
        or (last + 1 < len(units) and is_wire_report(units[last + 1].text))
        or (title > first and units[title - 1].kind == "date"),
    )


def _closers(units: Sequence[Unit]) -> frozenset[int]:
    """Return the places of the lines that end an article: its sources, not those of a figure."""
    closers = set()
    # A page with several lists of references has several articles, each closed by its own.
    if sum(unit.kind == "references" for unit in units) > 1:
        closers |= {at for at, unit in enumerate(units) if unit.kind in ("references", "footnote")}
    above = ""
    for at, unit in enumerate(units):
        by_date = unit.kind == "date" and bool(unit.publisher) and at and units[at - 1].kind in BODY
        if (unit.kind == "source" or by_date) and above in ("prose", "list"):
            closers.add(at)
        if unit.kind not in _CLOSING:
            above = unit.kind
    return frozenset(closers)


def _score(
    units: Sequence[Unit], at: int, copies: Counter[str], page_title: str, first: bool
) -> float:
    """Say how much a line looks like the title of what follows, among the lines around it."""
    line = units[at].text
    key = folded(line)
    words = max(len(line.split()), han_count(line) / 2.5)
    score = min(words, 6.0)
    # Of a title and a subtitle the title comes first; a rubric above them is shorter.
    score += 1.0 * first
    score += 2.0 * (line[-1] in "?!？！")
    score += 5.0 * (copies[key] > 1)
    score += 8.0 * bool(page_title and key and (key in page_title or page_title in key))
    score += 3.0 * (units[at].level == 1)
    score += 1.0 * (at + 1 < len(units) and units[at + 1].kind in META)
    score -= 6.0 * (plain_title(line).lower().strip(":：") in cues().kickers)
    # "Risk rating: very high" fills in a form; "Profile: Norvik Institute" is a title.
    score -= 2.0 * (_FIELD.match(line) is not None)
    # Authors and their addresses come in lists.
    score -= 4.0 * (line.count(", ") > 1 or (line.count(", ") == 1 and words < 6))
    return score


def _with_date_above(units: Sequence[Unit], head: Head) -> int:
    """Return where a head begins: at its title, or at the date line just above."""
    above = head.title - 1
    dated = above >= head.first and units[above].kind == "date"
    # A date line with a publisher, under running text, closes the article above.
    closing = dated and head.closed and units[above].publisher is not None
    return above if dated and not closing else head.title


def _parting(
    units: Sequence[Unit],
    heads: Sequence[Head],
    opening: Head | None,
    closers: frozenset[int],
    ends_closed: bool,
) -> list[Head]:
    """Return the heads that part articles, if the page's layout says so more than once."""
    inner = [head for head in heads if head is not opening]
    headed = [head for head in inner if head.headed]
    closed = [head for head in inner if head.closed]
    by_header = bool(headed) and len(headed) + (opening is not None and opening.headed) > 1
    by_closer = bool(closed) and len(closed) + ends_closed > 1
    counted = [head for head in inner if not units[head.title].numbered]
    # A report may give sources under its sections too, but seldom with a date, and not under all.
    dated = sum(units[at].date is not None for at in closers)
    dated += sum(unit.trailing is not None and unit.date is not None for unit in units)
    least = len(counted) / 3 if dated > 1 else len(counted)
    if not by_header and len(closed) < least:
        by_closer = False
    if not (by_header or by_closer):
        return []
    parting = [
        head for head in inner if head.headed or head.closed or (by_closer and head.weakly_closed)
    ]
    return _with_same_level(units, inner, parting)


def _ends_closed(
    units: Sequence[Unit], runs: Sequence[tuple[int, int]], closers: frozenset[int]
) -> bool:
    if not runs or runs[-1][1] + 1 < len(units):
        return units[-1].trailing is not None
    first, last = runs[-1]
    closed = any(at in closers for at in range(first, last + 1))
    return closed or (first > 0 and units[first - 1].trailing is not None)


def _with_same_level(
    units: Sequence[Unit], inner: Sequence[Head], parting: Sequence[Head]
) -> list[Head]:
    """Add the Markdown headings of the same depth: behind an introduction nothing closes."""
    levels = {units[head.title].level for head in parting}
    if len(levels) != 1 or 0 in levels:
        return list(parting)
    return [head for head in inner if units[head.title].level in levels]
