"""Step 4: make one entity of each cluster, keeping every name and every reason."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence

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

_SAME_WORDS = Reason("same_words", "the same words in the same document", 1.0)
_SAME_NAMES = Reason("same_names", "another row gives the very same names and country", 1.0)


def members_by_root(atoms: Sequence[Atom], clusters: Clusters) -> dict[int, list[Atom]]:
    """Return each cluster's atoms, best origin first, so that the first one represents it."""
    members: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        members[clusters.root(atom.index)].append(atom)
    return members


def entity_of(members: Sequence[Atom], clusters: Clusters, rules: IdentityRules) -> Entity:
    """Return the entity that a cluster of atoms makes; the first atom represents it."""
    kind = _kind(members, rules)
    name = _preferred_name(members)
    mentions = [(atom.rank, mention) for atom in members for mention in atom.mentions]
    curated = [m for rank, m in mentions if rank == ORIGIN_RANK["starter"]]
    return Entity(
        id=EntityId(content_id("ent", members[0].first.id)),
        kind=kind,
        name=name.text,
        names=_all_names(name, members),
        country=_country(members),
        tier=_first(m.tier for m in curated) or kinds().entities[kind].tier,
        identifiers=_all_identifiers(m for _, m in mentions),
        mentions=_reasoned_mentions(members, clusters),
        description=_first(m.description for _, m in mentions),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _top_mentions(members: Sequence[Atom]) -> list[Mention]:
    """Return the mentions of the best origin that the cluster has."""
    best = members[0].rank
    return [mention for atom in members if atom.rank == best for mention in atom.mentions]


def _kind(members: Sequence[Atom], rules: IdentityRules) -> str:
    top = _top_mentions(members)
    if members[0].rank == ORIGIN_RANK["document"]:
        counted = Counter(mention.kind for mention in top)
        return min(counted, key=lambda kind: (-counted[kind], rules.kind_order[kind]))
    return min((mention.kind for mention in top), key=rules.kind_order.__getitem__)


def _country(members: Sequence[Atom]) -> str | None:
    for rank in ORIGIN_RANK.values():
        counted = Counter(
            mention.country
            for atom in members
            if atom.rank == rank
            for mention in atom.mentions
            if mention.country is not None
        )
        if counted:
            return min(counted, key=lambda country: (-counted[country], country))
    return None


def _preferred_name(members: Sequence[Atom]) -> Name:
    """Return the name to show: the best origin's main name, in English if it has one.

    In prose the form that stands most often wins. Capitals stay as the list has them, but a main
    name that is not all capitals goes before one that is.
    """
    counted = Counter(
        name for mention in _top_mentions(members) for name in mention.names if name.text.strip()
    )
    if not counted:
        return Name(members[0].first.quote)
    return min(counted, key=lambda name: _name_order(name, counted[name]))


def _name_order(name: Name, count: int) -> tuple[bool, bool, int, int, bool, int, str, str]:
    english = name.language.split("-")[0] == "en" or (
        name.language == "und" and name.text.isascii()
    )
    return (
        USE_ORDER[name.kind] > USE_ORDER["alias"], not english, USE_ORDER[name.kind], -count,
        name.text.isupper(), -len(name.text), name.text, name.language,
    )  # fmt: skip


def _all_names(shown: Name, members: Sequence[Atom]) -> tuple[Name, ...]:
    """Return every name once per language, the shown one first, then by sort and origin."""
    best: dict[tuple[str, str], tuple[int, Name]] = {}
    for atom in members:
        for mention in atom.mentions:
            for name in mention.names:
                spelt = (name.text, name.language)
                if spelt not in best or USE_ORDER[name.kind] < USE_ORDER[best[spelt][1].kind]:
                    best[spelt] = (atom.rank, name)
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


def _reasoned_mentions(members: Sequence[Atom], clusters: Clusters) -> tuple[EntityMention, ...]:
    """Return the mentions, each with the reasons that tie it to one named before it."""
    reasons: dict[int, tuple[Reason, ...]] = {members[0].index: ()}
    waiting = deque([members[0].index])
    while waiting:
        for other, why in clusters.joins.get(waiting[0], ()):
            if other not in reasons:
                reasons[other] = why
                waiting.append(other)
        waiting.popleft()
    listed: list[EntityMention] = []
    for atom in members:
        again = _SAME_WORDS if atom.rank == ORIGIN_RANK["document"] else _SAME_NAMES
        for place, mention in enumerate(atom.mentions):
            why = reasons[atom.index] if place == 0 else (again,)
            listed.append(EntityMention(mention.id, why))
    return tuple(listed)
