"""Read the lines that say who published, wrote or dated an article."""

import re
from dataclasses import dataclass

from crosstie.documents.cues import Cues, cues
from crosstie.documents.dating import DateMark, dates_in
from crosstie.documents.titles import HAN, MARKDOWN_LINK, WORD, han_count

_LONGEST_BYLINE = 200
_LONGEST_DATE_LINE = 120
_LONGEST_NAME = 120
# A date line may name a place or a publisher, in so many words; with a label in a few more.
_MOST_WORDS, _MOST_LABELLED, _MOST_HAN = 5, 8, 14

_URL = re.compile(r"<?(?:https?://|www\.)\S+>?$")
_TIME = re.compile(
    r"\b\d{1,2}[:：]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b"
    r"|\b(?:UTC|GMT|EST|EDT|CET|CST|BST|[+-]\d{2}:?\d{2})\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|星期[一二三四五六日天]|\bat\b|\bon\b",
    re.IGNORECASE,
)
_POSTED = re.compile(r"(?:posted|published|updated)\b", re.IGNORECASE)
_POST = re.compile(
    r"(?:posted|wrote|says?|said|replied|joined|registered)\s*(?::|on\b|by\b|»|#?\d)"
    r"|发表于|回复于|楼主|\d+\s*楼|^#\d+",
    re.IGNORECASE,
)
_SOURCE_INSIDE = re.compile(r"(?:来源|稿源|來源|source)\s*[:：]\s*(.+)$", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]|\[\d{1,3}\])\s+")
_NEXT_FIELD = re.compile(r"\s{2,}|　|\t|https?://|\s[|｜]\s|[;；]|\s\S{1,6}[:：]")
_IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{2,120})[)）\]】]\s*[.。]?$")
# "(Taken from the Vellmark Daily, 3 May)": Chinese puts no colon behind it.
_TAKEN_FROM = re.compile(r"(?:摘自|转自|转载自|原载|据|选自)(?=《|[^，。：:]{2,20}[，, 0-9])")
# "Original, the account, 2023-06-12 18:30, published in Yunmen".
_ACCOUNT = re.compile(r"(?:原创|转载)\s.{2,40}$|.{2,40}(?:发表于|发布于)\S{0,8}$")
_SMALL = frozenset({"by", "in", "de", "of"})
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
_NAMES = re.compile(rf"{_NAME}(?:(?:, | and | & |; ){_NAME}){{1,8}}$")
# A report from somewhere begins with the place and the date, up to a dash.
_DATELINE = re.compile(r".{4,70}?\s(?:–|—|--|-)\s")
_WIRE = re.compile(
    r"[A-Z][A-Z .’'-]{2,40}(?:,[^.!?]{2,40}?)?\s*(?:\([^()]{2,30}\)\s*)?(?:–|—|--|-)\s"
    r"|[（(]?(?:本报|本网|\w{1,6}社)[^，。,\s]{0,16}[电讯電訊]"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What such a line is (source, byline or date) and says; `post` marks a forum's posts."""

    kind: str
    date: str | None = None
    publisher: str | None = None
    post: bool = False


def credit_in(line: str) -> Credit | None:
    """Return what a line says of source, writer or date if that is all it says, else None."""
    words = cues()
    return _source(line, words) or _byline(line, words) or _date_line(line, words)


def publisher_in(value: str) -> str | None:
    """Return who a source line names: 'Radio Vex, 3 March 2019' → 'Radio Vex'."""
    value = _NUMBER.sub("", MARKDOWN_LINK.sub(r"\1", value))
    dates = dates_in(value)
    if dates:
        value = value[: dates[0].start]
    # The next field on the same line ends the name: "来源：新华网 作者：李文".
    value = _NEXT_FIELD.split(value.strip(), maxsplit=1)[0]
    name = value.strip(' \t,，、;；:：.。·-–—|*_“”"()（）[]')
    if name[:1] == "《" and name.find("》") == len(name) - 1:
        name = name[1:-1]
    return name if any(map(str.isalnum, name)) and len(name) <= _LONGEST_NAME else None


def trailing_source(text: str) -> tuple[int, Credit] | None:
    """Return where a source in brackets at the end of running text begins, and what it says.

    "… said a spokesman. (Radio Vex, 3 May 2019)" and "…。（来源：新华网）" end so.
    """
    tail = _IN_BRACKETS.search(text, max(0, len(text) - 140))
    if tail is None:
        return None
    inner = tail[1]
    label = cues().source.match(inner) or _TAKEN_FROM.match(inner)
    dates = dates_in(inner)
    if label is None and not (dates and dates[-1].end >= len(inner) - 2):
        return None
    name = publisher_in(inner[label.end() :] if label else inner)
    if name is None or len(WORD.findall(name)) > _MOST_LABELLED:
        return None
    if label is None and not (name[0].isupper() or HAN.match(name)):
        return None
    return tail.start(), Credit("source", dates[0].iso if dates else None, name)


def dateline(text: str) -> str | None:
    """Return the date with which a report opens: 'Port Aldis, 9 May 2021 – The navy …'."""
    opening = _DATELINE.match(text[:80])
    dates = dates_in(opening[0]) if opening else []
    return dates[0].iso if dates else None


def is_wire_report(text: str) -> bool:
    """Tell whether running text opens as agencies do: "PORT ALDIS, May 3 (Wire) --", "本报讯"."""
    return _WIRE.match(text[:120]) is not None


def names_people(line: str) -> bool:
    """Tell whether a line is a list of two or more names: 'Mara Quist, Ilo Brandt'."""
    return _NAMES.match(line) is not None


def _source(line: str, words: Cues) -> Credit | None:
    inner = line.strip("*_[]()（）【】{}<> \t")
    label = words.source.match(inner) or (
        _TAKEN_FROM.match(inner) if line[:1] in "（(【[" and line[-1:] in "）)】]" else None
    )
    if label is not None:
        return Credit("source", _first_date(inner), publisher_in(inner[label.end() :]))
    if _URL.match(line) or (words.link.match(inner) and _has_link(inner)):
        return Credit("source")
    return None


def _has_link(inner: str) -> bool:
    return "http" in inner or "www." in inner or MARKDOWN_LINK.search(inner) is not None


def _first_date(line: str) -> str | None:
    dates = dates_in(line)
    return dates[0].iso if dates else None


def _byline(line: str, words: Cues) -> Credit | None:
    inner = line.strip("*_[]()（）【】 \t")
    if len(line) > _LONGEST_BYLINE:
        return None
    if not words.byline.match(inner) and not _starts_with_author(inner, words):
        return None
    source = _SOURCE_INSIDE.search(line)
    if source is not None:
        return Credit("source", _first_date(line), publisher_in(source[1]))
    return Credit("byline", _first_date(line))


def _starts_with_author(line: str, words: Cues) -> bool:
    begins = words.byline_start.match(line)
    if begins is None or line[-1:] in ".。!?！？":
        return False
    rest = WORD.findall(line[begins.end() :])
    named = rest and (rest[0][0].isupper() or HAN.match(rest[0]) is not None)
    return bool(named) and len(rest) <= 12


def _date_line(line: str, words: Cues) -> Credit | None:
    """Recognise a line that says when, alone or with a place, a publisher or a time."""
    dates = dates_in(line) if len(line) <= _LONGEST_DATE_LINE else []
    if not dates or line[-1] in "。?!？！":
        return None
    if _ACCOUNT.match(line):
        return Credit("date", dates[0].iso)
    post = _POST.search(line) is not None
    source = _SOURCE_INSIDE.search(line)
    if source is not None:
        return Credit("source", dates[0].iso, publisher_in(source[1]))
    rest = line[: dates[0].start] + " " + line[dates[-1].end :]
    labelled = post or words.date.match(rest) is not None or _POSTED.match(rest.strip()) is not None
    if not _says_little_else(_TIME.sub(" ", words.date.sub(" ", rest)), labelled):
        return None
    if post:
        return Credit("byline", dates[0].iso, post=True)
    name = None if labelled else _named_before(line, dates[0])
    # "(Radio Vex, 3 May 2019)" on a line of its own is a source, "Aldis, 3 May 2019" a place.
    in_brackets = name is not None and line[0] in "(（[【" and line[-1] in ")）]】"
    return Credit("source" if in_brackets else "date", dates[0].iso, name)


def _says_little_else(rest: str, labelled: bool) -> bool:
    others = WORD.findall(rest)
    if han_count(rest) > _MOST_HAN or len(others) > (_MOST_LABELLED if labelled else _MOST_WORDS):
        return False
    return labelled or not any(word[0].islower() and word not in _SMALL for word in others)


def _named_before(line: str, date: DateMark) -> str | None:
    before = line[: date.start].strip()
    return publisher_in(before) if before.endswith((",", "，", "|")) else None
