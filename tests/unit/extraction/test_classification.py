import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.extraction.classification import classify
from crosstie.extraction.technologies import read_technologies, technologies
from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError


def ids(text):
    return [found.technology for found in classify(text)]


def test_a_system_leads_to_its_technology_area_and_control_entry_with_the_reason():
    (found,) = classify("receivers for BeiDou")
    assert found.reason == (
        "BeiDou → satellite navigation → Positioning, Navigation, and Timing (PNT) Technologies"
        " → ECCN 7A005, 7A105"
    )


@pytest.mark.parametrize(
    ("text", "technology"),
    [
        ("a phased-array radar", "radar"),
        ("Radars and lasers", "radar"),
        ("turbine blades of single crystals", "gas_turbine_engines"),
        ("基于深度学习的目标识别", "machine_learning"),
        ("雷達目標識別", "radar"),  # traditional
        ("水聲工程", "underwater_acoustics"),
        ("Post-quantum cryptography", "cryptography"),
        ("5G base stations", "wireless_communications"),
        ("supercapacitors", "energy_storage"),
        ("quantum key distribution over fibre", "quantum_communication"),
    ],
)
def test_the_technology_is_found(text, technology):
    assert technology in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "we aim to paint the Taiwan air show",  # "ai" inside words, "AI" in lower case
        "a swarmed place",
        "the chipset of arguments was a chipmunk",
        "history of medieval art",
        "",
        "我们研究唐代诗歌",
    ],
)
def test_no_word_is_found_inside_another(text):
    assert ids(text) == []


def test_an_acronym_counts_only_as_written():
    assert ids("GAN of EDA") == ["chip_making"]
    assert ids("eda") == []


def test_words_of_one_term_are_parted_by_spaces_and_hyphens_alone():
    assert ids("carbon-fibre parts") == ["composites"]
    assert ids("carbon. Fibre") == []


def test_the_longest_word_counts_once():
    (found,) = classify("synthetic aperture radar")
    assert found.words == ("synthetic aperture radar",) and found.score == 1.0


def test_two_spellings_of_one_word_count_once():
    (found,) = classify("radar, Radar and radars")
    assert found.score == 1.0


@given(st.text(max_size=400))
def test_any_text_gives_an_answer_and_the_same_one_twice(text):
    assert classify(text) == classify(text)


def test_time_grows_with_the_length_alone():
    text = "carbon fibre " * 20_000 + "雷" * 100_000
    begun = time.perf_counter()
    assert "composites" in ids(text)
    assert time.perf_counter() - begun < 10


def test_every_control_entry_of_the_file_is_one_of_the_list(shared):
    held = (shared / "data" / "taxonomy" / "ear_ccl.json").read_text(encoding="utf-8")
    # Some entries stand only in the text of others there: the parsed table misses a few.
    missing = {
        entry.code
        for technology in technologies().by_id.values()
        for entry in technology.eccn
        if not re.search(rf"\b{entry.code}\b", held)
    }
    assert missing == set()


def test_every_critical_technology_of_the_reference_taxonomy_is_classified(shared):
    path = shared / "data" / "taxonomy" / "aspi_critical_technologies_74.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert len(rows) == 74
    assert [row["technology"] for row in rows if not classify(row["technology"])] == []


GOOD = """
cited:
  areas: {title: A, publisher: P, date: 2024-02, url: u}
  eccn: {title: B, publisher: P, date: 2026-07, url: u}
areas: {sensing: Sensing}
eccn: {6A008: radar systems}
technologies:
  - id: radar
    label: {en: radar, zh: 雷达}
    area: sensing
    eccn: [6A008]
    terms: {en: [radar], zh: [雷达]}
"""


def test_a_sound_file_is_read():
    found = read_technologies(parse_data(GOOD, file="areas.yaml"))
    assert found.by_id["radar"].eccn[0].subject == "radar systems"


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("area: sensing", "area: sensin", "is not known"),
        ("eccn: [6A008]", "eccn: [6A009]", "not in the table"),
        ("en: radar, zh: 雷达", "en: radar", "`zh` is missing"),
        ("    area: sensing", "    aera: sensing", "unknown key"),
        ("en: [radar]", "en: [3]", "is not text"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(before, after, problem):
    with pytest.raises(DataFileError, match=problem) as error:
        read_technologies(parse_data(GOOD.replace(before, after), file="areas.yaml"))
    assert re.search(r"areas\.yaml:\d+", str(error.value))


def test_a_word_speaks_for_one_technology():
    doubled = GOOD + "  - {id: other, label: {en: o, zh: 其}, terms: {en: [radar]}}\n"
    with pytest.raises(DataFileError, match="also stands at `radar`"):
        read_technologies(parse_data(doubled, file="areas.yaml"))
