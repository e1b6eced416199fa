import pytest

from crosstie.matching.names.groups import with_groups
from crosstie.matching.names.lexicon import default_lexicon
from crosstie.matching.names.mending import dotted_words, mended
from crosstie.matching.names.words import words_of
from crosstie.matching.names.written import name_only


def _meant(name: str) -> str:
    return " ".join(mended(words_of(name), dotted_words(name), default_lexicon())[0])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Yunmen Polytech. Univ.", "yunmen polytechnic univ"),
        ("Beijing Inst Aeronaut Mat", "beijing inst aviation material"),
        ("Nan jing Universty", "nanjing university"),
        ("Techno1ogy lnstitute", "technology institute"),
        ("Chinese Acaderny", "chinese academy"),
    ],
)
def test_words_are_read_as_they_were_meant(written: str, meant: str) -> None:
    assert _meant(written) == meant


@pytest.mark.parametrize(
    "name",
    ["Liberia Trading", "Parsian Bank", "Cosmology Institute", "Jinlong Co", "Waste Water Works"],
)
def test_words_of_their_own_stay(name: str) -> None:
    assert _meant(name) == " ".join(words_of(name))


def test_an_abbreviation_may_mean_several_things() -> None:
    _, others = mended(words_of("Elect. Works"), frozenset({"elect"}), default_lexicon())
    assert others == {"electronics": ("electric",)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Beihang University, No. 37 Xueyuan Road, Beijing", "Beihang University"),
        ("北京理工大学，北京市海淀区中关村南大街5号", "北京理工大学"),
        ("Zhejiang University - Hangzhou, China", "Zhejiang University"),
        ("Acme GmbH | www.acme.example", "Acme GmbH"),
        ("Acme <info@acme.example>", "Acme"),
        ("Technology, Harbin Institute of", "Harbin Institute of Technology"),
        ("Main Street 1095", "Main Street 1095"),
        ("Crymsa - Argentina, S.A.", "Crymsa - Argentina, S.A."),
        ("University of Technology, Beijing", "University of Technology, Beijing"),
        ("", ""),
    ],
)
def test_an_address_is_no_part_of_a_name(text: str, name: str) -> None:
    assert name_only(text) == name


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("China North Industry Group", {"norinco"}),
        ("China Electronic Technologies Group Co 28th Institute", {"cetc"}),
        ("China Electronics Technology HIK Group", {"cetc"}),
        ("Beijing University of Technology", set()),
        ("Beijing University", {"peking university"}),
        ("China Electronics Trading", set()),
    ],
)
def test_groups_are_known_however_loosely_they_are_written(name: str, groups: set[str]) -> None:
    assert set(with_groups(words_of(name), default_lexicon()).written) == groups
