"""Cut a page's text into units (lines or wrapped paragraphs) and say what each one looks like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from crosstie.documents.credits import credit_in, trailing_source
from crosstie.documents.cues import Cues, cues
from crosstie.documents.titles import (
    MARKDOWN_HEADING,
    MARKDOWN_LINK,
    WORD,
    is_numbered,
    is_title_like,
    plain_title,
)
from crosstie.text.lines import paragraphs_of

# Longer lines are running text whatever they begin with.
_LONGEST_CUE = 300
# A note in brackets goes on over at most this many paragraphs.
_LONGEST_NOTE = 20
_BRACKETS = {"{": "}", "[": "]", "(": ")", "（": "）", "【": "】", "［": "］"}

# The kinds of unit that running text is made of.
BODY = frozenset({"prose", "list", "table"})

_RULE = re.compile(r"[\W_]{3,}|[*_=~—–─-]{2,}")
_FOOTNOTE = re.compile(
    r"(?:\{\d{1,3}\}|\[\d{1,3}\]|\[\^[\w-]{1,20}\]:?|\^\d{1,3}|[①-⑳]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*\S"
)
_NOTE_OPEN = re.compile(r"[\[{(（【［]\s*")
_NOTE_CLOSED = re.compile(r"[^】\]]{2,20}[】\]]")
_LIST_ITEM = re.compile(r"(?:[-*+•·▪◦‣●○]|\(?[a-z]\)|\(?\d{1,3}\))\s+\S")
_LEAD = re.compile(r"【[^【】]{4,40}】(?=\s?[^\s【】]{10})")
_CELL = re.compile(r"\s\|\s|\t")
_CRUMB = re.compile(r"\s*[|>»›→＞\t]\s*|\s+::\s+|\s+/\s+")
_FIGURE = re.compile(
    r"(?:figure|fig\.?|table|chart|box)\s*[\dIVX]+\s*(?:[.:：—–-]|$)|[图表]\s*[\d一二三四五六七八九十]+",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[(（][^()（）]{0,60}(?:photo|照片|摄|图)\s*(?:by\b[^()（）]{0,40})?[)）]$", re.IGNORECASE
)
# "Press the blue name above and follow us": on pages made for telephones.
_FOLLOW = re.compile(
    r"(?:点击|长按|扫码|扫描|识别|关注)[^。]{0,16}(?:关注|二维码|原文|公众号|我们)"
)
_IN_BLACK = re.compile(r"(?:【[^【】]{2,8}】\s*)+")
_BLACK_WORD = re.compile(r"【([^【】]+)】")
_EDGES = re.compile(r"^[\W\d]+|[\W\d]+$")


@dataclass(slots=True)
class Unit:
    """A line or a wrapped paragraph: what it looks like, and what it tells of date or source.

    `kind` is prose, list, table, short (a possible title), heading, date, byline, source,
    footnote, note, caption, navigation, boilerplate, tail, references, rule or end.
    `level` is a heading's depth in Markdown; `numbered` marks headings that count; `post` a line
    over a forum's post; `trailing` is where a source in brackets ends running text.
    """

    start: int
    end: int
    text: str
    kind: str = "prose"
    date: str | None = None
    publisher: str | None = None
    level: int = 0
    numbered: bool = False
    post: bool = False
    trailing: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None
    """Where a title in black brackets opens running text: 【Yard sold】 Norvik has …"""


def units_of(text: str, headings: Iterable[int] = (), *, begins: int = 0) -> list[Unit]:
    """Return the units of text[begins:] in order; `headings` are offsets that markup gives."""
    known = frozenset(headings)
    units = [
        _unit(text, start, end, start in known)
        for start, end in paragraphs_of(text, begins, len(text))
    ]
    _close_notes(units)
    _keep_forms(units)
    _part_tables_from_crumbs(units)
    _name_posters(units)
    return units


def _unit(text: str, start: int, end: int, heading: bool) -> Unit:
    unit = Unit(start, end, text[start:end])
    if len(unit.text) > _LONGEST_CUE:
        unit.kind = _long_kind(unit.text)
    else:
        _classify(unit, cues(), heading)
    lead = _LEAD.match(unit.text) if unit.kind == "prose" else None
    if lead is not None:
        unit.lead = (start, start + lead.end())
    found = trailing_source(unit.text) if unit.kind == "prose" else None
    if found is not None:
        at, credit = found
        unit.trailing = (start + at, end)
        unit.publisher, unit.date = credit.publisher, credit.date
    return unit


def _long_kind(line: str) -> str:
    if _note_opens(line, cues()):
        return "note"
    return "footnote" if _FOOTNOTE.match(line) else "prose"


def _classify(unit: Unit, words: Cues, heading: bool) -> None:
    """Try each look in the order of how sure it is; what fits none is running text."""
    line = unit.text
    kind = _by_words(line, words)
    if kind:
        unit.kind = kind
        return
    if _FOOTNOTE.match(line):
        unit.kind = "footnote"
        return
    credit = credit_in(line)
    if credit is not None:
        unit.kind, unit.date = credit.kind, credit.date
        unit.publisher, unit.post = credit.publisher, credit.post
        return
    unit.kind = _by_marks(line, words, heading)
    if unit.kind in ("heading", "short"):
        markdown = MARKDOWN_HEADING.match(line)
        unit.level = len(markdown[1]) if markdown else 0
        unit.numbered = is_numbered(markdown[2] if markdown else line)


def _by_words(line: str, words: Cues) -> str:
    """Return what kind the line's words make it, "" if none of the known ones."""
    bare = line.strip("*_ \t").lower().rstrip(":：")
    brief = plain_title(bare) if len(bare) <= 40 else ""
    looks = (
        ("end", bare in words.end_marks or line.strip() in words.end_marks),
        ("rule", _RULE.fullmatch(line) is not None),
        ("references", brief in words.reference_lines),
        ("tail", _EDGES.sub("", brief) in words.tail_lines),
        ("navigation", _is_navigation(bare, words)),
        ("boilerplate", words.boilerplate_start.match(bare) is not None or bare[:1] == "©"),
        ("boilerplate", words.mail.match(line) is not None and not _is_talk(line)),
        ("note", _note_opens(line, words)),
    )
    return next((kind for kind, holds in looks if holds), "")


