"""What two views have in common, as a row of numbers that a weight each makes into a score.

It is compiled because a query looks at some sixty candidates word by word. The two views lie side
by side in a `Desk`, so that each step works on both with the same code.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import compiled
from crosstie.matching.engine.feature_names import (
    BARE_NUMBER,
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
    OWN,
    OWN_MET,
    OWN_MISSED,
    PARENTS,
    PLACES,
    READING,
    SLOT,
    SORT,
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


def _nearness(keys: Any, values: Any, wanted: Any) -> float:
    """Return how well a pair of words stand for each other, by bisection of the sorted keys."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return float(values[low]) if low < keys.size and keys[low] == wanted else 0.0


nearness: Any = compiled(_nearness)


def _same_stem(a: Any, first: int, last: int, b: Any, begin: int, end: int) -> bool:
    """Return whether one word is the other, or the other with an ending of up to three letters."""
    short = min(last - first, end - begin)
    if max(last - first, end - begin) - short > 3:
        return False
    same = 0
    while same < short and a[first + same] == b[begin + same]:
        same += 1
    return same == short


same_stem: Any = compiled(_same_stem)


def _meet_exactly(words: Any, likes: Any, mine: int, theirs: int) -> None:
    """Mark the words that both views have."""
    a, b, of_a, of_b = words[0], words[1], likes[0], likes[1]
    for row in range(4):
        of_a[row, :mine] = 0.0
        of_b[row, :theirs] = 0.0
    for i in range(mine):
        for j in range(theirs):
            if a[ID, i] == b[ID, j]:
                of_a[LIKE, i] = of_a[TAKEN, i] = 1.0
                of_b[LIKE, j] = of_b[TAKEN, j] = 1.0


meet_exactly: Any = compiled(_meet_exactly)


def _meet_near(desk: Any, keys: Any, values: Any, size: int) -> None:
    """Note how well words that are not met stand for others, by the near words of the lexicon.

    A pair's key is first · size + second.
    """
    a, b, of_a, of_b = desk.words[0], desk.words[1], desk.likes[0], desk.likes[1]
    for i in range(desk.sizes[0, 0]):
        if a[FLAGS, i] & NEAR == 0:
            continue
        for j in range(desk.sizes[1, 0]):
            if b[FLAGS, j] & NEAR == 0 or of_a[TAKEN, i] * of_b[TAKEN, j] > 0.0:
                continue
            near = nearness(keys, values, np.int64(a[ID, i]) * size + b[ID, j])
            # A word met by itself is at 1 already.
            of_a[LIKE, i] = max(of_a[LIKE, i], near)
            of_b[LIKE, j] = max(of_b[LIKE, j], near)


meet_near: Any = compiled(_meet_near)


def _may_be_respelled(words: Any, like: Any, place: int) -> bool:
    """Return whether a word that is not met so far may be met by another spelling."""
    lettered = words[LAST, place] > words[FIRST, place]
    return bool(like[LIKE, place] == 0.0 and words[SORT, place] <= TYPE and lettered)


may_be_respelled: Any = compiled(_may_be_respelled)


def _meet_pair(desk: Any, letters: Any, other_letters: Any, i: int, j: int) -> None:
    """Note how alike a word of each view are by their letters.

    Two known words that only look alike, and two places, are two words.
    """
    a, b = desk.words[0], desk.words[1]
    alike = edit_likeness(
        letters, a[FIRST, i], a[LAST, i], desk.signed[0, i],
        other_letters, b[FIRST, j], b[LAST, j], desk.signed[1, j],
    )  # fmt: skip
    if alike == 0.0:
        return
    row = BEST
    if a[SORT, i] == PLACE and b[SORT, j] == PLACE:
        row = MIXED
    elif a[FLAGS, i] & b[FLAGS, j] & KNOWN:
        first, last, begin, end = a[FIRST, i], a[LAST, i], b[FIRST, j], b[LAST, j]
        if not same_stem(letters, first, last, other_letters, begin, end):
            row = MIXED
    desk.likes[0, row, i] = max(desk.likes[0, row, i], alike * alike)
    desk.likes[1, row, j] = max(desk.likes[1, row, j], alike * alike)


meet_pair: Any = compiled(_meet_pair)


