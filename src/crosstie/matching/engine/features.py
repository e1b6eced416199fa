"""What two views have in common, as a row of numbers that a weight each makes into a score."""

from typing import Any

import numpy as np

from crosstie.matching.engine.compiling import compiled
from crosstie.matching.engine.spelling import common_ratio, edit_likeness, position

FEATURES = (
    "bias",
    "lesser_coverage",
    "greater_coverage",
    "lesser_coverage_squared",
    "both_have_own_words_unmatched",
    "one_has_own_words_unmatched",
    "own_words_matched",
    "no_own_word_matched",
    "types_differ",
    "places_differ",
    "same_number",
    "number_on_one_side",
    "fuzzy",
    "letters_alike",
    "letters_very_alike",
    "fully_covered",
    "one_own_word",
    "one_own_word_fuzzy",
    "common_words_unmatched",
    "rarest_match",
    "later_reading",
    "first_word_matched",
    "type_on_one_side",
    "place_on_one_side",
    "parent_unmatched",
    "short_form_length",
    "fields_unmatched",
    "known_words_look_alike",
    "school_of_another_field",
)
"""The features, in the order of the row."""
CORE, PLACE, FIELD, GENERIC, TYPE, PARENT, NUMBER = range(7)
"""Slot kinds, as in views.SLOT_KINDS."""
_NEAR, _KNOWN, _SCHOOL = 1, 2, 4
"""The flags of a word, as in arrays."""
BARE_NUMBER = 4
"""The verdict where two names share a number, and of what else tells them apart nothing."""
_LOOKS_ALIKE = 0.6
"""How alike two known words look at most before a reader, or a ratio of letters, mixes them up."""


def _near(tables: Any, first: int, second: int) -> float:
    keys, values, size = tables
    wanted = np.int64(first) * np.int64(size) + np.int64(second)
    place = position(keys, wanted)
    if place < keys.size and keys[place] == wanted:
        return float(values[place])
    return 0.0


near: Any = compiled(_near)


def _same_stem(a: Any, b: Any) -> Any:
    """Return whether one word is the other, or the other with an ending of up to three letters."""
    short = min(a.size, b.size)
    if max(a.size, b.size) - short > 3:
        return False
    same = 0
    while same < short and a[same] == b[same]:
        same += 1
    return same == short


same_stem: Any = compiled(_same_stem)


def _respelled(letters: Any, place: bool, known: bool, b: Any, taken: Any) -> Any:
    """Return how well a word's letters are met by the best word of `b` not met otherwise.

    The second figure is how alike the word looks to one of which it is no spelling: two known
    words, or two places, are two words, however alike they look.
    """
    others, slots, _, begins, ends, other_letters, kinds, flags = b
    best, mistaken = 0.0, 0.0
    for j in range(others.size):
        if taken[j]:
            continue
        theirs = other_letters[begins[j] : ends[j]]
        alike = edit_likeness(letters, theirs) ** 2
        two = known and flags[j] & _KNOWN and not same_stem(letters, theirs)
        if two or (place and kinds[slots[j]] == PLACE):
            mistaken = max(mistaken, alike)
        else:
            best = max(best, alike)
    return best, mistaken


respelled: Any = compiled(_respelled)


def _cover(a: Any, b: Any, near_tables: Any, likeness: Any) -> Any:
    """Fill `likeness` with how well each word of `a` is met by the best word of `b`.

    Return how alike the most alike look that are two known words. A view is (words, slots,
    readings, letter begins, letter ends, letters, slot kinds, flags).
    """
    words, slots, _, begins, ends, letters, kinds, flags = a
    others, other_flags = b[0], b[7]
    mistaken = 0.0
    taken = np.zeros(others.size, np.bool_)
    for i in range(words.size):
        for j in range(others.size):
            if words[i] == others[j]:
                likeness[i] = 1.0
                taken[j] = True
    for i in range(words.size):
        if likeness[i] == 0.0 and flags[i] & _NEAR:
            for j in range(others.size):
                if other_flags[j] & _NEAR:
                    likeness[i] = max(likeness[i], near(near_tables, words[i], others[j]))
        if likeness[i] == 0.0 and kinds[slots[i]] <= TYPE and ends[i] > begins[i]:
            mine = letters[begins[i] : ends[i]]
            known = flags[i] & _KNOWN != 0
            likeness[i], mixed = respelled(mine, kinds[slots[i]] == PLACE, known, b, taken)
            if likeness[i] < _LOOKS_ALIKE:
                mistaken = max(mistaken, mixed)
    return mistaken


