"""The network of ties as compressed rows (CSR): for each entity the arcs that leave it.

A tie makes two arcs, one along it (forward) and one against it. All arrays are in a fixed order
that follows from the ties alone.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.backing import Backer, Backing
from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie

STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")
"""What `TieColumns.statuses` and those of claims count through."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A tie seen from one of its ends: `forward` if that end is the tie's subject.

    `number` is the tie's place in the graph.
    """

    tie: Tie
    other: EntityId
    forward: bool
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class TieColumns:
    """The ties as columns: the rows of their ends, the place of their kind in kinds.yaml.

    `shares` holds what share a source states, in per cent; not a number where none does.
    """

    subjects: NDArray[np.int32]
    objects: NDArray[np.int32]
    kinds: NDArray[np.int16]
    statuses: NDArray[np.int8]
    shares: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.subjects)


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Arc `i` leaves the entity whose row holds it (`rows`) for `heads[i]`, along `ties[i]`.

    `steps[i]` is twice the tie kind's place in kinds.yaml, plus one when walked against the tie.
    """

    rows: NDArray[np.int64]
    heads: NDArray[np.int32]
    ties: NDArray[np.int32]
    steps: NDArray[np.int16]

    def row(self, place: int) -> slice:
        """Return where the arcs that leave a row stand."""
        return slice(int(self.rows[place]), int(self.rows[place + 1]))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Graph:
    """Entities and the ties between them; immutable.

    `entity_ids` is sorted. `kind_codes` holds each entity's place among the kinds of entity, or -1
    where its kind was not given. Without `backing` nothing is known of the claims behind the ties:
    each counts by its status alone.
    """

    entity_ids: Sequence[EntityId]
    ties: Sequence[Tie]
    columns: TieColumns
    arcs: Arcs
    kind_codes: NDArray[np.int8]
    places: Mapping[EntityId, int]
    backing: Backing | None = None

    @classmethod
    def build(
        cls,
        ties: Iterable[Tie],
        *,
        kinds_of: Mapping[EntityId, str] | None = None,
        backers: Mapping[ClaimId, Backer] | None = None,
    ) -> Self:
        """Build the network in time linear in the ties (but for sorting them).

        `kinds_of` gives the kind of each entity; without it no rule about kinds can apply.
        `backers` gives the claims behind the ties; without it neither age nor source counts.
        """
        listed = sorted({tie.id: tie for tie in ties}.values(), key=lambda tie: tie.id)
        entity_ids = sorted({end for tie in listed for end in (tie.subject, tie.object)})
        places = {entity: place for place, entity in enumerate(entity_ids)}
        columns = _columns(listed, places)
        known = kinds_of or {}
        codes = {kind: code for code, kind in enumerate(kinds().entities)}
        kind_codes = np.fromiter(
            (codes.get(known.get(entity, ""), -1) for entity in entity_ids), np.int8
        )
        return cls(
            entity_ids, listed, columns, arcs_of(columns, len(entity_ids)), kind_codes, places,
            None if backers is None else Backing.build(listed, backers),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.entity_ids)

    def __contains__(self, entity: object) -> bool:
        return entity in self.places

    def degree(self, entity: EntityId) -> int:
        """Return how many ties the entity has; 0 for a stranger."""
        place = self.places.get(entity)
        if place is None:
            return 0
        return len(self.arcs.ties[self.arcs.row(place)])

    def neighbours(
        self, entity: EntityId, *, tie_kinds: Collection[str] | None = None
    ) -> Iterator[Neighbour]:
        """Yield every tie of the entity, seen from it, in a fixed order; none for a stranger.

        `tie_kinds` keeps to ties of these kinds: no other tie's record is fetched.
        """
        place = self.places.get(entity)
        if place is None:
            return
        row = self.arcs.row(place)
        arcs = np.arange(row.start, row.stop)
        if tie_kinds is not None:
            codes = [code for code, kind in enumerate(kinds().ties) if kind in tie_kinds]
            arcs = arcs[np.isin(self.arcs.steps[row] // 2, codes)]
        for arc in arcs.tolist():
            number = int(self.arcs.ties[arc])
            yield Neighbour(
                self.ties[number],
                self.entity_ids[int(self.arcs.heads[arc])],
                int(self.arcs.steps[arc]) % 2 == 0,
                number,
            )


def stated_share(tie: Tie) -> float | None:
    """Return the share, in per cent, that the tie's strongest claim with one states, or None."""
    found = _NUMBER.search(tie.attributes.get("share", ""))
    share = float(found.group()) if found else None
    return share if share is not None and 0 <= share <= 100 else None


def _columns(ties: Sequence[Tie], places: Mapping[EntityId, int]) -> TieColumns:
    tie_codes = {kind: code for code, kind in enumerate(kinds().ties)}
    status_codes = {status: code for code, status in enumerate(STATUSES)}
    count = len(ties)
    shares = (stated_share(tie) for tie in ties)
    return TieColumns(
        subjects=np.fromiter((places[t.subject] for t in ties), np.int32, count),
        objects=np.fromiter((places[t.object] for t in ties), np.int32, count),
        kinds=np.fromiter((tie_codes[t.kind] for t in ties), np.int16, count),
        statuses=np.fromiter((status_codes[t.status] for t in ties), np.int8, count),
        shares=np.fromiter((np.nan if s is None else s for s in shares), np.float32, count),
    )


def arcs_of(columns: TieColumns, entities: int) -> Arcs:
    """Return the arcs of the ties, ordered by tail, then head, then tie."""
    subjects, objects = columns.subjects, columns.objects
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
        steps=(columns.kinds[ties] * 2 + against).astype(np.int16),
    )
