"""What resolution yields: entities, and the pairs that it leaves to a person."""

from dataclasses import dataclass

from crosstie.ontology.ids import MentionId
from crosstie.ontology.records import Entity, Reason


@dataclass(frozen=True, slots=True)
class UncertainPair:
    """Two mentions that may name one entity; `score` in [0, 1] says how likely that looks.

    Each stands for its whole entity: they are the two entities' representative mentions, so one
    judgement on the pair settles it. `left` sorts before `right`.
    """

    left: MentionId
    right: MentionId
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a bare mention was put, and why: onto another mention, or in a group of unknown names.

    Neither means that it stands alone.
    """

    mention_id: MentionId
    onto: MentionId | None
    group: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities in the order of their ids, and the uncertain pairs, likeliest first."""

    entities: tuple[Entity, ...]
    queue: tuple[UncertainPair, ...]
