"""What makes a line look like a title, and how two copies of a title are told to be equal."""

import functools
import re

from crosstie.text.sentences import sentence_spans

_LONGEST = 200
_MOST_WORDS = 32
_LONGEST_HAN = 60

WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
MARKDOWN_LINK = re.compile(r"!?\[([^\]]{0,200})\]\(([^)\s]{0,500})[^)]{0,200}\)")
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
_LABEL = re.compile(r"^(?:title|headline|标题|题目)\s*[:：]\s*(?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)、．]?|[IVXLC]{1,6}[.)]|[A-Z][.)]|\([\dA-Za-z]{1,4}\)"
    r"|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部编]"
    r"|(?:chapter|section|part|appendix|annex|article|box)\s+(?:\d+|[IVXLC]+|[A-Z]))"
    r"(?:\s|:|：|(?<=[、．）]))\s*\S",
    re.IGNORECASE,
)
_FOOTNOTE_MARKS = re.compile(r"(?:\s?(?:\[\d{1,3}\]|\{\d{1,3}\}))+$")
_ABBREVIATED = re.compile(r"(?:\b(?:Co|Corp|Inc|Ltd|No|Jr|Sr|St)|(?:\b[A-Z]\.)+[A-Z]|etc)\.$")


def plain_title(line: str) -> str:
    """Return a title line without its markup: '## **Norvik** grows ##' → 'Norvik grows'."""
    match = MARKDOWN_HEADING.match(line)
    bare = match[2] if match else line
    if "](" in bare:
        bare = MARKDOWN_LINK.sub(r"\1", bare)
    bare = _EMPHASIS.sub(r"\2", bare).strip("*_ \t")
    bare = _LABEL.sub("", bare)
    if not bare.isprintable():
        # Direction marks and other controls have no place in a title that a page shows.
        bare = "".join(c for c in bare if c.isprintable() or c.isspace())
    return " ".join(bare.split())


@functools.lru_cache(maxsize=4096)
def folded(line: str) -> str:
    """Return a title in the form in which copies of it are equal: letters and digits alone."""
    return "".join(WORD.findall(plain_title(line).casefold()))


def han_count(line: str) -> int:
    """Return how many Han, kana and Hangul characters a line holds."""
    return len(HAN.findall(line))


def is_numbered(line: str) -> bool:
    """Tell whether a heading counts: "3. Results", "IV. Outlook", "第一章"."""
    return _NUMBERED.match(line) is not None


def is_title_like(line: str) -> bool:
    """Tell whether a line could be a title: brief, one sentence at most, no closing stop."""
    line = _FOOTNOTE_MARKS.sub("", line)
    words = WORD.findall(line)
    if not words or len(line) > _LONGEST or len(words) > _MOST_WORDS:
        return False
    if han_count(line) > _LONGEST_HAN or "。" in line[:-1]:
        return False
    if line[-1] in ".。;；:：,，、…" and not _ABBREVIATED.search(line):
        return False
    if words[0].islower():
        return False
    return len(sentence_spans(line, 0, len(line))) == 1 or is_numbered(line)
