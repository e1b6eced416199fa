from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crosstie.matching import NameIndex
from crosstie.matching.names.lexicon import Lexicon
from crosstie.ontology.errors import InputError, NotFound

ENTITIES = [
    ("nudt", ["National University of Defense Technology"]),
    ("cetc28", ["China Electronics Technology Group Corporation 28th Research Institute"]),
    ("cetc29", ["China Electronics Technology Group Corporation 29th Research Institute"]),
    ("kust", ["Kunming University of Science and Technology", "昆明理工大学"]),
    ("acme", ["Acme Trading Company Limited", "Acme"]),
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex.build(ENTITIES)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("国防科技大学", "nudt"),
        ("NUDT", "nudt"),
        ("中电科29所", "cetc29"),
        ("No. 28 Institute of CETC", "cetc28"),
        ("Kun Ming Li Gong Da Xue", "kust"),
        ("Acme Trading LLC", "acme"),
        ("Acmee Tradng Co", "acme"),
    ],
)
def test_the_organisation_stands_first(index: NameIndex, query: str, found: str) -> None:
    assert index.search(query)[0].id == found


def test_an_absent_sibling_number_finds_nothing_likely(index: NameIndex) -> None:
    assert all(candidate.score < 0.1 for candidate in index.search("中电科30所"))


def test_every_candidate_says_why(index: NameIndex) -> None:
    candidate = index.search("中电科28所")[0]
    assert candidate.score > 0.9
    assert any("28" in reason.text for reason in candidate.reasons)


def test_saving_and_opening_is_identity(index: NameIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "names.index")
    opened = NameIndex.open(tmp_path / "names.index")
    assert opened.fingerprint == index.fingerprint and len(opened) == len(ENTITIES)
    names = ["NUDT", "昆明理工大学", "Acme", "nobody at all"]
    assert opened.search_many(names) == index.search_many(names)


def test_saving_again_replaces_the_old_index(index: NameIndex, tmp_path: Path) -> None:
    NameIndex.build([("x", ["Old Name"])]).save(tmp_path / "i")
    index.save(tmp_path / "i")
    assert len(NameIndex.open(tmp_path / "i")) == len(ENTITIES)
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="build one and save it"):
        NameIndex.open(tmp_path / "absent")


def test_an_index_of_another_lexicon_is_refused(index: NameIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "i")
    own = tmp_path / "own.yaml"
    own.write_text("kind: parent\nwords:\n  极光集团: aurora group\n", encoding="utf-8")
    with pytest.raises(InputError, match="build it again"):
        NameIndex.open(tmp_path / "i", lexicon=Lexicon.load([own]))


def test_an_own_lexicon_teaches_new_words(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("kind: field\nwords:\n  飞艇: zeppelin\n", encoding="utf-8")
    rows = [("z", ["Zeppelin Institute"]), ("y", ["Balloon Institute"])]
    index = NameIndex.build(rows, lexicon=Lexicon.load([own]))
    assert index.search("飞艇研究所")[0].id == "z"


def test_an_empty_index_and_an_empty_name_are_no_error(index: NameIndex) -> None:
    assert NameIndex.build([]).search("anything") == []
    assert index.search("") == []
    assert NameIndex.build([("a", []), ("b", [""])]).search("x") == []


def test_very_long_names_are_cut(index: NameIndex) -> None:
    assert index.search("Acme Trading " + "x" * 100_000) is not None


def test_threads_may_share_an_index(index: NameIndex) -> None:
    names = ["NUDT", "中电科29所", "Acme Trading LLC", "昆明理工大学"] * 20
    alone = index.search_many(names)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(index.search, names))
    assert together == alone


def test_a_digit_of_another_script_is_no_error(index: NameIndex) -> None:
    for digit in "፱²٣೪":
        assert index.search(f"研究{digit}所 {digit} Acme")


def test_progress_is_told() -> None:
    seen: list[int] = []
    NameIndex.build(ENTITIES, progress=seen.append)
    assert seen == [len(ENTITIES)]
