"""What two views have in common, as a row of numbers that a weight each makes into a score.

It is compiled because a query looks at some sixty candidates word by word. The two views lie side
by side on a `Desk`, so that each step works on both with the same code. Steps take its arrays:
`words` (2, 7, W), `reals` (2, 10, W) and `sizes` (2, 2); see `room`.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import part
from crosstie.matching.engine.feature_names import (
    BARE_NUMBER,
    CORE,
    FIELD,
    KNOWN,
    NEAR,
    NO_NUMBERS,
    NUMBERS_DIFFER,
    NUMBERS_ON_ONE_SIDE,
    PARENT,
    PLACE,
    SAME_NUMBERS,
    SCHOOL,
    TYPE,
)
from crosstie.matching.engine.room import (
    BEST,
    BODIES_MET,
    COMMON_MISSED,
    COVERED,
    FIELDS,
    FIRST,
    FLAGS,
    FUZZ,
    ID,
    KIND,
    LAST,
    LATER,
    LIKE,
    MET,
    MIXED,
    NAMES,
    NAMES_MET,
    OPEN,
    OWN,
    OWN_MET,
    OWN_MISSED,
    PARENTS,
    PLACES,
    READING,
    SLOT,
    SORT,
    SUMS,
    TAKEN,
    TOTAL,
    TYPES,
    WEIGHT,
)
from crosstie.matching.engine.spelling import edit_likeness

_MISTAKEN = 0.4
"""How alike two words must look to be called mistaken for each other."""
_LOOKS_ALIKE = 0.6
"""How alike two known words look at most before a reader, or a ratio of letters, mixes them up."""


def _nearness(keys: Any, values: Any, wanted: Any) -> Any:
    """Return how well a pair of words stand for each other, by bisection of the sorted keys."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < keys.size and keys[low] == wanted:
        return np.float64(values[low])
    return 0.0


nearness: Any = part(_nearness)


def _same_stem(a: Any, first: int, last: int, b: Any, begin: int, end: int) -> bool:
    """Return whether one word is the other, or the other with an ending of up to three letters."""
    size, other = last - first, end - begin
    if size > other + 3 or other > size + 3:
        return False
    same = 0
    while same < size and same < other and a[first + same] == b[begin + same]:
        same += 1
    return size - same == 0 or other - same == 0


same_stem: Any = part(_same_stem)


def _meet_exactly(words: Any, reals: Any, sizes: Any) -> None:
    """Mark the words that both views have."""
    for side in range(2):
        for i in range(sizes[side, 0]):
            for row in range(LIKE, MIXED + 1):
                reals[side, row, i] = 0.0
    for i in range(sizes[0, 0]):
        for j in range(sizes[1, 0]):
            if words[0, ID, i] == words[1, ID, j]:
                reals[0, LIKE, i] = reals[0, TAKEN, i] = 1.0
                reals[1, LIKE, j] = reals[1, TAKEN, j] = 1.0


meet_exactly: Any = part(_meet_exactly)


def _meet_near(words: Any, reals: Any, sizes: Any, keys: Any, values: Any, size: int) -> None:
    """Note how well words that are not met stand for others, by the near words of the lexicon.

    A pair's key is first · size + second.
    """
    for i in range(sizes[0, 0]):
        if words[0, FLAGS, i] & NEAR == 0:
            continue
        for j in range(sizes[1, 0]):
            if words[1, FLAGS, j] & NEAR == 0:
                continue
            near = nearness(keys, values, np.int64(words[0, ID, i]) * size + words[1, ID, j])
            # A word met by itself is at 1 already.
            if near > reals[0, LIKE, i]:
                reals[0, LIKE, i] = near
            if near > reals[1, LIKE, j]:
                reals[1, LIKE, j] = near


meet_near: Any = part(_meet_near)


def _leave_open(words: Any, reals: Any, sizes: Any) -> None:
    """Mark the words that are not met so far and may be by another spelling."""
    for side in range(2):
        for i in range(sizes[side, 0]):
            lettered = words[side, LAST, i] > words[side, FIRST, i]
            unmet = reals[side, LIKE, i] == 0.0 and words[side, SORT, i] <= TYPE
            reals[side, OPEN, i] = lettered and unmet


