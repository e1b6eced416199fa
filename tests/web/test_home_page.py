"""The first page: one box that knows every name, the latest claims, what is loaded."""

from playwright.sync_api import expect

from tests.web.conftest import fits


def test_the_first_page_says_what_is_loaded_and_how_fresh(visitor):
    text = visitor.get("/").text
    assert "Crosstie starter pack" in text
    assert "What is loaded" in text


def test_the_first_page_is_accessible_in_light_and_dark(page, dark_page, accessible, picture):
    for shown, name in ((page, "home"), (dark_page, "home-dark")):
        shown.goto("/")
        accessible(shown)
        picture(shown, name)


def test_the_first_page_fits_a_phone(phone, picture):
    phone.goto("/")
    fits(phone)
    expect(phone.get_by_role("combobox")).to_be_visible()
    picture(phone, "home-phone")