cover: Any = compiled(_cover)


def _slot_likeness(view: Any, word_likeness: Any, out: Any, reading: Any) -> None:
    """Fold words into slots: the best reading of each slot, by the mean over its words."""
    words, slots, readings = view[0], view[1], view[2]
    i = 0
    while i < words.size:
        slot, which = slots[i], readings[i]
        total, count = 0.0, 0
        while i < words.size and slots[i] == slot and readings[i] == which:
            total += word_likeness[i]
            count += 1
            i += 1
        mean = total / count - 0.02 * which
        if mean > out[slot]:
            out[slot] = mean
            reading[slot] = which


slot_likeness: Any = compiled(_slot_likeness)


def _numbers(a: Any, b: Any) -> int:
    """Return 0 none, 1 the same, 2 on one side only, 3 different, of numbers and of the compass.

    Points of the compass are below zero. One on one side only is a place on one side only.
    """
    if verdict_on(a, b, True) == 3:
        return 3
    return int(verdict_on(a, b, False))


def _missing(a: Any, b: Any, compass: bool) -> Any:
    """Return how many numbers (or points of the compass) `a` has, and how many `b` lacks."""
    count, extra = 0, 0
    for x in a:
        if (x < 0) != compass:
            continue
        count += 1
        found = False
        for y in b:
            found = found or x == y
        if not found:
            extra += 1
    return count, extra


missing: Any = compiled(_missing)


def _verdict(a: Any, b: Any, compass: bool) -> int:
    size_a, extra_a = missing(a, b, compass)
    size_b, extra_b = missing(b, a, compass)
    if size_a == 0 and size_b == 0:
        return 0
    if size_a == 0 or size_b == 0:
        return 2
    if extra_a and extra_b:
        return 3
    if extra_a or extra_b:
        return 3 if extra_a == size_a or extra_b == size_b else 2
    return 1


verdict_on: Any = compiled(_verdict)
compare_numbers: Any = compiled(_numbers)


def _side(weights: Any, kinds: Any, likeness: Any, out: Any) -> None:
    """Sum one side: total, met, own unmatched, own met, own slots, fuzz, type and place flags."""
    for s in range(weights.size):
        kind, weight, like = kinds[s], weights[s], max(likeness[s], 0.0)
        out[0] += weight
        out[1] += weight * like
        own = kind in (CORE, PLACE, PARENT, FIELD)
        if own:
            out[2] += weight * (1.0 - like)
            out[3] += weight * like
            out[4] += 1
            if like > 0.4:
                out[5] += weight * (1.0 - like)
        else:
            out[8] += weight * (1.0 - like)
        if kind == TYPE and like < 0.6:
            out[6] += 1
        if kind == PLACE and like < 0.6:
            out[7] += 1
        if kind == PARENT and like < 0.6:
            out[9] += 1
        if kind == FIELD and like < 0.6:
            out[10] += 1


side: Any = compiled(_side)


def _same_school(view: Any, word_likeness: Any) -> Any:
    """Return whether a view has a school's type that the other has too."""
    flags = view[7]
    found = False
    for i in range(flags.size):
        found = found or (flags[i] & _SCHOOL != 0 and word_likeness[i] > 0.99)
    return found


same_school: Any = compiled(_same_school)


