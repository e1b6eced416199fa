"""What rules make of the arcs of a graph: a weight for each, and what may follow what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.network import STATUSES
from crosstie.graph.rules import ExposureRules, Step
from crosstie.ontology.kinds import kinds


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights by step and status, and which sequences and ways are closed.

    A step's class is the set of steps that may not follow it; class 0 forbids nothing, and is also
    where a path starts. `allowed[c, s]` says whether step `s` may follow a step of class `c`.
    `passable[k]` says whether a path may go through an entity of kind `k` (-1, the last: unknown).
    """

    table: NDArray[np.float64]
    class_of_step: NDArray[np.int16]
    allowed: NDArray[np.bool_]
    passable: NDArray[np.bool_]


def exposure_weighing(rules: ExposureRules) -> Weighing:
    """Weigh arcs as exposure: each direction by its own weight, forbidden sequences kept out."""
    class_of_step, allowed = _classes(rules)
    return Weighing(_table(rules, both_ways=False), class_of_step, allowed, _passable(rules))


def chain_weighing(rules: ExposureRules) -> Weighing:
    """Weigh arcs for reading a chain between two entities: each tie by its better direction."""
    table = _table(rules, both_ways=True)
    steps = table.shape[0]
    allowed = np.ones((1, steps), np.bool_)
    return Weighing(table, np.zeros(steps, np.int16), allowed, _passable(rules))


def _steps() -> list[Step]:
    return [(kind, forward) for kind in kinds().ties for forward in (True, False)]


def _table(rules: ExposureRules, *, both_ways: bool) -> NDArray[np.float64]:
    """Return the weight of each step (row) at each status (column)."""
    table = np.zeros((len(_steps()), len(STATUSES)), np.float64)
    for row, (kind, forward) in enumerate(_steps()):
        for column, status in enumerate(STATUSES):
            weight = rules.weight(kind, status, forward=forward)
            if both_ways:
                weight = max(weight, rules.weight(kind, status, forward=not forward))
            table[row, column] = weight
    return table


def _passable(rules: ExposureRules) -> NDArray[np.bool_]:
    return np.array([kind not in rules.never_through for kind in kinds().entities] + [True])


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
