"""Find candidates in the arrays of an index and score them: the compiled loops.

Words are looked up rarest first and each list of names is read once, up to a budget, so the cost
of a query grows far slower than the index.
"""

from typing import Any, NamedTuple

import numpy as np

from crosstie.matching.engine.compiling import compiled
from crosstie.matching.engine.features import (
    BARE_NUMBER,
    CORE,
    FEATURES,
    FIELD,
    GENERIC,
    NUMBER,
    PARENT,
    PLACE,
    features,
)
from crosstie.matching.engine.spelling import edit_likeness, letters_hash, position

FAMILIES = ("same_script", "translated", "pinyin", "short_form")
NO_FAMILY = -1
KEPT = 32
"""Candidates per view that are scored in full."""
CUT = 0.35
"""The share of the best promise below which a candidate is not scored in full."""
BUDGET = 30_000
"""Entries of the lists of names that one view may read, beyond its rarest word."""
HARD_CAP = 120_000
BARE_NUMBER_SCORE = 0.25
"""The most for names that share a number and a type only: many groups have a 28th institute."""
_MOST_EXPANSIONS = 160
_MOST_SPELLINGS = 8
_F = len(FEATURES)


class Tables(NamedTuple):
    """Everything that the loops read about an index."""

    hash_sorted: Any
    hash_word: Any
    letter_ptr: Any
    letters: Any
    rarity: Any
    near_key: Any
    near_value: Any
    word_flag: Any
    post_ptr: Any
    post: Any
    deleted: Any
    deleted_word: Any
    view_weight: Any


def _family(a: int, b: int) -> int:
    """Return which weights compare views of two sorts, or NO_FAMILY."""
    if a == b and a <= 1:
        return 0
    if a + b == 2 and a != b:
        return 1
    if a == 3 and b == 3:
        return 2
    if (a == 4 and b == 5) or (a == 5 and b == 4):
        return 3
    return -1


family: Any = compiled(_family)


def _word_number(tables: Any, wanted: Any) -> int:
    place = position(tables.hash_sorted, wanted)
    if place < tables.hash_sorted.size and tables.hash_sorted[place] == wanted:
        return int(tables.hash_word[place])
    return -1


word_number: Any = compiled(_word_number)


def _respellings(tables: Any, letters: Any, own: int, found: Any, likeness: Any) -> int:
    """Fill words of the vocabulary within one or two edits of the letters; return how many."""
    count = 0
    for skip in range(-1, letters.size):
        wanted = letters_hash(letters, skip)
        place = position(tables.deleted, wanted)
        while place < tables.deleted.size and tables.deleted[place] == wanted:
            word = tables.deleted_word[place]
            place += 1
            if word == own:
                continue
            known = False
            for i in range(count):
                known = known or found[i] == word
            if known or count == found.size:
                continue
            theirs = tables.letters[tables.letter_ptr[word] : tables.letter_ptr[word + 1]]
            alike = edit_likeness(letters, theirs)
            if alike > 0.7:
                found[count], likeness[count] = word, alike * alike
                count += 1
    return count


respellings: Any = compiled(_respellings)


def _expand(tables: Any, q: Any, view: int, ids: Any, table: Any, words: Any, gains: Any) -> int:
    """Fill the words to look up for a view, each with what a name gains by it."""
    count = 0
    near_words = np.empty(_MOST_SPELLINGS, np.int32)
    near_gain = np.empty(_MOST_SPELLINGS, np.float64)
    for i in range(q.word_ptr[view], q.word_ptr[view + 1]):
        if count >= words.size - _MOST_SPELLINGS - 1:
            break
        local, slot = q.word[i], q.slot_ptr[view] + q.word_slot[i]
        weight = q.slot_weight[slot] * (1.0 - 0.1 * q.word_reading[i])
        if ids[local] >= 0:
            words[count], gains[count] = ids[local], weight
            count += 1
        kind = q.slot_kind[slot]
        letters = table.letters[table.ptr[local] : table.ptr[local + 1]]
        if kind > FIELD or letters.size < 4 or q.word_reading[i] > 1:
            continue
        more = respellings(tables, letters, ids[local], near_words, near_gain)
        for j in range(more):
            words[count], gains[count] = near_words[j], weight * near_gain[j]
            count += 1
    return count


