import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.ontology.errors import Ambiguous, CrosstieError, InputError, UnknownLayout
from crosstie.screening import read_parties


def read(tmp_path, name, raw, **options):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8"))
    return read_parties(path, **options)


def names(found):
    return [party.name for party in found.parties]


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ROWS = [["Partner", "Country", "ROR", "Website"], ["北航", "China", "00wk2mp56", "buaa.edu.cn"]]
FORMS = {
    "p.csv": "Partner,Country,ROR,Website\n北航,China,00wk2mp56,buaa.edu.cn\n",
    "p.tsv": "Partner\tCountry\tROR\tWebsite\n北航\tChina\t00wk2mp56\tbuaa.edu.cn\n",
    "semicolon.csv": "Partner;Country;ROR;Website\n北航;China;00wk2mp56;buaa.edu.cn\n",
    "bom.csv": b"\xef\xbb\xbf"
    + "Partner,Country,ROR,Website\n北航,China,00wk2mp56,buaa.edu.cn\n".encode(),
    "utf16.csv": "Partner,Country,ROR,Website\n北航,China,00wk2mp56,buaa.edu.cn\n".encode("utf-16"),
    "p.json": json.dumps([dict(zip(ROWS[0], ROWS[1], strict=True))]),
    "wrapped.json": json.dumps({"partners": [dict(zip(ROWS[0], ROWS[1], strict=True))]}),
    "p.jsonl": json.dumps(dict(zip(ROWS[0], ROWS[1], strict=True))) + "\n",
    "p.xlsx": workbook(ROWS),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_party(tmp_path, name):
    (party,) = read(tmp_path, name, FORMS[name]).parties
    assert (party.name, party.country, party.id, party.domain) == (
        "北航", "CN", "00wk2mp56", "buaa.edu.cn",
    )  # fmt: skip


def test_chinese_headings_in_a_chinese_encoding_are_found(tmp_path):
    rows = "单位名称,国家\n" + "哈尔滨工程大学,中国\n西北工业大学,中国\n南京理工大学,中国\n" * 5
    found = read(tmp_path, "p.csv", rows.encode("gb18030"))
    assert names(found)[0] == "哈尔滨工程大学"
    assert found.parties[0].country == "CN"


def test_a_text_file_holds_one_name_a_line(tmp_path):
    assert names(read(tmp_path, "p.txt", "Hexi Group\n\n赫溪集团\n")) == ["Hexi Group", "赫溪集团"]


def test_a_row_without_a_name_is_set_aside_with_its_number(tmp_path):
    found = read(tmp_path, "p.csv", "name,country\nHexi Group,\n--,China\n,\n")
    assert names(found) == ["Hexi Group"]
    assert found.set_aside == ("p.csv row 3: no name in column `name`",)


def test_an_unknown_country_is_said_and_the_row_goes_on(tmp_path):
    found = read(tmp_path, "p.csv", "name,country\nHexi Group,Zhongyuan\n")
    assert found.parties[0].country is None
    assert "`Zhongyuan` is no country that Crosstie knows" in found.set_aside[0]


def test_a_quoted_line_break_keeps_rows_and_numbers_right(tmp_path):
    found = read(tmp_path, "p.csv", 'name\n"Hexi\nGroup"\nLantian\n')
    assert [(p.row, p.name) for p in found.parties] == [(3, "Hexi Group"), (4, "Lantian")]


def test_a_table_without_a_name_column_says_which_it_has(tmp_path):
    with pytest.raises(UnknownLayout, match=r"found: colour, size.*--name-column"):
        read(tmp_path, "p.csv", "colour,size\nred,4\n")


def test_the_name_column_can_be_chosen(tmp_path):
    assert names(read(tmp_path, "p.csv", "who,size\nHexi,4\n", name_column="Who")) == ["Hexi"]


def test_two_columns_that_may_hold_the_name_stop_the_reading(tmp_path):
    with pytest.raises(Ambiguous, match="company, institution"):
        read(tmp_path, "p.csv", "company,institution\na,b\n")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("p.csv", b""),
        ("p.csv", b"   \n \n"),
        ("p.csv", b"name,country\n"),
        ("p.csv", bytes(range(256)) * 8),
        ("p.xlsx", b"PK\x03\x04 no zip"),
        ("p.xlsx", b"name,country\nHexi,\n"),
        ("p.json", b"{not json"),
        ("p.json", b"42"),
        ("p.json", b'{"a": [], "b": []}'),
        ("p.json", b"[" * 100_000),
        ("p.docx", b"x"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path, name, raw):
    with pytest.raises(InputError, match=rf"^{name}: "):
        read(tmp_path, name, raw)


def test_a_workbook_that_unpacks_to_a_bomb_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 100_000_000)
    with pytest.raises(InputError, match="unpacks to too much"):
        read(tmp_path, "p.xlsx", buffer.getvalue())


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=200), suffix=st.sampled_from(["csv", "tsv", "json", "jsonl", "xlsx"]))
def test_no_bytes_give_anything_but_parties_or_a_clear_error(tmp_path_factory, raw, suffix):
    path = tmp_path_factory.mktemp("p") / f"p.{suffix}"
    path.write_bytes(raw)
    try:
        assert read_parties(path).parties
    except CrosstieError as error:
        assert str(error)


def test_an_unquoted_comma_never_cuts_a_name(tmp_path):
    found = read(tmp_path, "p.csv", "name,country\nFoo Co., Ltd.,CN\nHexi,CN\n")
    assert names(found) == ["Hexi"]
    assert "p.csv row 2: 3 cells under 2 headings" in found.set_aside[0]


def test_in_a_single_column_the_comma_is_part_of_the_name(tmp_path):
    assert names(read(tmp_path, "p.csv", "name\nFoo Co., Ltd.\n")) == ["Foo Co., Ltd."]


def test_of_two_identifier_columns_the_official_one_counts(tmp_path):
    found = read(tmp_path, "p.csv", "id,name,ror\nP-1,Hexi,00wk2mp56\n")
    assert found.parties[0].id == "00wk2mp56"


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.namelist():
            raw = old.read(item)
            new.writestr(item, raw[: len(raw) // 2] if "sheet1" in item else raw)
    with pytest.raises(InputError, match="damaged"):
        read(tmp_path, "p.xlsx", buffer.getvalue())
