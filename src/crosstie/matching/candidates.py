"""An organisation that a name may mean, and when two names are plainly the same."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from crosstie.matching.names import core_name, normal_name
from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.words import words_of
from crosstie.matching.reasons import reasons_for
from crosstie.ontology.records import Reason


def same_name(a: str, b: str) -> bool:
    """Return whether two names differ at most in what `normal_name` folds."""
    return a == b or normal_name(a) == normal_name(b)


def same_core(a: str, b: str) -> bool:
    """Return whether two names differ in their legal form only."""
    return core_name(a) == core_name(b)


@lru_cache(1 << 14)
def numbers_of(name: str) -> frozenset[str]:
    """Return every number in a written name, a bracketed or second name included."""
    return frozenset(word for word in words_of(name) if word.isdigit())


def conflict(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether each side has a number that the other lacks."""
    return bool(a - b) and bool(b - a)


_SAME_CORE = 0.97
WHOLE_OF_A_PART = 0.6
"""The most for the whole when a part of it is asked for: worth a person's look."""
_DIFFERENT_NUMBERS = 0.01


def settled(
    asked: str, matched: str, score: float, *, alike: bool, numbers: frozenset[str]
) -> float:
    """Return the score of two names, settled where they leave no doubt as they are written.

    `alike` tells that their letters are much the same, so that they may be one name; `numbers` are
    those of the name asked for.
    """
    if alike and same_name(asked, matched):
        return 1.0
    if numbers and conflict(numbers, numbers_of(matched)):
        return min(score, _DIFFERENT_NUMBERS)
    if alike and score < _SAME_CORE and same_core(asked, matched):
        return _SAME_CORE
    return score


@dataclass(frozen=True)
class Candidate:
    """An organisation that a name may mean, by which of its names, how likely, and why.

    `reasons` are worked out when they are first asked for: a batch that only wants scores does not
    pay for words.
    """

    id: str
    matched_name: str
    score: float
    query: str = field(repr=False, compare=False)
    lexicon: Lexicon = field(repr=False, compare=False)
    part: str = field(default="", repr=False, compare=False)
    """The name asked for, where `query` is the whole that it is a part of."""

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in plain words, weightiest first."""
        found = reasons_for(self.query, self.matched_name, self.lexicon)
        if not self.part:
            return found
        told = f"the name asked for is a part, a unit or a site, of '{self.query}'"
        return (Reason("part_of_the_other", told, -1.0), *found)

    def as_whole_of(self, part: str) -> "Candidate":
        """Return the candidate as the whole of a part that was asked for: never a sure match."""
        score = min(self.score, WHOLE_OF_A_PART)
        return Candidate(self.id, self.matched_name, score, self.query, self.lexicon, part)