expand: Any = compiled(_expand)


def _collect(tables: Any, words: Any, gains: Any, count: int, gain: Any, touched: Any) -> int:
    """Add up what each view gains, reading the shortest lists first, within the budget."""
    sizes = np.empty(count, np.int64)
    for i in range(count):
        sizes[i] = tables.post_ptr[words[i] + 1] - tables.post_ptr[words[i]]
    order = np.empty(count, np.int64)
    for i in range(count):
        spot = i
        while spot > 0 and sizes[order[spot - 1]] > sizes[i]:
            order[spot] = order[spot - 1]
            spot -= 1
        order[spot] = i
    spent, seen = 0, 0
    for place in range(count):
        i = order[place]
        if spent and spent + sizes[i] > BUDGET:
            break
        first = tables.post_ptr[words[i]]
        last = min(first + HARD_CAP, tables.post_ptr[words[i] + 1])
        for entry in range(first, last):
            view = tables.post[entry]
            if gain[view] == 0.0:
                if seen == touched.size:
                    continue
                touched[seen] = view
                seen += 1
            gain[view] += gains[i]
        spent += last - first
    return seen


collect: Any = compiled(_collect)


def _best(
    tables: Any, packed: Any, sort: int, total: float, gain: Any, touched: Any, seen: int, kept: Any
) -> int:
    """Keep the most promising views that may be compared with this one; reset the gains."""
    scores = np.empty(kept.size, np.float64)
    count = 0
    for place in range(seen):
        view = touched[place]
        promise = gain[view] / (total + 0.6 * tables.view_weight[view])
        gain[view] = 0.0
        if family(sort, packed.sort[view]) < 0:
            continue
        if count == kept.size and promise <= scores[count - 1]:
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


def _view(
    packed: Any, view: int, ids: Any, ptr: Any, letters: Any, known: Any, word_flag: Any
) -> Any:
    """Return a view of a pack as the tuple that `features` takes."""
    first, last = packed.word_ptr[view], packed.word_ptr[view + 1]
    size = last - first
    words = np.empty(size, np.int32)
    begins, ends = np.empty(size, np.int32), np.empty(size, np.int32)
    flags = np.zeros(size, np.uint8)
    for i in range(size):
        local = packed.word[first + i]
        begins[i], ends[i] = ptr[local], ptr[local + 1]
        words[i] = ids[local] if ids.size else local
        if words[i] >= 0:
            flags[i] = word_flag[words[i]]
        if known.size:
            flags[i] |= known[local]
    low, high = packed.slot_ptr[view], packed.slot_ptr[view + 1]
    kinds = packed.slot_kind[low:high]
    rows = (words, packed.word_slot[first:last], packed.word_reading[first:last],
            begins, ends, letters, kinds, flags)  # fmt: skip
    numbers = packed.number[packed.number_ptr[view] : packed.number_ptr[view + 1]]
    text = packed.text[packed.text_ptr[view] : packed.text_ptr[view + 1]]
    return rows, packed.slot_weight[low:high], kinds, numbers, text


view_tuple: Any = compiled(_view)


def _probability(row: Any, weights: Any, verdict: int) -> Any:
    if verdict == 3:
        return 0.01
    total = 0.0
    for i in range(_F):
        total += row[i] * weights[i]
    value = 1.0 / (1.0 + np.exp(-total))
    return min(value, BARE_NUMBER_SCORE) if verdict == BARE_NUMBER else value


probability: Any = compiled(_probability)


