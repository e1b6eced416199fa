"""Mentions and judgements → entities: block, score, cluster and merge, in that order."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from crosstie.ontology.ids import DocumentId, MentionId
from crosstie.ontology.records import Entity, Judgement, Mention, Origin, Reason
from crosstie.resolution.bare import assign_bare_names
from crosstie.resolution.block import Atom, atoms_of, blocks_of
from crosstie.resolution.cluster import Clusters
from crosstie.resolution.keys import KeyTable
from crosstie.resolution.merge import SAME_WORDS, Member, entity_of, members_by_root, members_of
from crosstie.resolution.result import Placement, Resolution, UncertainPair
from crosstie.resolution.rules import identity_rules
from crosstie.resolution.score import MERGE_FROM, Comparison, comparisons
from crosstie.resolution.verdicts import Verdicts, pair_of, verdicts_in_force

_NONE_KEPT: Mapping[MentionId, Placement] = MappingProxyType({})


def resolve(
    mentions: Iterable[Mention],
    judgements: Iterable[Judgement] = (),
    *,
    origins: Mapping[DocumentId, Origin],
    publishers: Mapping[DocumentId, str | None] | None = None,
) -> Resolution:
    """Return the entities that the mentions name, and the pairs left to a person.

    With `publishers`, two rows of one publisher whose main names differ are not merged for a shared
    alias: who keeps a list and gives two rows means two organisations, until a person says more.
    Every mention is in exactly one entity. The result depends on what is given and not on its
    order. A "different" in force keeps two mentions apart whatever else speaks for them.
    """
    settled = settle(
        mentions, verdicts_in_force(judgements), origins=origins, publishers=publishers
    )
    return Resolution(tuple(settled.entities()), settled.queue())


@dataclass(frozen=True, slots=True)
class Settled:
    """Who is who among some mentions: clusters of atoms, before entities are made of them."""

    atoms: Sequence[Atom]
    clusters: Clusters
    members: Mapping[int, Sequence[Atom]]
    uncertain: Sequence[Comparison]
    groups: Mapping[int, str]
    verdicts: Verdicts

    def entities(self) -> list[Entity]:
        """Return the entities in the order of their ids."""
        return sorted(map(self.entity, self.members), key=lambda entity: entity.id)

    def entity(self, root: int, guests: Iterable[Member] = ()) -> Entity:
        """Return the entity of one cluster, with guests that were not given to `settle`."""
        members = members_of(self.members[root], self.clusters)
        return entity_of([*members, *guests], identity_rules())

    def placements(self) -> Iterator[tuple[Placement, DocumentId]]:
        """Yield where each bare mention was put, and the document that it is in."""
        for atom in self.atoms:
            if atom.qualified:
                continue
            host, reasons = self.clusters.hosts.get(atom.index, (None, ()))
            group = self.groups.get(atom.index)
            # Whom a name's group follows is worked out each time from its members.
            onto = None if host is None or group is not None else self.atoms[host].first.id
            why = reasons if group is None else ()
            yield Placement(atom.first.id, onto, group, why), atom.first.document_id
            for mention in atom.mentions[1:]:
                placement = Placement(mention.id, atom.first.id, None, (SAME_WORDS,))
                yield placement, mention.document_id

    def queue(self) -> tuple[UncertainPair, ...]:
        """Return one pair for any two entities that a person may still join, likeliest first."""
        return _queue(self.uncertain, self.members, self.clusters, self.verdicts)


def settle(
    mentions: Iterable[Mention],
    verdicts: Verdicts,
    *,
    origins: Mapping[DocumentId, Origin],
    publishers: Mapping[DocumentId, str | None] | None = None,
    kept: Mapping[MentionId, Placement] = _NONE_KEPT,
) -> Settled:
    """Put the mentions into clusters; those with a `kept` placement stay where they were put.

    Given only some of a workspace's mentions the outcome is the same as if all were given, as long
    as what shares a key with a qualified mention here is here too.
    """
    rules = identity_rules()
    with _collector_at_rest():
        atoms = atoms_among(mentions, verdicts, origins=origins, publishers=publishers)
        place = {mention.id: atom.index for atom in atoms for mention in atom.mentions}
        blocks = blocks_of(atoms)
        clusters = Clusters(atoms, rules, _known(verdicts.pairs_judged("different"), place))
        uncertain = _join_judged(clusters, verdicts, place)
        for pair in comparisons(atoms, blocks, rules):
            if pair.score < MERGE_FROM:
                uncertain.append(pair)
                continue
            refusal = clusters.join(pair.left, pair.right, pair.reasons, certain=pair.certain)
            if refusal is not None:
                reasons = (*pair.reasons, refusal)
                uncertain.append(Comparison(pair.left, pair.right, pair.score, reasons))
        assigned = assign_bare_names(atoms, blocks, clusters, kept, verdicts.told_apart())
        uncertain.extend(assigned.queue)
        members = members_by_root(atoms, clusters)
    return Settled(atoms, clusters, members, uncertain, assigned.groups, verdicts)


def atoms_among(
    mentions: Iterable[Mention],
    verdicts: Verdicts,
    *,
    origins: Mapping[DocumentId, Origin],
    publishers: Mapping[DocumentId, str | None] | None = None,
) -> list[Atom]:
    """Return the mentions as atoms: those that are one from the start together."""
    return atoms_of(
        mentions,
        origins=origins,
        publishers=publishers or {},
        judged={mention for pair in verdicts.pairs for mention in pair},
        vouched={mention for pair in verdicts.pairs_judged("same") for mention in pair},
        rules=identity_rules(),
        keys=KeyTable(),
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cyclic collector from running meanwhile.

    All that is made here lives to the end and holds no cycles: the collector would walk through it
    again and again, take a third of the time and free nothing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _known(
    pairs: Iterable[tuple[MentionId, MentionId]], place: Mapping[MentionId, int]
) -> list[tuple[int, int]]:
    """Return the pairs as atoms, without those that name a mention which is gone."""
    return [(place[a], place[b]) for a, b in pairs if a in place and b in place]


def _join_judged(
    clusters: Clusters, verdicts: Verdicts, place: Mapping[MentionId, int]
) -> list[Comparison]:
    """Join what a person judged to be the same; return the pairs where judgements contradict."""
    contradicted: list[Comparison] = []
    for pair in verdicts.pairs_judged("same"):
        for left, right in _known([pair], place):
            judgement = verdicts.pairs[pair]
            text = f"{judgement.by} judged them the same: {judgement.because}"
            reasons = (Reason("judged_same", text, 1.0),)
            refusal = clusters.join(left, right, reasons, judged=True)
            if refusal is not None:
                contradicted.append(Comparison(left, right, 1.0, (*reasons, refusal)))
    return contradicted


def _queue(
    uncertain: Iterable[Comparison],
    members: Mapping[int, Sequence[Atom]],
    clusters: Clusters,
    verdicts: Verdicts,
) -> tuple[UncertainPair, ...]:
    """Return one pair for any two entities that a person may still join, likeliest first."""
    best: dict[tuple[int, int], Comparison] = {}
    for pair in uncertain:
        a, b = clusters.root(pair.left), clusters.root(pair.right)
        roots = (min(a, b), max(a, b))
        if a != b and (roots not in best or _likelier(pair, best[roots])):
            best[roots] = pair
    queue: list[UncertainPair] = []
    for (a, b), pair in best.items():
        refusal = clusters.conflict(a, b)
        contradiction = any(reason.code == "judged_same" for reason in pair.reasons)
        if refusal is not None and refusal.code == "judged_different" and not contradiction:
            continue
        left, right = pair_of(members[a][0].first.id, members[b][0].first.id)
        reasons = pair.reasons
        if (left, right) in verdicts.pairs and verdicts.pairs[left, right].verdict == "unsure":
            reasons = (*reasons, Reason("judged_unsure", "a person was not sure"))
        queue.append(UncertainPair(left, right, pair.score, reasons))
    return tuple(sorted(queue, key=lambda pair: (-pair.score, pair.left, pair.right)))


def _likelier(pair: Comparison, rival: Comparison) -> bool:
    return (-pair.score, pair.left, pair.right) < (-rival.score, rival.left, rival.right)
