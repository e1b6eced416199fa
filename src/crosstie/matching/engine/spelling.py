"""How alike two words are by their letters, compiled.

It is compiled because a query compares thousands of pairs of words inside the loops of `search`,
and a call from there to rapidfuzz, which is as fast for one pair, is not possible. A word is the
letters `letters[first:last]` (code points, at most 32) and its signature.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import part

LONGEST_ABBREVIATION = 6
SHORTEST = 4
"""Letters of a word below which only the same word matches."""
_ALIKE = 0.66
_SAME_SOUND = 0.97
"""How alike words of equal letters are: letters are folded by sound, so it may be two words."""
_ZERO, _ONE = np.uint64(0), np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_FNV_START, _FNV_PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_MIXER, _HALF, _FIFTH = np.uint64(0xFF51AFD7ED558CCD), np.uint64(33), np.uint64(63)


def _signature(letters: Any, first: int, last: int) -> Any:
    """Return a set of 64 bits with one for each letter that a word has."""
    value = _ZERO
    for place in range(first, last):
        value |= _ONE << (np.uint64(letters[place]) & _FIFTH)
    return value


signature: Any = part(_signature)


def _bits(value: Any) -> int:
    count = 0
    while value != _ZERO:
        value &= value - _ONE
        count += 1
    return count


bits: Any = part(_bits)


def _edits(a: Any, first: int, last: int, b: Any, begin: int, end: int) -> int:
    """Return the edits between two words, a swap of neighbours being one.

    Hyyrö's bit-parallel recurrence (2003): a column of the table is a few 64-bit numbers.
    """
    up, down, diagonal, before = _ALL, _ZERO, _ZERO, _ZERO
    top = _ONE << np.uint64(last - first - 1)
    count = last - first
    for j in range(begin, end):
        same = _ZERO
        bit = _ONE
        for i in range(first, last):
            if a[i] == b[j]:
                same |= bit
            bit <<= _ONE
        swapped = ((~diagonal & same) << _ONE) & before
        diagonal = (((same & up) + up) ^ up) | same | down | swapped
        right = down | ~(diagonal | up)
        left = diagonal & up
        if right & top != _ZERO:
            count += 1
        if left & top != _ZERO:
            count -= 1
        right = (right << _ONE) | _ONE
        up = (left << _ONE) | ~(diagonal | right)
        down = right & diagonal
        before = same
    return count


edits: Any = part(_edits)


def _prefix_likeness(a: Any, first: int, last: int, b: Any, begin: int, end: int) -> float:
    """Return how well the shorter word abbreviates the longer: 'trans' for 'transportation'."""
    short, long = last - first, end - begin
    if short > long:
        short, long = long, short
    if short < SHORTEST or short > LONGEST_ABBREVIATION or long < short + 3:
        return 0.0
    for place in range(short):
        if a[first + place] != b[begin + place]:
            return 0.0
    return 0.7


prefix_likeness: Any = part(_prefix_likeness)


def _edit_likeness(
    a: Any, first: int, last: int, signed: Any, b: Any, begin: int, end: int, other: Any
) -> Any:
    """Return 0.97 - edits / length for two words; 0 when they are clearly unlike.

    The letters that one word has and the other lacks, by their signatures, are edits at least.
    """
    short, long = last - first, end - begin
    if short > long:
        short, long = long, short
    if short >= 3 and long >= SHORTEST and (long - short) * 3 <= long:
        least = max(bits(signed & ~other), bits(other & ~signed))
        if _SAME_SOUND - least / long >= _ALIKE:
            likeness = _SAME_SOUND - edits(a, first, last, b, begin, end) / long
            if likeness >= _ALIKE:
                return likeness
    return prefix_likeness(a, first, last, b, begin, end)


edit_likeness: Any = part(_edit_likeness)


def _letters_hash(letters: Any, first: int, last: int, skip: int) -> Any:
    """Return a 64-bit hash (FNV-1a, mixed) of a word's letters without the one at `skip`."""
    value = _FNV_START
    for place in range(first, last):
        if place - first != skip:
            value = (value ^ np.uint64(letters[place])) * _FNV_PRIME
    value = (value ^ (value >> _HALF)) * _MIXER
    return value ^ (value >> _HALF)


letters_hash: Any = part(_letters_hash)
