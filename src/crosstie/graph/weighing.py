"""What terms make of the arcs of a graph: a weight for each, and what may follow what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.network import Graph
from crosstie.graph.rules import ExposureRules, Step
from crosstie.graph.worth import Scales, Terms, tie_factors
from crosstie.ontology.kinds import kinds


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """The weight of each arc, and which sequences and ways are closed.

    A step's class is the set of steps that may not follow it; class 0 forbids nothing, and is also
    where a path starts. `allowed[c, s]` says whether step `s` may follow a step of class `c`.
    `passable[k]` says whether a path may go through an entity of kind `k` (-1, the last: unknown).
    """

    weights: NDArray[np.float64]
    class_of_step: NDArray[np.int16]
    allowed: NDArray[np.bool_]
    passable: NDArray[np.bool_]


def exposure_weighing(graph: Graph, terms: Terms) -> Weighing:
    """Weigh arcs as exposure: each direction by its own weight, forbidden sequences kept out."""
    class_of_step, allowed = _classes(terms.rules)
    weights = _weights(graph, terms, both_ways=False)
    return Weighing(weights, class_of_step, allowed, _passable(terms.rules))


def chain_weighing(graph: Graph, terms: Terms) -> Weighing:
    """Weigh arcs for reading a chain between two entities: each tie by its better direction."""
    steps = len(_steps())
    return Weighing(
        _weights(graph, terms, both_ways=True),
        np.zeros(steps, np.int16),
        np.ones((1, steps), np.bool_),
        _passable(terms.rules),
    )


def _steps() -> list[Step]:
    return [(kind, forward) for kind in kinds().ties for forward in (True, False)]


def _weights(graph: Graph, terms: Terms, *, both_ways: bool) -> NDArray[np.float64]:
    """Return the weight of each arc: its direction's times what its tie is worth."""
    rules = terms.rules
    table = np.array([rules.carries(kind, forward=forward) for kind, forward in _steps()])
    if both_ways:
        table = np.maximum(table, table.reshape(-1, 2)[:, ::-1].reshape(-1))
    weights: NDArray[np.float64] = table[graph.arcs.steps]
    weights *= tie_factors(Scales.of(graph, terms))[graph.arcs.ties]
    return weights


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
