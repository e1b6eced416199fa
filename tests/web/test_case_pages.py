"""A case in the browser: its table, a finding in plain words, decisions, the case file."""

import io
import json

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.web.conftest import PHONE, copied, fits
from tests.web.serving import Visitor, served, words_of
from tests.web.test_screening_pages import COLUMNS, CSV, screened


@pytest.fixture
def case(own_visitor):
    """The address of a case on the test's own server."""
    return screened(own_visitor).url.path


@pytest.fixture(scope="module")
def kept(built, tmp_path_factory):
    """A visitor to a server, and a case there, for tests that change nothing."""
    with served(copied(built, tmp_path_factory.mktemp("cases"))) as address:
        visitor = Visitor(address)
        yield visitor, screened(visitor).url.path
        visitor.close()


def test_a_case_says_who_screened_what_when_and_in_which_lists(kept):
    visitor, case = kept
    text = words_of(visitor.get(case).text)
    assert "2026-" in text
    assert "by Mei Lin" in text
    assert "Crosstie starter pack" in text
    assert "Nothing found means that no record" in text


def test_hostile_names_stand_as_text(kept):
    visitor, case = kept
    page = visitor.get(case).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Institute" in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", ["P-1", "P-2", "P-3", "P-4", "P-5"]),
        ("?outcome=hit", ["P-1", "P-2"]),
        ("?outcome=nothing_found", ["P-3", "P-4", "P-5"]),
        ("?designated=yes&q=beihang", ["P-2"]),
        ("?q=hyperlink", ["P-3"]),
        ("?q=germany", ["P-4"]),
        ("?exposed=yes&outcome=nothing_found", []),
        ("?sort=row&down=yes", ["P-5", "P-4", "P-3", "P-2", "P-1"]),
        ("?disposition=true_match", []),
    ],
)
def test_findings_are_filtered_and_sorted_by_the_address(kept, query, rows):
    visitor, case = kept
    text = visitor.get(case + query).text
    shown = [p for p in text.split("P-")[1:] if p[:1].isdigit()]
    assert [f"P-{p[0]}" for p in shown] == rows


@pytest.mark.parametrize(
    "query", ["?outcome=bad", "?page=x", "?sort=height", "?disposition=maybe", "?q=" + "x" * 201]
)
def test_a_filter_that_is_none_is_refused(kept, query):
    visitor, case = kept
    assert visitor.get(case + query).status_code == 422


def test_thousands_of_rows_come_in_pages(own_visitor):
    names = "name\n" + "".join(f"Institute of Optics {n:04}\n" for n in range(250))
    case = screened(own_visitor, names, {"name": "0"}, title="many").url.path
    first, last = own_visitor.get(case).text, own_visitor.get(f"{case}?page=3").text
    assert first.count("/findings/") == 100
    assert "1 of 3" in words_of(first)
    assert last.count("/findings/") == 50
    assert own_visitor.get(f"{case}?page=999").text.count("/findings/") == 50


def test_a_part_is_sent_to_a_page_that_has_the_rest(kept):
    visitor, case = kept
    part = visitor.get(case + "?outcome=hit", headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert 'id="rows"' in part


def test_a_finding_is_told_in_plain_words(kept):
    visitor, case = kept
    text = words_of(visitor.get(f"{case}/findings/2").text)
    assert "was taken for Beihang University" in text
    assert "It stands on" in text
    assert "A lead, not a verdict" in text
    assert "To contest" in text
    assert "Why it was taken for it" in text


def test_silence_says_what_was_searched(kept):
    visitor, case = kept
    text = words_of(visitor.get(f"{case}/findings/4").text)
    assert "No organisation in this workspace has a name that is like enough" in text
    assert "Crosstie starter pack" in text


def test_a_finding_that_is_not_there_says_how_many_are(kept):
    visitor, case = kept
    reply = visitor.get(f"{case}/findings/6")
    assert reply.status_code == 404
    assert "has 5 findings" in words_of(reply.text)
    assert visitor.get("/cases/nothing-like-it").status_code == 404


def entity_of(visitor, case, number=1):
    found = visitor.json(f"/api{case}")
    return found["screening"]["findings"][number - 1]["hits"][0]["match"]["entity"]["id"]


def decided(visitor, case, number=1, **values):
    form = {
        "entity": entity_of(visitor, case, number), "decision": "false_match",
        "note": "a namesake <b>elsewhere</b>", "by": "Mei Lin",
    }  # fmt: skip
    return visitor.post(f"{case}/findings/{number}/dispositions", data=form | values)


def test_a_decision_is_kept_shown_and_taken_back(own_visitor, case):
    reply = decided(own_visitor, case)
    assert reply.status_code == 200
    text = words_of(reply.text)
    assert "False match , says Mei Lin" in text or "False match, says Mei Lin" in text
    assert "a namesake &lt;b&gt;elsewhere&lt;/b&gt;" in reply.text
    assert "false match" in own_visitor.get(f"{case}?disposition=false_match").text
    (made,) = own_visitor.json(f"/api{case}")["dispositions"]
    key = made["disposition"]["id"]
    text = own_visitor.post(f"{case}/findings/1/dispositions/{key}/undo", data={"by": "Mei"}).text
    assert "taken back" in text
    assert own_visitor.get(f"{case}?disposition=false_match").text.count("/findings/") == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"note": " "}, ""),
        ({"by": " "}, "write your name"),
        ({"decision": ""}, ""),
    ],
)
def test_a_decision_without_reason_or_name_is_asked_for_again(own_visitor, case, values, told):
    reply = decided(own_visitor, case, **values)
    assert reply.status_code == 422
    assert told in words_of(reply.text)
    assert own_visitor.json(f"/api{case}")["dispositions"] == []


