"""Find the views of an index that a view may mean: the compiled loops of retrieval.

Words are looked up rarest first and each list of names is read once, up to a budget, so the cost
of a query grows far slower than the index. It is compiled because a query reads tens of thousands
of entries of those lists; numpy would need a pass over all views of the index for each query.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.arrays import SLOTS, SORT, WORDS
from crosstie.matching.engine.compiling import compiled
from crosstie.matching.engine.feature_names import CORE, FIELD
from crosstie.matching.engine.room import MOST_SPELLINGS
from crosstie.matching.engine.spelling import edit_likeness, letters_hash, signature

CUT = 0.35
"""The share of the best promise below which a candidate is not scored in full."""
BUDGET = 30_000
"""Entries of the lists of names that one view may read, beyond its rarest word."""
HARD_CAP = 120_000
SHORTEST_RESPELLED = 4
"""Letters that a word has at least to be found by another spelling."""
_LEAST_ALIKE = 0.7
_WORD = np.uint64(32)
# Which weights compare views of two sorts; -1 for sorts that are not compared.
FAMILY_OF = np.full((6, 6), -1, np.int64)
FAMILY_OF[0, 0] = FAMILY_OF[1, 1] = 0
FAMILY_OF[0, 2] = FAMILY_OF[2, 0] = 1
FAMILY_OF[3, 3] = 2
FAMILY_OF[4, 5] = FAMILY_OF[5, 4] = 3


def _first_place(ptr: Any, hashes: Any, wanted: Any) -> int:
    """Return where a hash stands, or would stand, among the sorted hashes."""
    place = ptr[((wanted >> _WORD) * np.uint64(ptr.size - 1)) >> _WORD]
    while place < hashes.size and hashes[place] < wanted:
        place += 1
    return int(place)


first_place: Any = compiled(_first_place)


def _respellings(
    letters: Any, first: int, last: int, own: int, tables: Any, found: Any, gain: Any
) -> int:
    """Fill words of the vocabulary within one or two edits of a word; return how many."""
    count = 0
    mine = signature(letters, first, last)
    for skip in range(-1, last - first):
        wanted = letters_hash(letters, first, last, skip)
        place = first_place(tables.deleted_ptr, tables.deleted, wanted)
        while place < tables.deleted.size and tables.deleted[place] == wanted:
            word = tables.deleted_word[place]
            place += 1
            known = word == own or count == found.size
            for i in range(count):
                known = known or found[i] == word
            if known:
                continue
            alike = edit_likeness(
                letters, first, last, mine, tables.letters, tables.letter_ptr[word],
                tables.letter_ptr[word + 1], tables.sign[word],
            )  # fmt: skip
            if alike > _LEAST_ALIKE:
                found[count], gain[count] = word, alike * alike
                count += 1
    return count


respellings: Any = compiled(_respellings)


def _resolve(tables: Any, asked: Any, known: Any) -> None:
    """Find each word of a batch in the vocabulary; one that is not there gets its own number."""
    for word in range(asked.hash.size):
        place = first_place(tables.hash_ptr, tables.hash, asked.hash[word])
        known.number[word] = -2 - word
        known.flag[word] = asked.flag[word]
        if place < tables.hash.size and tables.hash[place] == asked.hash[word]:
            known.number[word] = tables.hash_word[place]
            known.flag[word] |= tables.flag[known.number[word]]
        known.sign[word] = signature(
            asked.letters, asked.letter_ptr[word], asked.letter_ptr[word + 1]
        )


resolve: Any = compiled(_resolve)


def _reweigh(query: Any, view: int, rarity: Any, known: Any, sums: Any) -> None:
    """Weigh a view's core and field slots by rarity, and the view by its slots."""
    low, high = query.views[view, SLOTS], query.views[view + 1, SLOTS]
    sums[:, : high - low] = 0.0
    for i in range(query.views[view, WORDS], query.views[view + 1, WORDS]):
        if query.place[i, 1] == 0:
            number = known.number[query.word[i]]
            sums[0, query.place[i, 0]] += rarity[number] if number >= 0 else 1.0
            sums[1, query.place[i, 0]] += 1
    known.total[view] = 0.0
    for s in range(high - low):
        mean = sums[0, s] / max(sums[1, s], 1)
        weight = query.weight[low + s]
        if query.kind[low + s] == CORE:
            weight *= 0.4 + 0.7 * mean
        elif query.kind[low + s] == FIELD:
            weight *= 0.6 + 0.5 * mean
        known.weight[low + s] = weight
        known.total[view] += known.weight[low + s]


