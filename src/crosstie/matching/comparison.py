"""How alike two names are, and why."""

from dataclasses import dataclass

from crosstie.matching.candidates import same_name
from crosstie.matching.index import NameIndex
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.views import views_of
from crosstie.matching.reasons import reasons_for
from crosstie.matching.weights import thresholds
from crosstie.ontology.records import Reason

DEFAULT_THRESHOLD, POSSIBLE_THRESHOLD = thresholds()
SURE_THRESHOLD = 0.8
"""At or above this score two names may be taken for one without a person's look."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely it is, in [0, 1], that two names are of one organisation, and the reasons."""

    score: float
    reasons: tuple[Reason, ...]


def compare(a: str, b: str, *, lexicon: Lexicon | None = None) -> Comparison:
    """Compare two names: symmetric, 1 for a name and itself."""
    if same_name(a, b):
        return Comparison(
            1.0, (Reason("same_name", "the same name but for spelling and legal form", 1.0),)
        )
    first, second = sorted((a, b))
    words = lexicon or default_lexicon()
    # An index knows which of its own words stand for each other: it is given those of both names.
    names = [("b", [second]), ("words", _concepts(first, words))]
    found = NameIndex.build(names, lexicon=words).search(first, len(names))
    score = next((candidate.score for candidate in found if candidate.id == "b"), 0.0)
    return Comparison(score, reasons_for(a, b, words))


def _concepts(name: str, lexicon: Lexicon) -> list[str]:
    """Return the plain words that a name is read as, in any of its readings."""
    slots = (slot for view in views_of(name, lexicon) for slot in view.slots)
    concepts = {concept for slot in slots for row in slot.readings for concept in row}
    return sorted(concept for concept in concepts if concept.isascii() and concept.isalpha())
