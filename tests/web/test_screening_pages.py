"""Screening in the browser: names or a file in, what was understood, progress, a case."""

import io
import re
import time

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.web.conftest import PHONE, fits
from tests.web.serving import words_of

CSV = (
    "Ref,Supplier,Land\n"
    "P-1,海康威视,China\n"
    "P-2,Beihang University,China\n"
    'P-3,"=HYPERLINK(""http://x.example"")",France\n'
    "P-4,<script>alert(1)</script> Institute,Germany\n"
    "P-5,\u202eevil\u202c University,Atlantis\n"
)
COLUMNS = {"name": "1", "country": "2", "id": "0"}


def uploaded(visitor, raw, name="partners.csv"):
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return visitor.post("/screen", files={"file": (name, raw)})


def screened(visitor, raw=CSV, columns=COLUMNS, *, name="partners.csv", title="Chair of optics"):
    """Screen a file to its end; return the page of the case."""
    seen = uploaded(visitor, raw, name)
    reply = visitor.post(seen.url.path, data={**columns, "title": title, "by": "Mei Lin"})
    until = time.monotonic() + 60
    while "/screen/runs/" in reply.url.path and time.monotonic() < until:
        time.sleep(0.1)
        reply = visitor.get(reply.url.path)
    assert "/cases/" in reply.url.path, words_of(reply.text)
    return reply


def test_a_file_is_shown_before_it_is_screened(visitor):
    reply = uploaded(visitor, CSV)
    assert reply.url.path.startswith("/screen/drafts/")
    text = words_of(reply.text)
    assert "5 rows" in text
    assert "choose it" in text
    assert "海康威视" in text


def test_columns_that_headings_tell_are_chosen_already(visitor):
    text = uploaded(visitor, "Partner,Country\nHexi,China\n").text
    assert '<option value="0" selected>Partner</option>' in text
    assert '<option value="1" selected>Country</option>' in text


def test_pasted_names_are_shown_as_they_were_read(visitor):
    reply = visitor.post("/screen", data={"names": "海康威视\nLantian, France\n---"})
    text = words_of(reply.text)
    assert "2 names" in text
    assert "Lantian France" in text
    assert "Set aside: line 3" in text


def workbook(rows):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_as_a_table(visitor):
    text = uploaded(visitor, workbook([["机构名称", "国家"], ["北航", "中国"]]), "p.xlsx").text
    assert "北航" in text
    assert '<option value="0" selected>机构名称</option>' in text


