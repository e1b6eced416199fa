"""Names that what was typed is a slip away from: a letter wrong, missing, doubled or swapped."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from crosstie.ontology.ids import EntityId

_SHORTEST, _LONG = 4, 8
_SHORTEST_HAN = 3


@dataclass(frozen=True, slots=True)
class NearName:
    """A name near to what was typed: how near, from 0 to 1, and by how many slips."""

    entity: EntityId
    text: str
    score: float
    slips: int


class Spellings:
    """The normal forms of all names, by their first letter; made once for each state."""

    def __init__(self, names: Iterable[tuple[str, EntityId, str]]) -> None:
        self._by_letter: dict[str, list[tuple[str, EntityId, str]]] = defaultdict(list)
        for key, entity, text in names:
            if key:
                self._by_letter[key[0]].append((key, entity, text))

    def near(self, key: str, *, limit: int) -> list[NearName]:
        """Return names that begin like the normal form `key` but for a slip or two, nearest first.

        The first letter must be right: nobody types a name without looking at how it starts.
        """
        most = _slips(key)
        if most == 0:
            return []
        found: dict[EntityId, tuple[int, int, str, EntityId, str]] = {}
        for name, entity, text in self._by_letter.get(key[0], ()):
            slips = _distance(key, name, most)
            if 0 < slips <= most:
                one = (slips, len(name), name, entity, text)
                if entity not in found or one < found[entity]:
                    found[entity] = one
        return [
            NearName(entity, text, 1 - slips / len(key), slips)
            for slips, _, _, entity, text in sorted(found.values())[:limit]
        ]


def _slips(key: str) -> int:
    if not key.isascii():
        return 1 if len(key) >= _SHORTEST_HAN else 0
    return 0 if len(key) < _SHORTEST else 1 if len(key) < _LONG else 2


def _distance(key: str, name: str, most: int) -> int:
    """Return the slips between what was typed and the beginning of a name of about that length."""
    if len(name) < len(key) - most:
        return most + 1
    ends = {min(len(name), len(key) + more) for more in (-1, 0, 1)}
    return min(OSA.distance(key, name[:end], score_cutoff=most) for end in ends)
