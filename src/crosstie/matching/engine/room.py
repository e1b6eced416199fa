"""Where the compiled loops work and what they fill: arrays that are made once and used again.

They are plain arrays of fixed types, so that the loops are compiled for one type of each.
"""

from typing import Any, NamedTuple

import numpy as np

from crosstie.matching.engine.feature_names import FEATURES

KEPT = 32
"""Candidates per view that are scored in full."""
MOST_EXPANSIONS = 160
"""Words that are looked up for one view."""
MOST_SPELLINGS = 8
"""Words of the index that one word may be another spelling of."""
_MOST_TOUCHED = 400_000
ID, SLOT, READING, FIRST, LAST, FLAGS, SORT = range(7)
"""What is laid out of each word: its number, slot, reading, letters, flags, and slot's kind."""
LIKE, TAKEN, BEST, MIXED = range(4)
"""Of each word: how well it is met, if by itself, by a spelling, and by what only looks alike."""
WEIGHT, KIND, MET, LATER = range(4)
"""Of each slot: its weight, its kind, how well it is met, and by which reading."""
TOTAL, COVERED, OWN_MISSED, OWN_MET, OWN, FUZZ, TYPES, PLACES, COMMON_MISSED, PARENTS, FIELDS = (
    range(11)
)
"""Of each side: sums of weight, and counts of slots that are not met."""


class Desk(NamedTuple):
    """Room for the two views that are compared, `[0]` asked and `[1]` indexed; W words at most.

    `words` (2, 7, W) and `slots` (2, 4, W) hold what is laid out, `signed` (2, W) the words'
    signatures, `sizes` (2, 2) how many words and slots there are; `likes` (2, 4, W) how words are
    met, `sums` (2, 11) what sides add up to, `spare` (2, W) is for sums by slot.
    """

    words: Any
    signed: Any
    slots: Any
    sizes: Any
    likes: Any
    sums: Any
    spare: Any

    @classmethod
    def of(cls, most_words: int) -> "Desk":
        """Make room for views of so many words."""
        return cls(
            np.zeros((2, 7, most_words), np.int32),
            np.zeros((2, most_words), np.uint64),
            np.zeros((2, 4, most_words), np.float64),
            np.zeros((2, 2), np.int64),
            np.zeros((2, 4, most_words), np.float64),
            np.zeros((2, 11), np.float64),
            np.zeros((2, most_words), np.float64),
        )


class Answers(NamedTuple):
    """The likeliest entities of each name asked for, best first: (names, most) each.

    `name` is the entity's name that was met; `alike` tells that its letters are much the same, so
    that the two may be one as written. `count` (names) says how many entities are filled.
    """

    count: Any
    entity: Any
    name: Any
    score: Any
    alike: Any

    @classmethod
    def of(cls, names: int, most: int) -> "Answers":
        """Make room for so many answers to each of the names."""
        shape = (names, most)
        return cls(
            np.zeros(names, np.int32), np.empty(shape, np.int32), np.empty(shape, np.int32),
            np.empty(shape, np.float64), np.empty(shape, np.bool_),
        )  # fmt: skip


class Found(NamedTuple):
    """The views found for the name last asked for: number, score, family, row of features."""

    views: Any
    scores: Any
    families: Any
    rows: Any

    @classmethod
    def of(cls, most: int) -> "Found":
        """Make room for what names of `most` views find."""
        size = KEPT * most
        return cls(
            np.empty(size, np.int32), np.empty(size, np.float64), np.empty(size, np.int32),
            np.empty((size, len(FEATURES)), np.float64),
        )  # fmt: skip


class Room(NamedTuple):
    """Where the loops work: one search at a time may use it.

    `gain` (views of the index) and `marks` (code points) are all zero between searches; `touched`
    holds the views read, `kept` the best of them by `promise`, `words` what to look up, with what
    is gained by it, `order` the order to do so, `best` the entities found.
    """

    gain: Any
    touched: Any
    kept: Any
    promise: Any
    words: Any
    gains: Any
    order: Any
    marks: Any
    best: Any
    best_score: Any

    @classmethod
    def of(cls, views: int, most: int) -> "Room":
        """Make room to search an index of so many views for names of `most` views."""
        return cls(
            gain=np.zeros(views, np.float32),
            touched=np.empty(min(views, _MOST_TOUCHED) + 1, np.int32),
            kept=np.empty(KEPT, np.int32),
            promise=np.empty(KEPT, np.float64),
            words=np.empty(MOST_EXPANSIONS, np.int32),
            gains=np.empty(MOST_EXPANSIONS, np.float64),
            order=np.empty((2, MOST_EXPANSIONS), np.int64),
            marks=np.zeros(1 << 16, np.uint64),
            best=np.empty((3, KEPT * most), np.int32),
            best_score=np.empty(KEPT * most, np.float64),
        )


class Known(NamedTuple):
    """What is worked out once for the words and views of a batch.

    Per word: its `number` in the vocabulary (below zero: not there), `flag`, `sign`, and its
    respellings (`near_count`, `near_word`, `near_gain`). Per view: its `total` weight; per slot:
    its `weight`.
    """

    number: Any
    flag: Any
    sign: Any
    near_count: Any
    near_word: Any
    near_gain: Any
    total: Any
    weight: Any

    @classmethod
    def of(cls, words: int, views: int, slots: int) -> "Known":
        """Make room for a batch."""
        return cls(
            np.empty(words, np.int32), np.empty(words, np.uint8), np.empty(words, np.uint64),
            np.full(words, -1, np.int32), np.empty((words, MOST_SPELLINGS), np.int32),
            np.empty((words, MOST_SPELLINGS), np.float64),
            np.empty(views, np.float64), np.empty(slots, np.float32),
        )  # fmt: skip
