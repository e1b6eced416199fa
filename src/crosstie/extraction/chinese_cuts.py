"""Cut tagged words where a name ends and a deed begins: 云门大学与, 河西集团控股子公司北河公司."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from crosstie.extraction.chinese_words import Tagged, zh_words
from crosstie.extraction.lexicon import alternatives

# A shorter word holds no name and deed together.
_SHORTEST = 5
_CUTTABLE = frozenset({"ORG", "nz", "LOC", "PER", "v", "n"})


def cut_words(words: Iterable[Tagged]) -> Iterator[Tagged]:
    """Yield the words, those that run past a name's end cut in name, deed and rest."""
    for word in words:
        if len(word.text) < _SHORTEST or word.tag not in _CUTTABLE:
            yield word
        else:
            yield from _cut(word)


def _cut(word: Tagged) -> Iterator[Tagged]:
    at = 0
    for found in _cuts(verb=word.tag == "v").finditer(word.text):
        if found.start() > at:
            yield _part(word, at, found.start(), word.tag if at == 0 else "ORG")
        yield _part(word, found.start(), found.end(), "v")
        at = found.end()
    if at < len(word.text):
        yield _part(word, at, len(word.text), word.tag if at == 0 else "ORG")


def _part(word: Tagged, start: int, end: int, tag: str) -> Tagged:
    return Tagged(word.start + start, word.start + end, word.text[start:end], tag)


@cache
def _cuts(*, verb: bool) -> re.Pattern[str]:
    """Match a deed right behind an organisation's ending, unless it goes on as part of a name.

    A word that the tagger takes for a verb may begin with the deed: 资助海澄工程大学.
    """
    endings = sorted(zh_words("cut_after"))
    behind = "|".join(f"(?<={re.escape(ending)})" for ending in endings)
    goes_on = alternatives(zh_words("cut_not_before"))
    deeds = alternatives(zh_words("cut_words"))
    joins = alternatives(zh_words("cut_joins"))
    opening = zh_words("cut_opening")
    if verb:
        opening |= {w for w in zh_words("cut_words") | zh_words("cut_joins") if len(w) > 1}
    return re.compile(
        rf"(?:{behind})(?:{joins}|(?:{deeds})(?!{goes_on}))"
        rf"|^(?:{alternatives(opening)})(?!{goes_on})"
    )


def join_terms(
    text: str, words: Sequence[Tagged], terms: Iterable[tuple[int, int]]
) -> list[Tagged]:
    """Return the words with those that spell one term put together as one noun: 军民 融合."""
    spans = {start: end for start, end in terms}
    found: list[Tagged] = []
    at = 0
    while at < len(words):
        end = spans.get(words[at].start, 0)
        stop = at
        while end and stop < len(words) and words[stop].end < end:
            stop += 1
        if stop > at and stop < len(words) and words[stop].end == end:
            found.append(Tagged(words[at].start, end, text[words[at].start : end], "n"))
            at = stop
        else:
            found.append(words[at])
        at += 1
    return found
