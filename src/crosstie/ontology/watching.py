"""What is watched, what was known of it in a round, and what has changed since the round before.

Nothing here holds words of documents: a fact names entities and lists, and the claims and documents
that it rests on, by id.
"""

from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.findings import Outcome, Party
from crosstie.ontology.ids import ClaimId, DocumentId

FactKind = Literal["match", "anchor", "listing", "path"]
ChangeKind = Literal["new", "changed", "gone"]
CauseKind = Literal["row", "claim", "judgement", "rules", "grades", "program", "worked_out"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A name that is watched; `id` follows from the party, so that a name is watched once."""

    id: str
    party: Party
    note: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was known of a watched name.

    `key` says which fact it is, whatever its wording; `value` what may change of it; `words` tells
    it to a person.
    """

    key: str
    kind: FactKind
    value: str
    words: str
    claims: tuple[ClaimId, ...] = ()
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchState:
    """What was known of a watched name in a round."""

    outcome: Outcome
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a fact is new, other or gone, in words; `claim` is the one that says so, if one does."""

    kind: CauseKind
    words: str
    claim: ClaimId | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is new, other, or gone, and why. `before` tells what was known of it."""

    kind: ChangeKind
    fact: FactKind
    words: str
    before: str
    causes: tuple[Cause, ...]
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class NameChanges:
    """All that has changed for one watched name."""

    watched: Watched
    before: Outcome
    after: Outcome
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """By which versions a round judged."""

    program: str
    rules: str
    grades: str


@dataclass(frozen=True, slots=True)
class Rescreening:
    """A round: who is affected since the round before (`since`), and nobody else.

    `baseline` counts the names that were screened for the first time: nothing has changed for them.
    """

    at: str
    since: str | None
    watched: int
    baseline: int
    affected: tuple[NameChanges, ...]
    terms: Terms
