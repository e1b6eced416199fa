"""A name that gives its whole: found, and answered as a possible match only."""

import pytest

from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD, NameIndex
from crosstie.matching.names.wholes import whole_of


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("School of Law, Yunmen University", "Yunmen University"),
        ("Yunmen Univ., Dept. of Physics, 7 Lake Road, Yunmen", "Yunmen Univ."),
        ("Yunmen Polytechnical Univ, Yunmen 710072", "Yunmen Polytechnical Univ"),
        ("云门航空航天大学宇航学院", "云门航空航天大学"),
    ],
)
def test_a_name_may_give_its_whole(name: str, whole: str) -> None:
    assert whole_of(name) == whole


@pytest.mark.parametrize(
    "name",
    [
        "Yunmen University",
        "Yunmen Trading Co., Ltd.",
        "Technology, Yunmen Institute of",
        "Institute of Technology, Yunmen",
        "云门大学",
        "云门大学附属医院",
        "",
        ", , ,",
    ],
)
def test_a_name_without_a_part_has_no_whole(name: str) -> None:
    assert whole_of(name) is None


def test_the_whole_is_a_possible_match_and_says_why() -> None:
    index = NameIndex.build([("u", ["Yunmen University"]), ("a", ["Acme Works"])])
    asked = "School of Marine Law, Yunmen University"
    assert all(c.score < DEFAULT_THRESHOLD for c in index.search(asked))
    [[found, *_], [exact, *_]] = index.search_many([asked, "Acme Works"], wholes=True)
    assert (found.id, exact.id, exact.score) == ("u", "a", 1.0)
    assert DEFAULT_THRESHOLD <= found.score < SURE_THRESHOLD
    assert found.reasons[0].code == "part_of_the_other"


def test_a_part_that_is_listed_itself_stands_before_its_whole() -> None:
    asked = "State Key Laboratory of Tides, Yunmen University"
    index = NameIndex.build([("u", ["Yunmen University"]), ("l", [asked])])
    [found] = index.search_many([asked], wholes=True)
    assert [candidate.id for candidate in found[:2]] == ["l", "u"]
