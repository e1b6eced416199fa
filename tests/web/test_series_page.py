"""The pages of figures: pictures whose values lead to their sentences, timelines, agreements."""

import re

import pytest
from playwright.sync_api import expect

from crosstie.app.web.drawings.figures import WIDTH, draw_series
from crosstie.ontology.figures import Point, Series
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ClaimId, EntityId
from tests.web.conftest import fits


def point(number, amount, time, *, owner="Lantian", modality="actual", flags=()):
    """A value of a fictional series."""
    return Point(
        claim_id=ClaimId(f"clm-{number}"),
        subject=EntityRef(EntityId(f"ent-{owner}"), owner, "company"),
        written="",
        amount=amount,
        upper=None,
        comparator="=",
        time=time,
        time_kind="as_of" if time else "undated",
        modality=modality,
        polarity="affirmed",
        stance="asserted",
        quotes=(),
        flags=flags,
    )


def test_values_over_time_are_joined_where_they_are_facts():
    points = (point(1, 10, "2012"), point(2, 5, "2016"), point(3, 9, "2030", modality="target"))
    picture = draw_series(Series("s", "revenue", "CNY", "", points))
    assert picture.over_time
    assert len(picture.lines) == 1
    assert picture.lines[0].count(",") == 2
    assert [mark.actual for mark in picture.marks] == [True, True, False]


def test_values_of_one_time_stand_side_by_side_the_largest_first():
    points = (point(1, 3, "2019", owner="A"), point(2, 96, "2019", owner="B"))
    picture = draw_series(Series("s", "score", "", "", points))
    assert not picture.over_time
    assert [mark.name for mark in picture.marks] == ["B", "A"]
    assert all(mark.x + mark.length <= WIDTH for mark in picture.marks)


def test_what_has_no_date_is_left_to_the_table_of_a_series_over_time():
    points = (point(1, 1, "2012"), point(2, 2, "2016"), point(3, 3, None))
    assert draw_series(Series("s", "m", "", "", points)).left_out == 1


@pytest.mark.parametrize("amounts", [(0.0, 0.0), (-5.0, 5.0), (1e15, 1e-3)])
def test_no_amount_breaks_the_picture(amounts):
    points = tuple(point(n, amount, str(2012 + n)) for n, amount in enumerate(amounts))
    picture = draw_series(Series("s", "m", "", "", points))
    assert all(0 <= mark.y <= picture.height for mark in picture.marks)


def test_a_flag_is_seen_in_the_picture():
    (mark,) = draw_series(
        Series("s", "m", "", "", (point(1, 1, "2012", flags=("parts_do_not_sum",)),))
    ).marks
    assert mark.flagged


@pytest.fixture
def revenue(page, real_lists):
    """The page of the newspapers' revenue, from the seeds."""
    page.goto("/series?q=advertising")
    page.get_by_role("link", name="advertising revenue").first.click()
    return page


def test_the_known_error_is_flagged_and_leads_to_its_sentence(revenue):
    expect(revenue.get_by_text("the printed conversion contradicts").first).to_be_visible()
    revenue.locator(".figure .value.flagged circle").click()
    expect(revenue).to_have_url(re.compile("/documents/"))
    expect(revenue.locator("#evidence")).to_be_visible()


def test_a_dispute_is_a_timeline_with_who_says_so(page):
    page.goto("/series/disputes")
    events = page.locator(".timeline li")
    expect(events.first).to_be_visible()
    expect(page.get_by_text("said by").first).to_be_visible()


def test_agreements_are_counted_against_those_named(page):
    page.goto("/series/agreements?by=sector")
    expect(page.locator(".card .quote").first).to_be_visible()


def test_an_unknown_series_is_answered_with_what_there_is(visitor):
    answer = visitor.get("/api/series/zebras per hour")
    assert answer.status_code == 404
    assert answer.json()["suggestions"]


def test_tables_can_be_taken_along(visitor):
    measures = visitor.json("/api/series")
    table = visitor.get(f"/api/series/{measures[0]['id']}/csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) == 1 + measures[0]["points"]
    for name in ("disputes", "agreements"):
        assert visitor.get(f"/api/{name}.csv").text.count("\n") > 1


def test_they_are_accessible_in_light_and_dark_and_fit_a_phone(
    page, dark_page, phone, visitor, accessible, picture
):
    measures = visitor.json("/api/series")
    key = next((m["id"] for m in measures if "revenue" in m["measure"]), measures[0]["id"])
    for shown, ending in ((page, ""), (dark_page, "-dark")):
        for path, name in ((f"/series/{key}", "series"), ("/series/disputes", "disputes")):
            shown.goto(path)
            accessible(shown)
            picture(shown, name + ending)
    for path in ("/series", "/series/agreements"):
        page.goto(path)
        accessible(page)
    picture(page, "agreements")
    for path in ("/series", f"/series/{key}", "/series/disputes", "/series/agreements"):
        phone.goto(path)
        fits(phone)
    picture(phone, "series-phone")
