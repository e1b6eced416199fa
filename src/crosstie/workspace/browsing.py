"""What pages show beyond the answers of the other faces: offers to a search, the latest claims."""

from dataclasses import dataclass

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import EntityId
from crosstie.store import browsing, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.opened import Opened

_LEAST = 0.5
"""The score from which a name that is only like what was typed is offered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An entity that what was typed may mean, with the name that fits and what else is known."""

    entity: EntityRef
    matched_name: str
    score: float


@dataclass(frozen=True, slots=True)
class RecentClaim:
    """A claim that was recorded lately, with its two ends as entities."""

    subject: EntityRef
    kind: str
    object: EntityRef
    recorded_at: str
    quote: Quote


class Browsing:
    """Look around in a workspace, page by page."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def offers(self, text: str, *, limit: int = 8) -> tuple[Offer, ...]:
        """Return the entities that the beginning of a name, or a name like theirs, may mean."""
        if not text.strip():
            return ()
        with self._opened.asking() as (db, index):
            return _offers(db, index, text.strip(), limit)

    def recent(self, *, limit: int = 6) -> tuple[RecentClaim, ...]:
        """Return the claims of documents that were recorded last, newest first."""
        with self._opened.asking() as (db, _):
            rows = browsing.recent_claims(db, limit=limit)
            refs = showing.entity_refs(
                db, {end for row in rows for end in (row.subject, row.object)}
            )
            quotes = showing.quotes(db, [row.claim for row in rows])
            return tuple(
                RecentClaim(refs[row.subject], row.kind, refs[row.object], row.recorded_at,
                            quotes[row.claim][0])
                for row in rows
                if row.subject in refs and row.object in refs and quotes.get(row.claim)
            )  # fmt: skip


def _offers(db: Transaction, index: NameIndex, text: str, limit: int) -> tuple[Offer, ...]:
    found: dict[EntityId, tuple[str, float]] = {}
    for begun in browsing.names_beginning(db, normal_name(text), limit=limit):
        found.setdefault(begun.entity, (begun.text, 1.0))
    for candidate in index.search(text, limit):
        if candidate.score >= _LEAST:
            found.setdefault(EntityId(candidate.id), (candidate.matched_name, candidate.score))
    refs = showing.entity_refs(db, found)
    return tuple(
        Offer(refs[key], name, score) for key, (name, score) in found.items() if key in refs
    )[:limit]
