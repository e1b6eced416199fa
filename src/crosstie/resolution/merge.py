"""Step 4: make one entity of each cluster, keeping every name and every reason."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosstie.ontology.ids import EntityId, content_id
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import (
    Entity,
    EntityMention,
    Identifier,
    Mention,
    Name,
    Reason,
)
from crosstie.resolution.block import ORIGIN_RANK, Atom
from crosstie.resolution.cluster import Clusters
from crosstie.resolution.keys import USE_ORDER
from crosstie.resolution.rules import IdentityRules

SAME_WORDS = Reason("same_words", "the same words in the same document", 1.0)
_SAME_NAMES = Reason("same_names", "another row gives the very same names and country", 1.0)


@dataclass(frozen=True, slots=True)
class Member:
    """A mention of an entity, the rank of its origin, and why it is taken to be of the entity."""

    mention: Mention
    rank: int
    reasons: tuple[Reason, ...]


def members_by_root(atoms: Sequence[Atom], clusters: Clusters) -> dict[int, list[Atom]]:
    """Return each cluster's atoms; the first one represents it.

    Qualified atoms stand before bare ones, and a bare cluster's host before its guests: documents
    that name an entity again do not change who represents it.
    """
    members: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        members[clusters.root(atom.index)].append(atom)
    for found in members.values():
        found.sort(key=lambda a: (not a.qualified, clusters.is_guest(a.index), a.index))
    return members


def members_of(atoms: Sequence[Atom], clusters: Clusters) -> list[Member]:
    """Return a cluster's mentions with their reasons; its atoms come as `members_by_root` sorts."""
    reasons = _join_reasons(atoms[0], clusters)
    found: list[Member] = []
    for atom in atoms:
        again = SAME_WORDS if atom.rank == ORIGIN_RANK["document"] else _SAME_NAMES
        why = reasons.get(atom.index) or clusters.hosts.get(atom.index, (0, ()))[1]
        for place, mention in enumerate(atom.mentions):
            found.append(Member(mention, atom.rank, why if place == 0 else (again,)))
    return found


def entity_of(members: Iterable[Member], rules: IdentityRules) -> Entity:
    """Return the entity that mentions make; the first one represents it and gives it its id."""
    ordered = list(members)
    representative, others = ordered[0], ordered[1:]
    others.sort(key=lambda member: (member.rank, member.mention.id))
    found = [representative, *others]
    best = min(member.rank for member in found)
    top = [member.mention for member in found if member.rank == best]
    curated = [m.mention for m in found if m.rank == ORIGIN_RANK["starter"]]
    kind = _kind(top, best, rules)
    name = _preferred_name(top, representative.mention)
    return Entity(
        id=EntityId(content_id("ent", representative.mention.id)),
        kind=kind,
        name=name.text,
        names=_all_names(name, found),
        country=_country(found),
        tier=_first(m.tier for m in curated) or kinds().entities[kind].tier,
        identifiers=_all_identifiers(member.mention for member in found),
        mentions=tuple(EntityMention(m.mention.id, m.reasons) for m in found),
        description=_first(m.mention.description for m in sorted(found, key=_seniority)),
    )


def _seniority(member: Member) -> tuple[int, str]:
    return (member.rank, member.mention.id)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _kind(top: Sequence[Mention], rank: int, rules: IdentityRules) -> str:
    if rank == ORIGIN_RANK["document"]:
        counted = Counter(mention.kind for mention in top)
        return min(counted, key=lambda kind: (-counted[kind], rules.kind_order[kind]))
    return min((mention.kind for mention in top), key=rules.kind_order.__getitem__)


def _country(members: Sequence[Member]) -> str | None:
    for rank in ORIGIN_RANK.values():
        counted = Counter(
            member.mention.country
            for member in members
            if member.rank == rank and member.mention.country is not None
        )
        if counted:
            return min(counted, key=lambda country: (-counted[country], country))
    return None


def _preferred_name(top: Sequence[Mention], representative: Mention) -> Name:
    """Return the name to show: the best origin's main name, in English if it has one.

    In prose the form that stands most often wins. Capitals stay as the list has them, but a main
    name that is not all capitals goes before one that is.
    """
    counted = Counter(name for mention in top for name in mention.names if name.text.strip())
    if not counted:
        return Name(representative.quote)
    return min(counted, key=lambda name: _name_order(name, counted[name]))


def _name_order(name: Name, count: int) -> tuple[bool, bool, int, int, bool, int, str, str]:
    english = name.language.split("-")[0] == "en" or (
        name.language == "und" and name.text.isascii()
    )
    return (
        USE_ORDER[name.kind] > USE_ORDER["alias"], not english, USE_ORDER[name.kind], -count,
        name.text.isupper(), -len(name.text), name.text, name.language,
    )  # fmt: skip


def _all_names(shown: Name, members: Sequence[Member]) -> tuple[Name, ...]:
    """Return every name once per language, the shown one first, then by sort and origin."""
    best: dict[tuple[str, str], tuple[int, Name]] = {}
    for member in members:
        for name in member.mention.names:
            spelt = (name.text, name.language)
            order = (USE_ORDER[name.kind], member.rank)
            if spelt not in best or order < (USE_ORDER[best[spelt][1].kind], best[spelt][0]):
                best[spelt] = (member.rank, name)
    known = {text for text, language in best if language != "und"}
    kept = [
        (rank, name)
        for rank, name in best.values()
        if name.language != "und" or name.text not in known
    ]
    kept.sort(
        key=lambda item: (
            item[1].text != shown.text,
            item[1].language != shown.language,
            USE_ORDER[item[1].kind],
            item[0],
            item[1].text,
            item[1].language,
        )
    )
    return tuple(name for _, name in kept)


def _all_identifiers(mentions: Iterable[Mention]) -> tuple[Identifier, ...]:
    found = {identifier for mention in mentions for identifier in mention.identifiers}
    return tuple(sorted(found, key=lambda i: (i.scheme, i.value)))


def _join_reasons(first: Atom, clusters: Clusters) -> dict[int, tuple[Reason, ...]]:
    """Return the reasons that tie each qualified atom to one nearer to the representative."""
    reasons: dict[int, tuple[Reason, ...]] = {first.index: ()}
    waiting = deque([first.index])
    while waiting:
        for other, why in clusters.joins.get(waiting.popleft(), ()):
            if other not in reasons:
                reasons[other] = why
                waiting.append(other)
    return reasons
