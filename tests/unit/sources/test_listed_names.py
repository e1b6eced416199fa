"""What lists write into one name besides the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.sources.bilingual import both_scripts
from crosstie.sources.listed_names import all_names, listed_name, other_names
from crosstie.sources.name_patterns import name_patterns, read_patterns


def test_every_pattern_finds_the_parent_and_child_of_its_examples():
    for pattern in name_patterns().parents:
        assert pattern.examples
        for text, parent, child in pattern.examples:
            found = listed_name(text)
            assert found.parent is not None, text
            assert found.parent.pattern == pattern.id
            assert text[found.parent.start : found.parent.end] == parent
            assert found.own == child


def test_clauses_and_remarks_leave_the_name_of_their_examples():
    for text, name in name_patterns().examples:
        assert listed_name(text).primary == name


def test_a_remark_tells_persons_from_organisations():
    assert listed_name("Ana Test (Selimian individual)").means == "person"
    assert listed_name("Lantian Metals (Selimian entity)").means == "organisation"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hexi University of Beams (HUB)", "Hexi University of Beams|primary HUB|acronym"),
        ("AVS (Armoured Vehicle Stores)", "Armoured Vehicle Stores|primary AVS|acronym"),
        ("Lantian Optics Co., Ltd. (Lantian)", "Lantian Optics Co., Ltd.|primary Lantian|alias"),
        ("Lantian (Yunmen) Optics Ltd.", "Lantian (Yunmen) Optics Ltd.|primary"),
        ("LANTIAN TRADING (UK)", "LANTIAN TRADING (UK)|primary"),
        ("Beihe Works (f.k.a. Beihe Mills)", "Beihe Works|primary Beihe Mills|former"),
        ("BEIHE AIR D/B/A B7 AIR", "BEIHE AIR|primary B7 AIR|alias"),
        ("BEIHE -AKAS- BH PTE LTD, BEI, LTD", "BEIHE|primary BH PTE LTD|alias BEI, LTD|alias"),
        ("  Beihe   Works , ", "Beihe Works|primary"),
        ("Beihe Bank JSC; JSC Beihe", "Beihe Bank JSC|primary JSC Beihe|alias"),
        ("Бэйхэ / Beihe", "Бэйхэ|primary Beihe|alias"),
        ("Beihe / Hexi Works", "Beihe / Hexi Works|primary"),
        ("Beihe Glass &amp; Beams SA", "Beihe Glass & Beams SA|primary"),
        ("Beihe Ltd.; Former name: Hexi Ltd.", "Beihe Ltd.|primary Hexi Ltd.|former"),
        ("北河公司; 曾用名：河西公司", "北河公司|primary 河西公司|former"),
    ],
)
def test_other_names_inside_a_name_are_taken_out(text, names):
    assert " ".join(f"{name.text}|{name.kind}" for name in listed_name(text).names) == names


def test_a_numbered_part_gets_its_whole_in_the_name_and_stays_weak_alone():
    found = listed_name("Hexi Second Academy. Subordinate Institution - 204th Research Institute")
    assert [(n.text, n.kind) for n in found.names] == [
        ("Hexi Second Academy 204th Research Institute", "primary"),
        ("204th Research Institute", "weak"),
    ]


def test_aliases_are_split_at_semicolons_and_stray_ands_go():
    assert [
        n.text for n in other_names(["A Works;B Works", "and C Works", "and", " ", "a works"])
    ] == [
        "A Works",
        "B Works",
        "C Works",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hexi Institute (河西研究所)", ["Hexi Institute", "河西研究所"]),
        ("Hexi University (Lake) (河西大学)", ["Hexi University (Lake)", "河西大学"]),
        ("Beam Lab（光束实验室（B类）)", ["Beam Lab", "光束实验室（B类）"]),
        ("Beam Lab (光束实验室/光束国家实验室)", ["Beam Lab", "光束实验室", "光束国家实验室"]),
        ("Beam Lab (光束实验室", ["Beam Lab", "光束实验室"]),
        ("Hexi-Beihe University (HBU, 河西大学)", ["Hexi-Beihe University", "HBU", "河西大学"]),
        ("Chain Academy (链研究院; located in Yunmen)", ["Chain Academy", "链研究院"]),
        ("Hexi Second Academy 河西集団第二 研究院", ["Hexi Second Academy", "河西集団第二研究院"]),
        ("河西（北京）公司", ["河西（北京）公司"]),
        ("Plain Name (Lake)", ["Plain Name (Lake)"]),
    ],
)
def test_names_in_two_scripts_come_apart(text, names):
    assert [name for name, _ in both_scripts(text)] == names


@given(st.text(max_size=120))
def test_any_name_keeps_its_place_inside_the_text(text):
    found = listed_name(text)
    assert 0 <= found.start <= found.end <= len(text)
    if found.parent:
        assert 0 <= found.parent.start < found.parent.end <= len(text)
    both_scripts(text)
    other_names([text])


@pytest.mark.parametrize(
    ("parent", "problem"),
    [
        ("{id: a, pattern: '(?P<parent>.+)', tie: owns, examples: []}", "no `child`"),
        ("{id: a, pattern: '(', tie: owns, examples: []}", "no pattern"),
        ("{id: a, pattern: '(?P<parent>.)(?P<child>.)', tie: likes, examples: []}", "likes"),
        ("{id: a, patern: '(?P<parent>.)(?P<child>.)', tie: owns, examples: []}", "patern"),
    ],
)
def test_a_mistake_in_the_patterns_is_refused_with_its_line(parent, problem):
    yaml = f"clauses: []\nnotes: []\nparents:\n  - {parent}\n"
    with pytest.raises(DataFileError, match=problem) as caught:
        read_patterns(parse_data(yaml, file="name_parts.yaml"))
    assert caught.value.where == "name_parts.yaml:4"


def test_an_alias_that_names_a_part_of_the_whole_is_weak():
    aliases = other_names(["Hexi University", "Hexi University Lake Research Institute", "HU Lake"])
    names = all_names(listed_name("Hexi University of Beams"), aliases)
    assert {name.text: name.kind for name in names} == {
        "Hexi University of Beams": "primary",
        "Hexi University": "alias",
        "Hexi University Lake Research Institute": "weak",
        "HU Lake": "alias",
    }
