"""Cut a page's text into units (lines or wrapped paragraphs) and say what each one looks like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.documents.cues import Cues, cues
from crosstie.documents.dating import dates_in
from crosstie.text.lines import paragraphs_of
from crosstie.text.sentences import sentence_spans

# Longer lines are running text whatever they begin with.
_LONGEST_CUE = 300
_LONGEST_TITLE = 200
_MOST_WORDS = 32
_LONGEST_HAN_TITLE = 60

# What can stand between two bodies of running text without being running text itself.
BODY = frozenset({"prose", "list", "table"})

_RULE = re.compile(r"[\W_]{3,}|[*_=~—–─-]{2,}")
_FOOTNOTE = re.compile(
    r"(?:\{\d{1,3}\}|\[\d{1,3}\]|\[\^[\w-]{1,20}\]:?|\^\d{1,3}|[①-⑳]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*\S"
)
_NOTE_OPEN = re.compile(r"[\[{(（【［]\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_LIST_ITEM = re.compile(r"(?:[-*+•·▪◦‣●○]|\(?[a-z]\)|\(?\d{1,3}\))\s+\S")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)、．]?|[IVXLC]{1,6}[.)]|[A-Z][.)]|\([\dA-Za-z]{1,4}\)|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十\d]{1,3}[章节条部编]"
    r"|(?:chapter|section|part|appendix|annex|article|box)\s+(?:\d+|[IVXLC]+|[A-Z]))(?:\s|:|：|(?<=[、．）]))\s*\S",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b(?:Co|Corp|Inc|Ltd|No|Jr|Sr|St)|(?:\b[A-Z]\.)+[A-Z]|etc)\.$")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_TIME = re.compile(
    r"\b\d{1,2}[:：]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b|\b(?:UTC|GMT|EST|EDT|CET|CST|BST|[+-]\d{2}:?\d{2})\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|星期[一二三四五六日天]|\bat\b|\bon\b",
    re.IGNORECASE,
)
_CELL = re.compile(r"\s\|\s|\t")
_CRUMB = re.compile(r"\s*[|>»›→＞\t]\s*|\s+::\s+|\s+/\s+")
_URL = re.compile(r"<?(?:https?://|www\.)\S+>?$")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]{0,200})\]\(([^)\s]{0,500})[^)]{0,200}\)")
_TRAILING_SOURCE = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,120})[)）\]】]\s*[.。]?$")
_CREDIT = re.compile(
    r"[(（][^()（）]{0,60}(?:photo|照片|摄|图)\s*(?:by\b[^()（）]{0,40})?[)）]$", re.IGNORECASE
)
_FORUM = re.compile(
    r"(?:posted|wrote|says?|said|replied|joined|registered)\s*(?::|on\b|by\b|»|#?\d)|发表于|回复于|楼主|\d+\s*楼|^#\d+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Unit:
    """A line or a wrapped paragraph: what it looks like, and what it tells of date or source.

    `kind` is prose, list, table, short (a possible title), heading, date, byline, source,
    footnote, note, caption, navigation, boilerplate, tail, references, rule or end.
    `level` is a heading's depth; `numbered` marks headings that count ("3.", "第一章").
    """

    start: int
    end: int
    text: str
    kind: str
    date: str | None = None
    publisher: str | None = None
    level: int = 0
    numbered: bool = False
    post: bool = False
    trailing: tuple[int, int] | None = None


def units_of(text: str, headings: Iterable[int] = (), *, begins: int = 0) -> list[Unit]:
    """Return the units of text[begins:] in order; `headings` are offsets that markup gives."""
    known = frozenset(headings)
    units = [
        _unit(text, start, end, known) for start, end in paragraphs_of(text, begins, len(text))
    ]
    _close_notes(units)
    _join_tables(units)
    return units


def plain_title(text: str) -> str:
    """Return a title line without its markup: '## **Norvik** grows ##' → 'Norvik grows'."""
    match = _HEADING.match(text)
    bare = match[2] if match else text
    bare = _MARKDOWN_LINK.sub(r"\1", bare)
    bare = re.sub(r"(\*\*|__)(.+?)\1", r"\2", bare).strip("*_ \t")
    # Direction marks and other controls have no place in a title that a page shows.
    return " ".join("".join(c for c in bare if c.isprintable() or c.isspace()).split())


def folded(text: str) -> str:
    """Return a title in the form in which copies of it are equal."""
    return "".join(_WORD.findall(plain_title(text).casefold()))


def _unit(text: str, start: int, end: int, headings: frozenset[int]) -> Unit:
    line = text[start:end]
    unit = Unit(start, end, line, "prose")
    if len(line) > _LONGEST_CUE:
        unit.kind = _long_kind(line)
    else:
        _classify(unit, cues(), start in headings)
    if unit.kind == "prose":
        _read_trailing_source(unit)
    return unit


def _long_kind(line: str) -> str:
    if _note_opens(line, cues()):
        return "note"
    return "footnote" if _FOOTNOTE.match(line) else "prose"


def _classify(unit: Unit, words: Cues, heading: bool) -> None:
    """Try each look in order of how sure it is; what none of them fits is running text."""
    line = unit.text
    bare = line.strip("*_ \t").lower().rstrip(":：")
    for looks in (_plain_cue, _source, _byline, _date):
        if looks(unit, line, bare, words):
            return
    if _FOOTNOTE.match(line):
        unit.kind = "footnote"
    elif _is_caption(line, words):
        unit.kind = "caption"
    elif _is_table(line):
        unit.kind = "table"
    elif _LIST_ITEM.match(line) and not heading:
        unit.kind = "list"
    elif heading or _HEADING.match(line) or _is_short(line):
        _head(unit, line, heading)


def _plain_cue(unit: Unit, line: str, bare: str, words: Cues) -> bool:
    whole = {
        "end": bare in words.end_marks or line.strip() in words.end_marks,
        "rule": _RULE.fullmatch(line) is not None,
        "references": plain_title(bare) in words.reference_lines,
        "tail": re.sub(r"^[\W\d]+|[\W\d]+$", "", bare) in words.tail_lines,
        "navigation": _is_navigation(bare, words),
        "boilerplate": words.boilerplate_start.match(bare) is not None or bare.startswith("©"),
        "note": _note_opens(line, words),
    }
    for kind, holds in whole.items():
        if holds:
            unit.kind = kind
            return True
    return False


def _is_navigation(bare: str, words: Cues) -> bool:
    if not bare or bare.strip("<>«»‹›←→ …") in words.navigation:
        return True
    if words.navigation_start.match(bare) and len(bare) <= 120:
        return True
    if any(mark in bare for mark in ">»›→＞") and _brief_segments(bare):
        return True
    # "Latest Briefings Latest Reports": the same word begins one entry after the other.
    entries = bare.split()
    return entries.count(entries[0]) > 1 and entries[0] in words.navigation_repeats


def _note_opens(line: str, words: Cues) -> bool:
    opened = _NOTE_OPEN.match(line)
    at = opened.end() if opened else 0
    if words.note.match(line, at):
        return True
    # 【编者按】 closes its bracket where others put a colon.
    closed = re.match(r"[^】\]]{2,20}[】\]]", line[at:]) if opened else None
    return closed is not None and words.note.match(closed[0][:-1] + ":") is not None


def _source(unit: Unit, line: str, bare: str, words: Cues) -> bool:
    inner = line.strip("*_[]()（）【】{}<> \t")
    label = words.source.match(inner)
    if label is None:
        if _URL.match(line) or words.link.match(inner) and _has_link(inner):
            unit.kind = "source"
            return True
        return False
    unit.kind = "source"
    unit.publisher = publisher_in(inner[label.end() :])
    unit.date = _first_date(inner)
    return True


def _has_link(inner: str) -> bool:
    return "http" in inner or "www." in inner or _MARKDOWN_LINK.search(inner) is not None


def publisher_in(value: str) -> str | None:
    """Return who a source line names: 'Radio Vex, 3 March 2019' → 'Radio Vex'."""
    value = _MARKDOWN_LINK.sub(r"\1", value)
    dates = dates_in(value)
    if dates:
        value = value[: dates[0].start]
    value = re.split(r"\s{2,}|　|\t|https?://|\s[|｜]\s|[;；]", value.strip(), maxsplit=1)[0]
    # The next label on the same line ends the name: "来源：新华网 作者：李文".
    value = re.split(r"\s\S{1,6}[:：]", value, maxsplit=1)[0]
    name = value.strip(' \t,，、;；:：.。·-–—|*_“”"()（）[]')
    return name if any(map(str.isalnum, name)) and len(name) <= 120 else None


def _first_date(line: str) -> str | None:
    dates = dates_in(line)
    return dates[0].iso if dates else None


def _byline(unit: Unit, line: str, bare: str, words: Cues) -> bool:
    inner = line.strip("*_[]()（） \t")
    if len(line) > 200:
        return False
    if not words.byline.match(inner) and not _starts_with_author(inner, words):
        return False
    unit.kind = "byline"
    unit.date = _first_date(line)
    source = re.search(r"(?:来源|稿源|來源|source)\s*[:：]\s*(.+)$", line, re.IGNORECASE)
    if source is not None:
        unit.kind, unit.publisher = "source", publisher_in(source[1])
    return True


def _starts_with_author(line: str, words: Cues) -> bool:
    begins = words.byline_start.match(line)
    if begins is None or line[-1:] in ".。!?！？":
        return False
    rest = _WORD.findall(line[begins.end() :])
    named = rest[:1] and (rest[0][:1].isupper() or _HAN.match(rest[0]) is not None)
    return bool(named) and len(rest) <= 12


def _date(unit: Unit, line: str, bare: str, words: Cues) -> bool:
    """Recognise a line that says when, alone or with a place, a publisher or a time."""
    if len(line) > 120:
        return False
    dates = dates_in(line)
    if not dates:
        return False
    unit.post = _FORUM.search(line) is not None
    rest = line[: dates[0].start] + " " + line[dates[-1].end :]
    label = words.date.match(rest) or re.match(
        r"(?:posted|published|updated)\b", rest.strip(), re.I
    )
    rest = _TIME.sub(" ", words.date.sub(" ", rest))
    others = _WORD.findall(rest)
    han = sum(map(len, _HAN.findall(rest)))
    if han > 14 or len(others) > (8 if label or unit.post else 5) or line[-1] in "。?!？！":
        return False
    small = [word for word in others if word[0].islower() and word not in {"by", "in", "de", "of"}]
    if small and not (label or unit.post):
        return False
    unit.kind, unit.date = "date", dates[0].iso
    before = line[: dates[0].start].strip()
    if before.endswith((",", "，", "|")) and not label:
        unit.publisher = publisher_in(before)
    if unit.post:
        unit.kind, unit.publisher = "byline", None
    return True


def _is_caption(line: str, words: Cues) -> bool:
    if words.caption.match(line) or words.caption_start.match(line) or _CREDIT.search(line):
        return True
    if re.match(
        r"(?:figure|fig\.?|table|chart|box)\s*[\dIVX]+\s*(?:[.:：—–-]|$)", line, re.IGNORECASE
    ):
        return True
    if re.match(r"[图表]\s*[\d一二三四五六七八九十]+", line) and len(line) <= 60:
        return True
    return _MARKDOWN_LINK.fullmatch(line) is not None and line.startswith("!")


def _is_table(line: str) -> bool:
    return _CELL.search(line) is not None or line.startswith("|")


def _is_short(line: str) -> bool:
    """Tell whether a line could be a title: brief, one sentence at most, no closing stop."""
    words = _WORD.findall(line)
    han = sum(map(len, _HAN.findall(line)))
    if not words or len(line) > _LONGEST_TITLE or len(words) > _MOST_WORDS:
        return False
    if han > _LONGEST_HAN_TITLE:
        return False
    if line[-1] in ".。;；:：,，、…" and not _ABBREVIATED.search(line):
        return False
    first = next(iter(words))
    if first[0].islower() and first.islower() or "。" in line[:-1]:
        return False
    return len(sentence_spans(line, 0, len(line))) == 1 or _NUMBERED.match(line) is not None


def _head(unit: Unit, line: str, heading: bool) -> None:
    markdown = _HEADING.match(line)
    unit.kind = "heading" if markdown or heading else "short"
    unit.level = len(markdown[1]) if markdown else 0
    unit.numbered = _NUMBERED.match(markdown[2] if markdown else line) is not None


def _read_trailing_source(unit: Unit) -> None:
    """Mark a source in brackets at the end of running text: "… said. (Radio Vex, 3 May 2019)"."""
    tail = _TRAILING_SOURCE.search(unit.text, max(0, len(unit.text) - 140))
    if tail is None:
        return
    inner = tail[1]
    label = cues().source.match(inner)
    dates = dates_in(inner)
    if label is None and not (dates and dates[-1].end >= len(inner) - 2):
        return
    name = publisher_in(inner[label.end() :] if label else inner)
    if name is None or len(_WORD.findall(name)) > 8:
        return
    if label is None and not name[0].isupper() and not _HAN.match(name):
        return
    unit.trailing = (unit.start + tail.start(), unit.start + len(unit.text.rstrip()))
    unit.publisher, unit.date = name, dates[0].iso if dates else None


def _close_notes(units: list[Unit]) -> None:
    """Carry a note on to its closing bracket, over at most a page of paragraphs."""
    pairs = {"{": "}", "[": "]", "(": ")", "（": "）", "【": "】", "［": "］"}
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        if unit.kind != "note" or unit.text[0] not in pairs:
            continue
        opened, closed = unit.text[0], pairs[unit.text[0]]
        depth = unit.text.count(opened) - unit.text.count(closed)
        inside = at
        while depth > 0 and inside < min(len(units), at + 20):
            depth += units[inside].text.count(opened) - units[inside].text.count(closed)
            inside += 1
        if depth <= 0:
            for member in units[at:inside]:
                member.kind = "note"
            at = inside


def _join_tables(units: list[Unit]) -> None:
    """A single line with bars is a breadcrumb; rows of a table stand together."""
    for at, unit in enumerate(units):
        if unit.kind != "table" or unit.text.startswith("|"):
            continue
        neighbours = units[max(0, at - 1) : at] + units[at + 1 : at + 2]
        if any(other.kind == "table" or other.text.count("|") for other in neighbours):
            continue
        unit.kind = "navigation" if _brief_segments(unit.text) else "prose"


def _brief_segments(line: str) -> bool:
    segments = [part for part in _CRUMB.split(line) if part.strip()]
    brief = all(len(_WORD.findall(part)) <= 5 and len(part) <= 40 for part in segments)
    return len(segments) > 1 and brief and line[-1] not in ".。"