def _meet_spelled(desk: Any, letters: Any, other_letters: Any, mine: int, theirs: int) -> float:
    """Meet words by their spelling; return how alike the most alike look that are two words."""
    a, b, of_a, of_b = desk.words[0], desk.words[1], desk.likes[0], desk.likes[1]
    for i in range(mine):
        if of_a[TAKEN, i] == 0.0:
            wanted = may_be_respelled(a, of_a, i)
            for j in range(theirs):
                if of_b[TAKEN, j] == 0.0 and (wanted or may_be_respelled(b, of_b, j)):
                    meet_pair(desk, letters, other_letters, i, j)
    mistaken = 0.0
    for side in range(2):
        for i in range(mine if side == 0 else theirs):
            if may_be_respelled(desk.words[side], desk.likes[side], i):
                best = desk.likes[side, BEST, i]
                desk.likes[side, LIKE, i] = best
                if best < _LOOKS_ALIKE:
                    mistaken = max(mistaken, desk.likes[side, MIXED, i])
    return mistaken


meet_spelled: Any = compiled(_meet_spelled)


def _fold_into_slots(words: Any, likes: Any, slots: Any, count: int, size: int) -> None:
    """Fold words into slots: the best reading of each slot, by the mean over its words."""
    slots[MET, :size], slots[LATER, :size] = -1.0, 0.0
    i = 0
    while i < count:
        slot, reading = words[SLOT, i], words[READING, i]
        total, met = 0.0, 0
        while i < count and words[SLOT, i] == slot and words[READING, i] == reading:
            total += likes[LIKE, i]
            met += 1
            i += 1
        mean = total / met - 0.02 * reading
        if mean > slots[MET, slot]:
            slots[MET, slot], slots[LATER, slot] = mean, reading


fold_into_slots: Any = compiled(_fold_into_slots)


def _add_up(slots: Any, size: int, sums: Any) -> None:
    """Sum one side: its weight, what of it is met, and the slots that are not."""
    sums[:] = 0.0
    for s in range(size):
        kind, weight, like = slots[KIND, s], slots[WEIGHT, s], max(slots[MET, s], 0.0)
        sums[TOTAL] += weight
        sums[COVERED] += weight * like
        missed = weight * (1.0 - like)
        if kind <= FIELD or kind == PARENT:
            sums[OWN_MISSED] += missed
            sums[OWN_MET] += weight * like
            sums[OWN] += 1
            if like > 0.4:
                sums[FUZZ] += missed
        else:
            sums[COMMON_MISSED] += missed
        if like < 0.6:
            sums[TYPES] += kind == TYPE
            sums[PLACES] += kind == PLACE
            sums[PARENTS] += kind == PARENT
            sums[FIELDS] += kind == FIELD


add_up: Any = compiled(_add_up)


def _count_missing(a: Any, b: Any, compass: bool) -> Any:
    """Return how many numbers (or points of the compass) `a` has, and how many `b` lacks."""
    count, extra = 0, 0
    for x in a:
        if (x < 0) == compass:
            count += 1
            found = False
            for y in b:
                found = found or x == y
            extra += not found
    return count, extra


count_missing: Any = compiled(_count_missing)


def _verdict(a: Any, b: Any, compass: bool) -> int:
    size_a, extra_a = count_missing(a, b, compass)
    size_b, extra_b = count_missing(b, a, compass)
    if size_a == 0 or size_b == 0:
        return NO_NUMBERS if size_a == size_b else NUMBERS_ON_ONE_SIDE
    if extra_a == 0 and extra_b == 0:
        return SAME_NUMBERS
    if (extra_a and extra_b) or extra_a == size_a or extra_b == size_b:
        return NUMBERS_DIFFER
    return NUMBERS_ON_ONE_SIDE


verdict_on: Any = compiled(_verdict)


def _compare_numbers(a: Any, b: Any) -> int:
    """Return how two views' numbers compare, and their points of the compass.

    Points of the compass are below zero. One on one side only is a place on one side only.
    """
    if a.size + b.size == 0:
        return NO_NUMBERS
    if verdict_on(a, b, True) == NUMBERS_DIFFER:
        return NUMBERS_DIFFER
    return int(verdict_on(a, b, False))


compare_numbers: Any = compiled(_compare_numbers)


def _same_school(words: Any, likes: Any, count: int) -> bool:
    """Return whether a view has a school's type that the other has too."""
    found = False
    for i in range(count):
        found = found or (words[FLAGS, i] & SCHOOL != 0 and likes[LIKE, i] > 0.99)
    return found


same_school: Any = compiled(_same_school)


def _most(row: Any, size: int) -> float:
    most = 0.0
    for place in range(size):
        most = max(most, row[place])
    return most


most: Any = compiled(_most)