def _resolve(tables: Any, hashes: Any) -> Any:
    """Return the vocabulary number of each local word; unknown ones get their own below zero."""
    ids = np.empty(hashes.size, np.int32)
    for i in range(hashes.size):
        ids[i] = word_number(tables, hashes[i])
        if ids[i] < 0:
            ids[i] = -2 - i
    return ids


resolve: Any = compiled(_resolve)


def _reweigh(tables: Any, q: Any, view: int, ids: Any) -> float:
    """Weigh the view's core and field slots by rarity, in place; return the total weight."""
    low, high = q.slot_ptr[view], q.slot_ptr[view + 1]
    total, count = np.zeros(high - low), np.zeros(high - low)
    for i in range(q.word_ptr[view], q.word_ptr[view + 1]):
        if q.word_reading[i] == 0:
            word = ids[q.word[i]]
            total[q.word_slot[i]] += tables.rarity[word] if word >= 0 else 1.0
            count[q.word_slot[i]] += 1
    whole = 0.0
    for s in range(high - low):
        mean = total[s] / max(count[s], 1)
        if q.slot_kind[low + s] == CORE:
            q.slot_weight[low + s] *= 0.4 + 0.7 * mean
        elif q.slot_kind[low + s] == FIELD:
            q.slot_weight[low + s] *= 0.6 + 0.5 * mean
        whole += q.slot_weight[low + s]
    return whole


reweigh: Any = compiled(_reweigh)


def _search(
    tables: Any,
    packed: Any,
    q: Any,
    table: Any,
    hashes: Any,
    known: Any,
    span: Any,
    weights: Any,
    gain: Any,
    touched: Any,
    out: Any,
    scores: Any,
    rows: Any,
    families: Any,
) -> int:
    """Fill views of the index with their scores for the views `span` of the query."""
    ids = resolve(tables, hashes)
    none = np.empty(0, np.int32)
    no_flags = np.empty(0, np.uint8)
    words = np.empty(_MOST_EXPANSIONS, np.int32)
    gains = np.empty(_MOST_EXPANSIONS, np.float64)
    kept = np.empty(KEPT, np.int32)
    near = (tables.near_key, tables.near_value, tables.rarity.size)
    found = 0
    for view in range(span[0], span[1]):
        total = reweigh(tables, q, view, ids)
        count = expand(tables, q, view, ids, table, words, gains)
        seen = collect(tables, words, gains, count, gain, touched)
        count = best(tables, packed, q.sort[view], total, gain, touched, seen, kept)
        mine = view_tuple(q, view, ids, table.ptr, table.letters, known, tables.word_flag)
        rare = np.ones(mine[0][0].size)
        for i in range(rare.size):
            if mine[0][0][i] >= 0:
                rare[i] = tables.rarity[mine[0][0][i]]
        for place in range(count):
            if found == out.size:
                break
            other = kept[place]
            theirs = view_tuple(
                packed, other, none, tables.letter_ptr, tables.letters, no_flags, tables.word_flag
            )
            verdict = features(mine, theirs, near, rare, rows[found])
            group = family(q.sort[view], packed.sort[other])
            out[found] = other
            families[found] = group
            scores[found] = probability(rows[found], weights[group], verdict)
            found += 1
    return found


search: Any = compiled(_search)


def _deletions(ptr: Any, letters: Any, hashes: Any, owners: Any) -> int:
    """Fill the hashes of each word and of the word less each letter; return how many."""
    count = 0
    for word in range(ptr.size - 1):
        row = letters[ptr[word] : ptr[word + 1]]
        if row.size < 4:
            continue
        for skip in range(-1, row.size):
            hashes[count], owners[count] = letters_hash(row, skip), word
            count += 1
    return count


deletions: Any = compiled(_deletions)

__all__ = ["FAMILIES", "GENERIC", "NUMBER", "PARENT", "PLACE", "Tables", "deletions", "search"]
