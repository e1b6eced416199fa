"""What a person decided about a match, and whether it still stands on what is known now."""

from dataclasses import dataclass
from typing import Literal, NewType

from crosstie.ontology.ids import EntityId

DispositionId = NewType("DispositionId", str)
Decision = Literal["true_match", "false_match", "needs_more"]
State = Literal["standing", "reopened"]

DECISION_WORDS: dict[Decision, str] = {
    "true_match": "true match",
    "false_match": "false match",
    "needs_more": "needs more",
}


@dataclass(frozen=True, slots=True)
class Disposition:
    """A person's decision on whether a party is an entity; append-only, the latest counts.

    `party_key` says of which parties it holds: the same normalised name in the same country (no
    country is a country of its own). `known` fingerprints what was known of the match when it was
    decided, an opaque key for each piece of evidence: no word of a document is kept here. With
    `undoes` it takes an earlier one back, and decides nothing itself.
    """

    id: DispositionId
    party_key: str
    party: str
    country: str | None
    entity: EntityId
    decision: Decision
    note: str
    by: str
    at: str
    known: tuple[str, ...] = ()
    case: str = ""
    undoes: DispositionId | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision in force on a match: `reopened` where `news` says what is known since."""

    disposition: DispositionId
    decision: Decision
    note: str
    by: str
    at: str
    state: State = "standing"
    news: tuple[str, ...] = ()

    @property
    def dismisses(self) -> bool:
        """Return whether the match is set aside: a false match, with nothing new against that."""
        return self.decision == "false_match" and self.state == "standing"

    @property
    def confirms(self) -> bool:
        """Return whether a person took the match as made; new evidence does not shake that."""
        return self.decision == "true_match"
