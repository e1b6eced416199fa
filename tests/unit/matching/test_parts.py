from crosstie.matching import compare
from crosstie.matching.names import parts_of


def test_a_chinese_name_falls_into_parts_with_an_english_reading() -> None:
    parts = parts_of("中电科28所")
    assert parts.script == "Han"
    assert parts.parent == ("中电科",) and parts.numbers == (28,) and parts.type == ("所",)
    assert parts.english == "cetc 28 institute"


def test_an_english_name_falls_into_parts() -> None:
    parts = parts_of("Shenyang Hangda Airborne Equipment Co., Ltd.")
    assert parts.place == ("shenyang",) and "hangda" in parts.core
    assert parts.legal_form == ("ltd",)


def test_a_han_legal_form_is_set_aside() -> None:
    parts = parts_of("沈阳航达机载设备有限公司")
    assert parts.legal_form == ("有限公司",) and parts.core == ("航达",)
    assert parts.english == "shenyang hangda airborne equipment"


def test_an_empty_name_has_no_parts() -> None:
    assert parts_of("").core == ()


def test_a_cut_name_is_said_to_be_cut() -> None:
    codes = [reason.code for reason in compare("Acme " * 200, "Acme Works").reasons]
    assert "name_cut" in codes
