"""Issue 6: the series, the timeline and the agreements come out of the seed documents alone."""

from pathlib import Path

import pytest

from crosstie.extraction.checks import PAIR_CONTRADICTS, PARTS_DO_NOT_SUM
from crosstie.workspace import Workspace
from crosstie.workspace.figures import Figures

pytestmark = pytest.mark.shared
NINE = {
    "Argentina", "Armenia", "Brazil", "Egypt", "France", "Jordan", "Saudi Arabia", "South Africa",
    "United Kingdom",
}  # fmt: skip


@pytest.fixture(scope="module")
def figures(shared: Path, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    with Workspace.open(path, now=lambda: "2026-11-24T00:00:00+00:00") as workspace:
        workspace.add(sorted((shared / "corpus/seeds").glob("*.txt")))
        yield workspace.figures


def points(figures: Figures, measure: str, **narrowing: str):
    return [point for one in figures.series(measure, **narrowing) for point in one.points]


def test_advertising_revenue_falls_and_its_conversion_is_flagged_not_corrected(figures) -> None:
    (one,) = figures.series("advertising revenue")
    first, last = one.points
    assert (one.measure, one.unit) == ("advertising revenue of Chinese newspapers", "CNY")
    assert (first.time, first.amount, last.time, last.amount) == ("2012", 41e9, "2016", 10.2e9)
    assert first.flags == (PAIR_CONTRADICTS,) and last.flags == ()
    assert first.also_printed == "6.06e+10 USD" and first.owner == "Chinese newspapers"
    assert "US$60.6 billion" in first.quotes[0].text
    assert first.quotes[0].citation.publisher == "Radio Free Asia"


def test_freedom_scores_stand_by_country_in_the_edition_of_2019(figures) -> None:
    (one,) = figures.series("score", unit="")
    assert one.work == "Freedom in the World report" and one.times == ("2019",)
    scores = {point.subject.name: point.amount for point in one.points}
    assert scores["Taiwan"] == 93 and scores["China"] == 11 and scores["United States"] == 86
    assert len(scores) == 13 and all(point.time_kind == "edition" for point in one.points)
    (china,) = points(figures, "score", country="CN")
    assert china.amount == 11 and any("2019 Report" in quote.text for quote in china.quotes)


def test_parts_that_do_not_add_up_are_flagged_each(figures) -> None:
    flagged = {
        point.amount: point.flags
        for one in figures.series("Freedom in the World")
        for point in one.points
        if point.flags
    }
    assert set(flagged) == {195, 86, 59, 40}
    assert set(flagged.values()) == {(PARTS_DO_NOT_SUM,)}


def test_nuclear_units_by_2030_keep_target_and_estimate_apart(figures) -> None:
    (one,) = figures.series("nuclear power units")
    said = {(p.modality, p.comparator, p.amount, p.time, p.time_kind) for p in one.points}
    assert said == {
        ("estimate", "=", 240.0, "2030", "due"),
        ("target", "~", 30.0, "2030", "due"),
    }


def test_talent_goals_are_found_by_the_words_around_them(figures) -> None:
    found = points(figures, "talent")
    assert {(p.comparator, p.amount) for p in found} == {(">", 150_000.0), (">", 5_000.0)}
    assert not any(point.is_actual for point in found)


def test_the_port_dispute_is_a_timeline_with_who_alleges_what(figures) -> None:
    (dispute,) = figures.disputes("DP World")
    assert dispute.name == "DP World v. China Merchants Port" and dispute.filed == "2018-08"
    assert [ref.name for ref in dispute.others] == ["Djibouti government"]
    assert [event.date for event in dispute.events] == ["2004", "2009", "2012", "2017", "2018-08"]
    assert [event.how for event in dispute.events] == [
        "stated", "stated", "from_before", "stated", "from_article",
    ]  # fmt: skip
    alleged = dispute.events[:4]
    assert all(e.said_by == ("indictment", "Radio Free Asia") for e in alleged)
    assert all(e.stance == "alleged" for e in alleged)
    filed = dispute.events[-1]
    assert filed.stance == "asserted" and filed.claims[0].kind == "sued"
    assert all(e.statement in e.quote.text for e in dispute.events if e.how != "stated")


def test_the_lawsuit_in_kazakhstan_has_no_date_and_says_so(figures) -> None:
    (dispute,) = figures.disputes("Atajurt")
    assert dispute.plaintiff.kind == "group" and dispute.filed is None
    (event,) = dispute.events
    assert event.date is None and event.how == "undated"
    assert "filed a lawsuit against Atajurt" in event.quote.text


def test_nine_countries_are_named_for_nuclear_and_the_list_is_open(figures) -> None:
    table = figures.agreements(sector="nuclear")
    assert {found.object.name for found in table.agreements} == NINE
    assert all(found.subject.name == "China" and found.open_list for found in table.agreements)
    assert all(found.sectors[0].where == "paragraph" for found in table.agreements)


def test_more_than_thirty_space_agreements_stand_against_none_named(figures) -> None:
    (count,) = figures.agreements(sector="aerospace").counts
    assert (count.comparator, count.value) == (">", 30.0)
    assert count.named == () and count.missing == 31
    assert {reading.where for reading in count.sectors} == {"quote"}


def test_what_the_indictment_says_was_signed_stays_alleged(figures) -> None:
    table = figures.agreements(sector="ports_and_shipping")
    later = next(found for found in table.agreements if found.date == "2017")
    assert later.status == "alleged" and later.countries == ("DJ",)
