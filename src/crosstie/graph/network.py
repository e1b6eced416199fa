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

STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")
"""What `Arcs.statuses` counts through."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A tie seen from one of its ends: `forward` if that end is the tie's subject."""

    tie: Tie
    other: EntityId
    forward: bool


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Arc `i` leaves the entity whose row holds it (`rows`) for `heads[i]`, along `ties[i]`.

    `steps[i]` is twice the tie kind's place in kinds.yaml, plus one when walked against the tie.
    """

    rows: NDArray[np.int64]
    heads: NDArray[np.int32]
    ties: NDArray[np.int32]
    steps: NDArray[np.int16]
    statuses: NDArray[np.int8]

    def row(self, place: int) -> slice:
        """Return where the arcs that leave a row stand."""
        return slice(int(self.rows[place]), int(self.rows[place + 1]))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Graph:
    """Entities and the ties between them; immutable.

    `entity_ids` is sorted. `kind_codes` holds each entity's place among the kinds of entity, or -1
    where its kind was not given.
    """

    entity_ids: Sequence[EntityId]
    ties: Sequence[Tie]
    arcs: Arcs
    kind_codes: NDArray[np.int8]
    places: Mapping[EntityId, int]

    @classmethod
    def build(cls, ties: Iterable[Tie], *, kinds_of: Mapping[EntityId, str] | None = None) -> Self:
        """Build the network in time linear in the ties (but for sorting them).

        `kinds_of` gives the kind of each entity; without it no rule about kinds can apply.
        """
        listed = sorted({tie.id: tie for tie in ties}.values(), key=lambda tie: tie.id)
        entity_ids = sorted({end for tie in listed for end in (tie.subject, tie.object)})
        places = {entity: place for place, entity in enumerate(entity_ids)}
        tie_codes = {kind: code for code, kind in enumerate(kinds().ties)}
        status_codes = {status: code for code, status in enumerate(STATUSES)}
        count = len(listed)
        arcs = arcs_of(
            np.fromiter((places[t.subject] for t in listed), np.int32, count),
            np.fromiter((places[t.object] for t in listed), np.int32, count),
            np.fromiter((tie_codes[t.kind] for t in listed), np.int16, count),
            np.fromiter((status_codes[t.status] for t in listed), np.int8, count),
            len(entity_ids),
        )
        known = kinds_of or {}
        codes = {kind: code for code, kind in enumerate(kinds().entities)}
        kind_codes = np.fromiter(
            (codes.get(known.get(entity, ""), -1) for entity in entity_ids), np.int8
        )
        return cls(entity_ids, listed, arcs, kind_codes, places)

    def __len__(self) -> int:
        return len(self.entity_ids)

    def __contains__(self, entity: object) -> bool:
        return entity in self.places

    def neighbours(self, entity: EntityId) -> Iterator[Neighbour]:
        """Yield every tie of the entity, seen from it, in a fixed order; none for a stranger."""
        place = self.places.get(entity)
        if place is None:
            return
        row = self.arcs.row(place)
        for arc in range(row.start, row.stop):
            yield Neighbour(
                self.ties[int(self.arcs.ties[arc])],
                self.entity_ids[int(self.arcs.heads[arc])],
                int(self.arcs.steps[arc]) % 2 == 0,
            )


def arcs_of(
    subjects: NDArray[np.int32],
    objects: NDArray[np.int32],
    kind_codes: NDArray[np.int16],
    status_codes: NDArray[np.int8],
    entities: int,
) -> Arcs:
    """Return the arcs of ties given as columns, ordered by tail, then head, then tie."""
    count = len(subjects)
    # One number for tail and head sorts in a third of the time of a sort by two columns; equal
    # numbers keep the order of their ties, for the sort is stable.
    keys = np.concatenate([subjects, objects]).astype(np.int64) * entities
    keys += np.concatenate([objects, subjects])
    order = np.argsort(keys, kind="stable")
    del keys
    ties = (order % count).astype(np.int32) if count else np.zeros(0, np.int32)
    against = order >= count
    tails = np.where(against, objects[ties], subjects[ties])
    rows = np.zeros(entities + 1, dtype=np.int64)
    np.cumsum(np.bincount(tails, minlength=entities), out=rows[1:])
    return Arcs(
        rows=rows,
        heads=np.where(against, subjects[ties], objects[ties]),
        ties=ties,
        steps=(kind_codes[ties] * 2 + against).astype(np.int16),
        statuses=status_codes[ties],
    )