@pytest.mark.parametrize(
    ("raw", "name", "told"),
    [
        (b"", "p.csv", "is empty"),
        (b"   \n", "p.csv", "is empty"),
        (b"name\n", "p.csv", "holds no name"),
        (b"%PDF-1.7", "p.pdf", "`.pdf` is not read"),
        (b"x", "noname", "no suffix"),
        (bytes(range(256)) * 9, "p.csv", "is not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "p.xlsx", "is encrypted"),
        (b"PK\x03\x04 no zip", "p.xlsx", "is not an Excel workbook"),
        (b"{no json", "p.json", "is not valid JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(visitor, raw, name, told):
    reply = uploaded(visitor, raw, name)
    assert reply.status_code == 422
    assert reply.url.path == "/screen"
    text = words_of(reply.text)
    assert told in text
    assert "What to do:" in text


def test_a_file_with_a_hostile_name_is_named_without_its_folders(visitor):
    reply = uploaded(visitor, b"name\nHexi\n", "../../etc/<b>partners</b>.csv")
    assert "&lt;/b&gt;.csv" in reply.text or "b&gt;.csv" in reply.text
    assert "<b>partners" not in reply.text
    assert "../" not in words_of(reply.text)


def test_a_file_over_the_limit_is_refused(visitor):
    reply = uploaded(visitor, b"name\n" + b"x" * 10_000_001)
    assert reply.status_code == 413
    assert "Too large" in words_of(reply.text)


def test_neither_names_nor_a_file_is_refused(visitor):
    reply = visitor.post("/screen", data={"names": " \n"})
    assert reply.status_code == 422
    assert "write one name on a line" in words_of(reply.text)


def test_what_was_uploaded_is_found_by_its_secret_key_alone(visitor):
    reply = visitor.get("/screen/drafts/not-a-key")
    assert reply.status_code == 404
    assert "upload it again" in words_of(reply.text)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({**COLUMNS, "by": " "}, "write your name"),
        ({**COLUMNS, "by": "M" * 81}, "write at most 80"),
        ({"name": "", "by": "Mei"}, "no column is chosen for the name"),
        ({"name": "7", "by": "Mei"}, "choose the columns again"),
        ({**COLUMNS, "by": "Mei", "valid_on": "soon"}, "is no date"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_chosen_stays(visitor, form, told):
    seen = uploaded(visitor, CSV)
    reply = visitor.post(seen.url.path, data={**form, "title": "Chair of optics"})
    assert reply.status_code == 422
    assert told in words_of(reply.text)
    assert 'value="Chair of optics"' in reply.text


def test_a_screened_file_becomes_a_case(own_visitor):
    reply = screened(own_visitor)
    text = words_of(reply.text)
    assert "Chair of optics" in text
    assert "by Mei Lin, from partners.csv" in text
    assert "5 parties" in text
    assert "Chair of optics" in own_visitor.get("/cases").text


def test_who_screens_is_remembered_and_shown_as_text(own_visitor):
    seen = uploaded(own_visitor, "name\nHexi\n")
    own_visitor.post(seen.url.path, data={"name": "0", "title": "t", "by": '"><b>Mei</b> 林'})
    text = uploaded(own_visitor, "name\nHexi\n").text
    assert 'value="&#34;&gt;&lt;b&gt;Mei&lt;/b&gt; 林"' in text
    assert "<b>Mei" not in text


def test_a_thousand_names_are_screened_with_progress(own_visitor):
    names = "name\n" + "".join(f"Institute of Optics {n}\n" for n in range(1_000))
    seen = uploaded(own_visitor, names)
    reply = own_visitor.post(seen.url.path, data={"name": "0", "title": "many", "by": "Mei"})
    told = set()
    while "/screen/runs/" in reply.url.path:
        told.update(re.findall(r'value="(\d+)" aria-label="Names screened"', reply.text))
        time.sleep(0.05)
        reply = own_visitor.get(reply.url.path)
    assert "1,000 parties" in words_of(reply.text)
    assert told, "no progress was to be seen"


def test_work_that_is_not_known_says_so(visitor):
    assert visitor.get("/screen/runs/unknown").status_code == 404


def test_a_program_screens_names(visitor):
    reply = visitor.client.post(
        "/api/screen", json={"parties": ["海康威视", {"name": "Nobody Ltd"}]}
    )
    found = reply.json()
    assert reply.status_code == 200
    assert [f["party"]["name"] for f in found["findings"]] == ["海康威视", "Nobody Ltd"]
    assert found["findings"][0]["outcome"] == "hit"
    assert found["findings"][0]["hits"][0]["designations"]
    assert found["searched"]


# In the browser


def test_names_are_pasted_and_screened_with_live_progress(opened, own_address, accessible):
    page = opened(base=own_address)
    page.goto("/screen")
    page.get_by_label("Paste names").fill("海康威视\nBeihang University, China\n")
    expect(page.get_by_text("2 names")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("cell", name="China")).to_be_visible()
    accessible(page)
    page.get_by_label("Your name").fill("Mei Lin")
    page.get_by_role("button", name="Screen 2 names").click()
    page.wait_for_url("**/cases/**")
    expect(page.get_by_role("heading", name="Pasted names")).to_be_visible()
    expect(page.get_by_role("link", name="海康威视")).to_be_visible()


def test_a_file_is_dropped_and_its_columns_are_chosen(opened, own_address, picture, accessible):
    page = opened(base=own_address)
    page.goto("/screen")
    picture(page, "screen")
    carried = page.evaluate_handle(
        """text => { const carried = new DataTransfer();
            carried.items.add(new File([text], "partners.csv", { type: "text/csv" }));
            return carried; }""",
        CSV,
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})
    page.wait_for_url("**/screen/drafts/**")
    page.get_by_label("Name", exact=True).select_option("Supplier")
    page.get_by_label("Country", exact=True).select_option("Land")
    expect(page.locator("th.taken")).to_have_count(2)
    accessible(page)
    picture(page, "screen-columns")
    page.get_by_label("Your name").fill("Mei Lin")
    page.get_by_role("button", name="Screen 5 rows").click()
    page.wait_for_url("**/cases/**")
    expect(page.locator("table.findings tbody tr")).to_have_count(5)


def test_without_script_a_file_is_screened_too(opened, own_address):
    page = opened(base=own_address, script=False)
    page.goto("/screen")
    page.set_input_files("#file", {"name": "p.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
    page.get_by_role("button", name="Look at it").click()
    page.select_option("#column-name", "1")
    page.fill("#by", "Mei Lin")
    page.get_by_role("button", name="Screen 5 rows").click()
    page.wait_for_url("**/cases/**", timeout=60_000)
    expect(page.locator("table.findings tbody tr")).to_have_count(5)


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_accessible_and_fits_a_phone(opened, accessible, dark):
    page = opened(dark=dark, size=PHONE)
    page.goto("/screen")
    fits(page)
    accessible(page)
