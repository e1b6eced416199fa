"""What two views have in common, as a row of numbers that a weight each makes into a score.

The views lie on a `Desk`, their words met and folded into slots (see `meeting`): each side is added
up, and the features follow from the sums. The columns of a row are `feature_names.FEATURES`.
"""

from typing import Any

from crosstie.matching.engine.compiling import part
from crosstie.matching.engine.feature_names import (
    BARE_NUMBER,
    CORE,
    FIELD,
    HALF_SCHOOL,
    NUMBERS_ON_ONE_SIDE,
    PARENT,
    PLACE,
    SAME_NUMBERS,
    SCHOOL,
    TYPE,
)
from crosstie.matching.engine.meeting import LOOKS_ALIKE
from crosstie.matching.engine.room import (
    BODIES_MET,
    COMMON_MISSED,
    COVERED,
    FIELDS,
    FLAGS,
    FUZZ,
    KIND,
    LATER,
    LIKE,
    MET,
    NAMES,
    NAMES_MET,
    OWN,
    OWN_MET,
    OWN_MISSED,
    PARENTS,
    PLACES,
    SUMS,
    TOTAL,
    TYPES,
    WEIGHT,
)

_MISTAKEN = 0.4
"""How alike two words must look to be called mistaken for each other."""


def _add_up(reals: Any, sizes: Any, side: int) -> None:
    """Sum one side: its weight, what of it is met, and the slots that are not."""
    for column in range(BODIES_MET + 1):
        reals[side, SUMS, column] = 0.0
    for s in range(sizes[side, 1]):
        kind, weight, like = reals[side, KIND, s], reals[side, WEIGHT, s], reals[side, MET, s]
        like = like if like > 0.0 else 0.0
        missed = weight * (1.0 - like)
        reals[side, SUMS, TOTAL] += weight
        reals[side, SUMS, COVERED] += weight * like
        if kind <= FIELD or kind == PARENT:
            reals[side, SUMS, OWN_MISSED] += missed
            reals[side, SUMS, OWN_MET] += weight * like
            reals[side, SUMS, OWN] += 1
            if like > 0.4:
                reals[side, SUMS, FUZZ] += missed
        else:
            reals[side, SUMS, COMMON_MISSED] += missed
        if like < 0.6:
            reals[side, SUMS, TYPES] += kind == TYPE
            reals[side, SUMS, PLACES] += kind == PLACE
            reals[side, SUMS, PARENTS] += kind == PARENT
            reals[side, SUMS, FIELDS] += kind == FIELD
            reals[side, SUMS, NAMES] += kind == CORE
        else:
            reals[side, SUMS, NAMES_MET] += kind == CORE
            reals[side, SUMS, BODIES_MET] += kind == TYPE


add_up: Any = part(_add_up)


def _same_school(words: Any, reals: Any, sizes: Any) -> bool:
    """Return whether either view has a school's type that the other has too."""
    for side in range(2):
        halves = 0
        for i in range(sizes[side, 0]):
            if reals[side, LIKE, i] > 0.99:
                halves += 2 if words[side, FLAGS, i] & SCHOOL else 0
                halves += 1 if words[side, FLAGS, i] & HALF_SCHOOL else 0
        if halves < 2:
            return False
    return True


same_school: Any = part(_same_school)


def _fill_met(reals: Any, sizes: Any, numbers: int, row: Any) -> int:
    """Fill the features that tell what is met, from added-up sides; return the verdict."""
    total, other_total = reals[0, SUMS, TOTAL], reals[1, SUMS, TOTAL]
    low = reals[0, SUMS, COVERED] / (total if total > 1e-6 else 1e-6)
    high = reals[1, SUMS, COVERED] / (other_total if other_total > 1e-6 else 1e-6)
    if low > high:
        low, high = high, low
    met = reals[0, SUMS, OWN_MET] + reals[1, SUMS, OWN_MET]
    own = met / 2 if met < 5.0 else 2.5
    fuzz = (reals[0, SUMS, FUZZ] + reals[1, SUMS, FUZZ]) / (met if met > 1e-6 else 1e-6)
    single = 1.0 if reals[0, SUMS, OWN] <= 1 or reals[1, SUMS, OWN] <= 1 else 0.0
    later = 0.0
    for side in range(2):
        for slot in range(sizes[side, 1]):
            if reals[side, LATER, slot] > later:
                later = reals[side, LATER, slot]
    row[0] = 1.0
    row[1] = low
    row[2] = high
    row[3] = low * low
    row[6] = own
    row[7] = own < 0.3
    row[10] = numbers == SAME_NUMBERS
    row[11] = numbers == NUMBERS_ON_ONE_SIDE
    row[12] = fuzz
    row[15] = low > 0.97
    row[16] = single
    row[17] = single * fuzz
    row[20] = later
    row[21] = reals[0, MET, 0] > 0.6 and reals[1, MET, 0] > 0.6
    if numbers == NUMBERS_ON_ONE_SIDE:
        return BARE_NUMBER
    missed = reals[0, SUMS, OWN_MISSED] > 0.3 or reals[1, SUMS, OWN_MISSED] > 0.3
    return BARE_NUMBER if numbers == SAME_NUMBERS and own < 0.1 and missed else numbers


