"""Lines of Chinese pages that are no sentences: table rows with bars, and items of a list.

A row is read by itself, its cells as clauses: 甲公司 | 与乙大学共建实验室 | 2018年至今. An item
under "…同时披露：" begins with a dash or a number and is about whoever the lead-in is about.
"""

import re
from collections.abc import Iterator, Sequence

from crosstie.extraction.passages import Sentence
from crosstie.text.lines import lines_of

_BAR = re.compile(r"(?<=\S)[ \t]\|(?=[ \t])")
_ITEM = re.compile(
    r"\s*(?:[—–－-]{1,2}|[·•●○■◆▪*]|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）])\s*"
)


def in_rows(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences, those that hold several rows of a table cut at the line ends."""
    return [part for sentence in sentences for part in _rows(text, sentence)]


def _rows(text: str, sentence: Sentence) -> Iterator[Sentence]:
    if not _BAR.search(text, sentence.start, sentence.end):
        yield sentence
        return
    for start, end in lines_of(text, sentence.start, sentence.end):
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield Sentence(first, start + len(words.rstrip()))


def bars_as_commas(text: str) -> str:
    """Return the text with the bar between two cells as a comma: same length."""
    return _BAR.sub("， ", text)


def item_mark(text: str, sentence: Sentence) -> int:
    """Return the length of the mark that makes a sentence an item of a list, or 0."""
    match = _ITEM.match(text, sentence.start, sentence.end)
    return match.end() - match.start() if match else 0
