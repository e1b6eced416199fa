"""A part of an organisation is told from the organisation by its name."""

import pytest

from crosstie.matching.names import core_name
from crosstie.resolution.hierarchy import is_part, numbered_differently


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("CASC 9th Academy 13th Research Institute", "CASC"),
        ("13th Research Institute, 9th Academy, Hexi Group", "Hexi Group"),
        ("Institute of Fluid Physics of the Northern Academy", "Northern Academy"),
        ("Lantian Concern Main Design Bureau", "Lantian"),
        ("北京大学深圳研究生院", "北京大学"),
        ("中国航天科技集团公司第九研究院", "中国航天科技集团公司"),
    ],
)
def test_a_unit_is_a_part_of_what_its_name_holds(part, whole):
    assert is_part(core_name(part), core_name(whole))
    assert not is_part(core_name(whole), core_name(part))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Institute of Optics of the Northern Academy", "Institute of Optics"),
        ("PLA Rocket Force Research Institute", "Rocket Force Research Institute"),
        ("Northern Academy 23rd Research Institute", "23rd Research Institute"),
        ("Hikvision Digital Technology", "Hikvision"),
        ("Hexi Optics", "Hexi Optics"),
        ("北京航空航天大学", "北京航空航天大学"),
    ],
)
def test_the_same_thing_named_at_length_is_no_part(one, two):
    assert not is_part(core_name(one), core_name(two))


def test_numbers_differ_where_neither_name_holds_the_others():
    assert numbered_differently(["28 institute"], ["29 institute"])
    assert numbered_differently(["2 academy 23 institute"], ["2 academy 203 institute"])
    assert not numbered_differently(["9 academy 13 institute"], ["13 institute"])
    assert not numbered_differently(["28 institute"], ["institute of radar"])
