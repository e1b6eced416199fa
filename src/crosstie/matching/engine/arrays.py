"""Names as flat arrays: their views, slots, words and letters, ready for the compiled loops."""

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from crosstie.matching.engine.feature_names import HALF_SCHOOL, KNOWN, NEAR, SCHOOL
from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.views import SLOT_KINDS, View

_KIND = {kind: number for number, kind in enumerate(SLOT_KINDS)}
_COMMON = {"core": (0.4, 0.7), "field": (0.6, 0.5)}
"""The share of its weight that a slot keeps however common, and the share that rarity adds."""


WORDS, SLOTS, NUMBERS, TEXT, SORT, OWNER = range(6)
"""What the table of views tells of each: where its words, slots, numbers and letters begin, what
sort of view it is, and the number of the name that it belongs to."""


class Packed(NamedTuple):
    """Views of many names, end to end.

    `views` (views + 1, 6) says where the parts of each view begin, which is where those of the
    view before end. Per word: its number `word`, and its `place`: slot and reading (words, 2). Per
    slot: `weight` and `kind`. Then come the `number`s and the letters of the `text`s.
    """

    views: Any
    word: Any
    place: Any
    weight: Any
    kind: Any
    number: Any
    text: Any

    @property
    def owner(self) -> Any:
        """Return the number of the name that each view belongs to."""
        return self.views[:-1, OWNER]

    def renumbered(self, words: Any, first_owner: int) -> "Packed":
        """Return the pack with words numbered by a vocabulary and owners from the first owner on.

        `words` is the number of each of the pack's own words there.
        """
        views = self.views.copy()
        views[:-1, OWNER] += first_owner
        return self._replace(views=views, word=words[self.word])

    @property
    def size(self) -> int:
        """Return how many views there are."""
        return len(self.views) - 1

    @property
    def widest(self) -> int:
        """Return the most words or slots that a view has."""
        if not self.size:
            return 0
        return int(np.diff(self.views[:, [WORDS, SLOTS]], axis=0).max())


class Letters(NamedTuple):
    """The letters of each word of a vocabulary, end to end."""

    ptr: Any
    letters: Any


_TYPES = "iiBfBiH"
_LONGEST_TEXT = 64
"""Letters of a view's text that are kept, as many as a machine word has bits."""


def pack(rows: Iterable[tuple[int, Sequence[View]]], vocabulary: dict[str, int]) -> Packed:
    """Flatten the views of names; words get the numbers that the vocabulary gives or takes in."""
    columns = [array(code) for code in _TYPES]
    for owner, views in rows:
        for view in views:
            _pack_view(columns, owner, view, vocabulary)
    columns[0].extend((*_ends(columns), 0, 0))
    found = Packed(*(np.array(column, dtype=column.typecode) for column in columns))
    found = found._replace(views=found.views.reshape(-1, 6), place=found.place.reshape(-1, 2))
    make_read_only(found)
    return found


def _ends(columns: list["array[Any]"]) -> tuple[int, int, int, int]:
    _, word, _, weight, _, number, text = columns
    return len(word), len(weight), len(number), len(text)


def _pack_view(columns: list["array[Any]"], owner: int, view: View, ids: dict[str, int]) -> None:
    views, word, places, weight, kind, number, text = columns
    views.extend((*_ends(columns), view.sort, owner))
    for place, slot in enumerate(view.slots):
        for which, reading in enumerate(slot.readings):
            for concept in reading:
                word.append(ids.setdefault(concept, len(ids)))
                places.extend((place, which))
        weight.append(slot.weight)
        kind.append(_KIND[slot.kind])
    number.extend(view.numbers)
    text.extend(_codes(view.text[:_LONGEST_TEXT]))


def _codes(text: str) -> Iterable[int]:
    """Return the code points of a text, in 16 bits each."""
    return text.encode() if text.isascii() else [ord(letter) & 0xFFFF for letter in text]


def make_read_only(arrays: Iterable[Any]) -> None:
    """Mark arrays as read-only: one type for the compiled loops, mapped or not."""
    for values in arrays:
        values.flags.writeable = False


