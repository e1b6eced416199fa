"""How well each entity can reach a set of goals: one pass from the goals over all arcs.

For each number of ties up to a maximum: each entity's best product of weights on a walk to a goal.
That is every entity's best exposure, and the exact bound that leads the search for paths.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.network import Graph, status_name
from crosstie.graph.rules import ExposureRules, Step
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a set of rules makes of a graph's arcs.

    A step's class is the set of steps that may not follow it; class 0 forbids nothing, and is also
    where a path starts. `allowed[c, s]` says whether step `s` may follow a step of class `c`.
    """

    weights: NDArray[np.float64]
    class_of_step: NDArray[np.int16]
    allowed: NDArray[np.bool_]
    passable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reach:
    """`bounds[n][c, v]`: the best product from row `v` to a goal in at most `n` ties.

    `c` is the class of the step that led to `v`. Goals have 1; a path ends at the first it meets.
    """

    weighing: Weighing
    goals: NDArray[np.bool_]
    bounds: tuple[NDArray[np.float64], ...]

    @property
    def max_ties(self) -> int:
        """Return the greatest number of ties that a path may have."""
        return len(self.bounds) - 1

    def best(self) -> NDArray[np.float64]:
        """Return for each row the best product of a path that starts there; 0 if there is none."""
        best: NDArray[np.float64] = self.bounds[-1][0]
        return best


def exposure_weighing(graph: Graph, rules: ExposureRules) -> Weighing:
    """Weigh arcs as exposure: each direction by its own weight, forbidden sequences kept out."""
    table = _weight_table(rules, both_ways=False)
    class_of_step, allowed = _classes(rules)
    return _weighing(graph, rules, table, class_of_step, allowed)


def chain_weighing(graph: Graph, rules: ExposureRules) -> Weighing:
    """Weigh arcs for reading a chain between two entities: each tie by its better direction."""
    table = _weight_table(rules, both_ways=True)
    steps = table.shape[0]
    class_of_step = np.zeros(steps, np.int16)
    return _weighing(graph, rules, table, class_of_step, np.ones((1, steps), np.bool_))


def _weighing(
    graph: Graph,
    rules: ExposureRules,
    table: NDArray[np.float64],
    class_of_step: NDArray[np.int16],
    allowed: NDArray[np.bool_],
) -> Weighing:
    passable = np.fromiter(
        (graph.kinds_of.get(entity) not in rules.never_through for entity in graph.entity_ids),
        np.bool_,
        len(graph),
    )
    weights = table[graph.arcs.steps, graph.arcs.statuses]
    return Weighing(weights, class_of_step, allowed, passable)


def _steps() -> list[Step]:
    return [(kind, forward) for kind in kinds().ties for forward in (True, False)]


def _weight_table(rules: ExposureRules, *, both_ways: bool) -> NDArray[np.float64]:
    """Return the weight of each step (row) at each status (column)."""
    table = np.zeros((len(_steps()), len(rules.statuses)), np.float64)
    for row, (kind, forward) in enumerate(_steps()):
        for column in range(len(rules.statuses)):
            status = status_name(column)
            weight = rules.weight(kind, status, forward=forward)
            if both_ways:
                weight = max(weight, rules.weight(kind, status, forward=not forward))
            table[row, column] = weight
    return table


def _classes(rules: ExposureRules) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    steps = _steps()
    bans = [
        frozenset(place for place, then in enumerate(steps) if (first, then) in rules.forbidden)
        for first in steps
    ]
    classes: dict[frozenset[int], int] = {frozenset(): 0}
    for ban in bans:
        classes.setdefault(ban, len(classes))
    allowed = np.ones((len(classes), len(steps)), np.bool_)
    for ban, number in classes.items():
        allowed[number, sorted(ban)] = False
    return np.array([classes[ban] for ban in bans], np.int16), allowed


def reach_of(graph: Graph, weighing: Weighing, goals: Iterable[EntityId], max_ties: int) -> Reach:
    """Compute every row's best product to the nearest goals, in time linear in ties × max_ties."""
    is_goal = np.zeros(len(graph), np.bool_)
    for goal in goals:
        place = graph.place(goal)
        if place is not None:
            is_goal[place] = True
    classes = weighing.allowed.shape[0]
    bounds = [np.tile(is_goal.astype(np.float64), (classes, 1))]
    rows = graph.arcs.rows
    filled = np.flatnonzero(rows[1:] > rows[:-1])
    after = weighing.class_of_step[graph.arcs.steps]
    for _ in range(max_ties):
        through = np.where(weighing.passable | is_goal, bounds[-1], 0.0)
        values = weighing.weights * through[after, graph.arcs.heads]
        layer = np.zeros_like(bounds[-1])
        for number in range(classes):
            open_values = np.where(weighing.allowed[number][graph.arcs.steps], values, 0.0)
            if len(filled):
                layer[number, filled] = np.maximum.reduceat(open_values, rows[filled])
        layer[:, is_goal] = 1.0
        bounds.append(layer)
    return Reach(weighing, is_goal, tuple(bounds))