def _is_talk(line: str) -> bool:
    """Return whether a line with a colon is running text: "To: whom it may concern." is."""
    return line[-1:] in ".。!！" or len(line) > _LONGEST_MAIL_FIELD


_LONGEST_MAIL_FIELD = 120


def _is_navigation(bare: str, words: Cues) -> bool:
    if not bare or bare.strip("<>«»‹›←→ …") in words.navigation:
        return True
    if words.navigation_start.match(bare) and len(bare) <= 120:
        return True
    if _FOLLOW.match(bare):
        return True
    if _IN_BLACK.fullmatch(bare):
        return all(word in words.navigation for word in _BLACK_WORD.findall(bare))
    if any(mark in bare for mark in ">»›→＞") and _brief_segments(bare):
        return True
    entries = bare.split()
    # "Latest Briefings Latest Reports": the same word begins one entry after the other.
    if entries.count(entries[0]) > 1 and entries[0] in words.navigation_repeats:
        return True
    # "1 2 3 … 10 Next", "Reply | Quote"
    entries = [entry.strip("|·•/…") for entry in entries]
    return all(not entry or entry.isdigit() or entry in words.navigation for entry in entries) and (
        any(entry in words.navigation for entry in entries)
    )


def _brief_segments(line: str) -> bool:
    segments = [part for part in _CRUMB.split(line) if part.strip()]
    brief = all(len(WORD.findall(part)) <= 5 and len(part) <= 40 for part in segments)
    return len(segments) > 1 and brief and line[-1] not in ".。"


def _note_opens(line: str, words: Cues) -> bool:
    opened = _NOTE_OPEN.match(line)
    at = opened.end() if opened else 0
    if words.note.match(line, at):
        return True
    # 【编者按】 closes its bracket where others put a colon.
    closed = _NOTE_CLOSED.match(line, at) if opened else None
    return closed is not None and words.note.match(closed[0][:-1] + ":") is not None


def _by_marks(line: str, words: Cues, heading: bool) -> str:
    """Return what kind the line's marks and length make it."""
    if _is_caption(line, words):
        return "caption"
    if _CELL.search(line) or line.startswith("|"):
        return "table"
    if heading or MARKDOWN_HEADING.match(line):
        return "heading"
    if _LIST_ITEM.match(line):
        return "list"
    return "short" if is_title_like(line) else "prose"


def _is_caption(line: str, words: Cues) -> bool:
    if words.caption.match(line) or words.caption_start.match(line) or _CREDIT.search(line):
        return True
    if _FIGURE.match(line) and line[-1] not in ".。":
        return True
    return line.startswith("!") and MARKDOWN_LINK.fullmatch(line) is not None


def _close_notes(units: list[Unit]) -> None:
    """Carry a note on to its closing bracket, over at most a page of paragraphs."""
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        if unit.kind != "note" or unit.text[0] not in _BRACKETS:
            continue
        opened, closed = unit.text[0], _BRACKETS[unit.text[0]]
        depth = unit.text.count(opened) - unit.text.count(closed)
        inside = at
        while depth > 0 and inside < min(len(units), at + _LONGEST_NOTE):
            depth += units[inside].text.count(opened) - units[inside].text.count(closed)
            inside += 1
        if depth <= 0:
            for member in units[at:inside]:
                member.kind = "note"
            at = inside


# "三、采购人：云门大学": a form's field, which states something and is no title.
_FORM_FIELD = re.compile(
    r"(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）]\s?|（[一二三四五六七八九十]{1,3}）\s?)?"
    r"[㐀-鿿（）()]{2,12}[：:]\s?\S"
)
_LEAST_FIELDS = 3


def _keep_forms(units: list[Unit]) -> None:
    """Read three fields of a form or more, one under the other, as a list and not as headings."""
    run: list[Unit] = []
    for unit in [*units, None]:
        field = unit is not None and unit.kind in ("short", "heading", "prose", "list")
        if unit is not None and field and _FORM_FIELD.match(unit.text):
            run.append(unit)
            continue
        if len(run) >= _LEAST_FIELDS:
            for member in run:
                member.kind, member.level, member.numbered = "list", 0, False
        run = []


def _part_tables_from_crumbs(units: list[Unit]) -> None:
    """A single line with bars is a trail of links; the rows of a table stand together."""
    for at, unit in enumerate(units):
        if unit.kind != "table" or unit.text.startswith("|"):
            continue
        neighbours = units[max(0, at - 1) : at] + units[at + 1 : at + 2]
        if not any(other.kind == "table" or "|" in other.text[:200] for other in neighbours):
            unit.kind = "navigation" if _brief_segments(unit.text) else "prose"


def _name_posters(units: list[Unit]) -> None:
    """The short line above "Posted on …" is the poster's name, not a title."""
    for above, unit in pairwise(units):
        if unit.post and above.kind in ("short", "prose") and len(WORD.findall(above.text)) <= 3:
            above.kind = "byline"
