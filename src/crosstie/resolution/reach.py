"""What a mention can change: the keys that it shares, and how far they reach.

Two qualified mentions can come to be one only over a chain of shared keys, and a bare one can only
come to a qualified one whose name it writes. So whoever shares no key with what is new stays as is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from crosstie.ontology.ids import DocumentId, MentionId
from crosstie.resolution.block import Atom, cores_of

Key = tuple[str, str]
"""What sort of key (name, core or identifier), and the key."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A mention's use of a key. A short form's key is not `strong`: it merges nothing."""

    kind: str
    key: str
    mention_id: MentionId
    document_id: DocumentId
    bare: bool
    strong: bool

    @property
    def shared(self) -> Key:
        """Return what others may share."""
        return (self.kind, self.key)


def key_uses(atoms: Iterable[Atom]) -> Iterator[KeyUse]:
    """Yield the keys of every mention; of those of a bare atom the first speaks for all."""
    for atom in atoms:
        keys = [("name", key, not use.weak or use.full) for key, use in atom.uses.items()]
        if atom.qualified:
            keys += [("core", core, True) for core in sorted(cores_of(atom))]
            shared = sorted(f"{i.scheme}:{i.value}" for i in atom.identifiers | atom.supports)
            keys += [("identifier", value, True) for value in shared]
        else:
            keys += [("core", use.core, True) for use in atom.uses.values() if not use.weak]
        for mention in atom.mentions if atom.qualified else atom.mentions[:1]:
            for kind, key, strong in dict.fromkeys(keys):
                yield KeyUse(kind, key, mention.id, mention.document_id, not atom.qualified, strong)


def names_among(uses: Iterable[KeyUse]) -> set[Key]:
    """Return the keys by which a bare name finds its bearer."""
    return {use.shared for use in uses if use.kind != "identifier"}


def connected(
    start: Iterable[MentionId],
    *,
    keys_of: Callable[[Iterable[MentionId]], set[Key]],
    tied_by: Callable[[Iterable[Key]], set[MentionId]],
    judged: Callable[[MentionId], Iterable[MentionId]],
) -> set[MentionId]:
    """Return the qualified mentions that chains of shared keys and judgements tie to these.

    `keys_of` looks up the keys of qualified mentions, and `tied_by` the qualified mentions that
    share a key which at least two bear in strength; `judged` gives those that a person judged to be
    the same as one.
    """
    found = set(start)
    seen: set[Key] = set()
    edge = set(found)
    while edge:
        keys = keys_of(edge) - seen
        seen |= keys
        near = tied_by(keys).union(*(judged(mention) for mention in edge))
        edge = near - found
        found |= edge
    return found