reweigh: Any = compiled(_reweigh)


def _expand(tables: Any, asked: Any, query: Any, view: int, known: Any, room: Any) -> int:
    """Fill the words to look up for a view, each with what a name gains by it."""
    count = 0
    words, gains = room.words, room.gains
    for i in range(query.views[view, WORDS], query.views[view + 1, WORDS]):
        if count >= words.size - MOST_SPELLINGS - 1:
            break
        word, reading = query.word[i], query.place[i, 1]
        slot = query.views[view, SLOTS] + query.place[i, 0]
        weight = known.weight[slot] * (1.0 - 0.1 * reading)
        if known.number[word] >= 0:
            words[count], gains[count] = known.number[word], weight
            count += 1
        first, last = asked.letter_ptr[word], asked.letter_ptr[word + 1]
        if query.kind[slot] > FIELD or last - first < SHORTEST_RESPELLED or reading > 1:
            continue
        if known.near_count[word] < 0:
            known.near_count[word] = respellings(
                asked.letters, first, last, known.number[word], tables, known.near_word[word],
                known.near_gain[word],
            )  # fmt: skip
        for j in range(known.near_count[word]):
            words[count] = known.near_word[word, j]
            gains[count] = weight * known.near_gain[word, j]
            count += 1
    return count


expand: Any = compiled(_expand)


def _shortest_first(post_ptr: Any, words: Any, count: int, order: Any) -> None:
    """Fill the order (`[0]`) of lists by their sizes (`[1]`)."""
    for i in range(count):
        size = post_ptr[words[i] + 1] - post_ptr[words[i]]
        spot = i
        while spot > 0 and order[1, spot - 1] > size:
            order[0, spot], order[1, spot] = order[0, spot - 1], order[1, spot - 1]
            spot -= 1
        order[0, spot], order[1, spot] = i, size


shortest_first: Any = compiled(_shortest_first)


def _collect(post_ptr: Any, post: Any, room: Any, count: int) -> int:
    """Add up what each view gains, reading the shortest lists first, within the budget."""
    gain, touched = room.gain, room.touched
    shortest_first(post_ptr, room.words, count, room.order)
    spent, seen = 0, 0
    for place in range(count):
        if spent and spent + room.order[1, place] > BUDGET:
            break
        word, gained = room.words[room.order[0, place]], room.gains[room.order[0, place]]
        first = post_ptr[word]
        last = min(first + HARD_CAP, post_ptr[word + 1])
        for entry in range(first, last):
            view = post[entry]
            if gain[view] == 0.0:
                if seen == touched.size:
                    continue
                touched[seen] = view
                seen += 1
            gain[view] += gained
        spent += last - first
    return seen


collect: Any = compiled(_collect)


def _best(views: Any, view_weight: Any, sort: int, total: float, room: Any, seen: int) -> int:
    """Keep the most promising views that may be compared with this one; reset the gains."""
    scores, kept = room.promise, room.kept
    count = 0
    for place in range(seen):
        view = room.touched[place]
        promise = room.gain[view] / (total + 0.6 * view_weight[view])
        room.gain[view] = 0.0
        if count == kept.size and promise <= scores[count - 1]:
            continue
        if FAMILY_OF[sort, views[view, SORT]] < 0:
            continue
        spot = count if count < kept.size else count - 1
        while spot > 0 and scores[spot - 1] < promise:
            scores[spot], kept[spot] = scores[spot - 1], kept[spot - 1]
            spot -= 1
        scores[spot], kept[spot] = promise, view
        count = min(count + 1, kept.size)
    while count > 1 and scores[count - 1] < CUT * scores[0]:
        count -= 1
    return count


best: Any = compiled(_best)
