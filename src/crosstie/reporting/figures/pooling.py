"""Which series share one panel of a chart: those that only together tell something."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from crosstie.ontology.figures import Series


def pooled_series(series: Sequence[Series]) -> list[Series]:
    """Put series of one value each beside each other, where unit and report are the same.

    The values of a pool are told apart by what they measure: "countries rated free", "not free".
    """
    pools: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for one in series:
        if len(one.points) == 1 and one.work:
            pools[one.unit, one.work].append(one)
    made: list[Series] = []
    for one in series:
        pool = pools.get((one.unit, one.work), [])
        if one not in pool or len(pool) == 1:
            made.append(one)
        elif one is pool[0]:
            points = tuple(
                replace(point, whose=found.measure) for found in pool for point in found.points
            )
            made.append(replace(one, measure=one.unit or one.measure, points=points))
    return made