def test_a_decision_is_remembered_in_the_next_case(own_visitor, case):
    decided(own_visitor, case)
    again = screened(own_visitor, CSV, COLUMNS, title="Chair of optics, again").url.path
    text = words_of(own_visitor.get(f"{again}/findings/1").text)
    assert "Mei Lin decided:" in text


def test_a_program_decides_and_reads_cases(own_visitor, case):
    entity = entity_of(own_visitor, case, 2)
    asked = {
        "finding": 2, "entity": entity, "decision": "true_match", "note": "same", "by": "Mei",
    }  # fmt: skip
    reply = own_visitor.client.post(f"/api{case}/dispositions", json=asked)
    assert (reply.status_code, reply.json()["decision"]) == (201, "true_match")
    assert own_visitor.json("/api/cases")[0]["title"] == "Chair of optics"
    wrong = own_visitor.client.post(f"/api{case}/dispositions", json=asked | {"finding": 9})
    assert wrong.status_code == 404


def test_the_case_file_comes_as_a_page_a_workbook_and_json(kept):
    visitor, case = kept
    page = visitor.get(f"{case}/file.html")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in page.headers["content-security-policy"]
    assert "<script>alert" not in page.text
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"{case}/file.xlsx").content))
    told = [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    assert any("Beihang" in cell for cell in told)
    assert not [cell for cell in told if cell.startswith(("=", "+", "-", "@"))]
    assert json.loads(visitor.get(f"{case}/file.json").content)
    assert visitor.get(f"{case}/file.exe").status_code == 422


# In the browser


def test_a_finding_is_decided_by_keyboard(opened, own_address, case, accessible, picture):
    page = opened(base=own_address)
    page.goto(case)
    accessible(page)
    picture(page, "case")
    page.get_by_role("link", name="海康威视").click()
    expect(page.get_by_role("heading", name="海康威视", level=1)).to_be_visible()
    # The keys work from when the page's script has been loaded.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("2")
    expect(page.get_by_label("False match").first).to_be_checked()
    page.keyboard.type("a namesake")
    page.locator("#by-1").fill("Mei Lin")
    page.keyboard.press("Enter")
    expect(page.get_by_text("says Mei Lin")).to_be_visible()
    accessible(page)
    picture(page, "finding")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("z")
    expect(page.locator(".history .chip").first).to_have_text("taken back")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Beihang University", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", name="海康威视", level=1)).to_be_visible()


def test_the_table_is_filtered_as_one_types_and_the_address_says_so(opened, kept):
    visitor, case = kept
    page = opened(base=str(visitor.client.base_url))
    page.goto(case)
    page.get_by_label("Filter by text").fill("beihang")
    expect(page.locator("table.findings tbody tr")).to_have_count(1)
    assert "q=beihang" in page.url
    page.get_by_label("Filter by text").fill("")
    page.get_by_label("Outcome").select_option("nothing_found")
    expect(page.locator("table.findings tbody tr")).to_have_count(3)


def test_the_case_file_is_downloaded(opened, kept):
    visitor, case = kept
    page = opened(base=str(visitor.client.base_url))
    page.goto(case)
    with page.expect_download() as kept:
        page.get_by_role("link", name="XLSX").click()
    assert kept.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("dark", [False, True])
def test_case_pages_are_accessible_and_fit_a_phone(opened, kept, accessible, dark):
    visitor, case = kept
    page = opened(base=str(visitor.client.base_url), dark=dark, size=PHONE)
    for path in ("/cases", case, f"{case}/findings/1", f"{case}/findings/4"):
        page.goto(path)
        fits(page)
        accessible(page)
