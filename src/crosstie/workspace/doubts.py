"""What waits for people, a piece at a time: uncertain merges, and claims of low confidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import ClaimId, MentionId
from crosstie.ontology.records import Claim, Quantity, decode
from crosstie.resolution import UncertainPair, verdicts_in_force
from crosstie.store import (
    browsing,
    derived,
    doubting,
    reaching,
    reader,
    reading,
    reviewing,
    showing,
)
from crosstie.store.engine import Transaction
from crosstie.workspace.judging import standing_judgements
from crosstie.workspace.opened import Opened
from crosstie.workspace.reviewing import ReviewPair, review_queue

_UNSURE = "judged_unsure"
SURE = 0.75
"""The confidence from which a claim is not asked about."""


@dataclass(frozen=True, slots=True)
class DoubtedClaim:
    """A claim that the reading was not sure of; its ends as written, and whom they mean."""

    id: ClaimId
    kind: str
    subject: EntityRef | None
    subject_words: str
    object: EntityRef | None
    object_words: str
    quantity: Quantity | None
    status: str
    quotes: tuple[Quote, ...]
    confidence: float
    method: str
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many merges and how many claims wait for a person."""

    merges: int
    claims: int


class Doubts:
    """The queues of a workspace; decisions go through `judge`, `decide` and `undo`."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def waiting(self) -> Waiting:
        """Return how much waits."""
        with self._opened.asking() as (db, _):
            merges = doubting.uncertain_total(db) - len(_decided(db))
            return Waiting(merges, len(self._doubted(db)))

    def merges(self, *, start: int = 0, limit: int = 1) -> tuple[ReviewPair, ...]:
        """Return pairs of the queue of merges from a place on, the likeliest first."""
        with self._opened.asking() as (db, _):
            decided = _decided(db)
            queue = review_queue(db, limit=start + limit + len(decided))
            left = [p for p in queue if (p.left.mention_id, p.right.mention_id) not in decided]
            return tuple(left[start : start + limit])

    def claims(self, *, start: int = 0, limit: int = 1) -> tuple[DoubtedClaim, ...]:
        """Return claims of low confidence that nobody judged, from a place on, the surest first."""
        with self._opened.asking() as (db, _):
            ids = self._doubted(db)[start : start + limit]
            held = reading.claims(db, ids)
            claims = [held[key] for key in ids]
            refs = reader.ends_of(db, claims)
            ends = {end for claim in claims for end in (claim.subject, claim.object) if end}
            words = {found.id: found.quote for found in reaching.mentions(db, ends)}
            quotes = showing.quotes(db, ids)
            return tuple(_told(claim, refs, words, quotes) for claim in claims)

    def _doubted(self, db: Transaction) -> list[ClaimId]:
        every = self._opened.keeping(db).kept(
            f"doubted {browsing.last_records(db)}", lambda: doubting.doubted_claims(db, below=SURE)
        )
        judged = verdicts_in_force(made for made in reading.judgements(db) if not made.right).claims
        return [claim for claim in every if claim not in judged]


def _decided(db: Transaction) -> set[tuple[MentionId, MentionId]]:
    """Return the pairs of the queue that a person decided since it was worked out."""
    if reading.fact(db, derived.FINGERPRINT):
        return set()
    judged = verdicts_in_force(standing_judgements(db)).pairs
    pairs = [decode(raw, UncertainPair) for raw in reviewing.uncertain_pairs(db)]
    return {
        (pair.left, pair.right)
        for pair in pairs
        if (made := judged.get((min(pair.left, pair.right), max(pair.left, pair.right))))
        and (made.verdict != "unsure" or all(r.code != _UNSURE for r in pair.reasons))
    }


def _told(
    claim: Claim,
    refs: Mapping[str, EntityRef],
    words: Mapping[MentionId, str],
    quotes: dict[ClaimId, tuple[Quote, ...]],
) -> DoubtedClaim:
    return DoubtedClaim(
        id=claim.id,
        kind=claim.predicate,
        subject=refs.get(claim.subject),
        subject_words=words.get(claim.subject, ""),
        object=refs.get(claim.object or ""),
        object_words=words.get(claim.object, "") if claim.object else "",
        quantity=claim.quantity,
        status=claim.status,
        quotes=quotes[claim.id],
        confidence=claim.confidence,
        method=claim.method,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
    )
