"""An organisation that a name may mean, and when two names are plainly the same."""

from dataclasses import dataclass, field
from functools import cached_property

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


def numbers_of(name: str) -> frozenset[str]:
    """Return every number in a written name, a bracketed or second name included."""
    return frozenset(word for word in words_of(name) if word.isdigit())


def conflict(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether each side has a number that the other lacks."""
    return bool(a - b) and bool(b - a)


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

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in plain words, weightiest first."""
        return reasons_for(self.query, self.matched_name, self.lexicon)
