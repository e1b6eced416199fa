"""How the numbers of two views compare, and their points of the compass."""

from typing import Any

from crosstie.matching.engine.compiling import part
from crosstie.matching.engine.feature_names import (
    NO_NUMBERS,
    NUMBERS_DIFFER,
    NUMBERS_ON_ONE_SIDE,
    SAME_NUMBERS,
)


def _missing(a: Any, first: int, last: int, b: Any, begin: int, end: int, compass: int) -> Any:
    """Return how many numbers (or points of the compass) `a` has, and how many `b` lacks."""
    count, extra = 0, 0
    for i in range(first, last):
        if (a[i] < 0) == (compass == 1):
            count += 1
            extra += 1
            for j in range(begin, end):
                if a[i] == b[j]:
                    extra -= 1
                    break
    return count, extra


missing: Any = part(_missing)


def _compare_numbers(a: Any, first: int, last: int, b: Any, begin: int, end: int) -> int:
    """Return how two views' numbers compare, and their points of the compass.

    Points of the compass are below zero. One on one side only is a place on one side only.
    """
    verdict = NO_NUMBERS
    if last - first + end - begin == 0:
        return verdict
    for compass in range(2):
        mine, extra = missing(a, first, last, b, begin, end, compass)
        theirs, other_extra = missing(b, begin, end, a, first, last, compass)
        differ = (extra > 0 and other_extra > 0) or (
            extra + other_extra > 0 and (extra == mine or other_extra == theirs)
        )
        if mine and theirs and differ:
            return NUMBERS_DIFFER
        if compass == 0 and mine + theirs > 0:
            alike = mine and theirs and extra + other_extra == 0
            verdict = SAME_NUMBERS if alike else NUMBERS_ON_ONE_SIDE
    return verdict


compare_numbers: Any = part(_compare_numbers)
