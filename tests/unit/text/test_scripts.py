import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.text.scripts import fold, han_share, has_han


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("國防科技大學", "国防科技大学"),
        ("電気通信大学", "电气通信大学"),
        ("Ａｃｍｅ　Ｃｏ．", "acme co."),
        ("Xi’an  –  Modern", "xi'an - modern"),
        ("研究所", "研究所"),
        ("Zürich", "zürich"),
    ],
)
def test_spellings_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_zero_width_characters_vanish() -> None:
    assert fold("Hua\u200bwei\ufeff") == "huawei"


def test_han_share_counts_letters_and_digits_only() -> None:
    assert han_share("第28所!!") == 0.5
    assert han_share("") == 0.0
    assert has_han("AVIC 中航") and not has_han("ひらがな abc")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
