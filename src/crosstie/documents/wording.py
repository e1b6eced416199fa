"""An article's running text as tokens, with the sites where names and numbers stand.

Two texts of one template differ just there: what surrounds a name is the same, the name is not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crosstie.ontology.records import Article
from crosstie.text.countries import country_name, country_points
from crosstie.text.numbers import FIGURES, HAN_FIGURES
from crosstie.text.scripts import fold

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(rf"{FIGURES}|{_HAN}|[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?。！？:：\n“\"]")
_HAN_NUMBER = re.compile(rf"{HAN_FIGURES}")
# What a Chinese organisation's name ends in; of what stands before it four characters tell enough.
_HAN_SUFFIX = re.compile(
    "公司|集团|大学|学院|研究院|研究所|实验室|银行|基金会|委员会|协会|中心|总局|法院|港口|机场"
)
_BEFORE_SUFFIX = 4
_HAN_ONLY = re.compile(_HAN)
NUMBER_MARK, NAME_MARK = "#", "@"


@dataclass(frozen=True, slots=True)
class Site:
    """A name or number: its place in the masked tokens, and its own words, folded."""

    place: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text for comparing: folded tokens; the same with each site as one mark; the sites."""

    tokens: tuple[str, ...]
    masked: tuple[str, ...]
    sites: tuple[Site, ...]


def running_text(text: str, article: Article) -> str:
    """Return an article's body without the parts that are no running text."""
    parts, place = [], article.body_start
    for block in sorted(article.blocks, key=lambda block: (block.start, block.end)):
        if block.end <= place or block.start >= article.end:
            continue
        parts.append(text[place : max(place, block.start)])
        place = max(place, block.end)
    parts.append(text[place : article.end])
    return "\n".join(part for part in parts if part.strip())


def wording_of(text: str) -> Wording:
    """Return the tokens and the sites of a text: Chinese by the character, others by the word."""
    text = unicodedata.normalize("NFKC", text)
    found = list(_TOKEN.finditer(text))
    raw = [match.group() for match in found]
    folded = _folded(raw)
    starts = {match.start(): place for place, match in enumerate(found)}
    opens = [
        place == 0 or bool(_SENTENCE_END.search(text[found[place - 1].end() : match.start()]))
        for place, match in enumerate(found)
    ]
    spans = _apart([*_han_sites(text, starts, len(found)), *_latin_sites(raw, opens)])
    masked: list[str] = []
    sites: list[Site] = []
    done = 0
    for start, end, mark in spans:
        masked.extend(folded[done:start])
        sites.append(Site(len(masked), tuple(folded[start:end])))
        masked.append(mark)
        done = end
    masked.extend(folded[done:])
    return Wording(tuple(folded), tuple(masked), tuple(sites))


def _folded(raw: list[str]) -> list[str]:
    """Fold all tokens at once, which is quick; one by one where folding would run them together."""
    folded = fold(" ".join(raw)).split(" ") if raw else []
    return folded if len(folded) == len(raw) else [fold(token) or token for token in raw]


_Span = tuple[int, int, str]


def _apart(spans: list[_Span]) -> list[_Span]:
    """Return the spans in order, without those that begin inside an earlier one."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _latin_sites(raw: list[str], opens: list[bool]) -> Iterator[_Span]:
    """Yield numbers, and runs of capitalised words; one that opens a sentence alone is no name."""
    place = 0
    while place < len(raw):
        if raw[place][0].isdigit():
            yield place, place + 1, NUMBER_MARK
            place += 1
        elif raw[place][0].isupper():
            end = place + 1
            while end < len(raw) and raw[end][0].isupper() and not opens[end]:
                end += 1
            start = place
            if opens[place] and not (len(raw[place]) > 1 and raw[place].isupper()):
                start += 1
            if start < end:
                yield start, end, NAME_MARK
            place = end
        else:
            place += 1


def _han_sites(text: str, starts: dict[int, int], count: int) -> Iterator[_Span]:
    """Yield numbers in characters, names of organisations by their endings, and countries."""

    def span(first: int, last: int, mark: str) -> Iterator[_Span]:
        if first in starts and last - 1 in starts:
            yield starts[first], min(starts[last - 1] + 1, count), mark

    for match in _HAN_NUMBER.finditer(text):
        if len(match.group()) > 1:
            yield from span(match.start(), match.end(), NUMBER_MARK)
    for match in _HAN_SUFFIX.finditer(text):
        first = match.start()
        while first > max(0, match.start() - _BEFORE_SUFFIX) and _HAN_ONLY.match(text[first - 1]):
            first -= 1
        if first < match.start():
            yield from span(first, match.end(), NAME_MARK)
    for match in _han_countries().finditer(text):
        yield from span(match.start(), match.end(), NAME_MARK)


@cache
def _han_countries() -> re.Pattern[str]:
    names = {country_name(code, "zh") for code in country_points()}
    return re.compile("|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))))
