import io
import random
import zlib
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from crosstie.documents import read_document
from crosstie.ontology.errors import DocumentRefused

_STYLES = getSampleStyleSheet()
_BODY = (
    "Norvik Shipbuilding Group signed an agreement with the Ministry of Defence of Vellmark on "
    "Tuesday, officials said. Under it, the yard and the Halden Institute of Technology will "
    "develop a sonar for patrol boats. "
)


def report(pages: int = 1, **options: Any) -> bytes:
    buffer = io.BytesIO()
    parts: list[Any] = [
        Paragraph("Norvik widens its naval work", _STYLES["Title"]),
        Paragraph("3 March 2020", _STYLES["Normal"]),
        Spacer(1, 12),
        Paragraph(_BODY * 3, _STYLES["Normal"]),
        Table([["Year", "Yard", "Sales"], ["2018", "Norvik", "41 million"]]),
    ]
    parts += [Paragraph(_BODY * 12, _STYLES["Normal"]), Spacer(1, 8)] * (4 * (pages - 1))

    def foot(canvas: Canvas, _: object) -> None:
        canvas.drawString(70, 30, "Vellmark Defence Review")
        canvas.drawString(500, 30, str(canvas.getPageNumber()))

    SimpleDocTemplate(buffer, **options).build(parts, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def hand_made(contents: bytes, *, filters: bytes = b"", objects: tuple[bytes, ...] = ()) -> bytes:
    stream = b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(contents), contents)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        stream,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(parts) + 1, table, len(parts) + 1, len(out))
    )


def refusal(raw: bytes) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_document(raw, name="report.pdf")
    assert caught.value.remedy
    return caught.value.reason


def test_lines_become_paragraphs_and_the_title_is_found() -> None:
    document, articles = read_document(report(), name="report.pdf")
    assert articles[0].title == "Norvik widens its naval work"
    assert articles[0].date == "2020-03-03"
    assert (_BODY * 3).strip() in document.text


def test_title_over_two_lines_is_one_title() -> None:
    title = (
        "Norvik Shipbuilding Group and the Halden Institute of Technology widen their naval work"
    )
    buffer = io.BytesIO()
    parts = [Paragraph(title, _STYLES["Title"]), Paragraph(_BODY * 3, _STYLES["Normal"])]
    SimpleDocTemplate(buffer).build(parts)
    assert read_document(buffer.getvalue(), name="report.pdf")[1][0].title == title


def test_chinese_lines_are_joined_without_a_space() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle("zh", fontName="STSong-Light", leading=16, wordWrap="CJK")
    large = ParagraphStyle("zh title", parent=plain, fontSize=18, leading=24)
    title = "维尔马克海事集团与奥丁理工大学签署战略合作协议共建船舶动力联合实验室"
    body = "维尔马克海事集团与奥丁理工大学在奥丁港签署战略合作协议。双方将共建船舶动力联合实验室，"
    body += "并联合培养人才。"
    buffer = io.BytesIO()
    parts: list[Any] = [Paragraph(title, large), Paragraph("来源：奥丁日报 2020-06-18", plain)]
    parts += [Spacer(1, 12), Paragraph(body * 3, plain), Spacer(1, 12), Paragraph(body, plain)]
    SimpleDocTemplate(buffer).build(parts)
    document, articles = read_document(buffer.getvalue(), name="report.pdf")
    assert (articles[0].title, articles[0].publisher) == (title, "奥丁日报")
    assert document.text.split("\n\n")[1:] == [body * 3, body]


def test_rows_of_a_table_stay_rows_in_a_pdf() -> None:
    lines = read_document(report(), name="report.pdf")[0].text.split("\n")
    assert "2018 | Norvik | 41 million" in lines


def test_running_feet_and_page_numbers_are_left_out() -> None:
    text = read_document(report(pages=5), name="report.pdf")[0].text
    assert "Vellmark Defence Review" not in text
    assert text.count(_BODY.strip()) > 100


def test_pdf_locked_against_changes_alone_is_read() -> None:
    raw = report(encrypt=StandardEncryption("", ownerPassword="x", canModify=0))
    assert "Norvik" in read_document(raw, name="report.pdf")[0].text


def test_pdf_with_a_password_is_refused_as_encrypted() -> None:
    assert refusal(report(encrypt="secret")) == "encrypted"


def test_scanned_pdf_is_refused_with_the_way_out() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentRefused, match="OCR") as caught:
        read_document(buffer.getvalue(), name="scan.pdf")
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4\n",
        hand_made(b"[" * 100_000),
        report().replace(b"/Kids", b"/Kidz"),
    ],
    ids=["header alone", "deep arrays", "no pages"],
)
def test_damaged_pdf_is_refused(raw: bytes) -> None:
    assert refusal(raw) in ("unreadable", "empty")


@pytest.mark.parametrize("drawing", [b"0" * 200_000_000, b"BT (Norvik) Tj ET\n" * 2_000_000])
def test_pdf_that_unpacks_to_far_more_than_it_is_is_refused(drawing: bytes) -> None:
    raw = hand_made(zlib.compress(drawing, 9), filters=b"/Filter/FlateDecode")
    assert refusal(raw) == "huge"


def test_forms_that_draw_each_other_end() -> None:
    loop = (
        b"<</Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>/Length 11>>stream\n"
        b"/X Do /X Do\nendstream"
    )
    assert refusal(hand_made(b"/X Do", objects=(loop,))) in ("unreadable", "empty")


def test_mutilated_pdf_is_read_or_refused_and_never_fails_otherwise() -> None:
    chance = random.Random(7)
    whole = report()
    for _ in range(60):
        raw = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50, 300])):
            raw[chance.randrange(9, len(raw))] = chance.randrange(256)
        try:
            document, articles = read_document(bytes(raw), name="report.pdf")
        except DocumentRefused as error:
            assert error.reason in DocumentRefused.REFUSALS
        else:
            assert articles[-1].end <= len(document.text)
