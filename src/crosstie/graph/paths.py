"""Best simple paths, best first: a search that the exact bounds of `reach` lead and cut short."""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from crosstie.graph.network import Graph
from crosstie.graph.reach import Bounds, near_reach_of
from crosstie.graph.weighing import Weighing, chain_weighing
from crosstie.graph.worth import Terms
from crosstie.ontology.errors import UsageError
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Tie

# Products of the same weights in another order differ in their last digits.
_DIGITS = 12
# A walk under way: its bound (negative, for the heap), its arcs, its product, whether it is done.
_Partial = tuple[float, tuple[int, ...], float, bool]


@dataclass(frozen=True, slots=True)
class IdStep:
    """One tie of a path, walked from `start` to `end`; `forward` if `start` is its subject.

    `number` is the tie's place in the graph.
    """

    tie: Tie
    number: int
    start: EntityId
    end: EntityId
    forward: bool
    weight: float


@dataclass(frozen=True, slots=True)
class IdPath:
    """A chain of ties by ids. `score` is the product of its weights, `weakest` the lowest's place.

    Each step starts where the one before it ends; no entity stands on it twice.
    """

    start: EntityId
    goal: EntityId
    steps: tuple[IdStep, ...]
    score: float
    weakest: int


class ChainMap:
    """The ties of a graph weighed once, for chains between any two entities.

    Ties are taken in either direction, each by the better of its two weights. Kinds of tie that
    never carry (the same place, a law suit, …) and denied ties make no chain.
    """

    def __init__(self, graph: Graph, weighing: Weighing) -> None:
        self._graph = graph
        self._weighing = weighing

    @classmethod
    def build(cls, graph: Graph, terms: Terms) -> Self:
        """Weigh every tie, in time linear in the ties."""
        return cls(graph, chain_weighing(graph, terms))

    def on(self, graph: Graph) -> Self:
        """Return the same map on another opening of the same network."""
        return type(self)(graph, self._weighing)

    def paths(
        self, start: EntityId, goal: EntityId, *, max_ties: int = 4, limit: int = 5
    ) -> tuple[IdPath, ...]:
        """Return the best chains between two entities, best first; empty if there is none."""
        check_limits(max_ties, limit)
        graph = self._graph
        if start not in graph or goal not in graph:
            return ()
        ends = graph.places[start], graph.places[goal]
        reach = near_reach_of(graph, self._weighing, *ends, max_ties)
        return tuple(best_paths(graph, reach, start, limit=limit, per_goal=limit, floor=0.0))


def check_limits(max_ties: int, limit: int) -> None:
    """Raise UsageError for limits below one."""
    if max_ties < 1 or limit < 1:
        raise UsageError(f"max_ties={max_ties}, limit={limit}", remedy="both must be 1 or more")


def best_paths(
    graph: Graph,
    reach: Bounds,
    start: EntityId,
    *,
    limit: int,
    per_goal: int,
    floor: float,
    diverse: bool = False,
) -> Iterator[IdPath]:
    """Yield the best simple paths from an entity to the goals of `reach`, best first.

    Two paths over the same entities count as one, the better. At most `per_goal` end at one goal.
    With `diverse`, a path that only swaps a part of a better one to the same goal is left out.
    """
    place = graph.places.get(start)
    if place is None or reach.is_goal(np.array([place], np.int32))[0]:
        return
    ended: Counter[int] = Counter()
    seen: set[tuple[int, ...]] = set()
    for arcs in _walk(graph, reach, place, floor):
        heads = tuple(int(graph.arcs.heads[arc]) for arc in arcs)
        if heads in seen or ended[heads[-1]] == per_goal:
            continue
        if diverse and any(_swapped(heads, better) for better in seen):
            continue
        seen.add(heads)
        ended[heads[-1]] += 1
        yield _id_path(graph, reach, start, arcs)
        if len(seen) == limit:
            return


def _swapped(heads: tuple[int, ...], better: tuple[int, ...]) -> bool:
    """Return whether two paths to one goal share half of what the shorter goes through."""
    if heads[-1] != better[-1]:
        return False
    shared = len({*heads[:-1]} & {*better[:-1]})
    return shared > 0 and 2 * shared >= min(len(heads), len(better)) - 1


def _walk(graph: Graph, reach: Bounds, start: int, floor: float) -> Iterator[tuple[int, ...]]:
    """Yield the arcs of each simple path to a goal, in falling order of their product."""
    arcs = graph.arcs
    heap: list[_Partial] = [(-1.0, (), 1.0, False)]
    while heap:
        _, walked, score, complete = heapq.heappop(heap)
        if complete:
            yield walked
        elif len(walked) < reach.max_ties:
            been = {start, *(int(arcs.heads[arc]) for arc in walked)}
            for partial in _extensions(graph, reach, start, walked, score, floor):
                if int(arcs.heads[partial[1][-1]]) not in been:
                    heapq.heappush(heap, partial)


def _extensions(
    graph: Graph, reach: Bounds, start: int, walked: tuple[int, ...], score: float, floor: float
) -> Iterator[_Partial]:
    """Yield the walk, longer by each arc that can still lead to a goal, with its bound."""
    arcs, weighing = graph.arcs, reach.weighing
    here = int(arcs.heads[walked[-1]]) if walked else start
    after = int(weighing.class_of_step[arcs.steps[walked[-1]]]) if walked else 0
    row = arcs.row(here)
    heads, steps = arcs.heads[row], arcs.steps[row]
    scores = score * weighing.weights[row] * weighing.allowed[after][steps]
    left = reach.max_ties - len(walked) - 1
    bounds = scores * reach.bounds(left, weighing.class_of_step[steps], heads)
    goals = reach.is_goal(heads)
    bounds[~(weighing.passable[graph.kind_codes[heads]] | goals)] = 0.0
    for offset in np.flatnonzero((bounds > 0) & (bounds >= floor)):
        bound = -round(float(bounds[offset]), _DIGITS)
        path = (*walked, row.start + int(offset))
        yield (bound, path, float(scores[offset]), bool(goals[offset]))


def _id_path(graph: Graph, reach: Bounds, start: EntityId, arcs: tuple[int, ...]) -> IdPath:
    steps: list[IdStep] = []
    here, score = start, 1.0
    for arc in arcs:
        number = int(graph.arcs.ties[arc])
        end = graph.entity_ids[int(graph.arcs.heads[arc])]
        forward = int(graph.arcs.steps[arc]) % 2 == 0
        weight = float(reach.weighing.weights[arc])
        steps.append(IdStep(graph.ties[number], number, here, end, forward, weight))
        here, score = end, score * weight
    weakest = min(range(len(steps)), key=lambda place: steps[place].weight)
    return IdPath(start, here, tuple(steps), score, weakest)
