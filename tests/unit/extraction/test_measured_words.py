"""What a value measures, in the document's words, and of which edition of a report it is."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def figures(marked: str) -> list[tuple[float, str, str | None, str | None]]:
    """Return value, what is measured, as-of (or edition) and due date of each quantity."""
    found = []
    for claim in reading.read(marked).claims:
        if claim.quantity is not None:
            words = claim.attributes.get("measured", claim.quantity.measure)
            dated = claim.quantity.as_of or claim.attributes.get("edition")
            found.append((claim.quantity.value, words, dated, claim.quantity.by))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The shipping revenue of [Hexi Group|company] fell from 41 million yuan in 2012 to"
            " 10.2 million yuan in 2016.",
            [(41.0, "shipping revenue", "2012", None), (10.2, "shipping revenue", "2016", None)],
        ),
        (
            "[Lantian|company] is striving to build about 30 offshore wind farms by 2030.",
            [(30.0, "offshore wind farms", None, "2030")],
        ),
        (
            "[Zhongyuan|place] has signed port agreements with more than 30 countries.",
            [(30.0, "port agreements with countries", None, None)],
        ),
        (
            "[蓝天集团|company]的广告收入从2012年的410亿元下降到2016年的102亿元。",
            [(410.0, "广告收入", "2012", None), (102.0, "广告收入", "2016", None)],
        ),
        (
            "[河西集团|company]力争到2030年建成30台核电机组。",
            [(30.0, "核电机组", None, "2030")],
        ),
        (
            "[北河电力|company]2015年建成风电场12座，2020年增至30座。",
            [(12.0, "风电场", "2015", None), (30.0, "风电场", "2020", None)],
        ),
        (
            "[蓝天公司|company]员工从2015年的1200人增至2020年的3400人。",
            [(1200.0, "员工", "2015", None), (3400.0, "员工", "2020", None)],
        ),
    ],
)
def test_value_says_what_it_measures_and_when(
    text: str, wanted: list[tuple[float, str, str | None, str | None]]
) -> None:
    assert figures(text) == wanted


def test_scores_are_of_the_edition_that_the_article_named_last() -> None:
    text = (
        "[Selim Institute|research_institute] published its Open Ports Index. The 2021 Index ranks"
        " 40 ports. [Norvik|place] scored 71 and [Selimia|place] scored 64."
        " The last ports include [Zhongyuan|place] 12."
    )
    assert figures(text)[1:] == [
        (71.0, "score", "2021", None),
        (64.0, "score", "2021", None),
        (12.0, "score", "2021", None),
    ]
    scored = [c for c in reading.read(text).claims if c.quantity and c.quantity.measure == "score"]
    assert all(c.attributes["edition_of"] == "Open Ports Index" for c in scored)
    assert all(any("2021 Index" in e.quote for e in c.evidence) for c in scored)


def test_value_with_a_date_of_its_own_is_of_no_edition() -> None:
    text = "The 2021 Report was read. [Hexi Group|company] had revenue of 5 million euros in 2015."
    (claim,) = [c for c in reading.read(text).claims if c.quantity]
    assert "edition" not in claim.attributes


def test_parts_of_a_whole_are_told_from_each_other() -> None:
    text = (
        "[Selim Institute|research_institute] looked at ports. Among all 90 ports, 50 were"
        " classified as “open,” and 30 were “closed.”"
    )
    assert [words for _, words, _, _ in figures(text)] == [
        "ports",
        "ports classified as open",
        "ports closed",
    ]


def test_what_is_held_to_be_so_is_no_plan() -> None:
    text = "[Hexi Group|company] operates ports. 59 ports were considered to have free access."
    (claim,) = [c for c in reading.read(text).claims if c.quantity]
    assert claim.modality == "actual"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("[蓝天公司|company]计划到2030年研制300至350颗卫星。", 300.0, 350.0, "颗"),
        ("[蓝天公司|company]雇用9千至1万人。", 0.9, 1.0, "万人"),
        ("[蓝天公司|company]投资2亿-3亿元。", 2.0, 3.0, "亿元"),
        ("[Lantian|company] expects to build between 300 and 350 satellites.", 300.0, 350.0,
         "satellites"),
    ],
)  # fmt: skip
def test_range_is_one_value_with_two_ends(text: str, low: float, high: float, unit: str) -> None:
    (claim,) = [c for c in reading.read(text).claims if c.quantity]
    found = claim.quantity
    assert (found.comparator, found.value, found.upper, found.unit) == ("range", low, high, unit)
    assert not claim.attributes.get("measured", "").startswith("and")


def test_years_before_a_number_are_no_range() -> None:
    (claim,) = [
        c for c in reading.read("[蓝天公司|company]在2015—2020年建成3座工厂。").claims if c.quantity
    ]
    assert (claim.quantity.value, claim.quantity.upper) == (3.0, None)


def test_endless_particles_are_read_in_no_time() -> None:
    text = f"[河西集团|company]的收入{'到至为是有了从的达约近' * 60}2016年的{'的' * 200}102亿元。"
    assert [value for value, *_ in figures(text)] == [102.0]