leave_open: Any = part(_leave_open)


def _meet_pair(
    words: Any, signed: Any, reals: Any, letters: Any, other_letters: Any, i: int, j: int
) -> None:
    """Note how alike a word of each view are by their letters.

    Two known words that only look alike, and two places, are two words.
    """
    first, last, begin, end = (
        words[0, FIRST, i], words[0, LAST, i], words[1, FIRST, j], words[1, LAST, j],
    )  # fmt: skip
    alike = edit_likeness(
        letters, first, last, signed[0, i], other_letters, begin, end, signed[1, j]
    )
    if alike == 0.0:
        return
    alike *= alike
    two_places = words[0, SORT, i] == PLACE and words[1, SORT, j] == PLACE
    known = words[0, FLAGS, i] & words[1, FLAGS, j] & KNOWN
    row = BEST
    if two_places or (known and not same_stem(letters, first, last, other_letters, begin, end)):
        row = MIXED
    if alike > reals[0, row, i]:
        reals[0, row, i] = alike
    if alike > reals[1, row, j]:
        reals[1, row, j] = alike


meet_pair: Any = part(_meet_pair)


def _meet_spelled(
    words: Any, signed: Any, reals: Any, sizes: Any, letters: Any, other_letters: Any
) -> Any:
    """Meet words by their spelling; return how alike the most alike look that are two words."""
    for i in range(sizes[0, 0]):
        if reals[0, TAKEN, i] == 0.0:
            for j in range(sizes[1, 0]):
                if reals[1, TAKEN, j] == 0.0 and reals[0, OPEN, i] + reals[1, OPEN, j] > 0.0:
                    meet_pair(words, signed, reals, letters, other_letters, i, j)
    mistaken = 0.0
    for side in range(2):
        for i in range(sizes[side, 0]):
            if reals[side, OPEN, i] > 0.0:
                reals[side, LIKE, i] = reals[side, BEST, i]
                if reals[side, BEST, i] < _LOOKS_ALIKE and reals[side, MIXED, i] > mistaken:
                    mistaken = reals[side, MIXED, i]
    return mistaken


meet_spelled: Any = part(_meet_spelled)


def _fold_into_slots(words: Any, reals: Any, sizes: Any, side: int) -> None:
    """Fold words into slots: the best reading of each slot, by the mean over its words."""
    for slot in range(sizes[side, 1]):
        reals[side, MET, slot], reals[side, LATER, slot] = -1.0, 0.0
    i = 0
    while i < sizes[side, 0]:
        slot, reading = words[side, SLOT, i], words[side, READING, i]
        total, met = 0.0, 0
        while (
            i < sizes[side, 0]
            and words[side, SLOT, i] == slot
            and words[side, READING, i] == reading
        ):
            total += reals[side, LIKE, i]
            met += 1
            i += 1
        mean = total / met - 0.02 * reading
        if mean > reals[side, MET, slot]:
            reals[side, MET, slot], reals[side, LATER, slot] = mean, reading


fold_into_slots: Any = part(_fold_into_slots)


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


def _same_school(words: Any, reals: Any, sizes: Any) -> bool:
    """Return whether either view has a school's type that the other has too."""
    sides = 0
    for side in range(2):
        for i in range(sizes[side, 0]):
            if words[side, FLAGS, i] & SCHOOL and reals[side, LIKE, i] > 0.99:
                sides += 1
                break
    return sides == 2


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
    if mistaken > _MISTAKEN and ratio > _LOOKS_ALIKE:
        ratio = _LOOKS_ALIKE
    longer = mine if mine > theirs else theirs
    row[13] = ratio
    row[14] = (ratio - 0.8) * 5 if ratio > 0.8 else 0.0
    # A translation meets few of a name's own words: which are not met tells nothing there.
    if (mine == 0) != (theirs == 0):
        for column in range(29, 33):
            row[column] = 0.0
    row[25] = (longer if longer < 8 else 8) / 8 if (mine == 0) != (theirs == 0) else 0.0


fill_letters: Any = part(_fill_letters)
