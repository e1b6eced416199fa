"""Sources: what is held, in which version, and why rows were set aside; documents are added."""

import time

import pytest
from playwright.sync_api import expect

from tests.web.conftest import fits
from tests.web.serving import words_of

NEW = "Hexi Dynamics Corporation signed an agreement with Yunmen University in March 2022.\n"


def test_lists_stand_with_edition_rows_and_age(visitor):
    text = words_of(visitor.get("/sources").text)
    assert "Entity list of Selimia (invented)" in text
    assert "2024-06-01" in text
    assert "days old" in text
    first = visitor.json("/api/sources")[0]
    assert first["edition"]["rows_in"] > 0


def test_a_list_shows_editions_reasons_and_rows(visitor):
    listed = {one["source"]["title"]: one["source"]["id"] for one in visitor.json("/api/sources")}
    page = visitor.get(f"/sources/{listed['Entity list of Selimia (invented)']}")
    text = words_of(page.text)
    assert "in force" in text
    assert "Set aside" in text
    assert "Beihe Optics" in text
    assert visitor.get("/sources/no-such-list").status_code == 404


def test_rows_of_a_real_list_are_paged_and_reasons_counted(visitor, real_lists):
    text = words_of(visitor.get("/sources/us-csl").text)
    assert "a person, as the row says" in text
    assert "page 1 of" in text
    second = visitor.json("/api/sources/us-csl", params={"page": 2})
    assert second["rows"][0]["number"] > 50


def test_about_says_limits_fairness_and_how_to_contest(visitor):
    page = visitor.get("/about")
    text = words_of(page.text)
    for heading in ("Limits", "Fairness", "How to contest a record", "What is not in it"):
        assert heading in text
    assert "lead, not a verdict" in text
    assert visitor.get("/static/vendor/LICENCES.txt").status_code == 200


def test_a_document_is_added_in_the_browser_and_found(own_page, tmp_path):
    path = tmp_path / "hexi.txt"
    path.write_text(NEW, encoding="utf-8")
    own_page.goto("/sources")
    own_page.set_input_files("input[type=file]", path)
    own_page.get_by_role("button", name="Read them").click()
    expect(own_page.get_by_role("heading", level=1)).to_have_text("Documents read", timeout=90_000)
    own_page.goto("/search?q=Hexi Dynamics Corporation")
    expect(own_page.locator("#passages")).to_contain_text("signed an agreement")
    own_page.goto("/entities/Hexi Dynamics Corporation")
    expect(own_page.locator("#ties")).to_contain_text("Yunmen University")


def test_what_cannot_be_read_is_refused_by_name(own_visitor):
    files = [("files", ("../../evil\\..\\x.pdf", b"%PDF-1.4 broken", "application/pdf"))]
    answer = own_visitor.post("/sources/documents", files=files)
    until = time.monotonic() + 90
    while "/sources/reports/" not in str(answer.url) and time.monotonic() < until:
        time.sleep(0.2)
        answer = own_visitor.get(answer.url.path)
    text = words_of(answer.text)
    assert "No document was added" in text
    assert "x.pdf" in text
    assert "/tmp" not in text


@pytest.mark.parametrize("files", [[], [("files", ("", b"", "text/plain"))]])
def test_an_upload_without_a_file_is_a_mistake(visitor, files):
    assert visitor.post("/sources/documents", files=files or None).status_code in (400, 422)


def test_more_than_twenty_files_at_once_are_refused(own_visitor):
    files = [("files", (f"{number}.txt", b"text", "text/plain")) for number in range(21)]
    assert own_visitor.post("/sources/documents", files=files).status_code == 422


def test_the_pages_are_accessible_and_fit_a_phone(page, dark_page, phone, accessible, picture):
    for path, name in (
        ("/sources", "sources"),
        ("/sources/starter", "source"),
        ("/about", "about"),
    ):
        for shown, suffix in ((page, ""), (dark_page, "-dark")):
            shown.goto(path)
            accessible(shown)
            picture(shown, f"{name}{suffix}")
        phone.goto(path)
        fits(phone)
