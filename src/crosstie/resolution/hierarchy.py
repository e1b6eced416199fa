"""Hierarchy is not identity: does one name name a part of what the other names?

Lists often give a group's names as aliases of its institutes, and the other way round, so a shared
alias says little where one main name stands inside the other beside a word for a unit.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from crosstie.resolution.rules import identity_rules

_NUMBER = re.compile(r"\d+")
# "Institute of Optics of the Northern Academy" names whose institute it is; "Northern Academy
# Institute of Optics" names a part of the academy.
_OF = frozenset({"of", "at", "under", "in", "for"})


@lru_cache(1 << 16)
def numbers_in(core: str) -> frozenset[int]:
    """Return the numbers in a core name: '28 research institute' → {28}."""
    return frozenset(int(number) for number in _NUMBER.findall(core))


def numbered_differently(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether two sets of main names carry numbers of which neither holds the other's.

    "2nd Academy 23rd Institute" and "2nd Academy 203rd Institute" do; "13th Institute" leaves out
    what "9th Academy 13th Institute" says, and that is no difference.
    """
    one = [found for name in ours if (found := numbers_in(name))]
    two = [found for name in theirs if (found := numbers_in(name))]
    return any(not (left <= right or right <= left) for left in one for right in two)


def is_part(longer: str, shorter: str) -> bool:
    """Return whether the longer core name names a unit of what the shorter one names.

    'casc 9 academy 13 research institute' is a part of 'casc'; 'institute of optics of northern
    academy' is none of 'institute of optics'.
    """
    if len(longer) <= len(shorter) or shorter not in longer:
        return False
    if shorter.isascii():
        return _is_part_in_words(longer.split(), shorter.split())
    rest = longer.removeprefix(shorter)
    return rest != longer and rest.endswith(identity_rules().unit_endings)


def _is_part_in_words(longer: list[str], shorter: list[str]) -> bool:
    units = identity_rules().unit_words
    size = len(shorter)
    for place in range(len(longer) - size + 1):
        if longer[place : place + size] == shorter:
            before, after = longer[:place], longer[place + size :]
            if after and after[0] not in _OF and units.intersection(after):
                return True
            # "Institute of CASC" is a part of CASC; "CASC Academy 23rd Institute" is its own
            # "23rd Institute" with its parents in front.
            own_unit = units.intersection(shorter)
            if units.intersection(before) and (not own_unit or before[-1] in _OF):
                return True
    return False
