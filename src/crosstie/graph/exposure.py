"""Exposure: rule-qualified best paths from entities to anchors, and every entity's best score."""

from collections.abc import Collection, Iterable
from typing import Self

from crosstie.graph.network import Graph
from crosstie.graph.paths import IdPath, best_paths, check_limits
from crosstie.graph.reach import Reach, reach_of
from crosstie.graph.rules import ExposureRules
from crosstie.graph.weighing import exposure_weighing
from crosstie.ontology.ids import EntityId


class ExposureMap:
    """One pass from the anchors, then cheap answers for any number of entities."""

    def __init__(self, graph: Graph, rules: ExposureRules, reach: Reach) -> None:
        self._graph = graph
        self._rules = rules
        self._reach = reach

    @classmethod
    def build(
        cls,
        graph: Graph,
        rules: ExposureRules,
        anchors: Collection[EntityId],
        *,
        max_ties: int = 3,
    ) -> Self:
        """Run the pass over all ties, once for a graph, its rules and its anchors."""
        check_limits(max_ties, 1)
        reach = reach_of(graph, exposure_weighing(rules), anchors, max_ties)
        return cls(graph, rules, reach)

    def paths(self, start: EntityId, *, limit: int = 5, per_anchor: int = 1) -> tuple[IdPath, ...]:
        """Return the best paths to different anchors, best first; empty for an anchor itself."""
        check_limits(1, min(limit, per_anchor))
        return tuple(
            best_paths(
                self._graph, self._reach, start, self._rules,
                limit=limit, per_goal=per_anchor, floor=self._rules.floor,
            )
        )  # fmt: skip

    def best_scores(self) -> dict[EntityId, float]:
        """Return the best score of every entity that is exposed and no anchor itself."""
        best = self._reach.best()
        exposed = ((best >= self._rules.floor) & (best > 0) & ~self._reach.goals).nonzero()[0]
        return {self._graph.entity_ids[int(row)]: float(best[row]) for row in exposed}


def exposures(
    graph: Graph,
    rules: ExposureRules,
    anchors: Collection[EntityId],
    starts: Iterable[EntityId],
    *,
    max_ties: int = 3,
    limit: int = 5,
    per_anchor: int = 1,
) -> dict[EntityId, tuple[IdPath, ...]]:
    """Return the best paths of each start to its anchors; a start with none has an empty tuple."""
    reached = ExposureMap.build(graph, rules, anchors, max_ties=max_ties)
    return {start: reached.paths(start, limit=limit, per_anchor=per_anchor) for start in starts}
