"""Find the views of an index that a view may mean: the compiled loops of retrieval.

Words are looked up rarest first and each list of names is read once, up to a budget, so the cost
of a query grows far slower than the index. It is compiled because a query reads tens of thousands
of entries of those lists; numpy would need a pass over all views of the index for each query.
"""

from typing import Any

import numpy as np

from crosstie.matching.engine.arrays import SLOTS, SORT, WORDS
from crosstie.matching.engine.compiling import compiled, part
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
_LAST_READING = 1
"""The last reading of a slot that is looked up in other spellings."""
_WORD = np.uint64(32)
# Which weights compare views of two sorts; -1 for sorts that are not compared.
FAMILY_OF = np.full((6, 6), -1, np.int64)
FAMILY_OF[0, 0] = FAMILY_OF[1, 1] = 0
FAMILY_OF[0, 2] = FAMILY_OF[2, 0] = 1
FAMILY_OF[3, 3] = 2
FAMILY_OF[4, 5] = FAMILY_OF[5, 4] = 3


def _first_place(ptr: Any, hashes: Any, wanted: Any) -> Any:
    """Return where a hash stands, or would stand, among the sorted hashes."""
    place = np.int64(ptr[((wanted >> _WORD) * np.uint64(ptr.size - 1)) >> _WORD])
    while place < hashes.size and hashes[place] < wanted:
        place += 1
    return place


first_place: Any = part(_first_place)


def _respellings(
    letters: Any, first: int, last: int, own: int, deleted_ptr: Any, deleted: Any,
    deleted_word: Any, other_ptr: Any, others: Any, other_sign: Any, found: Any, gain: Any,
    word: int,
) -> Any:  # fmt: skip
    """Fill, for a word, words of the vocabulary within one or two edits; return how many."""
    count = 0
    mine = signature(letters, first, last)
    for skip in range(-1, last - first):
        wanted = letters_hash(letters, first, last, skip)
        place = first_place(deleted_ptr, deleted, wanted)
        while place < deleted.size and deleted[place] == wanted:
            other = deleted_word[place]
            place += 1
            known = other == own or count == MOST_SPELLINGS
            for i in range(count):
                known = known or found[word, i] == other
            if known:
                continue
            alike = edit_likeness(letters, first, last, mine, others, other_ptr[other],
                                  other_ptr[other + 1], other_sign[other])  # fmt: skip
            if alike > _LEAST_ALIKE:
                found[word, count], gain[word, count] = other, alike * alike
                count += 1
    return count


respellings: Any = part(_respellings)


def _resolve(
    views: Any, word: Any, place: Any, kind: Any, hashes: Any, flags: Any, letter_ptr: Any,
    letters: Any, hash_ptr: Any, hash_sorted: Any, hash_word: Any, other_flags: Any,
    deleted_ptr: Any, deleted: Any, deleted_word: Any, other_ptr: Any, others: Any,
    other_sign: Any, number: Any, flag: Any, sign: Any, near_count: Any, near_word: Any,
    near_gain: Any,
) -> None:  # fmt: skip
    """Fill what is `Known` of each word of a batch; one not in the vocabulary has a number < 0."""
    for local in range(hashes.size):
        spot = first_place(hash_ptr, hash_sorted, hashes[local])
        number[local], flag[local] = -2 - local, flags[local]
        if spot < hash_sorted.size and hash_sorted[spot] == hashes[local]:
            number[local] = hash_word[spot]
            flag[local] |= other_flags[number[local]]
        sign[local] = signature(letters, letter_ptr[local], letter_ptr[local + 1])
    for view in range(views.shape[0] - 1):
        for i in range(views[view, WORDS], views[view + 1, WORDS]):
            local = word[i]
            first, last = letter_ptr[local], letter_ptr[local + 1]
            wanted = place[i, 1] <= _LAST_READING and last - first >= SHORTEST_RESPELLED
            if wanted and near_count[local] < 0 and kind[views[view, SLOTS] + place[i, 0]] <= FIELD:
                near_count[local] = respellings(
                    letters, first, last, number[local], deleted_ptr, deleted, deleted_word,
                    other_ptr, others, other_sign, near_word, near_gain, local,
                )  # fmt: skip


resolve: Any = compiled(_resolve)


def _reweigh(
    views: Any, view: int, word: Any, place: Any, kind: Any, weight: Any, number: Any, rarity: Any,
    weighed: Any,
) -> Any:  # fmt: skip
    """Weigh a view's core and field slots by rarity; return the weight of them all."""
    whole = 0.0
    i, end = views[view, WORDS], views[view + 1, WORDS]
    for slot in range(views[view, SLOTS], views[view + 1, SLOTS]):
        total, count = 0.0, 0
        while i < end and views[view, SLOTS] + place[i, 0] == slot:
            if place[i, 1] == 0:
                total += rarity[number[word[i]]] if number[word[i]] >= 0 else 1.0
                count += 1
            i += 1
        mean = total / count if count else 0.0
        factor = 1.0
        if kind[slot] == CORE:
            factor = 0.4 + 0.7 * mean
        elif kind[slot] == FIELD:
            factor = 0.6 + 0.5 * mean
        weighed[slot] = weight[slot] * factor
        whole += weighed[slot]
    return whole


