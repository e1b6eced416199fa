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
LIKE, TAKEN, BEST, MIXED, OPEN, WEIGHT, KIND, MET, LATER, SUMS = range(10)
"""Of each word: how well it is met, if by itself, by a spelling, and by what only looks alike, and
whether another spelling may meet it. Of each slot: its weight, its kind, how well it is met, and by
which reading. Then the sums."""
TOTAL, COVERED, OWN_MISSED, OWN_MET, OWN, FUZZ, TYPES, PLACES, COMMON_MISSED, PARENTS, FIELDS = (
    range(11)
)
"""Of each side: sums of weight, and counts of slots that are not met."""
NAMES, NAMES_MET, BODIES_MET = range(11, 14)
"""Of each side: its own words that are not met and that are, and its types that are."""


class Desk(NamedTuple):
    """Room for the two views that are compared, `[0]` asked and `[1]` indexed; W words at most.

    `words` (2, 7, W) holds what is laid out, `signed` (2, W) the words' signatures, `sizes` (2, 2)
    how many words and slots there are; `reals` (2, 10, W) how they are met, and what that adds up
    to; `marks` (code points) where each letter stands in the text asked for.
    """

    words: Any
    signed: Any
    sizes: Any
    reals: Any
    marks: Any

    @classmethod
    def of(cls, most_words: int) -> "Desk":
        """Make room for views of so many words."""
        width = max(most_words, BODIES_MET + 1)
        return cls(
            words=np.zeros((2, 7, width), np.int32),
            signed=np.zeros((2, width), np.uint64),
            sizes=np.zeros((2, 2), np.int64),
            reals=np.zeros((2, 10, width), np.float64),
            marks=np.zeros(1 << 16, np.uint64),
        )


class Answers(NamedTuple):
    """The likeliest entities of each name asked for, best first.

    `count` (names) says how many there are; `entity` (names, 3, most) gives of each its number, the
    name of it that was met, and 1 if its letters are much the same, so that the two may be one as
    written; `score` (names, most) is in [0, 1]. `best` (3, pairs), `value` and `order` are to work
    in.
    """

    best: Any
    value: Any
    order: Any
    count: Any
    entity: Any
    score: Any

    @classmethod
    def of(cls, names: int, most: int, pairs: int) -> "Answers":
        """Make room for so many answers to each of the names; `pairs` are found for one at most."""
        return cls(
            best=np.empty((3, pairs), np.int32),
            value=np.empty(pairs, np.float64),
            order=np.empty(most, np.int32),
            count=np.zeros(names, np.int32),
            entity=np.empty((names, 3, most), np.int32),
            score=np.empty((names, most), np.float64),
        )


class Room(NamedTuple):
    """Where the loops of retrieval work: one search at a time may use it.

    `gain` (views of the index) is all zero between searches; `touched` holds the views read,
    `promise` how promising the best of them are, `words` what to look up for a view, with what is
    gained by it, `order` (2, words) the order to do so, with the sizes of lists.
    """

    gain: Any
    touched: Any
    promise: Any
    words: Any
    gains: Any
    order: Any

    @classmethod
    def of(cls, views: int) -> "Room":
        """Make room to search an index of so many views."""
        return cls(
            gain=np.zeros(views, np.float32),
            touched=np.empty(min(views, _MOST_TOUCHED) + 1, np.int32),
            promise=np.empty(KEPT, np.float64),
            words=np.empty(MOST_EXPANSIONS, np.int32),
            gains=np.empty(MOST_EXPANSIONS, np.float64),
            order=np.empty((2, MOST_EXPANSIONS), np.int64),
        )


class Known(NamedTuple):
    """What is known of each word of a batch.

    Its `number` in the vocabulary (below zero: not there), `flag`, signature `sign`, and the words
    that it may be another spelling of, with their likeness (words, 8); a count below zero: not
    looked for.
    """

    number: Any
    flag: Any
    sign: Any
    near_count: Any
    near_word: Any
    near_gain: Any

    @classmethod
    def of(cls, words: int) -> "Known":
        """Make room for so many words."""
        return cls(
            np.empty(words, np.int32), np.empty(words, np.uint8), np.empty(words, np.uint64),
            np.full(words, -1, np.int32), np.empty((words, MOST_SPELLINGS), np.int32),
            np.empty((words, MOST_SPELLINGS), np.float64),
        )  # fmt: skip


class Kept(NamedTuple):
    """Per view of a batch: the weight of each of its slots, and the views kept for it.

    `weight` (slots), `view` (views, 32), `count` (views).
    """

    weight: Any
    view: Any
    count: Any

    @classmethod
    def of(cls, views: int, slots: int) -> "Kept":
        """Make room for so many views."""
        return cls(np.empty(slots, np.float32), np.empty((views, KEPT), np.int32),
                   np.zeros(views, np.int32))  # fmt: skip


class Found(NamedTuple):
    """The pairs of views that were compared: the indexed one, score, family, row of features."""

    view: Any
    score: Any
    family: Any
    row: Any

    @classmethod
    def of(cls, pairs: int) -> "Found":
        """Make room for so many pairs."""
        return cls(
            np.empty(pairs, np.int32), np.empty(pairs, np.float64), np.empty(pairs, np.int32),
            np.empty((pairs, len(FEATURES)), np.float64),
        )  # fmt: skip
