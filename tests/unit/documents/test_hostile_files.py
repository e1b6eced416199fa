"""Files made to harm, or spoilt on the way: read or refused by name, in bounded time."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from crosstie.documents import read_document
from crosstie.ontology.errors import DocumentRefused

# Far above what any of these takes; only a loop or a square of the size comes near.
_SECONDS = 30
_SENTENCE = "Norvik Shipbuilding Group signed an agreement with Tarn Optics. "
_CHINESE = "云门大学与河西集团共建深海装备联合实验室，双方将围绕水声通信开展研究。" * 12


def outcome(raw: bytes, name: str) -> str:
    """Return "read", or the reason of the refusal; whatever else is raised fails the test."""
    began = time.perf_counter()
    try:
        document, articles = read_document(raw, name=name)
        for article in articles:
            assert 0 <= article.start < article.end <= len(document.text)
        found = "read"
    except DocumentRefused as refused:
        assert refused.remedy
        assert name in str(refused)
        found = refused.reason
    assert time.perf_counter() - began < _SECONDS
    return found


def _nested(tag: str, depth: int) -> bytes:
    return (f"<html><body>{f'<{tag}>' * depth}{_SENTENCE}{f'</{tag}>' * depth}").encode()


def _posts(count: int, depth: int) -> bytes:
    post = f"<div class=p><h3>Title</h3><p>3 May 2021</p><p>{_SENTENCE * 4}</p></div>"
    page = post * count
    for _ in range(depth):
        page = f"<div class=o><h2>Part</h2>{page}</div>"
    return f"<html><body>{page}</body></html>".encode()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (lambda: _nested("div", 100_000), {"unreadable"}),
        (lambda: _nested("span", 100_000), {"unreadable"}),
        (lambda: _nested("b", 350), {"read"}),
        (lambda: _nested("table><tr><td", 5_000), {"unreadable"}),
        (lambda: b"<div>" * 3_000_000, {"unreadable", "huge"}),
        (lambda: b"<p" * 2_000_000, {"read", "huge", "empty", "unreadable"}),
        (lambda: _posts(1_500, 1), {"read"}),
        (lambda: _posts(60, 150), {"read"}),
        (lambda: _posts(20_000, 0), {"read", "huge"}),
        (lambda: b"<html><body><!--" + b"-" * 2_000_000, {"read", "empty"}),
        (lambda: b"<html><title>" + b"x" * 5_000_000, {"read", "empty"}),
        (lambda: b'<html><meta charset="' + b"u" * 100_000 + b'">Norvik sails.', {"read"}),
    ],
)  # fmt: skip
def test_hostile_page_ends(page: Callable[[], bytes], expected: set[str]) -> None:
    assert outcome(page(), "page.html") in expected


@pytest.mark.parametrize(
    "line",
    [
        "【" * 200, "（" * 250, "来源：" * 80, "Source: " * 35, "2021-01-01 " * 25,
        "3 May 2021, " * 22, "> " * 140, "Latest " * 40, "原创 " + "远" * 250, "1. " * 90,
        "《" * 100 + "》" * 100,
        "a, " * 90, "Title: " * 40, "点击" * 120, "| " * 140, "By " * 90, "From: " * 45,
    ],
)  # fmt: skip
def test_page_of_one_odd_line_over_and_over_ends(line: str) -> None:
    assert outcome((line + "\n").encode() * 3_000, "page.txt") in ("read", "empty")


def test_one_line_of_forty_megabytes_ends() -> None:
    assert outcome(_SENTENCE.encode() * 600_000, "page.txt") in ("read", "huge")


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "no-such-charset"])
def test_chinese_page_that_declares_a_wrong_charset_is_read(encoding: str, declared: str) -> None:
    text = _CHINESE
    if encoding == "big5hkscs":
        text = text.translate(
            str.maketrans(
                "云门学与团共建备联实验双将围绕声开", "雲門學與團共建備聯實驗雙將圍繞聲開"
            )
        )
        text = "".join(c for c in text if c.encode(encoding, "ignore"))
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    try:
        document, _ = read_document(page.encode(encoding), name="page.html")
    except DocumentRefused as refused:
        # What is declared is taken at its word where the bytes allow it, and never half.
        assert refused.reason == "unreadable"
        return
    right = text[:30] in document.text
    allowed = {"gb18030": {"big5"}, "big5hkscs": {"gb2312"}}[encoding]
    assert right or declared in allowed


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "empty"),
        (b"\x00" * 5_000, "empty"),
        (b" \r\n\t" * 100, "empty"),
        (b"Norvik\x00 sails.\x00\x00" * 50, "unreadable"),
        (_CHINESE.encode("utf-8")[:-1], "read"),
        (b"\xff\xfe" + _SENTENCE.encode("utf-16-le")[:-1], "unreadable"),
        (b"\xef\xbb\xbf", "empty"),
    ],
)
def test_spoilt_text_is_read_or_refused_by_name(raw: bytes, expected: str) -> None:
    found = outcome(raw, "note.txt")
    assert found == expected or (expected == "read" and found == "unreadable")


def test_half_of_a_page_gives_the_half_that_is_there() -> None:
    page = f"<html><body><h1>Yard sold</h1><p>{_SENTENCE * 8}</p><p>The pri"
    document, articles = read_document(page.encode(), name="page.html")
    assert _SENTENCE.strip() in document.text
    assert len(articles) == 1


def test_word_file_whose_parts_unpack_without_end_is_refused() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p>" + b"A" * 70_000_000)
    assert outcome(inner.getvalue(), "bomb.docx") == "huge"


def test_archive_in_an_archive_is_refused() -> None:
    inner = b"PK\x05\x06" + b"\x00" * 18
    for _ in range(5):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", inner)
        inner = outer.getvalue()
    assert outcome(inner, "nested.docx") in ("unreadable", "misdeclared", "empty")


def test_pdf_whose_pages_point_in_a_circle_ends() -> None:
    pages = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1000000>>endobj\n"
        b"3 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1000000/Parent 2 0 R>>endobj\n"
        b"trailer<</Size 4/Root 1 0 R>>\n%%EOF"
    )
    assert outcome(pages, "loop.pdf") in ("unreadable", "huge", "empty")


@pytest.mark.parametrize("cut", [20, 200, 1_000])
def test_half_written_pdf_is_refused(cut: int) -> None:
    head = b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" * 40
    assert outcome(head[:cut], "half.pdf") in ("unreadable", "empty")