reweigh: Any = part(_reweigh)


def _expand(
    views: Any, view: int, word: Any, place: Any, kind: Any, weighed: Any, number: Any,
    near_count: Any, near_word: Any, near_gain: Any, words: Any, gains: Any,
) -> Any:  # fmt: skip
    """Fill the words to look up for a view, each with what a name gains by it."""
    count = 0
    for i in range(views[view, WORDS], views[view + 1, WORDS]):
        if count >= words.size - MOST_SPELLINGS - 1:
            break
        local, slot = word[i], views[view, SLOTS] + place[i, 0]
        weight = weighed[slot] * (1.0 - 0.1 * place[i, 1])
        if number[local] >= 0:
            words[count], gains[count] = number[local], weight
            count += 1
        if kind[slot] <= FIELD and place[i, 1] <= _LAST_READING:
            for j in range(near_count[local]):
                words[count], gains[count] = near_word[local, j], weight * near_gain[local, j]
                count += 1
    return count


expand: Any = part(_expand)


def _shortest_first(post_ptr: Any, words: Any, count: int, order: Any) -> None:
    """Fill the order (`[0]`) of lists by their sizes (`[1]`)."""
    for i in range(count):
        size = post_ptr[words[i] + 1] - post_ptr[words[i]]
        spot = i
        while spot > 0 and order[1, spot - 1] > size:
            order[0, spot], order[1, spot] = order[0, spot - 1], order[1, spot - 1]
            spot -= 1
        order[0, spot], order[1, spot] = i, size


shortest_first: Any = part(_shortest_first)


def _collect(
    post_ptr: Any, post: Any, words: Any, gains: Any, order: Any, count: int, gain: Any,
    touched: Any,
) -> Any:  # fmt: skip
    """Add up what each view gains, reading the shortest lists first, within the budget."""
    spent, seen = 0, 0
    for place in range(count):
        if spent > 0 and spent + order[1, place] > BUDGET:
            break
        first, gained = post_ptr[words[order[0, place]]], gains[order[0, place]]
        size = order[1, place] if order[1, place] < HARD_CAP else HARD_CAP
        for entry in range(first, first + size):
            view = post[entry]
            if gain[view] == 0.0:
                if seen == touched.size:
                    continue
                touched[seen] = view
                seen += 1
            gain[view] += gained
        spent += size
    return seen


collect: Any = part(_collect)


def _keep(
    others: Any, view_weight: Any, sort: int, total: float, gain: Any, touched: Any, seen: int,
    promises: Any, kept: Any, view: int,
) -> Any:  # fmt: skip
    """Keep the most promising views that may be compared with this one; reset the gains."""
    count, most = 0, promises.size
    for place in range(seen):
        other = touched[place]
        promise = gain[other] / (total + 0.6 * view_weight[other])
        gain[other] = 0.0
        full = count == most
        if (full and promise <= promises[most - 1]) or FAMILY_OF[sort, others[other, SORT]] < 0:
            continue
        spot = count - 1 if full else count
        while spot > 0 and promises[spot - 1] < promise:
            promises[spot], kept[view, spot] = promises[spot - 1], kept[view, spot - 1]
            spot -= 1
        promises[spot], kept[view, spot] = promise, other
        count = count if full else count + 1
    while count > 1 and promises[count - 1] < CUT * promises[0]:
        count -= 1
    return count


keep: Any = part(_keep)


def _retrieve(
    views: Any, word: Any, place: Any, weight: Any, kind: Any, number: Any, near_count: Any,
    near_word: Any, near_gain: Any, rarity: Any, post_ptr: Any, post: Any, others: Any,
    view_weight: Any, gain: Any, touched: Any, promises: Any, words: Any, gains: Any, order: Any,
    weighed: Any, kept: Any, counts: Any,
) -> None:  # fmt: skip
    """Fill the views that are `Kept` for each view of a batch."""
    for view in range(counts.size):
        total = reweigh(views, view, word, place, kind, weight, number, rarity, weighed)
        count = expand(views, view, word, place, kind, weighed, number, near_count, near_word,
                       near_gain, words, gains)  # fmt: skip
        shortest_first(post_ptr, words, count, order)
        seen = collect(post_ptr, post, words, gains, order, count, gain, touched)
        counts[view] = keep(others, view_weight, views[view, SORT], total, gain, touched, seen,
                            promises, kept, view)  # fmt: skip


retrieve: Any = compiled(_retrieve)
