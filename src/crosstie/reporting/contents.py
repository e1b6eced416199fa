"""What an export takes: entities, ties, claims with their quotes, and their documents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosstie.ontology.findings import Quote
from crosstie.ontology.ids import ClaimId, DocumentId, EntityId
from crosstie.ontology.records import Claim, Document, Entity, Tie
from crosstie.ontology.rollups import Presence


@dataclass(frozen=True, slots=True)
class Contents:
    """The part of a workspace that is exported, in an order that follows from it alone.

    `ties` run between `entities` only. `quotes`, `claims` and `document` look up what a format
    needs of the evidence; `quantities` are the claims that measure something.
    """

    entities: Sequence[Entity]
    ties: Sequence[Tie]
    quantities: Sequence[Claim]
    presences: Sequence[Presence]
    quotes: Callable[[Iterable[ClaimId]], Mapping[ClaimId, tuple[Quote, ...]]]
    claims: Callable[[Iterable[ClaimId]], Mapping[ClaimId, Claim]]
    document: Callable[[DocumentId], Document | None]

    def entity_of(self) -> dict[EntityId, Entity]:
        """Return the entities by id."""
        return {entity.id: entity for entity in self.entities}
