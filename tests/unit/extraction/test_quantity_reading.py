"""Numbers with their units, owners and dates; figures that contradict each other."""

import importlib.util
from pathlib import Path

import pytest

from crosstie.extraction.checks import PAIR_CONTRADICTS, PARTS_DO_NOT_SUM
from crosstie.ontology.records import Claim
from crosstie.text.currencies import currency_code, same_rate
from crosstie.text.numbers import read_number, scale_of

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def measured(text: str) -> list[Claim]:
    return [claim for claim in reading.read(text).claims if claim.quantity is not None]


def values(text: str) -> list[tuple[str, float, str]]:
    return [
        (c.quantity.comparator, c.quantity.value, c.quantity.unit)
        for c in measured(text)
        if c.quantity is not None
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,200", 1200.0), ("3.5", 3.5), ("forty", 40.0), ("twenty-seven", 27.0),
        ("三十七", 37.0), ("十", 10.0), ("两百", 200.0), ("none", None),
    ],
)  # fmt: skip
def test_number_is_read_in_figures_and_words(written: str, value: float | None) -> None:
    assert read_number(written) == value


def test_scale_stands_in_the_unit() -> None:
    assert [scale_of(unit) for unit in ("billion yuan", "亿元", "countries")] == [1e9, 1e8, 1.0]


def test_currency_is_told_by_sign_or_word() -> None:
    assert [currency_code(w) for w in ("US$", "A$", "yuan", "美元", "apples")] == [
        "USD", "AUD", "CNY", "USD", None,
    ]  # fmt: skip


def test_rates_of_two_days_are_one_rate_and_tenfold_ones_are_not() -> None:
    assert same_rate(6.7, 7.1)
    assert not same_rate(0.68, 6.8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Hexi Group|company] had revenue of $251 million.", ("=", 251.0, "million USD")),
        ("[Hexi Group|company] has more than 40 plants.", (">", 40.0, "plants")),
        ("[Hexi Group|company] has about 10,000 employees.", ("~", 10000.0, "employees")),
        ("[Hexi Group|company] holds 29 percent of it.", ("=", 29.0, "%")),
        ("[Hexi Group|company] won a 30-year franchise.", ("=", 30.0, "years")),
        ("河西集团收入超过2660亿元。", (">", 2660.0, "亿元")),
        ("[云门大学|university]有三十余家合作单位。", (">", 30.0, "家")),
    ],
)
def test_quantity_has_value_unit_and_comparator(
    text: str, expected: tuple[str, float, str]
) -> None:
    assert expected in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "[Hexi Group|company] was founded on 9 September 1999.",
        "[Hexi Group|company] moved in 2015.",
        "Under § 744.11 and Section 9, [Hexi Group|company] was fined.",
        "The two companies met [Hexi Group|company].",
        "[云门大学|university]成立于2016年4月12日。",
    ],
)
def test_dates_codes_and_references_are_no_quantities(text: str) -> None:
    assert values(text) == []


def test_list_of_names_and_scores_gives_each_its_own() -> None:
    text = "They include [Selimia|place] 62, [Zhongyuan|place] 61, and [Norvik|place] 51."
    extraction = reading.read(text)
    quotes = {m.id: m.quote for m in extraction.mentions}
    found = {quotes[c.subject]: c.quantity.value for c in measured(text) if c.quantity}
    assert found == {"Selimia": 62.0, "Zhongyuan": 61.0, "Norvik": 51.0}


def test_currency_pair_that_contradicts_the_other_rates_is_flagged() -> None:
    text = (
        "The revenue of [Hexi Group|company] fell from 41 billion yuan (US$60.6 billion) to "
        "10.2 billion yuan (US$1.5 billion). It received 350 million yuan (US$52 million)."
    )
    flagged = [
        c.quantity.value for c in measured(text) if PAIR_CONTRADICTS in c.flags and c.quantity
    ]
    assert flagged == [41.0]


def test_pairs_that_agree_are_not_flagged() -> None:
    text = (
        "[Hexi Group|company] paid 67 million yuan (US$10 million) and "
        "got 134 million yuan (US$20 million)."
    )
    assert all(not claim.flags for claim in measured(text))


def test_parts_that_do_not_sum_are_flagged() -> None:
    text = "In [Selimia|place], of all 195 towns, 86 were free, 59 were rich and 40 were neither."
    flagged = [c.quantity for c in measured(text) if PARTS_DO_NOT_SUM in c.flags]
    assert {quantity.value for quantity in flagged if quantity} == {195.0, 86.0, 59.0, 40.0}


def test_parts_that_sum_are_not_flagged() -> None:
    text = "In [Selimia|place], of all 185 towns, 86 were free, 59 were rich and 40 were neither."
    assert all(PARTS_DO_NOT_SUM not in claim.flags for claim in measured(text))