def _same(desk: Any, numbers: int, row: Any) -> int:
    """Fill the features that tell what is met, from added-up sides; return the verdict.

    The row is the same for (a, b) and (b, a).
    """
    sizes = desk.sizes
    sa, sb = desk.sums[0], desk.sums[1]
    ca, cb = sa[COVERED] / max(sa[TOTAL], 1e-6), sb[COVERED] / max(sb[TOTAL], 1e-6)
    low = min(ca, cb)
    own = min(2.5, (sa[OWN_MET] + sb[OWN_MET]) / 2)
    fuzz = (sa[FUZZ] + sb[FUZZ]) / max(sa[OWN_MET] + sb[OWN_MET], 1e-6)
    single = 1.0 if min(sa[OWN], sb[OWN]) <= 1 else 0.0
    row[0] = 1.0
    row[1] = low
    row[2] = max(ca, cb)
    row[3] = low * low
    row[6] = own
    row[7] = own < 0.3
    row[10] = numbers == SAME_NUMBERS
    row[11] = numbers == NUMBERS_ON_ONE_SIDE
    row[12] = fuzz
    row[15] = low > 0.97
    row[16] = single
    row[17] = single * fuzz
    later = max(most(desk.slots[0, LATER], sizes[0, 1]), most(desk.slots[1, LATER], sizes[1, 1]))
    row[20] = later
    row[21] = desk.slots[0, MET, 0] > 0.6 and desk.slots[1, MET, 0] > 0.6
    if numbers == SAME_NUMBERS and own < 0.1 and max(sa[OWN_MISSED], sb[OWN_MISSED]) > 0.3:
        return BARE_NUMBER
    return numbers


same: Any = compiled(_same)


def _missed(desk: Any, mistaken: float, row: Any) -> None:
    """Fill the features that tell what is not met, from added-up sides."""
    sa, sb = desk.sums[0], desk.sums[1]
    fewer, more = min(sa[OWN_MISSED], sb[OWN_MISSED]), max(sa[OWN_MISSED], sb[OWN_MISSED])
    types, other_types = sa[TYPES] > 0, sb[TYPES] > 0
    places, other_places = sa[PLACES] > 0, sb[PLACES] > 0
    row[4] = min(1.5, fewer)
    row[5] = min(2.0, more)
    row[8] = types and other_types
    row[9] = places and other_places
    row[18] = min(1.5, max(sa[COMMON_MISSED], sb[COMMON_MISSED]))
    row[22] = types != other_types
    row[23] = places != other_places
    row[24] = sa[PARENTS] + sb[PARENTS] > 0
    row[26] = min(2.0, sa[FIELDS] + sb[FIELDS]) / 2
    row[27] = mistaken if mistaken > _MISTAKEN else 0.0
    school = same_school(desk.words[0], desk.likes[0], desk.sizes[0, 0])
    school = school and same_school(desk.words[1], desk.likes[1], desk.sizes[1, 0])
    row[28] = min(1.0, 2 * more) if school and fewer < 0.1 else 0.0


missed: Any = compiled(_missed)


def _lettered(ratio: float, mine: int, theirs: int, mistaken: float, row: Any) -> None:
    """Fill the features of the texts: how alike they are, and how many letters they have."""
    if mistaken > _MISTAKEN:
        ratio = min(ratio, _LOOKS_ALIKE)
    row[13] = ratio
    row[14] = max(0.0, ratio - 0.8) * 5
    row[25] = min(8, max(mine, theirs)) / 8 if (mine == 0) != (theirs == 0) else 0.0


lettered: Any = compiled(_lettered)


def _compare(
    desk: Any, letters: Any, other_letters: Any, near_key: Any, near_value: Any, size: int,
    numbers: int, row: Any,
) -> Any:  # fmt: skip
    """Compare the views laid out on a desk; return the verdict, and how alike two words look.

    `size` is that of the vocabulary, `numbers` how the views' numbers compare. The features of
    the texts and of rarity are not filled here.
    """
    mine, theirs = desk.sizes[0, 0], desk.sizes[1, 0]
    meet_exactly(desk.words, desk.likes, mine, theirs)
    meet_near(desk, near_key, near_value, size)
    mistaken = meet_spelled(desk, letters, other_letters, mine, theirs)
    for side in range(2):
        words, slots = desk.sizes[side, 0], desk.sizes[side, 1]
        fold_into_slots(desk.words[side], desk.likes[side], desk.slots[side], words, slots)
        add_up(desk.slots[side], slots, desk.sums[side])
    missed(desk, mistaken, row)
    return same(desk, numbers, row), mistaken


compare: Any = compiled(_compare)
