"""The first page: one box that knows every name, the latest claims, what is loaded."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import fits
from tests.web.serving import words_of


def test_the_first_page_says_what_is_loaded_and_how_fresh(visitor):
    text = words_of(visitor.get("/").text)
    assert "Crosstie starter pack" in text
    assert "906 days old" in text or "days old" in text
    status = visitor.json("/api/status")
    assert status["counts"]["starter_facts"] > 1_000
    assert f"{status['counts']['ties']:,}" in text


def test_recent_claims_come_with_both_ends_and_the_sentence(visitor):
    page = visitor.get("/").text
    recent = page[page.index("Recent claims") :]
    assert recent.count('class="quote"') >= 3
    assert "/documents/doc-" in recent
    assert "#evidence" in recent


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("海康威视", "Hikvision"),
        ("海康", "Hikvision"),
        ("Hikvison", "Hikvision"),
        ("haikang weishi", "Hikvision"),
        ("hikv", "Hikvision"),
        ("NUDT", "National University of Defense Technology"),
        ("beihang", "Beihang University"),
        ("北京航空航天大学", "Beihang University"),
    ],
)
def test_any_name_finds_the_entity(visitor, typed, found):
    offers = visitor.json("/api/search", params={"q": typed})
    assert found in [offer["entity"]["name"] for offer in offers[:3]], offers


def test_the_search_page_tells_why_a_name_is_offered_and_finds_passages(visitor):
    text = words_of(visitor.get("/search", params={"q": "Hikvison"}).text)
    assert "is alike" in text
    passages = words_of(visitor.get("/search", params={"q": "Beihe Optics lenses"}).text)
    assert "In documents" in passages
    assert "document" in passages


def test_nothing_found_says_so_and_what_it_does_not_mean(visitor):
    text = words_of(visitor.get("/search", params={"q": "Qqzzxxyy Wvvk"}).text)
    assert "That says nothing about what stands elsewhere" in text


def test_a_search_of_any_characters_is_answered(visitor):
    for words in ('"', "%_*()", "a" * 300, "\u202e\u0000x", "NEAR(", "<script>alert(1)</script>"):
        answer = visitor.get("/search", params={"q": words})
        assert answer.status_code == 200, words
        assert "<script>alert" not in answer.text
    assert visitor.get("/search", params={"q": "a" * 301}).status_code == 422


def test_one_types_and_moves_and_opens_by_keyboard(page):
    page.goto("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.press_sequentially("海康威视", delay=30)
    expect(page.get_by_role("option").first).to_contain_text("Hikvision")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == "offer-1"
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hikvision")


def test_escape_closes_the_offers_and_enter_alone_searches(page):
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("beih", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    expect(page).to_have_url("/search?q=beih")


def test_the_slash_key_leads_to_the_search_of_any_page(page):
    page.goto("/about")
    page.keyboard.press("/")
    expect(page.get_by_label("Search organisations")).to_be_focused()


def test_search_works_without_script(opened):
    page = opened(script=False)
    page.goto("/")
    page.get_by_role("combobox").fill("海康威视")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Hikvision").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hikvision")


def test_the_first_page_is_accessible_in_light_and_dark(page, dark_page, accessible, picture):
    for shown, name in ((page, "home"), (dark_page, "home-dark")):
        shown.goto("/")
        accessible(shown)
        picture(shown, name)


def test_offers_and_the_search_page_are_accessible(page, accessible, picture):
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("China El", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    accessible(page)
    picture(page, "search-as-you-type")
    page.goto("/search?q=Beihang")
    accessible(page)
    picture(page, "search")


def test_the_first_page_fits_a_phone(phone, picture):
    phone.goto("/")
    fits(phone)
    expect(phone.get_by_role("combobox")).to_be_visible()
    picture(phone, "home-phone")
    phone.goto("/search?q=Beihang")
    fits(phone)
