"""The words of Chinese text as the tagger cuts them, and what the ending of a name tells."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from crosstie.extraction.lexicon import load_lexicon, word_set
from crosstie.extraction.models import chinese_tagger
from crosstie.extraction.passages import Sentence
from crosstie.ontology.datafiles import Section

# Tags of words that may stand between the first word of an organisation's name and its ending.
INNER_TAGS = frozenset(
    {"ORG", "LOC", "nz", "n", "vn", "m", "a", "an", "f", "s", "q", "nw", "b", "j"}
)
MAX_WORDS = 10
STOP_INSIDE = re.compile(r"[的与和同及、，。在将把被对向为由是有了；：]|[“”《》]")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word of the tagger with its place in the document."""

    start: int
    end: int
    text: str
    tag: str


def tagged_words(text: str, sentence: Sentence) -> list[Tagged]:
    """Return the tagger's words for a sentence, each at its place."""
    piece = text[sentence.start : sentence.end]
    words: list[Tagged] = []
    at = 0
    for word, tag in chinese_tagger().run(piece):
        start = piece.find(word, at)
        if start < 0:
            # The tagger may normalise a character; its word then has no place of its own.
            continue
        at = start + len(word)
        words.append(Tagged(sentence.start + start, sentence.start + at, word, tag))
    return words


@cache
def zh_words(key: str) -> frozenset[str]:
    """Return a list of `lexicons/names_zh.yaml` as a set."""
    return word_set(load_lexicon("names_zh"), key)


@cache
def endings() -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Return (ending, kind) with the longest first, and words that are no names alone."""
    data = load_lexicon("names_zh")
    table = data.require("last", Section)
    pairs = [(ending, kind) for kind in table for ending in word_set(table, kind)]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple(pairs), word_set(data, "common")


@lru_cache(maxsize=4096)
def kind_of_chinese_name(name: str) -> str | None:
    """Return the kind that a name's ending tells: 云门大学 → "university"."""
    if name.endswith("工厂") and re.search(r"解放军|部队|第?\d{4}工厂", name):
        return "military_unit"
    if re.search(r"第[一二三四五六七八九十百\d]+(?:试验|训练|实验|测试|保障)?基地$", name):
        return "military_unit"
    for ending, kind in endings()[0]:
        if name.endswith(ending) and (len(name) > len(ending) or name not in endings()[1]):
            return kind
    return None
