"""How well entities can reach goals: the exact bounds that lead and cut short a search for paths.

`Reach` looks from many goals at every entity, in one pass over all arcs for each tie of a path:
that is also every entity's best exposure. `NearReach` looks from one goal at its surroundings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.network import Graph
from crosstie.graph.weighing import Weighing
from crosstie.ontology.ids import EntityId

Floats = NDArray[np.float64]


class Bounds(Protocol):
    """What a search asks of either reach."""

    @property
    def weighing(self) -> Weighing:
        """Return the weights that the bounds were made with."""

    @property
    def max_ties(self) -> int:
        """Return the greatest number of ties that a path may have."""

    def is_goal(self, places: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which of these rows are goals."""

    def bounds(self, ties: int, classes: NDArray[np.int16], places: NDArray[np.int32]) -> Floats:
        """Return the best product from each row to a goal in at most so many ties.

        `classes` are those of the steps that led to the rows. A goal has 1: a path ends there.
        """


@dataclass(frozen=True, slots=True)
class Reach:
    """`layers[n][c, v]`: the best product from row `v`, reached by class `c`, in at most n ties."""

    weighing: Weighing
    goals: NDArray[np.bool_]
    layers: tuple[Floats, ...]

    @property
    def max_ties(self) -> int:
        """Return the greatest number of ties that a path may have."""
        return len(self.layers) - 1

    def is_goal(self, places: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which of these rows are goals."""
        found: NDArray[np.bool_] = self.goals[places]
        return found

    def bounds(self, ties: int, classes: NDArray[np.int16], places: NDArray[np.int32]) -> Floats:
        """Return the best product from each row to a goal in at most so many ties."""
        found: Floats = self.layers[ties][classes, places]
        return found

    def best(self) -> Floats:
        """Return for each row the best product of a path that starts there; 0 if there is none."""
        best: Floats = self.layers[-1][0]
        return best


@dataclass(frozen=True, slots=True)
class NearReach:
    """Bounds to one goal, for the rows near it and at the last near the start; others have 0."""

    weighing: Weighing
    goal: int
    max_ties: int
    layers: tuple[tuple[NDArray[np.int32], Floats], ...]

    def is_goal(self, places: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which of these rows are the goal."""
        found: NDArray[np.bool_] = places == self.goal
        return found

    def bounds(self, ties: int, classes: NDArray[np.int16], places: NDArray[np.int32]) -> Floats:
        """Return the best product from each row to the goal in at most so many ties."""
        known, values = self.layers[ties]
        found = np.minimum(np.searchsorted(known, places), len(known) - 1)
        return np.where(known[found] == places, values[found], 0.0)


def reach_of(graph: Graph, weighing: Weighing, goals: Iterable[EntityId], max_ties: int) -> Reach:
    """Compute every row's best product to the nearest goals, in time linear in ties × max_ties."""
    is_goal = np.zeros(len(graph), np.bool_)
    for goal in goals:
        if goal in graph:
            is_goal[graph.places[goal]] = True
    arcs = graph.arcs
    filled = np.flatnonzero(arcs.rows[1:] > arcs.rows[:-1])
    starts = arcs.rows[filled]
    after = weighing.class_of_step[arcs.steps]
    passable = weighing.passable[graph.kind_codes] | is_goal
    classes = weighing.allowed.shape[0]
    layers = [np.tile(is_goal.astype(np.float64), (classes, 1))]
    for _ in range(max_ties):
        values = np.where(passable, layers[-1], 0.0)[after, arcs.heads]
        values *= weighing.weights
        layer = np.zeros_like(layers[-1])
        for number in range(classes if len(filled) else 0):
            closed = ~weighing.allowed[number]
            open_values = np.where(closed[arcs.steps], 0.0, values) if closed.any() else values
            layer[number, filled] = np.maximum.reduceat(open_values, starts)
        layer[:, is_goal] = 1.0
        layers.append(layer)
    return Reach(weighing, is_goal, tuple(layers))


def near_reach_of(
    graph: Graph, weighing: Weighing, start: int, goal: int, max_ties: int
) -> NearReach:
    """Compute the bounds that a search from `start` to `goal` needs, and no others.

    The work depends on the surroundings of the two alone: all that is near the goal, and at the
    last only the neighbours of the start. The weights must be the same along a tie and against
    it, as those of `chain_weighing` are.
    """
    known, values = np.array([goal], np.int32), np.ones(1, np.float64)
    layers = [(known, values)]
    for _ in range(max_ties - 2):
        open_rows = weighing.passable[graph.kind_codes[known]] | (known == goal)
        arcs, counts = _arcs_from(graph, known[open_rows])
        products = weighing.weights[arcs] * np.repeat(values[open_rows], counts)
        live = products > 0
        places = np.concatenate([known, graph.arcs.heads[arcs[live]]])
        known, values = _best_of_each(places, np.concatenate([values, products[live]]))
        layers.append((known, values))
    reach = NearReach(weighing, goal, max_ties, tuple(layers))
    if max_ties > 1:
        layers.append(_from_neighbours(graph, reach, start))
    return NearReach(weighing, goal, max_ties, tuple(layers))


def _from_neighbours(
    graph: Graph, reach: NearReach, start: int
) -> tuple[NDArray[np.int32], Floats]:
    """Return the bounds of the start's neighbours, from the last layer that is known."""
    near = np.unique(graph.arcs.heads[graph.arcs.row(start)])
    arcs, counts = _arcs_from(graph, near)
    heads = graph.arcs.heads[arcs]
    open_heads = reach.weighing.passable[graph.kind_codes[heads]] | (heads == reach.goal)
    classes = reach.weighing.class_of_step[graph.arcs.steps[arcs]]
    products = reach.bounds(len(reach.layers) - 1, classes, heads) * open_heads
    products *= reach.weighing.weights[arcs]
    # Every neighbour has an arc at least: the one back to the start.
    values = np.maximum.reduceat(products, np.cumsum(counts) - counts)
    values[near == reach.goal] = 1.0
    return near, values


def _best_of_each(places: NDArray[np.int32], values: Floats) -> tuple[NDArray[np.int32], Floats]:
    order = np.argsort(places, kind="stable")
    places, values = places[order], values[order]
    firsts = np.flatnonzero(np.diff(places, prepend=-1))
    return places[firsts], np.maximum.reduceat(values, firsts)


def _arcs_from(
    graph: Graph, places: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers of all arcs that leave the rows, and how many leave each."""
    starts = graph.arcs.rows[places]
    counts = graph.arcs.rows[places + 1] - starts
    offsets = np.arange(int(counts.sum()), dtype=np.int64)
    offsets += np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return offsets, counts
