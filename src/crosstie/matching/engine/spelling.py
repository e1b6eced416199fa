"""How alike two words are by their letters, compiled.

rapidfuzz is as fast for one pair, but calling it from a compiled loop is not possible, and the
call from Python costs more than the comparison itself.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import compiled

LONGEST_ABBREVIATION = 6
SHORTEST = 4
"""Letters of a word below which only the same word matches."""


def _edit_likeness(a: Any, b: Any) -> Any:
    """Return 1 - edits / length for two rows of letters; 0 when they are clearly unlike."""
    n, m = a.size, b.size
    long, short = max(n, m), min(n, m)
    if short < 3 or long < SHORTEST or (long - short) * 3 > long:
        return prefix_likeness(a, b)
    rows = np.empty((3, m + 1), np.int32)
    for j in range(m + 1):
        rows[0, j] = j
    for i in range(1, n + 1):
        now, last, before = i % 3, (i - 1) % 3, (i - 2) % 3
        rows[now, 0] = i
        for j in range(1, m + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            best = min(rows[last, j] + 1, rows[now, j - 1] + 1, rows[last, j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[before, j - 2] + 1)
            rows[now, j] = best
    # Letters are folded by sound, so equal letters are not quite the same word.
    likeness = 0.97 - rows[n % 3, m] / long
    if likeness < 0.66:
        return prefix_likeness(a, b)
    return likeness


def _prefix_likeness(a: Any, b: Any) -> float:
    """Return how well the shorter word abbreviates the longer: 'trans' for 'transportation'."""
    short = min(a.size, b.size)
    if short < SHORTEST or short > LONGEST_ABBREVIATION or max(a.size, b.size) < short + 3:
        return 0.0
    for place in range(short):
        if a[place] != b[place]:
            return 0.0
    return 0.7


def _common_ratio(a: Any, b: Any) -> Any:
    """Return 2 · common subsequence / total length, of at most 64 letters (bit-parallel)."""
    n, m = min(a.size, 64), min(b.size, 96)
    if n == 0 or m == 0:
        return 0.0
    state = np.uint64(0xFFFFFFFFFFFFFFFF)
    one = np.uint64(1)
    for j in range(m):
        match = np.uint64(0)
        for i in range(n):
            if a[i] == b[j]:
                match |= one << np.uint64(i)
        hit = state & match
        state = (state + hit) | (state - hit)
    common = 0
    for i in range(n):
        if not state >> np.uint64(i) & one:
            common += 1
    return 2.0 * common / (n + m)


prefix_likeness: Any = compiled(_prefix_likeness)
edit_likeness: Any = compiled(_edit_likeness)
common_ratio: Any = compiled(_common_ratio)


def _position(row: Any, wanted: Any) -> Any:
    """Return where a value stands, or would stand, in a sorted row.

    Written out, as numpy's own search takes a second to compile on every new machine.
    """
    low, high = 0, row.size
    while low < high:
        middle = (low + high) // 2
        if row[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


position: Any = compiled(_position)


def _letters_hash(letters: Any, skip: int) -> Any:
    """Return a 64-bit hash (FNV-1a) of a word's letters without the one at `skip`."""
    value = np.uint64(0xCBF29CE484222325)
    prime = np.uint64(0x100000001B3)
    for place in range(letters.size):
        if place != skip:
            value = (value ^ np.uint64(letters[place])) * prime
    return value


letters_hash: Any = compiled(_letters_hash)
