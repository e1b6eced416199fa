"""The map page: marks by country, filters, a year; the same as a table without script."""

import re

from playwright.sync_api import expect

from tests.web.conftest import fits


def drawn(page):
    """Wait until the map has its marks; return how many."""
    frame = page.locator("[data-map]")
    expect(frame).to_have_attribute("data-marks", re.compile(r"^\d+$"))
    return int(frame.get_attribute("data-marks"))


def middle(page):
    """Return the longitude that the map looks at."""
    return page.evaluate("document.querySelector('[data-map]').map.getCenter().lng")


def test_a_mark_stands_for_each_country_of_the_layer(page, visitor):
    layer = visitor.json("/api/map/layer.geojson?home=CN")
    page.goto("/map?home=CN")
    assert drawn(page) == len(layer["features"])
    assert all(feature["type"] == "Feature" for feature in layer["features"])


def test_a_mark_opens_what_is_known_of_its_country(page):
    page.goto("/map?home=CN&country=DJ")
    panel = page.locator("[data-map-panel]")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading")).to_have_text("Djibouti")
    expect(panel.locator(".quote").first).to_be_visible()


def test_a_year_leaves_what_stood_in_it(page, visitor):
    page.goto("/map?home=CN")
    drawn(page)
    page.locator("[data-undated-box]").uncheck()
    slider = page.locator("[data-slider]")
    slider.fill("2017")
    expect(page).to_have_url(re.compile("year=2017"))
    found = visitor.json("/api/map/abroad?home=CN&year=2017&undated=no")
    assert all(one["valid_from"] or one["valid_to"] for one in found)
    countries = str(len({one["country"] for one in found}))
    expect(page.locator("[data-map]")).to_have_attribute("data-marks", countries)


def test_the_map_can_be_moved_by_the_keyboard(page):
    page.goto("/map?home=CN")
    drawn(page)
    before = middle(page)
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    assert middle(page) != before


def test_without_script_the_table_says_the_same(opened):
    page = opened(script=False)
    page.goto("/map?home=CN&mechanism=agreement")
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("details.country").first).to_be_visible()


def test_the_outlines_name_their_source(visitor):
    text = visitor.get("/map").text
    assert "Natural Earth" in text
    assert "Disputed areas are drawn as that source draws them" in text


def test_the_map_of_one_organisation_holds_only_its_ties(visitor):
    whole = visitor.json("/api/map/abroad?home=CN")
    one = whole[0]["home"]["id"]
    found = visitor.json(f"/api/map/abroad?home=CN&of={one}")
    assert found
    assert all(one in (tie["home"]["id"], tie["there"]["id"]) for tie in found)
    assert whole[0]["home"]["name"] in visitor.get(f"/map?of={one}").text


def test_a_country_that_is_none_is_refused(visitor):
    assert visitor.get("/api/map/abroad?home=China").status_code == 422
    assert visitor.get("/api/map/abroad").status_code == 400


def test_no_outline_runs_across_the_whole_map(page):
    page.goto("/map?home=CN")
    drawn(page)
    widest = page.evaluate(
        """async () => {
      const { feature } = await import('/static/vendor/map.mjs');
      const { flat } = await import('/static/js/outlines.mjs');
      const outlines = await (await fetch('/static/vendor/countries-50m.json')).json();
      const countries = flat(feature(outlines, outlines.objects.countries)).features;
      let widest = 0;
      for (const { geometry } of countries) {
        const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
        for (const ring of parts.flat()) {
          for (let i = 1; i < ring.length; i += 1) {
            const [x, y] = ring[i];
            const [before, above] = ring[i - 1];
            // Along a pole a line may be as long as the world is wide.
            if (y > -85 && above > -85) widest = Math.max(widest, Math.abs(x - before));
          }
        }
      }
      return widest;
    }"""
    )
    assert widest < 180


def test_it_is_accessible_in_light_and_dark_and_fits_a_phone(
    page, dark_page, phone, accessible, picture
):
    for shown, name in ((page, "map"), (dark_page, "map-dark")):
        shown.goto("/map?home=CN")
        drawn(shown)
        accessible(shown)
        picture(shown, name)
    phone.goto("/map?home=CN")
    drawn(phone)
    fits(phone)
    picture(phone, "map-phone")
