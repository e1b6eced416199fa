"""The framework page: every band leads down to its sentences, with and without script."""

import re

from playwright.sync_api import expect

from tests.web.conftest import fits


def test_every_band_of_the_picture_leads_to_its_ties(page):
    page.goto("/framework")
    ribbon = page.locator(".ribbon").first
    said = ribbon.get_attribute("aria-label")
    ribbon.locator("path").click()
    expect(page).to_have_url(re.compile("/framework/ties"))
    count = int(said.rsplit(": ", 1)[1].split()[0].replace(",", ""))
    assert page.locator(".band-tie").count() <= count
    expect(page.locator(".quote").first).to_be_visible()


def test_a_technology_narrows_the_picture(visitor):
    whole = visitor.json("/api/framework")
    narrow = visitor.json("/api/framework?technology=radar")
    assert 0 < narrow["ties"] < whole["ties"]
    assert "radar" in visitor.get("/framework?technology=radar").text


def test_the_bands_add_up_to_the_ties(visitor):
    found = visitor.json("/api/framework")
    assert sum(band["ties"] for band in found["bands"]) == found["ties"]


def test_an_unknown_mechanism_is_refused_with_those_that_there_are(visitor):
    answer = visitor.get("/api/framework/ties?mechanism=magic")
    assert answer.status_code == 400
    assert "supply" in answer.json()["remedy"]
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_the_picture_needs_no_script(opened):
    page = opened(script=False)
    page.goto("/framework")
    expect(page.locator(".flow svg")).to_be_visible()
    page.get_by_role("link", name="Governance").last.click()
    expect(page.locator(".band-tie").first).to_be_visible()


def test_the_trackers_stand_beside_it(visitor):
    assert "Beihang University" in visitor.get("/framework/universities").text
    assert "Companies abroad" in visitor.get("/framework/companies").text
    assert visitor.get(
        "/framework/companies?group=27 companies of Mapping China’s"
    ).status_code in (
        200,
        404,
    )


def test_it_is_accessible_in_light_and_dark_and_fits_a_phone(
    page, dark_page, phone, accessible, picture
):
    for shown, name in ((page, "framework"), (dark_page, "framework-dark")):
        shown.goto("/framework")
        accessible(shown)
        picture(shown, name)
    page.goto("/framework/ties?subject=foundation&object=ecosystem&mechanism=supply")
    accessible(page)
    picture(page, "framework-ties")
    page.goto("/framework/universities")
    accessible(page)
    for path in ("/framework", "/framework/companies"):
        phone.goto(path)
        fits(phone)
    picture(phone, "framework-phone")
