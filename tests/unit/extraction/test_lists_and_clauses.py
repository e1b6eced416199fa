"""The list a designation names, and the clause to which a Chinese date belongs."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The [Selimia Commerce Office|government_body] added [Beihe Optics|company] "
            "to its entity list.",
            "entity list",
        ),
        ("[塞利姆商务部|government_body]将[北河光学|company]列入实体清单。", "实体清单"),
        ("[塞利姆商务部|government_body]将[北河光学|company]列入出口管制清单。", "出口管制清单"),
    ],
)
def test_a_designation_carries_the_list_in_the_words_of_the_sentence(text: str, name: str) -> None:
    (claim,) = reading.read(text).claims
    assert (claim.predicate, claim.attributes.get("list_name")) == ("designated", name)


def test_a_designation_without_a_list_names_none() -> None:
    (claim,) = reading.read("[蓝天公司|company]去年被[塞利姆|place]制裁。").claims
    assert "list_name" not in claim.attributes


def test_a_date_of_another_clause_is_not_the_date_of_the_tie() -> None:
    found = reading.read(
        "[北河光学|company]是[岚天集团|company]的子公司，"
        "2015年以前一直向[北方舰队|military_unit]供应潜望镜镜片。"
    )
    dates = {c.predicate: (c.valid_from, c.valid_to, c.ended) for c in found.claims}
    assert dates == {"owns": (None, None, False), "supplies": (None, "2015", True)}


def test_a_date_that_opens_the_sentence_is_the_date_of_the_tie() -> None:
    (claim,) = reading.read("2015年，[蓝天公司|company]收购了[北河光学|company]。").claims
    assert claim.valid_from == "2015"


def test_a_trade_before_the_word_for_company_belongs_to_the_name() -> None:
    names = reading.names(reading.read("北河光学向清明定位公司供货。清明定位公司位于塞利姆。"))
    assert "清明定位公司" in names
    assert "清明" not in names


def test_a_deed_before_the_word_for_company_is_no_part_of_a_name() -> None:
    assert "岚天集团收购公司" not in reading.names(reading.read("岚天集团收购公司。"))
