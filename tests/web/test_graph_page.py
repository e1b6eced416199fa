"""The graph page: drawn, filtered, pinned, hidden, saved as a link; a table without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import fits

GROUP = "China Electronics Technology Group Corporation"
_GRAPH = "document.querySelector('[data-graph]').graph"


def drawn(page):
    """Wait until the graph is drawn; return how many nodes it has."""
    expect(page.locator("[data-graph]")).to_have_attribute("data-drawn", re.compile(r"^\d+$"))
    return int(page.evaluate(f"{_GRAPH}.order"))


@pytest.fixture
def hikvision(page):
    """The graph around Hikvision."""
    page.goto("/graph?of=Hikvision")
    drawn(page)
    return page


def test_what_is_drawn_is_what_the_json_side_answers(page, visitor):
    answer = visitor.json("/api/graph?of=Hikvision")
    page.goto("/graph?of=Hikvision")
    assert drawn(page) == len(answer["nodes"])
    assert page.evaluate(f"{_GRAPH}.size") == len(answer["edges"])


def test_the_panel_of_an_entity_leads_to_its_page_and_its_sentences(hikvision):
    panel = hikvision.locator("[data-panel]")
    expect(panel.get_by_role("heading", name="Hikvision")).to_be_visible()
    expect(panel.get_by_role("link", name="Open", exact=True)).to_have_attribute(
        "href", re.compile("^/entities/")
    )
    expect(panel.get_by_role("link", name="Open the sentence").first).to_be_visible()


def test_two_starts_are_drawn_together(hikvision):
    before = drawn(hikvision)
    hikvision.goto(f"/graph?of=Hikvision&of={GROUP}")
    assert drawn(hikvision) > before
    assert hikvision.url.count("of=") == 2


def test_hiding_and_pinning_are_kept_in_the_link(hikvision):
    hikvision.get_by_role("button", name="Pin").click()
    expect(hikvision).to_have_url(re.compile("pin=ent-"))
    hikvision.get_by_role("button", name="Hide").click()
    expect(hikvision).to_have_url(re.compile("hide=ent-"))
    link = hikvision.url
    hikvision.goto(link)
    drawn(hikvision)
    expect(hikvision.get_by_role("button", name="1 hidden")).to_be_visible()


def test_a_mechanism_can_be_left_out(hikvision):
    hikvision.get_by_label("Designation").uncheck()
    expect(hikvision).to_have_url(re.compile("mechanism=governance"))
    assert "mechanism=designation" not in hikvision.url


def test_the_chain_between_two_is_drawn(page):
    page.goto("/graph?of=Baidu")
    drawn(page)
    page.get_by_label("Path to").fill(GROUP)
    page.get_by_role("button", name="Find the path").click()
    expect(page.get_by_role("heading", name="The chains between the two")).to_be_visible()
    assert drawn(page) >= 2


def test_without_script_the_table_says_the_same(opened):
    page = opened(script=False)
    page.goto("/graph?of=Hikvision")
    expect(page.locator(".graph-stage")).to_be_hidden()
    expect(page.locator(".graph-table tbody tr").first).to_be_visible()


def test_an_unknown_name_is_answered_with_suggestions(visitor):
    answer = visitor.get("/api/graph?of=Hikvsion Digitl Technologgy Xq")
    assert answer.status_code in (200, 404)
    missing = visitor.get("/api/graph?of=zzzz qqqq xxxx")
    assert missing.status_code == 404
    assert missing.json()["title"] == "Not found"


def test_no_more_is_drawn_than_is_asked_for(visitor):
    answer = visitor.json("/api/graph?of=Beihang University&depth=2&limit=7")
    assert len(answer["edges"]) == 7
    assert answer["left_out"] > 0


def test_it_is_accessible_in_light_and_dark_and_fits_a_phone(
    page, dark_page, phone, accessible, picture
):
    for shown, name in ((page, "graph"), (dark_page, "graph-dark")):
        shown.goto("/graph?of=Beihang University")
        drawn(shown)
        shown.wait_for_timeout(2500)
        accessible(shown)
        picture(shown, name)
    page.goto("/graph")
    accessible(page)
    phone.goto("/graph?of=Hikvision")
    drawn(phone)
    fits(phone)
    picture(phone, "graph-phone")
