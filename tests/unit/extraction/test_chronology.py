"""The dates of an article in the order of its telling, and parties of lawsuits without names."""

import importlib.util
from pathlib import Path

import pytest

from crosstie.extraction.chronology import chronology

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def told(text: str, date: str | None = "2019-02-11") -> list[tuple[str, str, str]]:
    """Return date, how it was read, and the statement of each dated statement."""
    document, article = reading.document_of(text, date)
    found = chronology(document, article)
    for item in found:
        assert item.sentence[0] <= item.start < item.end <= item.sentence[1]
        assert item.start <= item.words[0] and item.words[1] <= item.end
    return [(item.date, item.how, document.text[item.start : item.end]) for item in found]


def test_years_later_are_told_from_the_date_before() -> None:
    text = "The dock opened in 2009. Three years later, Hexi proposed another one."
    assert told(text) == [
        ("2009", "stated", "The dock opened in 2009."),
        ("2012", "from_before", "Three years later, Hexi proposed another one."),
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Hexi left in May 2015. Eight months later it came back.", ["2015-05", "2016-01"]),
        ("Hexi came in 2015. Two years earlier it had signed.", ["2015", "2013"]),
        ("Hexi came in 2015. The following year it left.", ["2015", "2016"]),
        ("Hexi came in 2015. A year later it left. The same year it returned.",
         ["2015", "2016", "2016"]),
        ("Eight months later it came back.", []),
        ("Hexi left in 2015. Eight months later it came back.", ["2015"]),
        ("河西集团2009年签署协议，三年后提起诉讼。同年，双方和解。", ["2009", "2012", "2012"]),
        ("去年8月，河西集团起诉蓝天公司。", ["2018-08"]),
    ],
)  # fmt: skip
def test_relative_dates_are_resolved_only_where_something_tells_them(
    text: str, dates: list[str]
) -> None:
    assert [date for date, *_ in told(text)] == dates


def test_last_year_is_told_by_the_article_and_by_nothing_else() -> None:
    text = "In August last year, Hexi sued Lantian."
    assert told(text) == [("2018-08", "from_article", text)]
    assert told(text, None) == []


def test_a_clause_about_a_thing_starts_with_its_name() -> None:
    text = "Hexi signed in 2004 for the Selim Container Dock (SCD), which was opened in 2009."
    assert [item[2] for item in told(text)] == [
        "Hexi signed in 2004 for the Selim Container Dock (SCD)",
        "Selim Container Dock (SCD), which was opened in 2009.",
    ]


def test_a_described_group_that_goes_to_court_is_a_party() -> None:
    found = reading.read(
        "Recently, a pro-harbour Norvik trade group in Selimia filed a lawsuit against"
        " [Selim Ports|company], charging it with greed."
    )
    assert ("pro-harbour Norvik trade group in Selimia", "sued", "Selim Ports", "asserted") in (
        reading.ties(found)
    )


def test_a_group_that_nothing_tells_from_others_is_no_party() -> None:
    found = reading.read("A local company sued [Selim Ports|company] in court.")
    assert not any(tie == "sued" for _, tie, *_ in reading.ties(found))


def test_a_civil_organisation_goes_by_its_first_word() -> None:
    found = reading.read(
        "Lantor Selim Water Rights, a Selimian civil organization, has grown. [Hexi Group|company]"
        " sued Lantor."
    )
    assert ("Hexi Group", "sued", "Lantor", "asserted") in reading.ties(found)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "In 2018 [Hexi|company] was fined over the breach of its agreement with"
            " [Lantian|company].",
            None,
        ),
        (
            "[Hexi|company] signed an agreement with [Lantian|company] in 2004, which came into"
            " force in 2009.",
            "2004",
        ),
        ("In 2018, [Hexi|company] signed an agreement with [Lantian|company].", "2018"),
    ],
)
def test_agreement_has_the_date_of_its_own_clause(text: str, date: str | None) -> None:
    dates = {c.valid_from for c in reading.read(text).claims if c.predicate == "signed_agreement"}
    assert dates == {date}


def test_a_chinese_charge_covers_its_paragraph_until_somebody_else_speaks() -> None:
    text = (
        "起诉书称，[河西集团|company]2003年与[蓝天公司|company]签署协议。2016年，"
        "[河西集团|company]与[北河码头|company]签署协议。[北河码头|company]表示，"
        "[北河码头|company]2018年与[云门港务|company]签署协议。"
    )
    found = reading.read(text)
    names = {mention.id: mention.quote for mention in found.mentions}
    told_by = {
        names[c.object]: (c.stance, c.attribution[:1])
        for c in found.claims
        if c.predicate == "signed_agreement" and c.object is not None
    }
    assert told_by["蓝天公司"] == ("alleged", ("起诉书",))
    assert told_by["北河码头"] == ("alleged", ("起诉书",))
    assert told_by["云门港务"][0] != "alleged"
