"""People whose public office or executive post the text states; nobody else."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from crosstie.extraction.english_words import Chunk, Word
from crosstie.extraction.lexicon import load_lexicon, name_words, places, word_set
from crosstie.extraction.models import english_words
from crosstie.extraction.name_kinds import is_place, kind_of_name
from crosstie.extraction.spots import Spot, Strength

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?$")
# A model often takes a foreign name for a title or a product; a stated post says better.
_NEVER_PEOPLE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_LIST = re.compile(r"\s?(?:,|and|, and)\s$")
_LED_BY = re.compile(r"\b(?:founded|co-founded|established|set up|led|headed|chaired|run) by\s$")
_FOUNDED = re.compile(r"(?:,[^,.]{3,60},)?\s(?:had\s|have\s|jointly\s|co-)?(?:founded|cofounded)\b")


@cache
def _offices() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for an office right before a name, and for a post behind it."""
    data = load_lexicon("offices")
    nouns = "|".join(sorted(map(re.escape, word_set(data, "en")), key=lambda w: (-len(w), w)))
    titles = "|".join(sorted(map(re.escape, word_set(data, "titles")), key=lambda w: (-len(w), w)))
    before = re.compile(
        rf"\b(?:{nouns}|{titles})\.?,?\s$"
        # "A spokesman for the Hexi Agency, X": the post stands before its body.
        rf"|\b(?:{nouns}|{titles})\s(?:for|of|at)\s(?:the\s|its\s)?[A-Z][^,.;:\n]{{2,60}},\s$"
    )
    behind = re.compile(
        rf",\s(?:who\s(?:is|was)\s)?(?:[\w’'&.-]+\s){{0,8}}?(?:{nouns})\b"
        rf"|\s\((?:[\w’'&.-]+\s){{0,4}}(?:{nouns})\)"
        rf"|\s(?:is|was|became)\s(?:[\w’'&.-]+\s){{0,4}}?(?:{nouns})\b",
        re.IGNORECASE,
    )
    return before, behind


def people(
    text: str, runs: Sequence[Chunk], label_of: Callable[[str], str | None]
) -> Iterator[Spot]:
    """Yield every place where a person with a stated post is named in full."""
    candidates = [found for chunk in runs if (found := _candidate(text, chunk, label_of))]
    posted: set[str] = set()
    for number, (chunk, words, name) in enumerate(candidates):
        if _has_post(text, chunk, words):
            posted.add(name)
            posted.update(_listed_before(text, candidates, number))
    for _, words, name in candidates:
        if name in posted:
            yield Spot(words[0].start, words[-1].end, "person", name, Strength.ALIAS)


@cache
def _surnames() -> frozenset[str]:
    return word_set(load_lexicon("offices"), "surnames")


def looks_personal(words: Sequence[Word]) -> bool:
    """Return whether the words look like a Chinese person's name, or surname, in pinyin."""
    if len(words) == 1:
        return words[0].text in _surnames()
    return (
        len(words) == 2
        and words[0].text in _surnames()
        and bool(re.fullmatch(r"[A-Z][a-z]{1,11}", words[1].text))
    )


Candidate = tuple[Chunk, Sequence[Word], str]


def _candidate(text: str, chunk: Chunk, label_of: Callable[[str], str | None]) -> Candidate | None:
    words = without_posts(chunk.words)
    if not words or len(words) > 4 or words[0].text in places().demonyms:
        return None
    name = " ".join(text[words[0].start : words[-1].end].split())
    if is_place(name) or kind_of_name([word.text for word in words]):
        return None
    if not all(_WORD.match(word.text) and not word.text.isupper() for word in words):
        return None
    label = label_of(name)
    if label == "PERSON" or (len(words) in (2, 3) and label not in _NEVER_PEOPLE):
        return chunk, words, name
    return None


def without_posts(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words behind the titles that a name may begin with."""
    lexicon = name_words()
    texts = [word.text for word in words]
    if texts[:1] == ["General"] and len(texts) > 2 and kind_of_name(texts) is not None:
        # "General Armaments Department" is a body, and no general's.
        return words
    for number, word in enumerate(words):
        law = number + 1 < len(words) and words[number + 1].text in lexicon.articles_of_law
        if word.text not in lexicon.posts or law:
            return words[number:]
    return ()


def _has_post(text: str, chunk: Chunk, words: Sequence[Word]) -> bool:
    before, behind = _offices()
    if len(words) < len(chunk.words):
        return True
    common = words[-1].text.casefold() in english_words()
    led = _LED_BY.search(text[max(0, words[0].start - 30) : words[0].start])
    if led and len(words) > 1 and not common:
        return True
    if before.search(text[max(0, words[0].start - 90) : words[0].start]):
        return True
    if len(words) < 2:
        return False
    return bool(behind.match(text, words[-1].end) or _FOUNDED.match(text, words[-1].end))


def _listed_before(text: str, candidates: Sequence[Candidate], at: int) -> Iterator[str]:
    """Yield the people that a list joins to one who founded something: "A, B and C founded"."""
    if not _FOUNDED.match(text, candidates[at][1][-1].end):
        return
    while at > 0:
        left, right = candidates[at - 1][1], candidates[at][1]
        if not _LIST.match(text[left[-1].end : right[0].start]):
            return
        yield candidates[at - 1][2]
        at -= 1
