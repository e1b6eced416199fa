"""Say which technologies a text speaks of, and why: words → technology → area → control entries.

English is read word by word, so that no word is found inside another; Chinese by the longest word
at each place. Time grows linearly with the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crosstie.extraction.technologies import (
    ControlEntry,
    Technologies,
    Technology,
    technologies,
)
from crosstie.text.scripts import fold, has_han

_TERM, _SIGN = 1.0, 0.5
"""A term names the technology, a sign only speaks of it."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_BETWEEN = re.compile(r"[\s\-‐‑–/]{0,3}$")
_LONGEST_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class Classified:
    """A technology that a text speaks of.

    `words` are those of the text that say so, in their order; `score` counts the different ones,
    1 for each that names the technology and 0.5 for each that only speaks of it. `reason` tells
    the chain in words.
    """

    technology: str
    label: str
    label_zh: str
    area: str | None
    eccn: tuple[ControlEntry, ...]
    words: tuple[str, ...]
    score: float
    reason: str


def classify(text: str) -> tuple[Classified, ...]:
    """Return the technologies that a text of up to 2,000,000 characters speaks of, best first."""
    known = technologies()
    found: dict[str, dict[str, float]] = defaultdict(dict)
    readings = [_english(text[:_LONGEST_TEXT])]
    if has_han(text):
        readings.append(_chinese(fold(text[:_LONGEST_TEXT])))
    for reading in readings:
        for technology, word, weight in reading:
            found[technology].setdefault(word, weight)
    order = {key: place for place, key in enumerate(known.by_id)}
    made = [_classified(known, known.by_id[key], words) for key, words in found.items()]
    return tuple(sorted(made, key=lambda c: (-c.score, order[c.technology])))


def _classified(known: Technologies, of: Technology, words: Mapping[str, float]) -> Classified:
    # Spellings of one word count once.
    distinct: dict[str, float] = {}
    for word, weight in words.items():
        key = _singular(word.casefold())
        distinct[key] = max(weight, distinct.get(key, 0.0))
    area = known.area_label(of)
    controls = ", ".join(entry.code for entry in of.eccn)
    chain = [
        ", ".join(words),
        of.label,
        area or "no critical-technology area",
        f"ECCN {controls}" if controls else "no entry of the control list",
    ]
    return Classified(
        technology=of.id,
        label=of.label,
        label_zh=of.labels["zh"],
        area=area,
        eccn=of.eccn,
        words=tuple(words),
        score=sum(distinct.values()),
        reason=" → ".join(chain),
    )


def _english(text: str) -> Iterator[tuple[str, str, float]]:
    """Yield technology, word as written and weight; the longest word at each place counts."""
    table, longest = _english_table()
    words = list(_WORD.finditer(text))
    keys = [_singular(word.group().lower()) for word in words]
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            span = text[words[place].start() : words[place + length - 1].end()]
            entry = table.get(tuple(keys[place : place + length]))
            if entry and _fits(entry[2], span) and _runs_on(text, words, place, length):
                yield entry[0], " ".join(span.split()), entry[1]
                place += length
                break
        else:
            place += 1


def _fits(spelling: str, span: str) -> bool:
    """An acronym counts only as written: "AI" is no "ai" and "SAR imaging" no "Sar imaging"."""
    acronyms = [word for word in spelling.split() if _is_acronym(word)]
    return all(word in span for word in acronyms)


def _is_acronym(word: str) -> bool:
    """Two capitals, or a capital beside a digit: "GaN", "5G"; 5g is a weight."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals > 1 or (capitals == 1 and any(letter.isdigit() for letter in word))


def _runs_on(text: str, words: list[re.Match[str]], place: int, length: int) -> bool:
    """Words of one term are parted by spaces and hyphens alone."""
    return all(
        _BETWEEN.match(text, words[at].end(), words[at + 1].start())
        for at in range(place, place + length - 1)
    )


def _chinese(folded: str) -> Iterator[tuple[str, str, float]]:
    table, lengths = _chinese_table()
    place = 0
    while place < len(folded):
        for length in lengths.get(folded[place], ()):
            word = folded[place : place + length]
            if word in table:
                yield (table[word][0], word, table[word][1])
                place += length
                break
        else:
            place += 1


@cache
def _english_table() -> tuple[dict[tuple[str, ...], tuple[str, float, str]], int]:
    """Return words of a term in the singular → technology, weight, spelling; and their most."""
    table: dict[tuple[str, ...], tuple[str, float, str]] = {}
    for technology, word, weight in _lexicon("en"):
        key = tuple(_singular(part.lower()) for part in _WORD.findall(word))
        # A term goes before a sign of the same words.
        if key not in table or table[key][1] < weight:
            table[key] = (technology, weight, word)
    return table, max(map(len, table))


@cache
def _chinese_table() -> tuple[dict[str, tuple[str, float]], dict[str, tuple[int, ...]]]:
    """Return word → technology and weight; and first character → lengths, the longest first."""
    table: dict[str, tuple[str, float]] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    for technology, word, weight in _lexicon("zh"):
        key = fold(word)
        table.setdefault(key, (technology, weight))
        lengths[key[0]].add(len(key))
    return table, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _lexicon(language: str) -> Iterator[tuple[str, str, float]]:
    for technology in technologies().by_id.values():
        for words, weight in ((technology.terms, _TERM), (technology.signs, _SIGN)):
            for word in sorted(words.get(language, ())):
                yield technology.id, word, weight


def _singular(word: str) -> str:
    """Return the word without a plural s: enough to let "radars" be "radar"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
