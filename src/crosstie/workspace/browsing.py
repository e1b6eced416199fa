"""What pages show beyond the answers of the other faces: offers to a search, the latest claims."""

from collections.abc import Mapping
from dataclasses import dataclass

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.store import browsing, reader, reading, searching, showing
from crosstie.store.browsing import RecentRow
from crosstie.store.engine import Transaction
from crosstie.store.reading import Edition
from crosstie.store.searching import Passage
from crosstie.workspace.contents import in_force, stale_days
from crosstie.workspace.misspelt import Spellings
from crosstie.workspace.opened import Opened

_LEAST = 0.5
"""The score from which a name that is only like what was typed is offered."""

# Longer input is no name; words further in are still found as text.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """An entity that what was typed may mean, with the name that fits, how well, and why."""

    entity: EntityRef
    matched_name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that holds the words, and what kind of document it stands in."""

    passage: Passage
    origin: str
    publisher: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class RecentClaim:
    """A claim that was recorded lately, with its two ends as entities."""

    subject: EntityRef
    kind: str
    object: EntityRef
    recorded_at: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class EditionAge:
    """The edition of a list that is in force; `stale_days` is its age if that is too old."""

    edition: Edition
    stale_days: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What is loaded, in numbers, and how fresh."""

    counts: Mapping[str, int]
    lists: tuple[EditionAge, ...]
    at: str


class Browsing:
    """Look around in a workspace, page by page."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def offers(self, text: str, *, limit: int = 8) -> tuple[Offer, ...]:
        """Return the entities that the beginning of a name, or a name like theirs, may mean."""
        words = " ".join(text.split())[:_LONGEST]
        if not words:
            return ()
        with self._opened.asking() as (db, index):
            spellings = self._opened.keeping(db).kept(
                "spellings", lambda: Spellings(browsing.every_name(db))
            )
            return _offers(db, index, spellings, words, limit)

    def passages(self, words: str, *, limit: int = 10) -> tuple[FoundPassage, ...]:
        """Return the passages that hold every word: of documents first, then of rows and facts."""
        with self._opened.store.reading() as db:
            found = searching.find_passages(db, words[:_LONGEST], limit=limit, prose_first=True)
            held = {p.document_id: reader.held_document(db, p.document_id) for p in found}
            return tuple(
                FoundPassage(passage, of.origin, of.publisher, of.date)
                for passage in found
                if (of := held[passage.document_id]) is not None
            )

    def recent(self, *, limit: int = 6) -> tuple[RecentClaim, ...]:
        """Return claims of the documents that were recorded last: those that read well."""
        with self._opened.asking() as (db, _):
            mark = f"recent {limit} {browsing.last_records(db)}"
            return self._opened.keeping(db).kept(mark, lambda: _recent(db, limit))

    def overview(self) -> Overview:
        """Return what is loaded and how fresh."""
        with self._opened.asking() as (db, _):
            mark = f"counts {browsing.last_records(db)}"
            counts = self._opened.keeping(db).kept(mark, lambda: browsing.counted(db))
            now = self._opened.now()
            lists = tuple(
                EditionAge(edition, stale_days(edition, now))
                for edition in in_force(reading.editions(db)).values()
            )
            return Overview(counts, lists, now)


def _offers(
    db: Transaction, index: NameIndex, spellings: Spellings, text: str, limit: int
) -> tuple[Offer, ...]:
    key = normal_name(text)
    found: dict[EntityId, tuple[str, float, str]] = {}
    for begun in browsing.names_beginning(db, key, limit=limit):
        whole = normal_name(begun.text) == key
        found.setdefault(begun.entity, (begun.text, 1.0, "" if whole else "begins so"))
    for candidate in index.search(text, limit):
        if candidate.score >= _LEAST and EntityId(candidate.id) not in found:
            why = "; ".join(reason.text for reason in candidate.reasons[:2])
            found[EntityId(candidate.id)] = (candidate.matched_name, candidate.score, why)
    for near in spellings.near(key, limit=limit) if len(found) < limit else ():
        slips = "a letter" if near.slips == 1 else f"{near.slips} letters"
        found.setdefault(near.entity, (near.text, near.score, f"{slips} apart"))
    refs = showing.entity_refs(db, found)
    return tuple(
        Offer(refs[entity], name, score, why)
        for entity, (name, score, why) in sorted(found.items(), key=lambda item: -item[1][1])
        if entity in refs
    )[:limit]


def _recent(db: Transaction, limit: int) -> tuple[RecentClaim, ...]:
    rows = browsing.recent_claims(db)
    refs = showing.entity_refs(db, {end for row in rows for end in (row.subject, row.object)})
    ranked = sorted(
        (row for row in rows if row.subject in refs and row.object in refs),
        key=lambda row: -_readable(row, refs),
    )
    # No document speaks twice before the others have.
    firsts: dict[str, RecentRow] = {}
    for row in ranked:
        firsts.setdefault(row.document, row)
    chosen = list(firsts.values())[:limit]
    chosen += [row for row in ranked if row not in chosen][: limit - len(chosen)]
    quotes = showing.quotes(db, [row.claim for row in chosen])
    return tuple(
        RecentClaim(
            refs[row.subject], row.kind, refs[row.object], row.recorded_at, quotes[row.claim][0]
        )
        for row in chosen
    )


def _readable(row: RecentRow, refs: Mapping[EntityId, EntityRef]) -> int:
    """Return how well a claim reads by itself: best two organisations that do something."""
    known, ends = kinds(), (refs[row.subject], refs[row.object])
    organisations = sum(known.is_organisation(end.kind) for end in ends)
    placed = sum(end.tier is not None for end in ends)
    dull = row.kind in ("describes_as", "published", "located_in")
    return 2 * organisations + placed - 4 * dull
