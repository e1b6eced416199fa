import pytest

from crosstie.text.ordinals import (
    han_number,
    han_ordinals_as_digits,
    number_of,
    roman_number,
    words_with_digits,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十八", 28),
        ("七〇五", 705),
        ("一百零三", 103),
        ("十", 10),
        ("二〇二", 202),
        ("三峡", None),
    ],
)
def test_han_numerals_are_read(text: str, value: int | None) -> None:
    assert han_number(text) == value


def test_counted_han_numbers_become_digits_and_names_stay() -> None:
    assert "".join(han_ordinals_as_digits("第二十八研究所").split()) == "28研究所"
    assert "".join(han_ordinals_as_digits("航天五院").split()) == "航天5院"
    assert han_ordinals_as_digits("三峡大学") == "三峡大学"
    assert han_ordinals_as_digits("中央统一战线工作部") == "中央统一战线工作部"


@pytest.mark.parametrize("spelling", ["28", "28th", "028", "xxviii"])
def test_spellings_of_one_number_agree(spelling: str) -> None:
    assert number_of(spelling) == 28


def test_written_out_numbers_become_digits() -> None:
    assert words_with_digits(["twenty", "eighth", "institute"]) == ["28", "institute"]
    assert words_with_digits(["second", "academy"]) == ["2", "academy"]


def test_pinyin_and_plain_letters_are_no_roman_numbers() -> None:
    assert roman_number("xi") is None
    assert roman_number("v") is None
    assert roman_number("xix") == 19
    assert words_with_digits(["one", "vi", "mix"]) == ["one", "vi", "mix"]
