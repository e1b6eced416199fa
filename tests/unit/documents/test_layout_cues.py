import pytest

from crosstie.documents.credits import credit_in, dateline, publisher_in, trailing_source
from crosstie.documents.cues import cues, cues_from
from crosstie.documents.dating import dates_in
from crosstie.documents.titles import folded, plain_title
from crosstie.documents.units import units_of
from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("March 3, 2019", "2019-03-03"),
        ("3rd of March 2019", "2019-03-03"),
        ("Sept. 3, 2019", "2019-09-03"),
        ("2019-03-03 10:22", "2019-03-03"),
        ("2016年4月12日", "2016-04-12"),
        ("2018年9月", "2018-09"),
        ("April 2017", "2017-04"),
        ("3. März 2020", "2020-03-03"),
        ("1er mars 2020", "2020-03-01"),
        ("3 de marzo de 2020", "2020-03-03"),
        ("3 марта 2020", "2020-03-03"),
        ("12.04.2016", "2016-04-12"),
        ("04/25/2017", "2017-04-25"),
        ("25/04/2017", "2017-04-25"),
        ("03/03/2017", "2017-03-03"),
    ],
)
def test_date_is_read_as_written(line: str, iso: str) -> None:
    assert [mark.iso for mark in dates_in(line)] == [iso]


def test_day_and_month_that_could_be_swapped_leave_the_year() -> None:
    assert [mark.iso for mark in dates_in("03/04/2019")] == ["2019"]


@pytest.mark.parametrize("line", ["Feb. 30, 2019", "2019-13-40", "page 2019", "12345-67"])
def test_what_is_no_date_gives_none(line: str) -> None:
    assert dates_in(line) == []


@pytest.mark.parametrize(
    ("line", "kind", "publisher", "date"),
    [
        ("Source: Vellmark Post, March 3, 2019", "source", "Vellmark Post", "2019-03-03"),
        ("(Source: Radio Aldis)", "source", "Radio Aldis", None),
        (
            "来源：维尔马克日报　作者：林安　时间：2020-06-18",
            "source",
            "维尔马克日报",
            "2020-06-18",
        ),
        ("作者：林安 来源：奥丁新闻网", "source", "奥丁新闻网", None),
        ("https://example.org/story", "source", None, None),
        ("By Mara Quist", "byline", None, None),
        ("责任编辑：周然", "byline", None, None),
        ("Posted on 2 May 2021, 10:14", "byline", None, "2021-05-02"),
        ("Port Aldis, 26 September 2025", "date", "Port Aldis", "2025-09-26"),
        ("发布时间：2020-06-18 09:30", "date", None, "2020-06-18"),
        ("Updated at 10:30 am, Tuesday 5 May 2020", "date", None, "2020-05-05"),
    ],
)
def test_line_of_credit_is_told_and_read(
    line: str, kind: str, publisher: str | None, date: str | None
) -> None:
    credit = credit_in(line)
    assert credit is not None
    assert (credit.kind, credit.publisher, credit.date) == (kind, publisher, date)


@pytest.mark.parametrize(
    "line",
    [
        "Additions to the list of suppliers, 28 March 2025",
        "By 2030 the yard will build six boats.",
        "The agreement of 3 March 2019 ended the dispute.",
        "Sources of radar noise in harbours",
    ],
)
def test_title_or_sentence_is_no_credit(line: str) -> None:
    assert credit_in(line) is None


def test_source_in_brackets_ends_running_text() -> None:
    text = "The yard grew. (Radio Aldis, 3 May 2019)"
    found = trailing_source(text)
    assert found is not None
    assert text[found[0] :] == "(Radio Aldis, 3 May 2019)"
    assert trailing_source("It builds boats (and engines).") is None


def test_dateline_gives_its_date() -> None:
    assert dateline("Port Aldis, 9 February 2021 – The yard grew.") == "2021-02-09"
    assert dateline("The yard grew in 2021.") is None


def test_publisher_is_what_stands_before_the_date() -> None:
    assert publisher_in("[Vellmark Post](https://example.org), 3 March 2022") == "Vellmark Post"
    assert publisher_in("3 March 2022") is None


def test_copies_of_a_title_are_equal_in_any_dress() -> None:
    assert plain_title("## **Norvik grows** ##") == "Norvik grows"
    assert folded("## Norvik\u00a0Grows!") == folded("norvik grows")


def test_note_goes_on_to_its_bracket_and_no_further() -> None:
    text = "{Editor's Note: one.\n\nTwo.}\n\nThe yard grew."
    assert [unit.kind for unit in units_of(text)] == ["note", "note", "prose"]


def test_note_that_never_closes_does_not_swallow_the_page() -> None:
    text = "{Editor's Note: one.\n\n" + "The yard grew.\n\n" * 30
    assert [unit.kind for unit in units_of(text)][:3] == ["note", "prose", "prose"]


def test_trail_of_links_is_no_table() -> None:
    assert [unit.kind for unit in units_of("News | Defence | Yards")] == ["navigation"]
    assert {unit.kind for unit in units_of("Year | Sales\n2018 | 41")} == {"table"}


def test_shipped_cues_load() -> None:
    assert "home" in cues().navigation


@pytest.mark.parametrize("text", ["navigation: [home]\n", "naviation: [home]\n", "- home\n"])
def test_mistake_in_the_cues_is_named_by_file_and_line(text: str) -> None:
    with pytest.raises(DataFileError, match=r"layout\.yaml:1"):
        cues_from(parse_data(text, file="layout.yaml"), file="layout.yaml")
