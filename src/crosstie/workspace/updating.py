"""Bring entities and ties up to date after a new document or judgement: only what it can change.

The outcome is the same, byte for byte, as if all had been made anew.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, MentionId
from crosstie.ontology.records import Mention, Reason, decode, encode
from crosstie.resolution import (
    ORIGIN_RANK,
    Atom,
    KeyUse,
    Member,
    Placement,
    Settled,
    UncertainPair,
    Verdicts,
    atoms_among,
    connected,
    group_of,
    key_uses,
    names_among,
    settle,
)
from crosstie.store import reaching
from crosstie.store.derived import Derived, KeyRow, PlacementRow, UncertainRow
from crosstie.store.engine import Transaction
from crosstie.workspace.tie_changes import TieChanges


@dataclass(slots=True)
class Reached:
    """What a change can reach.

    `changed` are the qualified mentions that may change company, `documents` those whose bare names
    are placed again, `context` all qualified mentions that must be looked at.
    """

    changed: set[MentionId] = field(default_factory=set)
    documents: set[DocumentId] = field(default_factory=set)
    context: set[MentionId] = field(default_factory=set)


def weighed_of(verdicts: Verdicts) -> str:
    """Return, as text to keep, which judgements were weighed."""
    pairs = [[*pair, found.verdict, found.id] for pair, found in sorted(verdicts.pairs.items())]
    return json.dumps({"pairs": pairs, "rejected": sorted(verdicts.rejected)})


class Update:
    """One update, inside one transaction."""

    def __init__(self, db: Transaction, tables: Derived, verdicts: Verdicts, before: str) -> None:
        self._db = db
        self._tables = tables
        self._verdicts = verdicts
        old = json.loads(before)
        now = json.loads(weighed_of(verdicts))
        differing = {tuple(p) for p in old["pairs"]} ^ {tuple(p) for p in now["pairs"]}
        self._rejudged = {MentionId(end) for pair in differing for end in pair[:2]}
        self._reconsidered = {ClaimId(c) for c in {*old["rejected"]} ^ {*now["rejected"]}}
        self._partners: dict[MentionId, set[MentionId]] = defaultdict(set)
        self._sames: dict[MentionId, set[MentionId]] = defaultdict(set)
        for pair, found in verdicts.pairs.items():
            for one, two in (pair, pair[::-1]):
                self._partners[one].add(two)
                if found.verdict == "same":
                    self._sames[one].add(two)

    def run(self) -> None:
        """Carry it out."""
        new = reaching.unplaced(self._db)
        judged_in = {m.document_id for m in reaching.mentions(self._db, self._rejudged)}
        known = {mention.id for mention in new}
        mentions = [
            *new,
            *(m for m in reaching.mentions_in(self._db, judged_in) if m.id not in known),
        ]
        ties = TieChanges(self._db, self._tables, self._verdicts.rejected)
        if mentions:
            reached = self._reach(mentions)
            self._apply(reached, ties)
        ties.carry_out(self._reconsidered)
        self._tables.finish(weighed_of(self._verdicts))

    # How far it reaches

    def _reach(self, mentions: list[Mention]) -> Reached:
        old = [key_use(row) for row in reaching.key_rows(self._db, [m.id for m in mentions])]
        new = list(key_uses(self._atoms(mentions)))
        self._tables.drop_keys({use.mention_id for use in old})
        self._tables.add_keys(key_row(use) for use in new)
        once = {use.shared for use in old if not use.bare}
        start = {use.mention_id for use in new if not use.bare}
        start |= {use.mention_id for use in self._sharing(once)}
        reached = Reached(changed=self._connected(start))
        changed_uses = [use for use in self._keys_of(reached.changed) if not use.bare]
        keys = names_among(changed_uses) | {key for key in once if key[0] != "identifier"}
        reached.documents = {m.document_id for m in mentions}
        reached.documents |= {
            DocumentId(row[3]) for row in reaching.rows_sharing(self._db, keys, bare=True)
        }
        beside = {use.document_id for use in changed_uses}
        reached.documents |= {DocumentId(key) for key in reaching.with_bare_names(self._db, beside)}
        self._add_judged_documents(reached)
        reached.context = self._context(reached)
        return reached

    def _add_judged_documents(self, reached: Reached) -> None:
        """Add the documents whose mentions a person told apart from one in a document here."""
        judged = reaching.mentions(self._db, self._partners)
        of = {mention.id: mention.document_id for mention in judged}
        edge = [key for key, document in of.items() if document in reached.documents]
        while edge:
            near = {
                of[other]
                for key in edge
                for other in self._partners[key]
                if other in of and of[other] not in reached.documents
            }
            reached.documents |= near
            edge = [key for key, document in of.items() if document in near]

    def _context(self, reached: Reached) -> set[MentionId]:
        inside = reaching.mentions_in(self._db, reached.documents)
        ids = {mention.id for mention in inside} | reached.changed
        uses = [key_use(row) for row in reaching.key_rows(self._db, [m.id for m in inside])]
        start = {use.mention_id for use in uses if not use.bare} | reached.changed
        bare = names_among(use for use in uses if use.bare)
        start |= {use.mention_id for use in self._sharing(bare)}
        before = set(reaching.owners(self._db, ids).values())
        start |= reaching.qualified_in(self._db, before)
        return self._connected(start)

    def _connected(self, start: Iterable[MentionId]) -> set[MentionId]:
        return connected(
            start,
            keys_of=lambda mentions: reaching.qualified_keys(self._db, mentions),
            tied_by=lambda keys: reaching.tied_by(self._db, keys),
            judged=lambda mention: self._sames.get(mention, ()),
        )

    def _keys_of(self, mentions: Iterable[MentionId]) -> list[KeyUse]:
        return [key_use(row) for row in reaching.key_rows(self._db, mentions)]

    def _sharing(self, keys: Iterable[tuple[str, str]]) -> list[KeyUse]:
        return [key_use(row) for row in reaching.rows_sharing(self._db, keys, bare=False)]

    # What it changes

    def _atoms(self, mentions: list[Mention]) -> list[Atom]:
        told = reaching.told(self._db, {mention.document_id for mention in mentions})
        origins = {key: origin for key, (origin, _) in told.items()}
        return atoms_among(mentions, self._verdicts, origins=origins)

    def _settled(self, mentions: Iterable[Mention], kept: Mapping[MentionId, Placement]) -> Settled:
        every = list({mention.id: mention for mention in mentions}.values())
        told = reaching.told(self._db, {mention.document_id for mention in every})
        return settle(
            every,
            self._verdicts,
            origins={key: origin for key, (origin, _) in told.items()},
            publishers={key: publisher for key, (_, publisher) in told.items()},
            kept=kept,
        )

    def _apply(self, reached: Reached, ties: TieChanges) -> None:
        inside = reaching.mentions_in(self._db, reached.documents)
        kept = self._kept(inside, reached.documents)
        settled = self._settled(
            [
                *inside,
                *reaching.mentions(self._db, reached.context),
                *reaching.mentions(self._db, kept),
            ],
            kept,
        )
        moving = {mention.id for mention in inside} | reached.changed | set(kept)
        roots, old = self._touched(settled, moving)
        guests = self._guests(settled, roots, reached.documents)
        made = [settled.entity(root, guests.get(root, ())) for root in roots]
        self._tables.drop_placements(reached.documents)
        self._tables.add_placements(
            placement_row(placement, document)
            for placement, document in settled.placements()
            if document in reached.documents
        )
        ties.replace_entities(old, made)
        bare = {
            placement.mention_id
            for placement, document in settled.placements()
            if document in reached.documents
        }
        # A record that a document here names, but that does not change, keeps its other questions.
        self._queue(settled, bare | reached.changed)

    def _kept(
        self, inside: list[Mention], documents: set[DocumentId]
    ) -> dict[MentionId, Placement]:
        """Return where the members of the groups that are touched stand, in other documents."""
        atoms = self._atoms(inside)
        groups = {group_of(atom) for atom in atoms if not atom.qualified and atom.main_key}
        groups |= reaching.groups_of(self._db, documents)
        rows = reaching.placements_in(self._db, groups)
        return {MentionId(row[0]): _placement(row) for row in rows if row[1] not in documents}

    def _touched(self, settled: Settled, moving: set[MentionId]) -> tuple[list[int], set[EntityId]]:
        """Return the clusters that may differ from what stands, and the entities in their place."""
        held = {
            root: {mention.id for atom in atoms for mention in atom.mentions}
            for root, atoms in settled.members.items()
        }
        owners = reaching.owners(self._db, set().union(*held.values()) | moving)
        owned = {root: {owners[m] for m in ids if m in owners} for root, ids in held.items()}
        roots = {root for root, ids in held.items() if not ids.isdisjoint(moving)}
        old = {owners[mention] for mention in moving if mention in owners}
        while True:
            old |= {entity for root in roots for entity in owned[root]}
            more = {root for root, ids in owned.items() if not ids.isdisjoint(old)} - roots
            if not more:
                return sorted(roots), old
            roots |= more

    def _guests(
        self, settled: Settled, roots: Iterable[int], documents: set[DocumentId]
    ) -> dict[int, list[Member]]:
        """Return the bare mentions of other documents that stay with these clusters."""
        hosts = {
            mention.id: root
            for root in roots
            for atom in settled.members[root]
            if atom.qualified
            for mention in atom.mentions
        }
        rows = [row for row in reaching.placements_onto(self._db, hosts) if row[1] not in documents]
        onto = {row[0]: row[2] for row in rows}
        told = reaching.told(self._db, {row[1] for row in rows})
        reasons = {row[0]: _placement(row).reasons for row in rows}
        found: dict[int, list[Member]] = defaultdict(list)
        for mention in reaching.mentions(self._db, onto):
            host: str | None = mention.id
            while host in onto:
                host = onto[host]
            rank = ORIGIN_RANK[told[mention.document_id][0]]
            root = hosts[MentionId(str(host))]
            found[root].append(Member(mention, rank, reasons[mention.id]))
        return found

    def _queue(self, settled: Settled, asked: set[MentionId]) -> None:
        self._tables.drop_uncertain(sorted(asked))
        self._tables.add_uncertain(
            uncertain_row(pair)
            for pair in settled.queue()
            if pair.left in asked or pair.right in asked
        )


def uncertain_row(pair: UncertainPair) -> UncertainRow:
    """Return the row that keeps a pair of the review queue."""
    return (pair.left, pair.right, pair.score, encode(pair).decode())


def key_use(row: KeyRow) -> KeyUse:
    """Return a kept use of a key."""
    kind, key, mention, document, bare, strong = row
    return KeyUse(kind, key, MentionId(mention), DocumentId(document), bare, strong)


def key_row(use: KeyUse) -> KeyRow:
    """Return the row that keeps a mention's use of a key."""
    return (use.kind, use.key, use.mention_id, use.document_id, use.bare, use.strong)


def _placement(row: PlacementRow) -> Placement:
    mention, _, onto, group, reasons = row
    return Placement(
        MentionId(mention),
        None if onto is None else MentionId(onto),
        group,
        decode(reasons, tuple[Reason, ...]),
    )


def placement_row(placement: Placement, document: DocumentId) -> PlacementRow:
    """Return the row that keeps where a bare mention was put."""
    return (
        placement.mention_id, document, placement.onto, placement.group,
        encode(placement.reasons).decode(),
    )  # fmt: skip
