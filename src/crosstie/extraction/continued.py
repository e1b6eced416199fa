"""What a value goes on from: the bare values before it, and the edition of a report it is from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crosstie.extraction.checks import Checked
from crosstie.extraction.measured import Edition, Measured
from crosstie.extraction.passages import Sentence

SCORE = "score"
_BARE = "count"
_BACK = 3
_WORKS = r"[Rr]eport|[Ee]dition|[Ii]ndex|[Ss]urvey|[Rr]anking|[Yy]earbook|[Rr]eview|[Cc]ensus"
_ENGLISH = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]his)\s(?P<year>(?:19|20)\d\d)\s(?:[A-Z][\w-]+\s|annual\s){{0,4}}(?:{_WORKS})\b"
)
_NAMED = re.compile(rf"(?:[A-Z][\w’'-]+\s(?:(?:in|of|on|and|for|the)\s){{0,2}})+(?:{_WORKS})\b")
_CHINESE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年度|年版|年|版)(?:的)?(?P<work>[^，。；、（）\s]{0,12}?(?:报告|指数|排名|排行榜|年鉴|榜单))"
)


def go_on(text: str, sentences: Sequence[Sentence], found: Sequence[Checked]) -> None:
    """Tell each value what it goes on from, in place.

    A bare value behind a score is one too. A value without a date of its own is of the edition that
    its sentence names, or that the sentence before does; scores are of the last edition named.
    """
    _go_on_scoring(sentences, found)
    editions = dict(_editions(text, sentences))
    place = {sentence: number for number, sentence in enumerate(sentences)}
    for item in found:
        measured = item.measured
        if measured.as_of or measured.by or measured.when or measured.currency:
            continue
        at = place.get(item.sentence, 0)
        reach = len(sentences) if _is_score(measured) else 1
        known = next((n for n in range(at, max(-1, at - reach - 1), -1) if n in editions), None)
        if known is not None:
            item.edition = editions[known]


def _is_score(measured: Measured) -> bool:
    return measured.measure == SCORE or measured.unit == "分"


def _go_on_scoring(sentences: Sequence[Sentence], found: Sequence[Checked]) -> None:
    place = {sentence: number for number, sentence in enumerate(sentences)}
    last: int | None = None
    for item in found:
        measured, at = item.measured, place.get(item.sentence, 0)
        if measured.unit or measured.currency:
            continue
        if measured.measure == SCORE:
            last = at
        elif measured.measure == _BARE and last is not None and at - last <= _BACK:
            item.measured, last = replace(measured, measure=SCORE), at


def _editions(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, Edition]]:
    named: tuple[str, Sentence] | None = None
    for number, sentence in enumerate(sentences):
        whole = text[sentence.start : sentence.end]
        match = _ENGLISH.search(whole)
        han = None if match else _CHINESE.search(whole)
        if match:
            cited = (sentence,) if named is None else tuple(dict.fromkeys((named[1], sentence)))
            yield number, Edition(match.group("year"), named[0] if named else "", cited)
        elif han:
            yield number, Edition(han.group("year"), han.group("work"), (sentence,))
        for work in _NAMED.finditer(whole):
            words = re.sub(r"^(?:The|Its|This|A|An)\s", "", work.group())
            if " " in words:
                named = (words, sentence)
