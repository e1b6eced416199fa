"""Exposure: rule-qualified best paths from entities to anchors, and every entity's best score."""

from collections.abc import Collection
from typing import Self

from crosstie.graph.network import Graph
from crosstie.graph.paths import IdPath, best_paths, check_limits
from crosstie.graph.reach import Reach, reach_of
from crosstie.graph.weighing import exposure_weighing
from crosstie.graph.worth import Terms
from crosstie.ontology.ids import EntityId


class ExposureMap:
    """One pass from the anchors, then cheap answers for any number of entities."""

    def __init__(self, graph: Graph, floor: float, reach: Reach) -> None:
        self._graph = graph
        self._floor = floor
        self._reach = reach

    @classmethod
    def build(
        cls,
        graph: Graph,
        terms: Terms,
        anchors: Collection[EntityId],
        *,
        max_ties: int = 3,
    ) -> Self:
        """Run the pass over all ties, once for a graph, its terms and its anchors."""
        check_limits(max_ties, 1)
        reach = reach_of(graph, exposure_weighing(graph, terms), anchors, max_ties)
        return cls(graph, terms.rules.floor, reach)

    def on(self, graph: Graph) -> Self:
        """Return the same map on another opening of the same network."""
        return type(self)(graph, self._floor, self._reach)

    def paths(self, start: EntityId, *, limit: int = 5, per_anchor: int = 1) -> tuple[IdPath, ...]:
        """Return the best paths, best first, none of them a better one with a part swapped.

        At most `per_anchor` lead to one anchor; an anchor itself has none.
        """
        check_limits(1, min(limit, per_anchor))
        found = best_paths(
            self._graph, self._reach, start,
            limit=limit, per_goal=per_anchor, floor=self._floor, diverse=True,
        )  # fmt: skip
        return tuple(found)

    def best_scores(self) -> dict[EntityId, float]:
        """Return the best score of every entity that is exposed and no anchor itself."""
        best = self._reach.best()
        exposed = ((best >= self._floor) & (best > 0) & ~self._reach.goals).nonzero()[0]
        return {self._graph.entity_ids[int(row)]: float(best[row]) for row in exposed}
