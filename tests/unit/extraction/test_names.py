"""What counts as a name in English and Chinese text, of which kind, and who is left out."""

import importlib.util
from pathlib import Path

import pytest

from crosstie.ontology.records import Name

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def names(text: str) -> dict[str, str]:
    return reading.names(reading.read(text))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It sold lenses to Beihe Optics Co., Ltd. in May.", "Beihe Optics Co., Ltd.", "company"),
        ("It joined Hexi (Wuxi) Chips Co., Ltd. in May.", "Hexi (Wuxi) Chips Co., Ltd.", "company"),
        ("They met the University of Yunmen.", "University of Yunmen", "university"),
        (
            "They met the Hexi Institute of Optics.",
            "Hexi Institute of Optics",
            "research_institute",
        ),
        (
            "They met the Ministry of Trade and Industry of Selimia.",
            "Ministry of Trade and Industry of Selimia",
            "government_body",
        ),
        (
            "The State Office for Science, Technology and Industry agreed.",
            "State Office for Science, Technology and Industry",
            "government_body",
        ),
        ("Talks with the Brazilian government failed.", "Brazilian government", "government_body"),
        ("He met the government of Brazil.", "government of Brazil", "government_body"),
        ("They sued in the High Court of Yunmen.", "High Court of Yunmen", "court"),
        ("It opened the Hualan Container Terminal.", "Hualan Container Terminal", "facility"),
        ("It relies on the Tianlu Navigation System.", "Tianlu Navigation System", "system"),
        ("It joined the Belt and Line Initiative.", "Belt and Line Initiative", "programme"),
        ("It was put on the Selim Foreign Firms list.", "Selim Foreign Firms list", "programme"),
        (
            "They issued the “Guiding Opinions on the “Silk Line” Corridor” in 2016.",
            "Guiding Opinions on the “Silk Line” Corridor",
            "programme",
        ),
        ("It builds the Hualan Three nuclear power plant.", "Hualan Three", "facility"),
        ("It works on big data and cloud computing.", "cloud computing", "technology"),
        ("It is one of the Seven Stars of Industry.", "Seven Stars of Industry", "programme"),
        ("Lenses were sold by Zhenqi, a maker of optics.", "Zhenqi", "company"),
        ("他们与云门大学签约。", "云门大学", "university"),
        ("他们与河西光学有限公司签约。", "河西光学有限公司", "company"),
        ("他们参观了水声技术重点实验室。", "水声技术重点实验室", "laboratory"),
        ("工业部印发《走廊发展规划》。", "走廊发展规划", "programme"),
        ("公司研究人工智能和卫星导航。", "卫星导航", "technology"),
        ("天路三号技术已经成熟。", "天路三号", "technology"),
    ],
)
def test_name_is_found_with_its_kind(text: str, name: str, kind: str) -> None:
    assert names(text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Officials said that talks had failed. Construction should start on Monday.",
        "A couple, Wang and his wife, lived in the county and paid the fine.",
        "The deal was worth $4 million, and the plant makes 20 MW.",
        "It bought U.S.-origin items in January 2019.",
        "The Chinese military aircraft flew past.",
        "Robert F. Norwood was shot at the theatre. Norwood died in May.",
        "Smith and John Norwood went home, Norwood said.",
    ],
)
def test_common_words_and_private_persons_are_no_names(text: str) -> None:
    assert not set(names(text).values()) - {"place"}


def test_person_is_named_only_with_a_post() -> None:
    assert names("Li Heng, the director of Hexi Group, came.")["Li Heng"] == "person"
    assert "Li Heng" not in names("Li Heng walked home from Hexi Group.")


def test_descriptions_before_a_name_are_no_part_of_it() -> None:
    found = names("It works with state-owned defense conglomerate Hexi Group.")
    assert set(found) == {"Hexi Group"}


def test_short_form_carries_the_full_name() -> None:
    text = "The Hualan Container Terminal (HCT) opened. HCT is busy."
    mentions = reading.read(text).mentions
    short = next(m for m in mentions if m.quote == "HCT" and m.start > 40)
    assert Name("Hualan Container Terminal", "en", "alias") in short.names
    assert short.kind == "facility"


