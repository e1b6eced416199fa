from pathlib import Path

import pytest

from crosstie.matching.names.han import pieces_of, readings_of
from crosstie.matching.names.lexicon import Lexicon, default_lexicon
from crosstie.matching.names.pinyin import split_word, spoken_numbers, syllables_of
from crosstie.ontology.errors import DataFileError


def _readings(name: str) -> list[str]:
    lexicon = default_lexicon()
    return [" ".join(readings_of(*piece)[0]) for piece in pieces_of(name, lexicon)]


def test_han_names_are_read_part_by_part() -> None:
    assert _readings("湘潭大学") == ["xiangtan", "university"]
    assert _readings("沈阳航达机载设备")[:2] == ["shenyang", "hangda"]


def test_a_short_form_gives_way_to_the_full_name() -> None:
    pieces = [piece for piece, _ in pieces_of("西电", default_lexicon())]
    assert "".join(pieces) == "西安电子科技大学"


def test_pinyin_is_cut_into_syllables() -> None:
    assert split_word("dianzikeji") == ("dian", "zi", "ke", "ji")
    assert split_word("hello") == ()
    assert syllables_of("重庆长春") == ["chong", "qing", "chang", "chun"]
    assert spoken_numbers(["di", "wu", "shi", "wu", "yan"]) == [55]


def test_spellings_in_other_languages_are_one_concept() -> None:
    lexicon = default_lexicon()
    assert lexicon.concepts(["mashinostroitelny", "zavod"]) == ["machine", "plant"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: nonsense\nwords:\n  a: b\n", "own.yaml:1"),
        ("kind: type\nwords:\n  acme:\n", "own.yaml:3"),
        ("kind: type\nwords:\n  acme: ' , x'\n", "own.yaml:3"),
        ("- a\n", "expected a mapping"),
    ],
)
def test_a_mistake_in_a_lexicon_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        Lexicon.load([own])
