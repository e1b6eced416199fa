"""The points of the compass in a name: they tell two organisations apart, as numbers do."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from crosstie.matching.names.lexicon import Lexicon

POINTS = {
    point: -place
    for place, point in enumerate(
        ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"), 1
    )
}
"""Each point as a number below zero, beside the numbers of names."""
_SHORTEST = 7
"""Letters below which a word one edit from a point's spelling may well be a word of its own."""


def without_slips(words: list[str], lexicon: Lexicon) -> list[str]:
    """Return the words, those a slip of the fingers from a point's spelling written aright."""
    if not any(len(word) >= _SHORTEST and word not in lexicon.starts for word in words):
        return words
    spellings = frozenset(
        phrase[0]
        for point in POINTS
        for phrase in lexicon.spellings(point)
        if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST
    )
    return [
        word if word in lexicon.starts or len(word) < _SHORTEST else _meant(word, spellings)
        for word in words
    ]


@lru_cache(1 << 14)
def _meant(word: str, spellings: frozenset[str]) -> str:
    close = [s for s in spellings if OSA.distance(word, s, score_cutoff=1) <= 1]
    return close[0] if len(close) == 1 else word