fill_met: Any = part(_fill_met)


def _fill_own(reals: Any, row: Any) -> None:
    """Fill the features that tell a body from its parts, and from one of another own word."""
    names, other_names = reals[0, SUMS, NAMES] > 0, reals[1, SUMS, NAMES] > 0
    met = reals[0, SUMS, NAMES_MET] > 0 and reals[1, SUMS, NAMES_MET] > 0
    types, other_types = reals[0, SUMS, TYPES] > 0, reals[1, SUMS, TYPES] > 0
    bodies = reals[0, SUMS, BODIES_MET] > 0 and reals[1, SUMS, BODIES_MET] > 0
    less = reals[0, SUMS, OWN_MISSED] + reals[0, SUMS, COMMON_MISSED]
    more = reals[1, SUMS, OWN_MISSED] + reals[1, SUMS, COMMON_MISSED]
    if less > more:
        less, more = more, less
    row[29] = names and other_names and not met
    row[30] = bodies and types != other_types
    row[31] = reals[0, SUMS, FIELDS] > 0 and reals[1, SUMS, FIELDS] > 0
    row[32] = min(1.0, 2 * more) if bodies and less < 0.1 else 0.0


fill_own: Any = part(_fill_own)


def _fill_missed(words: Any, reals: Any, sizes: Any, mistaken: float, row: Any) -> None:
    """Fill the features that tell what is not met, from added-up sides."""
    fewer, more = reals[0, SUMS, OWN_MISSED], reals[1, SUMS, OWN_MISSED]
    if fewer > more:
        fewer, more = more, fewer
    types, other_types = reals[0, SUMS, TYPES] > 0, reals[1, SUMS, TYPES] > 0
    places, other_places = reals[0, SUMS, PLACES] > 0, reals[1, SUMS, PLACES] > 0
    common = max(reals[0, SUMS, COMMON_MISSED], reals[1, SUMS, COMMON_MISSED])
    row[4] = min(1.5, fewer)
    row[5] = min(2.0, more)
    row[8] = types and other_types
    row[9] = places and other_places
    row[18] = min(1.5, common)
    row[22] = types != other_types
    row[23] = places != other_places
    row[24] = reals[0, SUMS, PARENTS] + reals[1, SUMS, PARENTS] > 0
    row[26] = min(2.0, reals[0, SUMS, FIELDS] + reals[1, SUMS, FIELDS]) / 2
    row[27] = mistaken if mistaken > _MISTAKEN else 0.0
    school = fewer < 0.1 and same_school(words, reals, sizes)
    row[28] = min(1.0, 2 * more) if school else 0.0
    fill_own(reals, row)


fill_missed: Any = part(_fill_missed)


def _fill_letters(ratio: float, mine: int, theirs: int, mistaken: float, row: Any) -> None:
    """Fill the features of the texts: how alike they are, and how many letters they have."""
    if mistaken > _MISTAKEN and ratio > LOOKS_ALIKE:
        ratio = LOOKS_ALIKE
    longer = mine if mine > theirs else theirs
    row[13] = ratio
    row[14] = (ratio - 0.8) * 5 if ratio > 0.8 else 0.0
    # A translation meets few of a name's own words: which are not met tells nothing there.
    if (mine == 0) != (theirs == 0):
        for column in range(29, 33):
            row[column] = 0.0
    row[25] = (longer if longer < 8 else 8) / 8 if (mine == 0) != (theirs == 0) else 0.0


fill_letters: Any = part(_fill_letters)
