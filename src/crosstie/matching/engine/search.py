"""Score the views of an index that a name may mean, and rank their entities: the compiled loops.

It is compiled because a query scores some sixty candidates, each by thirty features of its words.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.arrays import NUMBERS, OWNER, SLOTS, SORT, TEXT, WORDS
from crosstie.matching.engine.compiling import compiled
from crosstie.matching.engine.feature_names import BARE_NUMBER, FEATURES, NUMBERS_DIFFER
from crosstie.matching.engine.features import compare, compare_numbers, lettered
from crosstie.matching.engine.lookup import FAMILY_OF, best, collect, expand, resolve, reweigh
from crosstie.matching.engine.room import (
    FIRST,
    FLAGS,
    ID,
    KIND,
    LAST,
    LIKE,
    READING,
    SLOT,
    WEIGHT,
)
from crosstie.matching.engine.room import SORT as KIND_OF_SLOT

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
    desk: Any, side: int, packed: Any, view: int, weight: Any, flag: Any, letter_ptr: Any, sign: Any
) -> None:
    """Lay a view out on one side of the desk, and tell its size there."""
    words, slots = desk.words[side], desk.slots[side]
    first, low = packed.views[view, WORDS], packed.views[view, SLOTS]
    count, high = packed.views[view + 1, WORDS] - first, packed.views[view + 1, SLOTS]
    for i in range(count):
        word = packed.word[first + i]
        words[ID, i] = word
        words[SLOT, i], words[READING, i] = packed.place[first + i, 0], packed.place[first + i, 1]
        words[FIRST, i], words[LAST, i] = letter_ptr[word], letter_ptr[word + 1]
        words[FLAGS, i] = flag[word]
        words[KIND_OF_SLOT, i] = packed.kind[low + packed.place[first + i, 0]]
        desk.signed[side, i] = sign[word]
    for s in range(high - low):
        slots[WEIGHT, s], slots[KIND, s] = weight[low + s], packed.kind[low + s]
    desk.sizes[side, 0], desk.sizes[side, 1] = count, high - low


lay: Any = compiled(_lay)


def _mark(marks: Any, text: Any) -> None:
    """Note at each letter where in the text it stands, as bits."""
    for place in range(text.size):
        marks[text[place]] |= _ONE << np.uint64(place)


mark: Any = compiled(_mark)


def _common_ratio(marks: Any, size: int, text: Any) -> Any:
    """Return 2 · common subsequence / total length with a marked text of at most 64 letters.

    Bit-parallel, after Hyyrö (2004).
    """
    if size == 0 or text.size == 0:
        return 0.0
    state = ~_ZERO
    for letter in text:
        hit = state & marks[letter]
        state = (state + hit) | (state - hit)
    common = 0
    for place in range(size):
        if (state >> np.uint64(place)) & _ONE == _ZERO:
            common += 1
    return 2.0 * common / (size + text.size)


common_ratio: Any = compiled(_common_ratio)


def _probability(row: Any, weights: Any, verdict: int) -> Any:
    if verdict == NUMBERS_DIFFER:
        return DIFFERENT_NUMBER_SCORE
    total = 0.0
    for i in range(_F):
        total += row[i] * weights[i]
    value = 1.0 / (1.0 + np.exp(-total))
    return min(value, BARE_NUMBER_SCORE) if verdict == BARE_NUMBER else value


probability: Any = compiled(_probability)


def _rarest(desk: Any, rarity: Any) -> Any:
    """Return how rare the rarest word is that both views have."""
    rarest = 0.0
    for i in range(desk.sizes[0, 0]):
        if desk.likes[0, LIKE, i] > 0.99:
            number = desk.words[0, ID, i]
            rarest = max(rarest, rarity[number] if number >= 0 else 1.0)
    return rarest


rarest_met: Any = compiled(_rarest)


def _score(
    tables: Any, packed: Any, query: Any, view: int, other: int, group: int, desk: Any,
    asked: Any, room: Any, weights: Any, row: Any,
) -> float:  # fmt: skip
    """Compare a view asked for, laid out and marked, with an indexed one; return the score."""
    lay(desk, 1, packed, other, packed.weight, tables.flag, tables.letter_ptr, tables.sign)
    numbers = compare_numbers(
        query.number[query.views[view, NUMBERS] : query.views[view + 1, NUMBERS]],
        packed.number[packed.views[other, NUMBERS] : packed.views[other + 1, NUMBERS]],
    )
    verdict, mistaken = compare(
        desk, asked.letters, tables.letters, tables.near_key, tables.near_value,
        tables.rarity.size, numbers, row,
    )  # fmt: skip
    text = packed.text[packed.views[other, TEXT] : packed.views[other + 1, TEXT]]
    size = query.views[view + 1, TEXT] - query.views[view, TEXT]
    lettered(common_ratio(room.marks, size, text), size, text.size, mistaken, row)
    row[_RAREST] = rarest_met(desk, tables.rarity)
    return float(probability(row, weights[group], verdict))


score: Any = compiled(_score)


def _scan(
    tables: Any, packed: Any, asked: Any, query: Any, known: Any, view: int, desk: Any, room: Any,
    weights: Any, found: Any, start: int,
) -> Any:  # fmt: skip
    """Append the views of the index that a view may mean, with their scores; return how many."""
    sort = query.views[view, SORT]
    count = expand(tables, asked, query, view, known, room)
    seen = collect(tables.post_ptr, tables.post, room, count)
    count = best(packed.views, tables.view_weight, sort, known.total[view], room, seen)
    if count == 0:
        return start
    lay(desk, 0, query, view, known.weight, known.flag, asked.letter_ptr, known.sign)
    for i in range(desk.sizes[0, 0]):
        desk.words[0, ID, i] = known.number[desk.words[0, ID, i]]
    text = query.text[query.views[view, TEXT] : query.views[view + 1, TEXT]]
    mark(room.marks, text)
    end = min(start + count, found.views.size)
    for place in range(start, end):
        other = room.kept[place - start]
        group = FAMILY_OF[sort, packed.views[other, SORT]]
        found.views[place], found.families[place] = other, group
        found.scores[place] = score(
            tables, packed, query, view, other, group, desk, asked, room, weights,
            found.rows[place],
        )  # fmt: skip
    for letter in text:
        room.marks[letter] = _ZERO
    return end


scan: Any = compiled(_scan)


def _merge(packed: Any, entity: Any, found: Any, count: int, who: Any, value: Any) -> int:
    """Fill each entity found once (entity, name, alike) with its best score; return how many.

    The name shown is the one of the same letters, else the one that scores best.
    """
    size = 0
    for place in range(count):
        name = packed.views[found.views[place], OWNER]
        score, alike = found.scores[place], int(found.rows[place, _LETTERS] > MAY_BE_SAME)
        spot = 0
        while spot < size and who[0, spot] != entity[name]:
            spot += 1
        if spot == size:
            who[0, spot], who[1, spot], who[2, spot], value[spot] = entity[name], name, alike, score
            size += 1
        elif alike > who[2, spot] or (alike == who[2, spot] and score > value[spot]):
            who[1, spot], who[2, spot] = name, alike
        value[spot] = max(value[spot], score)
    return size


merge: Any = compiled(_merge)


def _rank(who: Any, value: Any, size: int, answers: Any, asked: int) -> None:
    """Fill the answers to a name with the best entities, those of one score by their number."""
    most, count = answers.entity.shape[1], 0
    for i in range(size):
        spot = count
        while spot > 0 and (
            value[i] > answers.score[asked, spot - 1]
            or (value[i] == answers.score[asked, spot - 1]
                and who[0, i] < answers.entity[asked, spot - 1])
        ):  # fmt: skip
            spot -= 1
        if spot == most:
            continue
        for place in range(min(count, most - 1), spot, -1):
            answers.entity[asked, place] = answers.entity[asked, place - 1]
            answers.name[asked, place] = answers.name[asked, place - 1]
            answers.alike[asked, place] = answers.alike[asked, place - 1]
            answers.score[asked, place] = answers.score[asked, place - 1]
        answers.entity[asked, spot], answers.name[asked, spot] = who[0, i], who[1, i]
        answers.alike[asked, spot], answers.score[asked, spot] = who[2, i] > 0, value[i]
        count = min(count + 1, most)
    answers.count[asked] = count


rank: Any = compiled(_rank)


def _search(
    tables: Any, packed: Any, asked: Any, query: Any, known: Any, desk: Any, room: Any,
    weights: Any, found: Any, answers: Any,
) -> int:  # fmt: skip
    """Fill the answers to each name of a batch; return how many views the last one found."""
    resolve(tables, asked, known)
    count = 0
    for name in range(asked.ptr.size - 1):
        count = 0
        for view in range(asked.ptr[name], asked.ptr[name + 1]):
            reweigh(query, view, tables.rarity, known, desk.spare)
            count = scan(
                tables, packed, asked, query, known, view, desk, room, weights, found, count
            )
        size = merge(packed, tables.entity, found, count, room.best, room.best_score)
        rank(room.best, room.best_score, size, answers, name)
    return count


search: Any = compiled(_search)
