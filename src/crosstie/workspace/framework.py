"""The framework of a workspace: facts on every tie, rolled up, and the ties of one band."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from crosstie.extraction.classification import classify
from crosstie.graph.framework import Selection, TieFacts, roll_up, select
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie
from crosstie.ontology.rollups import Framework
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.workspace.at_hand import Keeping, keeping_nothing
from crosstie.workspace.knowledge import Knowledge

_QUOTES = 3


@dataclass(frozen=True, slots=True)
class BandTie:
    """A tie of a band, ready to be shown: both ends, status, technologies with why, quotes."""

    subject: EntityRef
    kind: str
    label: str
    mechanism: str
    object: EntityRef
    status: str
    sources: int
    technologies: tuple[str, ...]
    quotes: tuple[Quote, ...]
    valid_from: str | None
    valid_to: str | None


class TierView:
    """Reads a workspace's ties once, with what the roll-up counts of each."""

    def __init__(
        self, db: Transaction, knowledge: Knowledge, keeping: Keeping | None = None
    ) -> None:
        self._db = db
        self._knowledge = knowledge
        self._keeping = keeping or keeping_nothing()

    def framework(self, *, technology: str = "") -> Framework:
        """Return the whole roll-up, or that of the ties that speak of a technology."""
        facts = select(self.facts, Selection(technology=technology), tier_of=self._tiers.get)
        return roll_up(facts, tier_of=self._tiers.get, kinds_of=reading.entity_kinds(self._db))

    def ties(self, wanted: Selection, *, limit: int) -> tuple[tuple[BandTie, ...], int]:
        """Return up to `limit` ties of a band with their quotes, and how many there are."""
        found = select(self.facts, wanted, tier_of=self._tiers.get)
        shown = found[:limit]
        quotes = self._knowledge.quotes([fact.tie for fact in shown], limit=_QUOTES)
        refs = self._knowledge.refs(
            {end for fact in shown for end in (fact.tie.subject, fact.tie.object)}
        )
        return tuple(_band_tie(fact, refs, quotes) for fact in shown), len(found)

    @cached_property
    def facts(self) -> tuple[TieFacts, ...]:
        """Return every tie with its publishers and technologies."""
        return self._keeping.kept("framework", self._read)

    def _read(self) -> tuple[TieFacts, ...]:
        said = self._said()
        return tuple(_facts(tie, said) for tie in reading.all_ties(self._db))

    @cached_property
    def _tiers(self) -> Mapping[EntityId, str]:
        return reading.entity_tiers(self._db)

    def _said(self) -> dict[ClaimId, tuple[str, tuple[str, ...]]]:
        """Return, by claim, who publishes it and which technologies its quotes speak of."""
        publishers = reading.publishers(self._db)
        return {
            claim.id: (
                # Documents that name no publisher may all be one publisher's.
                publishers.get(claim.document_id) or "",
                tuple(
                    found.technology
                    for found in classify(" ".join(item.quote for item in claim.evidence))
                ),
            )
            for claim in reading.live_claims(self._db)
            if claim.object is not None
        }


def _facts(tie: Tie, said: Mapping[ClaimId, tuple[str, tuple[str, ...]]]) -> TieFacts:
    heard = [said[claim] for claim in tie.claims if claim in said]
    technologies = dict.fromkeys(technology for _, found in heard for technology in found)
    return TieFacts(tie, frozenset(publisher for publisher, _ in heard), tuple(technologies))


def _band_tie(
    fact: TieFacts,
    refs: Mapping[EntityId, EntityRef],
    quotes: Mapping[str, tuple[Quote, ...]],
) -> BandTie:
    tie = fact.tie
    kind = kinds().tie(tie.kind)
    return BandTie(
        subject=refs[tie.subject],
        kind=tie.kind,
        label=kind.label,
        mechanism=kind.mechanism,
        object=refs[tie.object],
        status=tie.status,
        sources=tie.sources,
        technologies=fact.technologies,
        quotes=quotes[tie.id],
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
    )
