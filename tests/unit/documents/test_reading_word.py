import datetime
import io
import random
import zipfile

import docx
import pytest

from crosstie.documents import read_document
from crosstie.ontology.errors import DocumentRefused


def note() -> bytes:
    word = docx.Document()
    word.core_properties.title = "Norvik widens its naval work"
    word.core_properties.created = datetime.datetime(2020, 3, 5, 9, 0, tzinfo=datetime.UTC)
    word.add_heading("Norvik widens its naval work", 0)
    word.add_paragraph("The yard signed an agreement with the ministry. It will build boats.")
    word.add_heading("Background", 1)
    word.add_paragraph("Orrin Group owns the yard.")
    table = word.add_table(2, 2)
    for row, cells in enumerate((("Year", "Sales"), ("2019", "41 million"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    word.add_paragraph("Tarn Optics", style="List Bullet")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def rewritten(part: str, change: bytes | None, extra: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(note())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif change is not None:
                new.writestr(name, change)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


def body(xml: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (space, xml)


def refusal(raw: bytes) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_document(raw, name="note.docx")
    assert caught.value.remedy
    return caught.value.reason


def test_paragraphs_headings_rows_and_items_become_lines() -> None:
    document, articles = read_document(note(), name="note.docx")
    assert document.text.split("\n") == [
        "Norvik widens its naval work",
        "",
        "The yard signed an agreement with the ministry. It will build boats.",
        "",
        "Background",
        "",
        "Orrin Group owns the yard.",
        "",
        "Year | Sales",
        "2019 | 41 million",
        "",
        "- Tarn Optics",
    ]
    assert [block.kind for block in articles[0].blocks] == ["title", "heading"]


def test_core_properties_give_title_and_date() -> None:
    document, articles = read_document(note(), name="note.docx")
    assert document.title == "Norvik widens its naval work"
    assert document.date == "2020-03-05"
    # When the file was made is not when the article was written.
    assert articles[0].date is None


def test_old_and_locked_files_are_refused_by_what_they_are() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refusal(old) == "unsupported"
    assert refusal(old + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_archive_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    assert refusal(rewritten("word/document.xml", body(b"") + b" " * 90_000_000)) == "huge"


def test_xml_that_defines_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + body(b"")
    assert refusal(rewritten("word/document.xml", bomb)) == "unreadable"


@pytest.mark.parametrize(
    "raw",
    [
        rewritten("word/document.xml", None),
        rewritten("word/document.xml", b"<w:document"),
        rewritten("[Content_Types].xml", b"<a/>"),
        note()[:2_000] + b"word/",
    ],
    ids=["no document", "broken document", "no types", "cut off"],
)
def test_damaged_word_file_is_refused(raw: bytes) -> None:
    assert refusal(raw) in ("unreadable", "misdeclared")


def test_cell_that_claims_a_hundred_million_columns_costs_nothing() -> None:
    cell = (
        b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
        b"<w:p><w:r><w:t>Norvik</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    raw = rewritten("word/document.xml", body(cell))
    assert read_document(raw, name="note.docx")[0].text == "Norvik"


def test_mutilated_word_file_is_read_or_refused_and_never_fails_otherwise() -> None:
    chance = random.Random(11)
    whole = note()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        xml = archive.read("word/document.xml")
    for _ in range(60):
        raw = bytearray(xml if chance.random() < 0.5 else whole)
        inner = len(raw) == len(xml)
        for _ in range(chance.choice([1, 5, 50])):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        spoilt = rewritten("word/document.xml", bytes(raw)) if inner else bytes(raw)
        try:
            read_document(spoilt, name="note.docx")
        except DocumentRefused as error:
            assert error.reason in DocumentRefused.REFUSALS
