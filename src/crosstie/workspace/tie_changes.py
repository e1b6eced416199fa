"""Replace entities in the store, and make anew the ties that hang on them."""

from collections.abc import Iterable, Sequence

from crosstie.ontology.ids import ClaimId, EntityId, MentionId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Entity, Tie
from crosstie.resolution import TieEnds, tie_ends, tie_id, tie_owned_claims
from crosstie.store import reaching, reading
from crosstie.store.derived import Derived
from crosstie.store.engine import Transaction


class TieChanges:
    """Takes note of the mentions that change their entity, and carries the ties along."""

    def __init__(self, db: Transaction, tables: Derived, rejected: frozenset[ClaimId]) -> None:
        self._db = db
        self._tables = tables
        self._rejected = rejected
        self._before: dict[MentionId, EntityId] = {}
        self._moved: set[MentionId] = set()

    def replace_entities(self, old_ids: Iterable[EntityId], made: Sequence[Entity]) -> None:
        """Put entities in the place of old ones; those that stay as they are are not touched."""
        old = reading.entities(self._db, old_ids)
        new = {entity.id: entity for entity in made}
        gone = [entity for key, entity in old.items() if new.get(key) != entity]
        come = [entity for key, entity in new.items() if old.get(key) != entity]
        self._before = _owner(gone)
        after = _owner(come)
        self._moved = {
            mention
            for mention in self._before.keys() | after.keys()
            if self._before.get(mention) != after.get(mention)
        }
        self._tables.drop_entities(gone)
        self._tables.add_entities(come)

    def carry_out(self, reconsidered: Iterable[ClaimId]) -> None:
        """Make anew each tie that a claim about a moved mention, or a judged claim, feeds."""
        claims = reaching.claims_with(self._db, self._moved)
        claims |= reading.claims(self._db, reconsidered)
        touched = list(claims.values())
        mentions = {end for c in touched for end in (c.subject, c.object) if end is not None}
        owner = reaching.owners(self._db, mentions)
        now = {tie_ends(claim, owner) for claim in touched}
        then = {tie_ends(claim, owner | self._before_of(claim)) for claim in touched}
        ends = sorted(pair for pair in now | then if pair is not None)
        self._tables.drop_ties(reaching.ties(self._db, [tie_id(pair) for pair in ends]))
        self._tables.add_ties(tie for pair in ends for tie in self._tie(pair))

    def _before_of(self, claim: Claim) -> dict[MentionId, EntityId]:
        ends = [end for end in (claim.subject, claim.object) if end is not None]
        return {end: self._before[end] for end in ends if end in self._before}

    def _tie(self, ends: TieEnds) -> tuple[Tie, ...]:
        subject, kind, target = ends
        claims = reaching.claims_between(self._db, subject, kind, target)
        owner = {claim.subject: subject for claim in claims}
        owner |= {claim.object: target for claim in claims if claim.object is not None}
        if kinds().tie(kind).symmetric:
            back = reaching.claims_between(self._db, target, kind, subject)
            owner |= {claim.subject: target for claim in back}
            owner |= {claim.object: subject for claim in back if claim.object is not None}
            claims += back
        told = reaching.told(self._db, {claim.document_id for claim in claims})
        return tie_owned_claims(
            owner,
            claims,
            publishers={key: publisher for key, (_, publisher) in told.items()},
            rejected=self._rejected,
        )


def _owner(entities: Iterable[Entity]) -> dict[MentionId, EntityId]:
    return {found.mention_id: entity.id for entity in entities for found in entity.mentions}
