"""Which kind a listed name shows, and whether it is a person's."""

import pytest

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.sources.identifiers import domain_of, identifier_of
from crosstie.sources.kind_words import kind_by_words, kind_of, read_rules
from crosstie.sources.languages import language_of
from crosstie.sources.persons import looks_like_person


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Yunmen University", "university"),
        ("Key Laboratory of Yunmen University", "laboratory"),
        ("Yunmen University Press Co., Ltd.", "company"),
        ("Hexi Institute of Beams", "research_institute"),
        ("Beihe Military Academy", "university"),
        ("99th Infantry Division of the Selimian Army", "military_unit"),
        ("Ministry of Invented Industry", "government_body"),
        ("Lantian Shipping Lines", "company"),
        ("Foundation for Invented Relief", "ngo"),
        ("云门大学", "university"),
        ("河西科学院", "research_institute"),
        ("河西集团有限公司", "company"),
        ("虚构光学重点实验室", "laboratory"),
        ("Qingming", None),
        ("Sa'd Test", None),
    ],
)
def test_words_in_a_name_show_its_kind(name, kind):
    assert kind_by_words(name) == kind


def test_an_alias_speaks_only_where_the_name_does_not():
    assert kind_of(["Qingming", "Qingming Institute"]) == "research_institute"
    assert kind_of(["Qingming Bank", "Qingming Institute"]) == "company"
    assert kind_of(["Qingming"]) == "company"
    assert kind_of(["Qingming"], default="ngo") == "ngo"


@pytest.mark.parametrize(
    "name",
    [
        "Ana Test",
        "ANA MARIA TESTER",
        "TEST, Ana Maria",
        "Ana bint Test al-Testi",
        "A. B. Tester Jr.",
    ],
)
def test_plain_words_read_as_a_person(name):
    assert looks_like_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Lantian Trading", "Testworks", "IKC France", "Beihe Radar Works", "A & B", "LANTIAN, OOO",
        "Huaxing Cloud Yunmen", "Institute of Ana Test",
    ],
)  # fmt: skip
def test_trade_names_and_institutes_do_not_read_as_a_person(name):
    assert not looks_like_person(name)


def test_an_alias_that_says_company_makes_an_organisation():
    assert looks_like_person("Ana Test")
    assert not looks_like_person("Ana Test", ["Ana Test Trading LLC"])


def test_a_kind_that_is_none_is_refused_with_its_line():
    yaml = "default: company\nrules:\n  - kind: club\n    words: [club]\n"
    with pytest.raises(DataFileError, match=r"kind_words\.yaml:3: `kind: club` is not known"):
        read_rules(parse_data(yaml, file="kind_words.yaml"))


def test_identifiers_are_known_by_their_label():
    assert identifier_of(["CN", "9111", "Unified Social Credit Code (USCC)"]).value == "9111"
    assert identifier_of(["Registration Number", "77", "RU"]).value == "RU:77"
    assert identifier_of(["Male", "Gender"]) is None
    assert identifier_of([""]) is None
    assert domain_of("https://www.hexi.example:8080/en") == "hexi.example"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Hexi", "en"),
        ("Héxī", "en"),
        ("河西", "zh"),
        ("ヘシ研究所", "ja"),
        ("헤시", "ko"),
        ("Гекси", "und"),
    ],
)
def test_the_script_tells_the_language_of_a_name(name, language):
    assert language_of(name, latin="en") == language
