"""An entity's page: one glance, then how it is tied, each sentence a click away."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import fits
from tests.web.serving import words_of


def address_of(visitor, name):
    return str(visitor.get(f"/entities/{name}").url.path)


@pytest.mark.parametrize("key", ["hikvision", "海康威视", "Hikvision"])
def test_slugs_names_and_old_addresses_lead_to_the_one_that_stays(visitor, key):
    answer = visitor.get(f"/entities/{key}")
    assert answer.status_code == 200
    assert re.fullmatch(r"/entities/hikvision~[0-9a-f]{20}", answer.url.path)
    assert answer.history[0].status_code == 307


def test_an_address_with_another_name_before_the_id_leads_on(visitor):
    own = address_of(visitor, "hikvision")
    other = own.replace("hikvision", "something-else")
    answer = visitor.get(f"{other}?mechanism=supply")
    assert answer.url.path == own
    assert answer.url.query == b"mechanism=supply"


def test_what_is_not_there_is_answered_with_what_is_near(visitor):
    gone = visitor.get("/entities/hikvision~00000000000000000000")
    assert gone.status_code == 404
    assert "Hikvision" in gone.text
    problem = visitor.get("/api/entities/Hikvisoon Digitl Technologi Zz")
    assert problem.status_code in (404, 409)
    assert problem.headers["content-type"] == "application/problem+json"


def test_one_glance_tells_kind_country_tier_and_exposure(visitor):
    text = words_of(visitor.get("/entities/hikvision").text)
    head = text[: text.index("How it is tied")]
    for words in ("company", "China", "foundation", "海康威视", "leads to it", "in force"):
        assert words.replace("leads to it", "lead") in head or words in head, words


def test_a_defence_body_says_that_it_is_one_and_who_says_so(visitor):
    text = words_of(visitor.get("/entities/peoples-liberation-army").text)
    assert "Is part of it" in text


def test_a_university_shows_its_place_in_the_framework(visitor):
    text = words_of(visitor.get("/entities/beihang-university").text)
    section = text[text.index("As a university") :]
    assert "Supervised by Ministry of Industry and Information Technology" in section
    assert "Seven Sons of National Defence" in section


def test_ties_are_filtered_by_mechanism_and_status_without_script(opened, visitor):
    page = opened(script=False)
    page.goto(address_of(visitor, "hikvision"))
    every = page.locator(".tie-row").count()
    page.get_by_role("navigation", name="Ties by mechanism").get_by_role(
        "link", name="Supply"
    ).click()
    expect(page.locator(".tie-row")).not_to_have_count(every)
    expect(page.locator(".mechanism-head")).to_have_count(1)
    assert page.url.endswith("mechanism=supply#ties")


def test_long_lists_of_ties_are_paged(visitor):
    page = visitor.json("/api/entities/china/ties")
    assert len(page["ties"]) <= 30
    assert page["everything"] == page["total"]
    second = visitor.json("/api/entities/china/ties", params={"page": 2})
    assert second["page"] == min(2, page["pages"])


def test_an_unknown_mechanism_is_a_mistake_with_the_known_ones(visitor):
    answer = visitor.get("/entities/hikvision", params={"mechanism": "friendship"})
    assert answer.status_code == 400
    assert "joint_research" in answer.text


def test_the_json_side_gives_dossier_exposure_path_and_ftm(visitor):
    dossier = visitor.json("/api/entities/hikvision")
    assert dossier["entity"]["name"] == "Hikvision"
    key = dossier["entity"]["id"]
    exposure = visitor.json(f"/api/entities/{key}/exposure")
    assert exposure["paths"][0]["start"]["id"] == key
    goal = exposure["paths"][0]["anchor"]["name"]
    chains = visitor.json("/api/path", params={"from": key, "to": goal})
    assert chains[0]["steps"][0]["quotes"]
    ftm = visitor.get(f"/api/entities/{key}/ftm")
    assert ftm.headers["content-disposition"].startswith("attachment")
    assert f'"id":"{key}"' in ftm.text.splitlines()[0] or key in ftm.text
    described = visitor.json("/api/openapi.json")["paths"]
    for path in ("/api/entities/{key}", "/api/search", "/api/documents/{key}", "/api/sources"):
        assert path in described


def test_history_gives_each_mention_with_its_reason(visitor):
    text = words_of(visitor.get("/entities/hikvision/history").text)
    assert "Why it is the same" in text
    assert "the very same names" in text or "share" in text


def test_a_quote_opens_its_sentence_marked_and_in_view(page, visitor):
    page.goto(address_of(visitor, "hikvision"))
    quote = page.locator("#exposure .quote").first
    words = quote.locator("blockquote").inner_text().strip("“”")
    quote.get_by_role("link", name="Open the sentence").click()
    marked = page.locator("#evidence")
    expect(marked).to_be_in_viewport()
    shown = "".join(page.locator("mark.chosen").all_inner_texts())
    assert " ".join(words.split())[:40] in " ".join(shown.split())


def test_the_picture_and_the_timeline_lead_on(page, visitor):
    page.goto(address_of(visitor, "hikvision"))
    expect(page.locator(".around svg a")).not_to_have_count(0)
    expect(page.locator(".timeline svg a")).not_to_have_count(0)
    page.locator(".around svg a").first.click()
    expect(page).to_have_url(re.compile("/entities/"))


def test_the_page_is_accessible_in_light_and_dark(page, dark_page, visitor, accessible, picture):
    for key, name in (("hikvision", "entity"), ("beihang-university", "university")):
        own = address_of(visitor, key)
        for shown, suffix in ((page, ""), (dark_page, "-dark")):
            shown.goto(own)
            accessible(shown)
            picture(shown, f"{name}{suffix}")
    page.goto(f"{own}/history")
    accessible(page)


def test_the_page_fits_a_phone(phone, visitor, picture):
    for key in ("hikvision", "beihang-university", "china"):
        phone.goto(address_of(visitor, key))
        fits(phone)
    phone.goto(address_of(visitor, "hikvision"))
    picture(phone, "entity-phone")
