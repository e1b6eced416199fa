"""The vocabulary of an index and its lists of names, as the compiled loops read them."""

from typing import Any, NamedTuple

import numpy as np

from crosstie.matching.engine.arrays import (
    SLOTS,
    WORDS,
    Letters,
    Packed,
    letters_of,
    make_read_only,
    near_tables,
    rarities,
    weigh,
    word_hash,
)
from crosstie.matching.names.lexicon import Lexicon

SHORTEST_RESPELLED = 4
"""Letters that a word has at least to be found by another spelling."""
_HALF, _WORD, _FIFTH = np.uint64(33), np.uint64(32), np.uint64(63)
_FNV_START, _FNV_PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)


class Tables(NamedTuple):
    """What the loops read about an index beyond its views: its vocabulary and its lists.

    Per word: `rarity` in [0, 1], `flag`, `letter_ptr` and `letters`, `sign`, and the views that
    have it (`post_ptr`, `post`). `hash_*` finds a word by its hash, `deleted_*` by the hash of
    its letters less one; `*_ptr` says where a bucket of hashes begins. Per view: `view_weight`.
    Per name: `entity`.
    """

    rarity: Any
    flag: Any
    letter_ptr: Any
    letters: Any
    sign: Any
    post_ptr: Any
    post: Any
    hash_ptr: Any
    hash: Any
    hash_word: Any
    deleted_ptr: Any
    deleted: Any
    deleted_word: Any
    near_key: Any
    near_value: Any
    view_weight: Any
    entity: Any


def tables_of(
    packed: Packed, vocabulary: dict[str, int], entity: Any, names: int, lexicon: Lexicon
) -> tuple[Packed, Tables]:
    """Return the pack, weighed, and its tables; a word is as rare as `names` names make it.

    `entity` is the number of the entity that each name belongs to.
    """
    words = list(vocabulary)
    size = max(len(words), 1)
    views = np.repeat(np.arange(packed.size, dtype=np.int32), np.diff(packed.views[:, WORDS]))
    post_ptr, post = _postings(packed.word, views, size)
    rarity = rarities(np.diff(post_ptr), names)
    packed = weigh(packed, rarity)
    letters = letters_of(words)
    keys, values, flags = near_tables(vocabulary, np.diff(post_ptr), lexicon)
    hash_ptr, hashes, hash_word = _bucketed(
        np.array([word_hash(word) for word in words], dtype=np.uint64),
        np.arange(len(words), dtype=np.int32),
    )
    deleted_ptr, deleted, deleted_word = _bucketed(*_deletions(letters))
    tables = Tables(
        rarity=rarity, flag=flags, letter_ptr=letters.ptr, letters=letters.letters,
        sign=_signatures(letters), post_ptr=post_ptr, post=post, hash_ptr=hash_ptr, hash=hashes,
        hash_word=hash_word, deleted_ptr=deleted_ptr, deleted=deleted, deleted_word=deleted_word,
        near_key=keys, near_value=values, view_weight=_view_weights(packed),
        entity=np.asarray(entity, dtype=np.int32),
    )  # fmt: skip
    make_read_only((*packed, *tables))
    return packed, tables


def _view_weights(packed: Packed) -> Any:
    totals: Any = np.zeros(0)
    if packed.size:
        totals = np.add.reduceat(packed.weight, packed.views[:-1, SLOTS])
    return np.asarray(totals, dtype=np.float32)


def _postings(word: Any, view: Any, size: int) -> tuple[Any, Any]:
    """Return, for each word, the views that have it, once each."""
    width = int(view[-1]) + 1 if view.size else 1
    key = np.unique(word.astype(np.int64) * width + view)
    counts = np.bincount(key // width, minlength=size)
    ptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return ptr, (key % width).astype(np.int32)


def bucket_of(hashes: Any, buckets: int) -> Any:
    """Return the bucket of each hash: buckets follow each other as the hashes do."""
    return (((hashes >> _WORD) * np.uint64(buckets)) >> _WORD).astype(np.int64)


def _bucketed(hashes: Any, words: Any) -> tuple[Any, Any, Any]:
    """Return where each bucket begins, the hashes sorted, and their words.

    There are as many buckets as hashes, so that a look-up reads one or two places of memory, where
    bisection would read twenty.
    """
    order = np.lexsort((words, hashes))
    hashes, buckets = hashes[order], max(1, len(hashes))
    ptr = np.searchsorted(bucket_of(hashes, buckets), np.arange(buckets + 1))
    return ptr.astype(np.int32), hashes, words[order]


def _deletions(letters: Letters) -> tuple[Any, Any]:
    """Return the hashes of each word and of the word less each letter, and their words.

    Words of one length are hashed together; the hash is that of `spelling.letters_hash`.
    """
    lengths = np.diff(letters.ptr)
    hashes, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for length in range(SHORTEST_RESPELLED, int(lengths.max(initial=0)) + 1):
        words = np.flatnonzero(lengths == length).astype(np.int32)
        rows = letters.letters[letters.ptr[words][:, None] + np.arange(length)]
        for skip in range(-1, length):
            hashes.append(_hashed(np.delete(rows, skip, axis=1) if skip >= 0 else rows))
            owners.append(words)
    return np.concatenate(hashes), np.concatenate(owners)


def _hashed(rows: Any) -> Any:
    value = np.full(len(rows), _FNV_START)
    for column in rows.T.astype(np.uint64):
        value = (value ^ column) * _FNV_PRIME
    value = (value ^ (value >> _HALF)) * _MIXER
    return value ^ (value >> _HALF)


def _signatures(letters: Letters) -> Any:
    """Return the signature of each word, as `spelling.signature` makes it."""
    bits = np.uint64(1) << (letters.letters.astype(np.uint64) & _FIFTH)
    found = np.zeros(len(letters.ptr) - 1, np.uint64)
    lettered = np.flatnonzero(np.diff(letters.ptr))
    if lettered.size:
        found[lettered] = np.bitwise_or.reduceat(bits, letters.ptr[lettered])
    return found
