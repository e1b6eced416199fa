"""Score the views of an index that names may mean, and rank their entities: the compiled loops.

It is compiled because a query scores some sixty candidates, each by thirty features of its words.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.arrays import NUMBERS, OWNER, SLOTS, TEXT, WORDS
from crosstie.matching.engine.arrays import SORT as SORT_OF_VIEW
from crosstie.matching.engine.compiling import compiled, part
from crosstie.matching.engine.feature_names import BARE_NUMBER, FEATURES, NUMBERS_DIFFER
from crosstie.matching.engine.features import add_up, fill_letters, fill_met, fill_missed
from crosstie.matching.engine.identity import compare_numbers
from crosstie.matching.engine.lookup import FAMILY_OF
from crosstie.matching.engine.meeting import (
    fold_into_slots,
    leave_open,
    meet_exactly,
    meet_near,
    meet_spelled,
)
from crosstie.matching.engine.room import (
    FIRST,
    FLAGS,
    ID,
    KIND,
    LAST,
    LIKE,
    READING,
    SLOT,
    SORT,
    WEIGHT,
)

BARE_NUMBER_SCORE = 0.25
"""The most for names that share a number and a type only: many groups have a 28th institute."""
DIFFERENT_NUMBER_SCORE = 0.01
MAY_BE_SAME = 0.9
"""How alike the letters of two names must be for them to be looked at as written."""
_LETTERS = FEATURES.index("letters_alike")
_RAREST = FEATURES.index("rarest_match")
_F = len(FEATURES)
_ZERO, _ONE = np.uint64(0), np.uint64(1)


def _lay(
    words: Any, signed: Any, sizes: Any, reals: Any, side: int, views: Any, view: int, word: Any,
    place: Any, weight: Any, kind: Any, flag: Any, letter_ptr: Any, sign: Any,
) -> None:  # fmt: skip
    """Lay a view out on one side of the desk."""
    first, low = views[view, WORDS], views[view, SLOTS]
    sizes[side, 0], sizes[side, 1] = views[view + 1, WORDS] - first, views[view + 1, SLOTS] - low
    for i in range(sizes[side, 0]):
        number, slot = word[first + i], place[first + i, 0]
        words[side, ID, i] = number
        words[side, SLOT, i] = slot
        words[side, READING, i] = place[first + i, 1]
        words[side, FIRST, i] = letter_ptr[number]
        words[side, LAST, i] = letter_ptr[number + 1]
        words[side, FLAGS, i] = flag[number]
        words[side, SORT, i] = kind[low + slot]
        signed[side, i] = sign[number]
    for s in range(sizes[side, 1]):
        reals[side, WEIGHT, s] = weight[low + s]
        reals[side, KIND, s] = kind[low + s]


lay: Any = part(_lay)


def _mark(marks: Any, text: Any, first: int, last: int) -> None:
    """Note at each letter where in the text it stands, as bits."""
    for place in range(first, last):
        marks[text[place]] |= _ONE << np.uint64(place - first)


mark: Any = part(_mark)


def _common_ratio(marks: Any, size: int, text: Any, first: int, last: int) -> Any:
    """Return 2 · common subsequence / total length with a marked text of at most 64 letters.

    Bit-parallel, after Hyyrö (2004).
    """
    if size == 0 or first == last:
        return 0.0
    state = ~_ZERO
    for place in range(first, last):
        hit = state & marks[text[place]]
        state = (state + hit) | (state - hit)
    common = 0
    for place in range(size):
        if (state >> np.uint64(place)) & _ONE == _ZERO:
            common += 1
    return 2.0 * common / (size + last - first)


common_ratio: Any = part(_common_ratio)


def _rarest(words: Any, reals: Any, sizes: Any, rarity: Any) -> Any:
    """Return how rare the rarest word is that both views have."""
    rarest = 0.0
    for i in range(sizes[0, 0]):
        if reals[0, LIKE, i] > 0.99:
            number = words[0, ID, i]
            rare = np.float64(rarity[number]) if number >= 0 else 1.0
            if rare > rarest:
                rarest = rare
    return rarest


rarest_met: Any = part(_rarest)


def _probability(row: Any, weights: Any, group: int, verdict: int) -> Any:
    if verdict == NUMBERS_DIFFER:
        return DIFFERENT_NUMBER_SCORE
    total = 0.0
    for i in range(_F):
        total += row[i] * weights[group, i]
    value = 1.0 / (1.0 + np.exp(-total))
    return BARE_NUMBER_SCORE if verdict == BARE_NUMBER and value > BARE_NUMBER_SCORE else value


probability: Any = part(_probability)


def _compare(
    words: Any, signed: Any, sizes: Any, reals: Any, letters: Any, other_letters: Any,
    near_key: Any, near_value: Any, rarity: Any, ratio: float, mine: int, theirs: int,
    numbers: int, row: Any,
) -> Any:  # fmt: skip
    """Fill the features of the two views on the desk; return how their numbers compare.

    `ratio` is how alike their texts are, `mine` and `theirs` how long.
    """
    meet_exactly(words, reals, sizes)
    meet_near(words, reals, sizes, near_key, near_value, rarity.size)
    leave_open(words, reals, sizes)
    mistaken = meet_spelled(words, signed, reals, sizes, letters, other_letters)
    for side in range(2):
        fold_into_slots(words, reals, sizes, side)
        add_up(reals, sizes, side)
    fill_missed(words, reals, sizes, mistaken, row)
    fill_letters(ratio, mine, theirs, mistaken, row)
    row[_RAREST] = rarest_met(words, reals, sizes, rarity)
    return fill_met(reals, sizes, numbers, row)


compare: Any = part(_compare)


def _score(
    views: Any, word: Any, place: Any, weight: Any, kind: Any, number: Any, text: Any,
    known: Any, flag: Any, letter_ptr: Any, letters: Any, sign: Any,
    o_views: Any, o_word: Any, o_place: Any, o_weight: Any, o_kind: Any, o_number: Any,
    o_text: Any, o_flag: Any, o_letter_ptr: Any, o_letters: Any, o_sign: Any,
    rarity: Any, near_key: Any, near_value: Any, weights: Any, kept: Any, counts: Any,
    words: Any, signed: Any, sizes: Any, reals: Any, marks: Any,
    found: Any, scores: Any, families: Any, rows: Any,
) -> None:  # fmt: skip
    """Fill the pairs `Found`: each view of a batch with the views of the index kept for it."""
    # Numbers of one type: the parts would be compiled anew for a literal.
    spot, mine, theirs = 0, np.int64(0), np.int64(1)
    for view in range(counts.size):
        if counts[view] == 0:
            continue
        lay(words, signed, sizes, reals, mine, views, view, word, place, weight, kind, flag,
            letter_ptr, sign)  # fmt: skip
        for i in range(sizes[0, 0]):
            words[0, ID, i] = known[words[0, ID, i]]
        first, last = views[view, TEXT], views[view + 1, TEXT]
        mark(marks, text, first, last)
        for rank in range(counts[view]):
            other = kept[view, rank]
            lay(words, signed, sizes, reals, theirs, o_views, other, o_word, o_place, o_weight,
                o_kind, o_flag, o_letter_ptr, o_sign)  # fmt: skip
            begin, end = o_views[other, TEXT], o_views[other + 1, TEXT]
            ratio = common_ratio(marks, last - first, o_text, begin, end)
            numbers = compare_numbers(
                number, views[view, NUMBERS], views[view + 1, NUMBERS], o_number,
                o_views[other, NUMBERS], o_views[other + 1, NUMBERS],
            )  # fmt: skip
            verdict = compare(words, signed, sizes, reals, letters, o_letters, near_key, near_value,
                              rarity, ratio, last - first, end - begin, numbers,
                              rows[spot])  # fmt: skip
            group = FAMILY_OF[views[view, SORT_OF_VIEW], o_views[other, SORT_OF_VIEW]]
            found[spot], families[spot] = other, group
            scores[spot] = probability(rows[spot], weights, group, verdict)
            spot += 1
        for letter in range(first, last):
            marks[text[letter]] = _ZERO


score: Any = compiled(_score)


def _merge(
    views: Any, entity: Any, found: Any, scores: Any, rows: Any, first: int, last: int, best: Any,
    value: Any,
) -> Any:  # fmt: skip
    """Fill each entity found once (entity, name, alike) with its best score; return how many.

    The name shown is the one of the same letters, else the one that scores best.
    """
    size = 0
    for place in range(first, last):
        name = views[found[place], OWNER]
        alike = 1 if rows[place, _LETTERS] > MAY_BE_SAME else 0
        spot = 0
        while spot < size and best[0, spot] != entity[name]:
            spot += 1
        if spot == size:
            best[0, spot], best[1, spot], best[2, spot] = entity[name], name, alike
            value[spot] = scores[place]
            size += 1
        elif alike > best[2, spot] or (alike == best[2, spot] and scores[place] > value[spot]):
            best[1, spot], best[2, spot] = name, alike
        if scores[place] > value[spot]:
            value[spot] = scores[place]
    return size


merge: Any = part(_merge)


def _rank(
    ptr: Any, views: Any, entity: Any, found: Any, scores: Any, rows: Any, best: Any, value: Any,
    order: Any, counts: Any, answers: Any, answer_scores: Any,
) -> None:  # fmt: skip
    """Fill the `Answers` to each name: its best entities, those of one score by their number.

    The pairs found for a name are those from `ptr` of it to `ptr` of the next.
    """
    most = answers.shape[2]
    for name in range(counts.size):
        size = merge(views, entity, found, scores, rows, ptr[name], ptr[name + 1], best, value)
        count = 0
        for i in range(size):
            spot = count
            while spot > 0 and (
                value[i] > value[order[spot - 1]]
                or (value[i] == value[order[spot - 1]] and best[0, i] < best[0, order[spot - 1]])
            ):
                if spot < most:
                    order[spot] = order[spot - 1]
                spot -= 1
            if spot < most:
                order[spot] = i
                count = count + 1 if count < most else count
        counts[name] = count
        for spot in range(count):
            answer_scores[name, spot] = value[order[spot]]
            for column in range(3):
                answers[name, column, spot] = best[column, order[spot]]


rank: Any = compiled(_rank)