def test_numbered_institute_has_its_parent() -> None:
    extraction = reading.read("It met Hexi Group Corp's 9th Research Institute.")
    whole = "Hexi Group Corp's 9th Research Institute"
    assert reading.names(extraction)[whole] == "research_institute"
    assert (whole, "affiliated_with", "Hexi Group Corp", "asserted") in reading.ties(extraction)


def test_known_name_wins_over_the_models_guess() -> None:
    assert names("They met [Zhenqi|university] in May.") == {"Zhenqi": "university"}


def test_longer_name_wins_over_a_known_name_inside_it() -> None:
    found = names("They met Hexi Marine Cables Co., Ltd. and [Hexi|university].")
    assert found == {"Hexi Marine Cables Co., Ltd.": "company", "Hexi": "university"}


def test_chinese_list_of_leaders_keeps_their_posts() -> None:
    text = "河西集团董事长文涛、云门大学校长李恒出席仪式。"
    found = reading.ties(reading.read(text))
    assert ("文涛", "affiliated_with", "河西集团", "asserted") in found
    assert ("李恒", "affiliated_with", "云门大学", "asserted") in found


def test_known_firm_ends_behind_the_dot_of_its_legal_form() -> None:
    text = (
        "The [Trade Office|government_body] added [Hexi Optics Co., Ltd|company].; and "
        "[Beihe Chips Co., Ltd|company]., to the [Control List|programme]."
    )
    extraction = reading.read(text)
    assert {"Hexi Optics Co., Ltd.", "Beihe Chips Co., Ltd."} <= set(reading.names(extraction))
    assert len([tie for tie in reading.ties(extraction) if tie[1] == "designated"]) == 2


def test_known_place_inside_a_firms_name_is_no_place() -> None:
    found = names("It signed with Hualan [Argentina|place] in May. Hualan Argentina is small.")
    assert found == {"Hualan Argentina": "company"}


def test_known_body_inside_a_plans_title_leaves_the_title_whole() -> None:
    found = names("[工业部|government_body]印发《工业部走廊发展规划》。")
    assert found == {"工业部": "government_body", "工业部走廊发展规划": "programme"}


def test_known_acronym_is_the_name_that_the_text_defines_it_for() -> None:
    text = (
        "The [Northern Fleet|military_unit] ([NOF|military_unit]) grew. "
        "[Beihe Optics|company] supplied lenses to the NOF until 2015. "
        "It also sold mirrors to the Northern Fleet."
    )
    statuses = {tie[3] for tie in reading.ties(reading.read(text))}
    assert statuses == {"ended"}


def test_chinese_unit_belongs_to_the_owner_its_name_begins_with() -> None:
    text = "云门航空大学（云航）签约。云航科研院副处长文涛参加会议。"
    extraction = reading.read(text)
    assert ("云航科研院", "affiliated_with", "云门航空大学", "asserted") in reading.ties(extraction)
    claim = next(c for c in extraction.claims if c.method.endswith("name.parent"))
    assert len(claim.evidence) == 2


def test_firm_named_after_its_city_goes_by_the_rest() -> None:
    text = "Hangzhou Beihe Optics Technology grew. Beihe owns [Hexi Chips|company]."
    mention = next(m for m in reading.read(text).mentions if m.quote == "Beihe")
    assert "Hangzhou Beihe Optics Technology" in {name.text for name in mention.names}


def test_dateline_is_no_part_of_what_is_said() -> None:
    text = "KUALA LUMPUR, 12 March 2023 (Wire) -- [Hexi Group|company] owns [Beihe Optics|company]."
    extraction = reading.read(text)
    assert reading.ties(extraction) == {("Hexi Group", "owns", "Beihe Optics", "asserted")}
    assert reading.names(extraction)["KUALA LUMPUR"] == "place"


def test_name_found_once_is_found_again_where_nothing_tells_its_kind() -> None:
    text = "They build the Hualan III nuclear power plant. Hualan III will stand in the hills."
    assert [m.kind for m in reading.read(text).mentions if m.quote == "Hualan III"] == [
        "facility",
        "facility",
    ]
