"""How alike two names are, and why."""

from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from crosstie.matching.names import core_name, normal_name
from crosstie.ontology.records import Reason
from crosstie.text.ordinals import words_with_digits

DEFAULT_THRESHOLD = 0.8
"""At or above this score a match is an alert."""
POSSIBLE_THRESHOLD = 0.6
"""At or above this score a match is worth showing to a person."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely it is, in [0, 1], that two names are of one organisation, and the reasons."""

    score: float
    reasons: tuple[Reason, ...]


def compare(a: str, b: str) -> Comparison:
    """Compare two names: symmetric, 1 for a name and itself."""
    if normal_name(a) == normal_name(b):
        return Comparison(1.0, (Reason("same_name", "the same name", 1.0),))
    first, second = sorted((core_name(a), core_name(b)))
    if first == second:
        return Comparison(0.97, (Reason("same_core", "the same name but for its form", 0.97),))
    numbers = [{w for w in words_with_digits(x.split()) if w.isdigit()} for x in (first, second)]
    if numbers[0] != numbers[1]:
        text = f"numbers differ: {sorted(numbers[0])} and {sorted(numbers[1])}"
        return Comparison(0.0, (Reason("other_number", text, -1.0),))
    ratio = token_sort_ratio(first, second) / 100
    score = ratio**3
    return Comparison(score, (Reason("spelling", f"spelling {ratio:.0%} alike", score),))
