"""What a person sees and chooses before a file is screened, and names that they paste."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.errors import InputError, UsageError
from crosstie.screening import parties_in, pasted_parties, preview_parties

CSV = b"Ref,Supplier,Land\nP-1,Hexi Group,China\n\nP-2,Lantian,France\n"


def pasted(text):
    return [(party.name, party.country, party.row) for party in pasted_parties(text).parties]


def test_a_preview_shows_headings_first_rows_and_how_many_there_are():
    found = preview_parties(CSV, "p.csv", rows=1)
    assert found.header == ("Ref", "Supplier", "Land")
    assert found.rows == (("P-1", "Hexi Group", "China"),)
    assert found.total == 2


def test_a_preview_guesses_what_headings_tell_and_no_more():
    found = preview_parties(b"Partner,Country,Size\nHexi,China,4\n", "p.csv")
    assert found.columns == {"name": 0, "country": 1}
    assert preview_parties(CSV, "p.csv").columns == {}


def test_of_two_name_columns_the_preview_offers_the_first():
    assert preview_parties(b"company,institution\na,b\n", "p.csv").columns == {"name": 0}


def test_columns_that_a_person_chose_are_read():
    found = parties_in(CSV, "p.csv", {"name": 1, "country": 2, "id": 0})
    assert [(p.name, p.country, p.id) for p in found.parties] == [
        ("Hexi Group", "CN", "P-1"),
        ("Lantian", "FR", "P-2"),
    ]
    assert found.columns == {"name": "Supplier", "country": "Land", "id": "Ref"}


@pytest.mark.parametrize("columns", [{}, {"name": 3}, {"name": -1}, {"name": 0, "size": 1}])
def test_columns_that_the_file_has_not_are_refused(columns):
    with pytest.raises(UsageError, match="choose"):
        parties_in(CSV, "p.csv", columns)


def test_lines_of_a_text_file_are_all_names_in_the_preview():
    found = preview_parties("Hexi Group\n赫溪集团\n".encode(), "p.txt")
    assert (found.columns, found.total, found.rows[0]) == ({"name": 0}, 2, ("Hexi Group",))


def test_a_workbook_with_a_password_says_so():
    with pytest.raises(InputError, match=r"encrypted.*take the password off"):
        preview_parties(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "p.xlsx")


def _sheet(xml):
    """A workbook whose first sheet is this XML."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.save(buffer)
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            new.writestr(item, xml if item.endswith("sheet1.xml") else old.read(item))
    return made.getvalue()


_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_a_sheet_that_claims_to_be_endless_is_read_by_its_cells():
    raw = _sheet(
        f'<worksheet {_NS}><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Hexi</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    assert preview_parties(raw, "p.xlsx").rows == (("Hexi",),)


def test_a_sheet_of_few_bytes_and_millions_of_cells_is_refused():
    row = '<row><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    raw = _sheet(f"<worksheet {_NS}><sheetData>{row * 2_000}</sheetData></worksheet>")
    with pytest.raises(InputError, match="more than 5,000,000 cells"):
        preview_parties(raw, "p.xlsx")


def test_a_country_behind_a_tab_or_a_comma_is_taken_off_a_pasted_name():
    assert pasted("Hexi Group\tChina\nLantian, FR\n赫溪集团，中国\n") == [
        ("Hexi Group", "CN", 1),
        ("Lantian", "FR", 2),
        ("赫溪集团", "CN", 3),
    ]


def test_a_comma_before_anything_else_belongs_to_the_name():
    assert pasted("Foo Co., Ltd.\nFoo Co., Ltd., China") == [
        ("Foo Co., Ltd.", None, 1),
        ("Foo Co., Ltd.", "CN", 2),
    ]


def test_a_country_alone_is_a_name():
    assert pasted("China\n, China") == [("China", None, 1), (", China", None, 2)]


def test_bullets_and_numbers_of_a_list_are_no_part_of_a_name():
    assert [name for name, _, _ in pasted("• Hexi\n2. Lantian\n- 海康威视\n360 Security")] == [
        "Hexi", "Lantian", "海康威视", "360 Security",
    ]  # fmt: skip


def test_lines_without_a_letter_are_set_aside_with_their_number():
    assert pasted_parties("Hexi\n---\n").set_aside == ("line 2: no name in it",)


@pytest.mark.parametrize("text", ["", "\n \n", "---"])
def test_no_name_at_all_is_refused(text):
    with pytest.raises(InputError, match="write one name on a line"):
        pasted_parties(text)


@given(st.text(max_size=120))
def test_every_pasted_line_is_a_party_or_set_aside_or_empty(text):
    try:
        found = pasted_parties(text)
    except InputError:
        return
    filled = [line for line in text.splitlines() if line.strip()]
    assert len(found.parties) + len(found.set_aside) == len(filled)
    assert all(party.name for party in found.parties)


def test_a_sheet_of_entities_that_multiply_or_name_files_is_refused():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    for entities in (f'<!ENTITY a0 "ha">{laughs}', '<!ENTITY a8 SYSTEM "file:///etc/passwd">'):
        raw = _sheet(
            f"<!DOCTYPE w [{entities}]><worksheet {_NS}><sheetData><row>"
            '<c t="inlineStr"><is><t>name</t></is></c></row><row>'
            '<c t="inlineStr"><is><t>&a8;</t></is></c></row></sheetData></worksheet>'
        )
        try:
            found = preview_parties(raw, "p.xlsx")
        except InputError:
            continue
        assert "root:" not in str(found)
        assert sum(len(cell) for row in found.rows for cell in row) < 1_000
