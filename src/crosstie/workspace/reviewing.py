"""For people who decide who is who: the queue side by side, parting what was merged, histories."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId, MentionId, content_id
from crosstie.ontology.records import Entity, Identifier, Judgement, Name, Reason, Verdict, decode
from crosstie.resolution import UncertainPair, verdicts_in_force
from crosstie.store import reaching, reading, reviewing, showing
from crosstie.store.engine import Transaction
from crosstie.store.reviewing import SourcedMention
from crosstie.workspace.judging import judgement_of, standing_judgements
from crosstie.workspace.lookup import find_entity

_QUOTES = 3
_NAMES = 8
# A mention that is taken out is told apart from at least so many that stay, so that new mentions
# know which side is the entity.
_FEWEST_KEPT = 3
_MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entities that may be one: what a person needs to tell."""

    entity: EntityRef
    mention_id: MentionId
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    mentions: int
    sources: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two entities that resolution leaves to a person, how likely they are one, and why."""

    left: Side
    right: Side
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A mention of an entity, where it stands, since when, and why it is taken to be of it."""

    mention_id: MentionId
    name: str
    kind: str
    country: str | None
    document_id: str
    document: str
    publisher: str | None
    since: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement about an entity; `in_force` unless a later one or an undo took its place.

    `other` is what the entity was judged to be, or not to be, the same as.
    """

    judgement: Judgement
    in_force: bool
    other: EntityRef | None


@dataclass(frozen=True, slots=True)
class History:
    """How an entity came to be what it is."""

    entity: EntityRef
    asked: str
    merges: tuple[Merge, ...]
    judgements: tuple[Judged, ...]
    former_ids: tuple[EntityId, ...] = field(default=())


def review_queue(db: Transaction, *, limit: int | None = None) -> tuple[ReviewPair, ...]:
    """Return what is left to people, likeliest first; what they left open before comes last."""
    pairs = [decode(raw, UncertainPair) for raw in reviewing.uncertain_pairs(db, limit=limit)]
    owners = reaching.owners(db, [end for pair in pairs for end in (pair.left, pair.right)])
    entities = reading.entities(db, set(owners.values()))
    quoted = [m.mention_id for entity in entities.values() for m in entity.mentions[:_QUOTES]]
    sourced = reviewing.sourced_mentions(db, quoted)

    def side(mention: MentionId) -> Side:
        return _side(entities[owners[mention]], mention, sourced)

    return tuple(
        ReviewPair(side(pair.left), side(pair.right), pair.score, pair.reasons) for pair in pairs
    )


def _side(entity: Entity, mention: MentionId, sourced: dict[MentionId, SourcedMention]) -> Side:
    shown = [sourced[m.mention_id] for m in entity.mentions[:_QUOTES] if m.mention_id in sourced]
    return Side(
        entity=showing.entity_ref(entity),
        mention_id=mention,
        names=entity.names[:_NAMES],
        identifiers=entity.identifiers,
        mentions=len(entity.mentions),
        sources=tuple(dict.fromkeys(item.publisher or item.document for item in shown)),
        quotes=tuple(f"{item.around} ({item.document})" for item in shown),
    )


def parting(
    db: Transaction,
    index: NameIndex,
    name: str,
    members: Sequence[str],
    *,
    by: str,
    at: str,
    because: str,
) -> list[Judgement]:
    """Make the judgements that take members out of an entity.

    A member is a mention's id, a document's id, name or title, a source, for all of its rows, or a
    name, for the mentions that write it.
    Raises NotFound for what the entity has not, UsageError when nothing would stay.
    """
    entity = find_entity(db, index, name).entity
    inside = [found.mention_id for found in entity.mentions]
    leaving = {mention for text in members for mention in _members(db, entity, inside, text)}
    staying = [mention for mention in inside if mention not in leaving]
    if not staying:
        raise UsageError(
            f"nothing would stay of `{entity.name}`", remedy="name only what does not belong to it"
        )
    qualified = reaching.qualified_in(db, [entity.id])
    staying.sort(key=lambda mention: mention not in qualified)
    solid = sum(mention in qualified for mention in staying)
    kept = staying[: min(_MOST_KEPT, max(_FEWEST_KEPT, len(leaving) + 1, solid))]
    return [
        judgement_of(_ordered(out, stays), "different", by=by, at=at, because=because)
        for out in sorted(leaving)
        for stays in kept
    ]


def _ordered(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one < two else (two, one)


def _members(
    db: Transaction, entity: Entity, inside: Sequence[MentionId], text: str
) -> set[MentionId]:
    if text in inside:
        return {MentionId(text)}
    wanted = reviewing.mentions_of_document(db, text) or reviewing.mentions_from_source(db, text)
    found = wanted.intersection(inside) or _called(db, inside, text)
    if not found:
        raise NotFound(
            f"`{text}` is no mention, document, source or name of `{entity.name}`",
            remedy=f"`crosstie split {entity.id}` alone lists what it is made of",
        )
    return found


def _called(db: Transaction, inside: Sequence[MentionId], text: str) -> set[MentionId]:
    """Return the mentions that write a name: in a row, its main name."""
    key = normal_name(text)
    return {
        mention.id
        for mention in reaching.mentions(db, inside)
        if key and normal_name(mention.names[0].text) == key
    }


def history_of(db: Transaction, index: NameIndex, name: str) -> History:
    """Return how an entity came to be: its mentions with the reasons, and what people judged."""
    entity = find_entity(db, index, name).entity
    sourced = reviewing.sourced_mentions(db, [m.mention_id for m in entity.mentions])
    merges = tuple(_merge(sourced[found.mention_id], found.reasons) for found in entity.mentions)
    judged = _judged(db, entity)
    former = {
        EntityId(content_id("ent", end))
        for found in judged
        for end in (found.judgement.left, found.judgement.right)
        if end in sourced
    }
    return History(
        entity=showing.entity_ref(entity),
        asked=name,
        merges=merges,
        judgements=judged,
        former_ids=tuple(sorted(former - {entity.id})),
    )


def _merge(found: SourcedMention, reasons: tuple[Reason, ...]) -> Merge:
    mention = found.mention
    return Merge(
        mention_id=mention.id,
        name=mention.names[0].text,
        kind=mention.kind,
        country=mention.country,
        document_id=found.document_id,
        document=found.document,
        publisher=found.publisher,
        since=found.added_at,
        reasons=reasons,
    )


def _judged(db: Transaction, entity: Entity) -> tuple[Judged, ...]:
    inside = {found.mention_id for found in entity.mentions}
    every = [j for j in standing_judgements(db) if {j.left, j.right} & inside]
    in_force = {found.id for found in verdicts_in_force(every).pairs.values()}
    ends = {end for judgement in every for end in (judgement.left, judgement.right)}
    owners = reaching.owners(db, ends)
    refs = showing.entity_refs(db, set(owners.values()))

    def other(judgement: Judgement) -> EntityRef | None:
        outside = [end for end in (judgement.left, judgement.right) if end not in inside]
        owner = owners.get(MentionId(outside[0])) if outside else None
        return refs.get(owner) if owner is not None else None

    found = [Judged(judgement, judgement.id in in_force, other(judgement)) for judgement in every]
    return tuple(sorted(found, key=lambda item: (item.judgement.at, item.judgement.id)))


def checked_pair(
    db: Transaction, left: str, right: str, verdict: Verdict, *, by: str, at: str, because: str
) -> Judgement:
    """Make a judgement on two mentions by their ids. Raises NotFound."""
    known = reaching.owners(db, [left, right])
    for end in (left, right):
        if MentionId(end) not in known:
            raise NotFound(f"no mention `{end}`", remedy="`crosstie review --json` gives the ids")
    return judgement_of(_ordered(left, right), verdict, by=by, at=at, because=because)