def _features(a: Any, b: Any, near_tables: Any, rare: Any, row: Any) -> int:
    """Fill the row of features for two views; return how their numbers compare.

    `a` and `b` are (word tuple, slot weights, slot kinds, numbers, text letters). The row is the
    same for (a, b) and (b, a).
    """
    wa, weights_a, kinds_a, numbers_a, text_a = a
    wb, weights_b, kinds_b, numbers_b, text_b = b
    like_a, like_b = np.zeros(wa[0].size), np.zeros(wb[0].size)
    mistaken = cover(wa, wb, near_tables, like_a)
    mistaken = max(mistaken, cover(wb, wa, near_tables, like_b))
    slots_a, slots_b = np.full(weights_a.size, -1.0), np.full(weights_b.size, -1.0)
    reading_a, reading_b = np.zeros(weights_a.size), np.zeros(weights_b.size)
    slot_likeness(wa, like_a, slots_a, reading_a)
    slot_likeness(wb, like_b, slots_b, reading_b)
    sa, sb = np.zeros(11), np.zeros(11)
    side(weights_a, kinds_a, slots_a, sa)
    side(weights_b, kinds_b, slots_b, sb)
    ca, cb = sa[1] / max(sa[0], 1e-6), sb[1] / max(sb[0], 1e-6)
    low, high = min(ca, cb), max(ca, cb)
    own = min(2.5, (sa[3] + sb[3]) / 2)
    fuzz = (sa[5] + sb[5]) / max(sa[3] + sb[3], 1e-6)
    single = 1.0 if min(sa[4], sb[4]) <= 1 else 0.0
    letters = common_ratio(text_a, text_b) if text_a.size and text_b.size else 0.0
    other = common_ratio(text_b, text_a) if text_a.size and text_b.size else 0.0
    letters = min(letters, other)
    if mistaken > 0.4:
        letters = min(letters, _LOOKS_ALIKE)
    rarest = 0.0
    for i in range(wa[0].size):
        if like_a[i] > 0.99:
            rarest = max(rarest, rare[i])
    verdict = compare_numbers(numbers_a, numbers_b)
    row[0] = 1.0
    row[1] = low
    row[2] = high
    row[3] = low * low
    row[4] = min(1.5, min(sa[2], sb[2]))
    row[5] = min(2.0, max(sa[2], sb[2]))
    row[6] = own
    row[7] = 1.0 if own < 0.3 else 0.0
    row[8] = 1.0 if sa[6] > 0 and sb[6] > 0 else 0.0
    row[9] = 1.0 if sa[7] > 0 and sb[7] > 0 else 0.0
    row[10] = 1.0 if verdict == 1 else 0.0
    row[11] = 1.0 if verdict == 2 else 0.0
    row[12] = fuzz
    row[13] = letters
    row[14] = max(0.0, letters - 0.8) * 5
    row[15] = 1.0 if low > 0.97 else 0.0
    row[16] = single
    row[17] = single * fuzz
    row[18] = min(1.5, max(sa[8], sb[8]))
    row[19] = rarest
    row[20] = max(reading_a.max(), reading_b.max()) if weights_a.size and weights_b.size else 0.0
    row[21] = 1.0 if slots_a[0] > 0.6 and slots_b[0] > 0.6 else 0.0
    row[22] = 1.0 if (sa[6] > 0) != (sb[6] > 0) else 0.0
    row[23] = 1.0 if (sa[7] > 0) != (sb[7] > 0) else 0.0
    row[24] = 1.0 if sa[9] + sb[9] > 0 else 0.0
    one_empty = (text_a.size == 0) != (text_b.size == 0)
    row[25] = min(8, max(text_a.size, text_b.size)) / 8 if one_empty else 0.0
    row[26] = min(2.0, sa[10] + sb[10]) / 2
    row[27] = mistaken if mistaken > 0.4 else 0.0
    more, fewer = max(sa[2], sb[2]), min(sa[2], sb[2])
    school = same_school(wa, like_a) and same_school(wb, like_b)
    row[28] = min(1.0, 2 * more) if school and fewer < 0.1 else 0.0
    if verdict == 1 and own < 0.1 and max(sa[2], sb[2]) > 0.3:
        return BARE_NUMBER
    return int(verdict)


features: Any = compiled(_features)
