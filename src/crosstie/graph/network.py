"""The network of ties as compressed rows (CSR): for each entity the arcs that leave it.

A tie makes two arcs, one along it (forward) and one against it. All arrays are in a fixed order
that follows from the ties alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie

_STATUS_CODES = ("asserted", "reported", "alleged", "planned", "ended", "denied")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A tie seen from one of its ends: `forward` if that end is the tie's subject."""

    tie: Tie
    other: EntityId
    forward: bool


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arc `i` leaves the entity whose row holds it (`rows`) for `heads[i]`, along `ties[i]`.

    `steps[i]` is twice the tie kind's place in kinds.yaml, plus one when walked against the tie.
    """

    rows: NDArray[np.int64]
    heads: NDArray[np.int32]
    ties: NDArray[np.int32]
    steps: NDArray[np.int16]
    statuses: NDArray[np.int8]


class Graph:
    """Entities and the ties between them; immutable once built."""

    def __init__(
        self,
        entity_ids: Sequence[EntityId],
        ties: Sequence[Tie],
        arcs: Arcs,
        kinds_of: Mapping[EntityId, str],
    ) -> None:
        self.entity_ids = entity_ids
        self.ties = ties
        self.arcs = arcs
        self.kinds_of = kinds_of
        self._places = {entity: place for place, entity in enumerate(entity_ids)}

    @classmethod
    def build(cls, ties: Iterable[Tie], *, kinds_of: Mapping[EntityId, str] | None = None) -> Self:
        """Build the network in time linear in the ties (but for sorting them).

        `kinds_of` gives the kind of each entity; without it no rule about kinds can apply.
        """
        listed = sorted({tie.id: tie for tie in ties}.values(), key=lambda tie: tie.id)
        ends = {end for tie in listed for end in (tie.subject, tie.object)}
        entity_ids = sorted(ends)
        places = {entity: place for place, entity in enumerate(entity_ids)}
        kind_codes = {kind: code for code, kind in enumerate(kinds().ties)}
        status_codes = {status: code for code, status in enumerate(_STATUS_CODES)}
        count = len(listed)
        arcs = arcs_of(
            np.fromiter((places[t.subject] for t in listed), np.int32, count),
            np.fromiter((places[t.object] for t in listed), np.int32, count),
            np.fromiter((kind_codes[t.kind] for t in listed), np.int16, count),
            np.fromiter((status_codes[t.status] for t in listed), np.int8, count),
            len(entity_ids),
        )
        return cls(entity_ids, listed, arcs, dict(kinds_of or {}))

    def __len__(self) -> int:
        return len(self.entity_ids)

    def __contains__(self, entity: object) -> bool:
        return entity in self._places

    def place(self, entity: EntityId) -> int | None:
        """Return the entity's row, or None when no tie touches it."""
        return self._places.get(entity)

    def arcs_from(self, place: int) -> range:
        """Return the numbers of the arcs that leave a row."""
        return range(int(self.arcs.rows[place]), int(self.arcs.rows[place + 1]))

    def neighbours(self, entity: EntityId) -> Iterator[Neighbour]:
        """Yield every tie of the entity, seen from it, in a fixed order."""
        place = self.place(entity)
        for arc in self.arcs_from(place) if place is not None else ():
            yield Neighbour(
                self.ties[int(self.arcs.ties[arc])],
                self.entity_ids[int(self.arcs.heads[arc])],
                int(self.arcs.steps[arc]) % 2 == 0,
            )


def status_name(code: int) -> str:
    """Return the status that a code in `Arcs.statuses` stands for."""
    return _STATUS_CODES[code]


def arcs_of(
    subjects: NDArray[np.int32],
    objects: NDArray[np.int32],
    kind_codes: NDArray[np.int16],
    status_codes: NDArray[np.int8],
    entities: int,
) -> Arcs:
    """Return the arcs of ties given as columns, ordered by tail, then head, then tie."""
    count = len(subjects)
    tails = np.concatenate([subjects, objects])
    heads = np.concatenate([objects, subjects])
    numbers = np.arange(count, dtype=np.int32)
    order = np.lexsort((np.tile(numbers, 2), heads, tails))
    steps = np.concatenate([kind_codes * 2, kind_codes * 2 + 1]).astype(np.int16)
    rows = np.zeros(entities + 1, dtype=np.int64)
    np.cumsum(np.bincount(tails, minlength=entities), out=rows[1:])
    return Arcs(
        rows=rows,
        heads=heads[order],
        ties=np.tile(numbers, 2)[order],
        steps=steps[order],
        statuses=np.tile(status_codes, 2)[order],
    )
