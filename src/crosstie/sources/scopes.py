"""Say which part of a list a file holds, so that rows outside of it do not count as removed."""

from collections import Counter
from collections.abc import Iterable

# A part that was cut out by country: no more than this many of them. A whole register or list
# spreads over far more, or has rows without a country.
_FEW = 8
# With fewer rows than this, few countries prove nothing.
_LEAST_ROWS = 20


def country_scope(rows: Iterable[frozenset[str]]) -> str:
    """Return "countries CN, HK" if each row has one of a few countries, else nothing."""
    left = list(rows)
    if len(left) < _LEAST_ROWS:
        return ""
    chosen: list[str] = []
    while left and len(chosen) < _FEW:
        counts = Counter(country for row in left for country in row)
        if not counts:
            return ""
        best = min(counts, key=lambda country: (-counts[country], country))
        chosen.append(best)
        left = [row for row in left if best not in row]
    return "" if left else f"countries {', '.join(sorted(chosen))}"
