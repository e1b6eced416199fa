"""From whom an entity inherits a designation: its owners, and the bodies that it is a part of.

Supervision is left out: a ministry supervises whole sectors, and its designation would fall on
every university of a country. So are planned, alleged, ended and denied ties: what a page shows as
"parent designated" must be so today, by a source that states it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from crosstie.graph.network import Graph, Neighbour
from crosstie.graph.reading import TieReading
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Tie

_STATED = ("asserted", "reported")
_UPWARD = {"affiliated_with": True, "owns": False}
"""The kinds of tie that lead to a parent, and whether along the tie or against it."""
Read = Callable[[int], TieReading]


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent and the ties that lead up to it, nearest first."""

    entity: EntityId
    ties: tuple[Tie, ...]


def parents(
    graph: Graph, entity: EntityId, *, max_ties: int = 2, read: Read | None = None
) -> tuple[Parent, ...]:
    """Return the entity's parents, nearest first: up `affiliated_with`, and up `owns`.

    `read` reads a tie by its place in the graph, on some day; without it a tie has the status that
    it has at last.
    """
    found: dict[EntityId, Parent] = {}
    waiting = deque([Parent(entity, ())])
    while waiting:
        below = waiting.popleft()
        if len(below.ties) == max_ties:
            continue
        for neighbour in graph.neighbours(below.entity, tie_kinds=_UPWARD):
            if neighbour.other in {entity, *found} or not _is_upward(neighbour):
                continue
            if _status(neighbour, read) in _STATED:
                parent = Parent(neighbour.other, (*below.ties, neighbour.tie))
                found[neighbour.other] = parent
                waiting.append(parent)
    return tuple(found.values())


def _is_upward(neighbour: Neighbour) -> bool:
    return _UPWARD[neighbour.tie.kind] == neighbour.forward


def _status(neighbour: Neighbour, read: Read | None) -> str:
    if read is None:
        return neighbour.tie.status
    reading = read(neighbour.number)
    return reading.status if reading.claims else "denied"
