"""What a name is made of: its words, its legal form, its key, and whether it says enough."""

from crosstie.matching.names.normal import (
    core_name,
    is_weak_name,
    looks_like_organisation,
    normal_name,
)
from crosstie.matching.names.parts import Parts, parts_of

__all__ = [
    "Parts",
    "core_name",
    "is_weak_name",
    "looks_like_organisation",
    "normal_name",
    "parts_of",
]
