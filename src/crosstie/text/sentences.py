"""Cut running text into sentences by its punctuation and its lines, in any language."""

import re
from collections.abc import Iterator

from crosstie.text.lines import paragraphs_of

# What may follow the mark that ends a sentence and still belongs to it.
_CLOSING = r"\"'”’»›)\]}）】》」』〕＂＇"
_STOP = re.compile(
    rf"[。！？｡][。！？｡…{_CLOSING}]*"
    rf"|[.!?…؟।]+[{_CLOSING}]*(?=\s|$|\{{\d|\[\d)"
    r"|(?<=[\u3400-\u9fff])[.!?](?=[\u3400-\u9fff])"
)
_FOOTNOTE = re.compile(r"(?:\s?(?:\{\d{1,3}\}|\[\d{1,3}\]))+(?=\s|$)")

# Shortenings that a stop follows in the middle of a sentence, whatever comes next.
_ALWAYS = frozenset(
    "mr mrs ms dr prof gen lt maj capt cmdr adm sgt rev hon st sen rep gov pres messrs mt ft vs viz "
    "cf eg ie e.g i.e approx ca dept univ tel ext ave blvd bzw col brig sr. nr hr fr mme mlle".split()
)
# Shortenings when a number follows; "no" and "art" are words otherwise.
_BEFORE_NUMBER = frozenset(
    "no nos art arts sec secs fig figs vol ch para paras p pp pg jan feb mar apr jun jul aug sep "
    "sept oct nov dec pt tab eq ref".split()
)
# Shortenings that may also end a sentence: the next word decides.
_SOMETIMES = frozenset(
    "co corp inc ltd llc bros plc cia etc al jr sr esq ph.d a.m p.m pty pte pvt gmbh est lab labs "
    "inst assn ed eds dist prov".split()
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
# Words that begin a sentence far more often than they follow a shortening inside of one.
_OPENERS = frozenset(
    "the a an it its this that these those he she they we i in on at as after before but and "
    "however although while when since according for from with under by both each meanwhile "
    "moreover also another other many some most several there their his her our last earlier "
    "later".split()
)
_WORD_BEFORE = re.compile(r"[^\W_][\w.&'’-]*$")
_NEXT = re.compile(r"[\s\"'“‘«(\[{]*([^\s])([\w'’-]*)")
_LIST_MARK = re.compile(r"\W{0,3}(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{1,6})\.$")

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
    """Strip text[start:end] and cut what is too long at white space, or anywhere if there is none."""
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
    word, following_word = before[0].lower(), (following[1] + following[2]).lower()
    if word in _ALWAYS or (len(word) == 1 and word.isalpha() and before[0] != "I"):
        return mark[0] == "."
    if word in _BEFORE_NUMBER:
        return following[1].isdigit()
    if word in _SOMETIMES or _DOTTED.match(word):
        return following_word not in _OPENERS
    return False
