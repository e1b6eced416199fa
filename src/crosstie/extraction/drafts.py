"""A tie that a pattern found in a sentence, before its assertion is read and it is verified."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosstie.extraction.passages import Sentence
from crosstie.extraction.patterns import Pattern
from crosstie.extraction.spots import Spot
from crosstie.ontology.kinds import kinds

if TYPE_CHECKING:
    from spacy.tokens import Token


# A longer list is not said to be tied each with each.
MOST_PARTIES = 12


@dataclass(frozen=True)
class RawTie:
    """A tie that a pattern found, before its assertion is read and it is verified."""

    subject: Spot
    object: Spot
    pattern: Pattern
    sentence: Sentence
    trigger: tuple[int, int]
    """Where the predicate stands in the document."""
    token: "Token | None" = None
    antecedents: tuple[Sentence, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


def fits(subject: Spot, pattern: Pattern, object: Spot) -> bool:
    """Return whether both ends are of kinds that the pattern and the kind of tie allow."""
    if subject.name == object.name:
        return False
    if pattern.tie == "issued" and object.name.islower():
        # "China's military-civil fusion" is a policy talked about, no text that was issued.
        return False
    if pattern.subject_words and not pattern.subject_words & set(subject.name.casefold().split()):
        return False
    if pattern.subject_kinds and subject.kind not in pattern.subject_kinds:
        return False
    if pattern.object_kinds and object.kind not in pattern.object_kinds:
        return False
    return kinds().tie(pattern.tie).fits(subject.kind, object.kind)
