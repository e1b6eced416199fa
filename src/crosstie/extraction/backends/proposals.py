"""What a model proposes about an article, in the model's own words and not yet believed."""

from dataclasses import dataclass, field

from crosstie.ontology.records import Comparator, Modality, Polarity, Stance

# A plan's or a list's statement about a thing is no tie between two names.
TIES_NOT_ASKED = frozenset({"describes_as"})


@dataclass(frozen=True, slots=True)
class ProposedName:
    """A name as the model says that it is written, and its kind of entity."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProposedTie:
    """A tie with the words that are said to state it.

    Without `stated` the model says nothing of how the words mean the tie: the rules read it.
    """

    subject: ProposedName
    kind: str
    object: ProposedName
    quote: str
    stated: bool = True
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    stance: Stance = "asserted"
    ended: bool = False
    attribution: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class ProposedQuantity:
    """A figure of the subject, with the words that are said to state it."""

    subject: ProposedName
    measure: str
    value: float
    unit: str
    quote: str
    comparator: Comparator = "="
    upper: float | None = None
    modality: Modality = "actual"
    as_of: str | None = None
    by: str | None = None
    confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class Proposed:
    """All that a model proposes about one passage, which it was shown alone."""

    start: int
    end: int
    names: tuple[ProposedName, ...] = ()
    ties: tuple[ProposedTie, ...] = ()
    quantities: tuple[ProposedQuantity, ...] = ()
    malformed: int = 0
    """Items of another shape than was asked for."""
