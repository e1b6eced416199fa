"""Cut running text into sentences by its punctuation and its lines, in any language."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError
from crosstie.text.lines import paragraphs_of

# What may follow the mark that ends a sentence and still belongs to it.
_CLOSING = r"\"'”’»›)\]}）】》」』〕＂＇"
_STOP = re.compile(
    rf"[。！？｡][。！？｡…{_CLOSING}]*"
    rf"|[.!?…؟।]+[{_CLOSING}]*(?=\s|$|\{{\d|\[\d)"
    r"|(?<=[\u3400-\u9fff])[.!?](?=[\u3400-\u9fff])"
)
_FOOTNOTE = re.compile(r"(?:\s?(?:\{\d{1,3}\}|\[\d{1,3}\]))+(?=\s|$)")

_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_WORD_BEFORE = re.compile(r"[^\W_][\w.&'’-]*$")
_NEXT = re.compile(r"[\s\"'“‘«(\[{]*([^\s])([\w'’-]*)")
_LIST_MARK = re.compile(r"\W{0,3}(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,6})\.$")


@dataclass(frozen=True, slots=True)
class _Shortenings:
    always: frozenset[str]
    before_number: frozenset[str]
    sometimes: frozenset[str]
    openers: frozenset[str]


@functools.cache
def _shortenings() -> _Shortenings:
    data = load_data(files("crosstie.text") / "shortenings.yaml")
    if not isinstance(data, Section):
        raise DataFileError("expected lists of words", file="shortenings.yaml", line=1)
    data.allow(_Shortenings.__slots__)
    return _Shortenings(**{key: frozenset(data.require(key, list)) for key in data})


# A "sentence" longer than this is a list or a table; readers of sentences need a bound.
_LONGEST = 2_000


def sentence_spans(text: str, start: int, end: int, language: str = "und") -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] as half-open ranges, in order and disjoint.

    Together they hold every character that is no white space; none is empty, none begins or ends
    with white space, none is longer than 2,000 characters. Blank lines part sentences; a single
    line end does too, unless a margin made it. The rules need no language: `language` is for the
    few marks that mean two things.

    >>> sentence_spans("Norvik Co., Ltd. grew. It sells No. 5.", 0, 38)
    [(0, 22), (23, 38)]
    """
    spans: list[tuple[int, int]] = []
    for first, last in paragraphs_of(text, start, end):
        at = first
        for stop in _stops(text, first, last, language):
            spans.extend(_pieces(text, at, stop))
            at = stop
        spans.extend(_pieces(text, at, last))
    return spans


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Strip text[start:end] and cut what is too long: at white space, or anywhere without."""
    while True:
        piece = text[start : min(end, start + _LONGEST)]
        body = piece.strip()
        first = start + len(piece) - len(piece.lstrip())
        if not body:
            if start + _LONGEST >= end:
                return
            start += _LONGEST
            continue
        if start + len(piece) >= end:
            yield first, first + len(body)
            return
        if first > start:
            start = first
            continue
        cut = max(piece.rfind(" "), piece.rfind("，") + 1, piece.rfind("、") + 1)
        cut = cut if cut > _LONGEST // 2 else _LONGEST
        yield first, start + len(piece[:cut].rstrip())
        start += cut


def _stops(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Yield the offset behind each mark that ends a sentence inside of one paragraph."""
    sentence = start
    for mark in _STOP.finditer(text, start, end):
        if mark.start() < sentence or not _ends(text, sentence, mark, end, language):
            continue
        footnote = _FOOTNOTE.match(text, mark.end(), end)
        sentence = footnote.end() if footnote else mark.end()
        yield sentence


def _ends(text: str, sentence: int, mark: re.Match[str], end: int, language: str) -> bool:
    if mark[0][0] in "。！？｡" or mark.end() >= end:
        return True
    following = _NEXT.match(text, mark.end(), min(end, mark.end() + 60))
    if following is None:
        return True
    # "Yahoo! said", "“Why?” she asked", "three ... four": the sentence goes on.
    if following[1].islower():
        return False
    # German writes ordinals with a stop: "am 3. Oktober".
    if language == "de" and text[mark.start() - 1 : mark.start()].isdigit():
        return False
    return mark[0][0] != "." or not _shortens(text, sentence, mark, following)


def _shortens(text: str, sentence: int, mark: re.Match[str], following: re.Match[str]) -> bool:
    """Tell whether the stop belongs to a shortening and the sentence goes on behind it."""
    if mark[0] not in (".", ".)", '."', ".”", ".’"):
        return False
    before = _WORD_BEFORE.search(text, max(sentence, mark.start() - 24), mark.start())
    if before is None:
        return False
    if _LIST_MARK.match(text, sentence, mark.start() + 1):
        return True
    known = _shortenings()
    word, following_word = before[0].lower(), (following[1] + following[2]).lower()
    if word in known.always or (len(word) == 1 and word.isalpha() and before[0] != "I"):
        return mark[0] == "."
    if word in known.before_number:
        return following[1].isdigit()
    if word in known.sometimes or _DOTTED.match(word):
        return following_word not in known.openers
    return False
