"""Names as flat arrays: their views, slots, words and letters, ready for the compiled loops."""

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.views import SLOT_KINDS, View

_KIND = {kind: number for number, kind in enumerate(SLOT_KINDS)}
_COMMON = {"core": (0.4, 0.7), "field": (0.6, 0.5)}
"""The share of its weight that a slot keeps however common, and the share that rarity adds."""


class Packed(NamedTuple):
    """Views of many names, end to end; `owner` is the number of the name that a view belongs to.

    `*_ptr` arrays say where each view's words, slots, numbers and letters begin.
    """

    sort: Any
    owner: Any
    word_ptr: Any
    word: Any
    word_slot: Any
    word_reading: Any
    slot_ptr: Any
    slot_weight: Any
    slot_kind: Any
    number_ptr: Any
    number: Any
    text_ptr: Any
    text: Any


class Letters(NamedTuple):
    """The letters of each word of a vocabulary, end to end."""

    ptr: Any
    letters: Any


_TYPES = "BiiiBBifBiiiH"


def pack(rows: Iterable[tuple[int, Sequence[View]]], vocabulary: dict[str, int]) -> Packed:
    """Flatten the views of names; words get the numbers that the vocabulary gives or takes in."""
    columns = [array(code) for code in _TYPES]
    for pointer in (2, 6, 9, 11):
        columns[pointer].append(0)
    for owner, views in rows:
        for view in views:
            _pack_view(columns, owner, view, vocabulary)
    return Packed(*(np.array(column, dtype=column.typecode) for column in columns))


def _pack_view(columns: list["array[Any]"], owner: int, view: View, ids: dict[str, int]) -> None:
    (sort, own, word_ptr, word, word_slot, word_reading, slot_ptr, weight, kind, number_ptr,
     number, text_ptr, text) = columns  # fmt: skip
    sort.append(view.sort)
    own.append(owner)
    for place, slot in enumerate(view.slots):
        for which, reading in enumerate(slot.readings):
            for concept in reading:
                word.append(ids.setdefault(concept, len(ids)))
                word_slot.append(place)
                word_reading.append(which)
        weight.append(slot.weight)
        kind.append(_KIND[slot.kind])
    word_ptr.append(len(word))
    slot_ptr.append(len(weight))
    number.extend(view.numbers)
    number_ptr.append(len(number))
    text.extend(ord(letter) & 0xFFFF for letter in view.text[:64])
    text_ptr.append(len(text))


def joined(parts: Sequence[Packed]) -> Packed:
    """Lay packs end to end."""
    columns = []
    for place, name in enumerate(Packed._fields):
        pieces = [part[place] for part in parts]
        if name.endswith("_ptr"):
            offsets = np.cumsum([0, *(int(piece[-1]) for piece in pieces[:-1])])
            shifted = [p[1:] + o for p, o in zip(pieces, offsets, strict=True)]
            pieces = [pieces[0][:1], *shifted]
        columns.append(np.concatenate(pieces).astype(pieces[0].dtype))
    return Packed(*columns)


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
            letters.extend(ord(letter) & 0xFFFF for letter in sounds_of(word[:32]))
        ptr.append(len(letters))
    return Letters(np.array(ptr, dtype=np.int32), np.array(letters, dtype=np.uint16))


@lru_cache(1 << 16)
def word_hash(word: str) -> int:
    """Return the same 64-bit hash of a word in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


NEAR, KNOWN, SCHOOL = 1, 2, 4
"""Flags of a word: it has near words; it is a word of its own and no slip for another; it is a
school's type."""
_SCHOOLS = frozenset({"university", "college"})
"""Types whose field of study names another body: a city has many, each of its own field."""
_ORDINARY = 40
"""Names that have a word before it counts as known, though the lexicon does not hold it."""


def known_words(words: Iterable[str], lexicon: Lexicon) -> Any:
    """Return the flags KNOWN and SCHOOL of each word, by the lexicon."""
    flags = [KNOWN * lexicon.knows(word) | SCHOOL * (word in _SCHOOLS) for word in words]
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
    views = np.repeat(np.arange(len(packed.sort)), np.diff(packed.word_ptr))
    slot_of = packed.slot_ptr[views] + packed.word_slot
    first = packed.word_reading == 0
    total = np.bincount(slot_of[first], rarity[packed.word[first]], len(packed.slot_kind))
    count = np.bincount(slot_of[first], minlength=len(packed.slot_kind))
    mean = total / np.maximum(count, 1)
    weight = packed.slot_weight.astype(np.float64)
    for kind, (kept, added) in _COMMON.items():
        chosen = packed.slot_kind == _KIND[kind]
        weight[chosen] *= kept + added * mean[chosen]
    return packed._replace(slot_weight=weight.astype(np.float32))
