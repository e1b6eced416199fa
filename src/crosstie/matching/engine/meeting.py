"""How well the words of two views meet: by themselves, by near words, by their spelling.

The two views lie side by side on a `Desk`, so that each step works on both with the same code.
Steps take its arrays: `words` (2, 7, W), `reals` (2, 10, W) and `sizes` (2, 2); see `room`. The
last step folds the words into slots.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import part
from crosstie.matching.engine.feature_names import (
    KNOWN,
    NEAR,
    PLACE,
    TYPE,
)
from crosstie.matching.engine.room import (
    BEST,
    FIRST,
    FLAGS,
    ID,
    LAST,
    LATER,
    LIKE,
    MET,
    MIXED,
    OPEN,
    READING,
    SLOT,
    SORT,
    TAKEN,
)
from crosstie.matching.engine.spelling import edit_likeness

LOOKS_ALIKE = 0.6
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
                if reals[side, BEST, i] < LOOKS_ALIKE and reals[side, MIXED, i] > mistaken:
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
