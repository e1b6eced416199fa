"""The loops against plain Python, and names that nobody would call an organisation."""

import random

import numpy as np
import pytest
from rapidfuzz.distance import OSA, LCSseq

from crosstie.matching import NameIndex
from crosstie.matching.engine.arrays import letters_of, pack
from crosstie.matching.engine.tables import tables_of
from crosstie.matching.names.lexicon import default_lexicon
from crosstie.matching.names.views import views_of

ENTITIES = [
    ("nudt", ["National University of Defense Technology"]),
    ("acme", ["Acme Trading Company Limited", "Acme"]),
]


def _words(dice: random.Random, count: int) -> list[str]:
    return ["".join(dice.choices("abcde", k=dice.randrange(1, 20))) for _ in range(count)]


def test_edits_are_those_of_a_plain_table() -> None:
    from crosstie.matching.engine.spelling import _bits, _edits, _signature

    dice = random.Random(1)
    with np.errstate(over="ignore"):
        for a, b in zip(_words(dice, 60), _words(dice, 60), strict=True):
            letters, first, second = _codes(a + b), len(a), len(a + b)
            edits = _edits(letters, 0, first, letters, first, second)
            assert edits == OSA.distance(a, b)
            one, two = _signature(letters, 0, first), _signature(letters, first, second)
            assert max(_bits(one & ~two), _bits(two & ~one)) <= edits


def test_common_letters_are_those_of_a_plain_table() -> None:
    from crosstie.matching.engine.search import _common_ratio, _mark

    dice = random.Random(2)
    with np.errstate(over="ignore"):
        for a, b in zip(_words(dice, 40), _words(dice, 40), strict=True):
            marks = np.zeros(1 << 16, np.uint64)
            _mark(marks, _codes(a), 0, len(a))
            ratio = _common_ratio(marks, len(a), _codes(b), 0, len(b))
            assert ratio == pytest.approx(2 * LCSseq.similarity(a, b) / (len(a) + len(b)))


def _codes(text: str) -> np.ndarray:
    return np.array([ord(letter) for letter in text], np.uint16)


def test_words_are_found_by_the_hash_that_the_loops_make() -> None:
    from crosstie.matching.engine.lookup import _first_place
    from crosstie.matching.engine.spelling import _letters_hash, _signature

    names = ["Galaktika Research Institute", "国防科技大学", "Acme Trading Company"]
    vocabulary: dict[str, int] = {}
    packed = pack([(n, views_of(name, default_lexicon())) for n, name in enumerate(names)],
                  vocabulary)  # fmt: skip
    packed, tables = tables_of(packed, vocabulary, [0, 1, 2], 20_000, default_lexicon())
    letters = letters_of(list(vocabulary))
    with np.errstate(over="ignore"):
        for word in range(len(vocabulary)):
            first, last = letters.ptr[word], letters.ptr[word + 1]
            assert tables.sign[word] == _signature(letters.letters, first, last)
            for skip in range(-1, last - first) if last - first > 3 else ():
                wanted = _letters_hash(letters.letters, first, last, skip)
                place = _first_place(tables.deleted_ptr, tables.deleted, wanted)
                same = slice(place, int(np.searchsorted(tables.deleted, wanted, side="right")))
                assert word in tables.deleted_word[same]


@pytest.mark.parametrize("name", ["...", "()", "—", "，。", "\u200b", "%$#@!", " \t\n", "'\"", "/"])
def test_a_name_of_punctuation_means_nobody(name: str) -> None:
    index = NameIndex.build([*ENTITIES, ("odd", [name])])
    assert index.search("Acme")[0].id == "acme"
    assert all(candidate.score == 1.0 for candidate in index.search(name))


@pytest.mark.parametrize("piece", ["a", "国", "institute of technology ", "中国科学院", "1 ", "."])
def test_a_name_of_a_hundred_thousand_characters_is_searched_and_indexed(piece: str) -> None:
    name = (piece * 100_000)[:100_000]
    index = NameIndex.build([*ENTITIES, ("long", [name])])
    assert index.search("Acme")[0].id == "acme"
    assert all(0 <= candidate.score <= 1 for candidate in index.search(name))


def test_ten_thousand_names_of_one_organisation_are_one_candidate() -> None:
    names = [f"Aurora Plant {number} of Place" for number in range(10_000)]
    index = NameIndex.build([*ENTITIES, ("aurora", names)])
    found = index.search("Aurora Plant 77 of Place")
    assert [candidate.id for candidate in found].count("aurora") == 1
    assert (found[0].id, found[0].matched_name) == ("aurora", "Aurora Plant 77 of Place")


def test_one_by_one_and_in_batches_is_the_same() -> None:
    index = NameIndex.build(ENTITIES)
    names = ["NUDT", "", "Acme", "...", "Acmee Tradng", "国防科技大学"] * 60
    assert index.search_many(names) == [index.search(name) for name in names]
    assert index.search_many([]) == []


def test_the_limit_is_kept() -> None:
    index = NameIndex.build((f"e{n}", [f"Aurora Works {chr(65 + n)}"]) for n in range(20))
    best = index.search("Aurora Works", 20)
    assert len(best) > 5
    assert index.search("Aurora Works", 3) == best[:3]
    assert index.search("Aurora Works", 0) == []
