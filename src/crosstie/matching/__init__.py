"""How alike two names are, and why; and which of many organisations a name may mean."""

from crosstie.matching.candidates import Candidate
from crosstie.matching.comparison import (
    DEFAULT_THRESHOLD,
    POSSIBLE_THRESHOLD,
    SURE_THRESHOLD,
    Comparison,
    compare,
)
from crosstie.matching.index import NameIndex

__all__ = [
    "DEFAULT_THRESHOLD",
    "POSSIBLE_THRESHOLD",
    "SURE_THRESHOLD",
    "Candidate",
    "Comparison",
    "NameIndex",
    "compare",
]