def joined(parts: Sequence[Packed]) -> Packed:
    """Lay packs end to end."""
    ends = np.cumsum([part.views[-1] for part in parts], axis=0)
    starts = np.concatenate([np.zeros((1, 6), ends.dtype), ends[:-1]])
    starts[:, [SORT, OWNER]] = 0
    rows = [part.views[:-1] + start for part, start in zip(parts, starts, strict=True)]
    last = np.concatenate([ends[-1, :SORT], [0, 0]])[None]
    views = np.concatenate([*rows, last]).astype(np.int32)
    columns = [np.concatenate(column) for column in zip(*(p[1:] for p in parts), strict=True)]
    return Packed(views, *columns)


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("gh", "g"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("yy", "i"), ("iy", "i"), ("ij", "i"), ("ia", "ya"), ("iu", "yu"),
)  # fmt: skip
_ADJECTIVE = re.compile(r"(?<=\w{4})(?:sk(?:iy|ii|y|i|aya|oe|oye|ogo|oi|oy|om|ie|iye))$")
"""Endings that make a Slavic place an adjective: Muromskiy zavod is the plant of Murom."""
_ALIKE = str.maketrans({"c": "k", "q": "k", "w": "v", "y": "i", "j": "i", "z": "s"})


@lru_cache(1 << 16)
def sounds_of(word: str) -> str:
    """Return a word's letters with the spellings of one sound folded: galactica, galaktika."""
    if not word.isascii():
        return word
    word = _ADJECTIVE.sub("", word)
    for spelling, sound in _SOUNDS:
        if spelling in word:
            word = word.replace(spelling, sound)
    folded = word.translate(_ALIKE)
    return "".join(a for a, b in zip(folded, " " + folded, strict=False) if a != b)


def letters_of(words: Sequence[str]) -> Letters:
    """Return the letters of each word; marks of pinyin pairs and short forms match whole only."""
    ptr = array("i", [0])
    letters = array("H")
    for word in words:
        if word[0] not in "~^":
            letters.extend(_codes(sounds_of(word[:32])))
        ptr.append(len(letters))
    return Letters(np.array(ptr, dtype=np.int32), np.array(letters, dtype=np.uint16))


@lru_cache(1 << 16)
def word_hash(word: str) -> int:
    """Return the same 64-bit hash of a word in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


_SCHOOLS = frozenset({"university", "college"})
"""Types whose field of study names another body: a city has many, each of its own field."""
_HALF_SCHOOLS = frozenset({"institute", "technology"})
"""Words that are a school's type together, though not alone."""
_ORDINARY = 40
"""Names that have a word before it counts as known, though the lexicon does not hold it."""


def known_words(words: Iterable[str], lexicon: Lexicon) -> Any:
    """Return the flags KNOWN, SCHOOL and HALF_SCHOOL of each word, by the lexicon."""
    flags = [
        KNOWN * lexicon.knows(word)
        | SCHOOL * (word in _SCHOOLS)
        | HALF_SCHOOL * (word in _HALF_SCHOOLS)
        for word in words
    ]
    return np.array(flags, dtype=np.uint8)


def near_tables(ids: dict[str, int], frequency: Any, lexicon: Lexicon) -> tuple[Any, Any, Any]:
    """Return sorted keys (first · size + second) of near words in the vocabulary, values, flags."""
    size = max(len(ids), 1)
    pairs = sorted(
        (ids[first] * size + ids[second], value)
        for (first, second), value in lexicon.near.items()
        if first in ids and second in ids
    )
    flags = np.zeros(size, np.uint8)
    flags[: len(ids)] = known_words(ids, lexicon)
    flags[frequency >= _ORDINARY] |= KNOWN
    for key, _ in pairs:
        flags[key // size] |= NEAR
    keys = np.array([key for key, _ in pairs], dtype=np.int64)
    return keys, np.array([value for _, value in pairs], dtype=np.float32), flags


def rarities(frequency: Any, names: int) -> Any:
    """Return how rare each word is, in [0, 1]: 1 for a word that no name has."""
    return (np.log((names + 2.0) / (frequency + 1.0)) / np.log(names + 2.0)).astype(np.float32)


def weigh(packed: Packed, rarity: Any) -> Packed:
    """Return the pack with core and field slots weighed by how rare their first reading is."""
    if not packed.word.size:
        return packed
    views = np.repeat(np.arange(packed.size), np.diff(packed.views[:, WORDS]))
    slot_of = packed.views[views, SLOTS] + packed.place[:, 0]
    first = packed.place[:, 1] == 0
    total = np.bincount(slot_of[first], rarity[packed.word[first]], len(packed.kind))
    count = np.bincount(slot_of[first], minlength=len(packed.kind))
    mean = total / np.maximum(count, 1)
    weight = packed.weight.astype(np.float64)
    for kind, (kept, added) in _COMMON.items():
        chosen = packed.kind == _KIND[kind]
        weight[chosen] *= kept + added * mean[chosen]
    return packed._replace(weight=weight.astype(np.float32))
