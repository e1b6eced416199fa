import subprocess
import sys

import pytest

from crosstie.documents import MAX_BYTES, read_document
from crosstie.documents.decoding import decode
from crosstie.ontology.errors import DocumentRefused

_ZH = "维尔马克海事集团与奥丁理工大学签署战略合作协议，双方将共建船舶动力联合实验室。"
_TW = "維爾馬克海事集團與奧丁理工大學簽署戰略合作協議，雙方將共建船舶動力聯合實驗室。"
_JA = "造船会社は防衛省と契約を結んだと発表した。研究は三年間続く予定である。"
_KO = "조선소는 방위사업청과 전투함 개발 계약을 체결했다고 밝혔다."
_RU = "Верфь подписала соглашение с министерством обороны о поставке двигателей."
_FR = "La société a signé un accord avec le ministère de la Défense cet été."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_ZH, "utf-8"), (_ZH, "gb18030"), (_ZH, "gbk"), (_ZH, "utf-16"), (_ZH, "utf-32"),
        (_TW, "big5"), (_JA, "shift_jis"), (_JA, "euc_jp"), (_JA, "iso2022_jp"),
        (_KO, "euc_kr"), (_RU, "cp1251"), (_RU, "koi8_r"), (_FR, "cp1252"),
        (_FR, "utf-16-le"), (_FR, "utf-16-be"),
    ],
)  # fmt: skip
def test_text_in_its_country_s_encoding_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="page.txt") == text


def test_declared_charset_settles_what_the_bytes_leave_open() -> None:
    raw = "Łódź żółw".encode("cp1250")
    assert decode(raw, name="page.html", declared="windows-1250") == "Łódź żółw"


def test_line_ends_and_blanks_stay_and_the_mark_at_the_start_goes() -> None:
    text = " \r\nNorvik grows\r\n\r\nIt sells boats.\n\n\tEnd. "
    document, _ = read_document(b"\xef\xbb\xbf" + text.encode(), name="page.txt")
    assert document.text == text


def test_offsets_count_characters_beyond_the_basic_plane() -> None:
    document, articles = read_document("𠮷野造船 grows\n\nIt sells boats.".encode(), name="p.txt")
    assert document.text[articles[0].body_start :] == "It sells boats."


def test_direction_marks_stay_in_the_text_and_out_of_the_title() -> None:
    document, articles = read_document(
        "\u202eNorvik grows\u202c\n\nIt sells.".encode(), name="p.txt"
    )
    assert "\u202e" in document.text
    assert articles[0].title == "Norvik grows"


def test_same_bytes_under_another_name_are_the_same_document() -> None:
    raw = b"Norvik grows.\n"
    assert read_document(raw, name="a.txt")[0].id == read_document(raw, name="b.txt")[0].id


def test_front_matter_gives_title_date_and_publisher_and_no_article_text() -> None:
    raw = b"---\ntitle: Boats\ndate: 2020-03-04\npublisher: The Quay\n---\n\nNorvik sells boats.\n"
    document, articles = read_document(raw, name="boats.md")
    assert (document.title, document.date, document.publisher) == (
        "Boats",
        "2020-03-04",
        "The Quay",
    )
    assert document.text == raw.decode()
    assert document.text[articles[0].start :].startswith("Norvik")


def test_address_given_by_the_caller_is_kept() -> None:
    document, _ = read_document(b"Norvik.", name="a.txt", url="https://example.org/a")
    assert document.url == "https://example.org/a"


@pytest.mark.parametrize(
    ("raw", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.txt", "empty"),
        (b"\xef\xbb\xbf", "a.txt", "empty"),
        (b"text\x00with\x00zeros", "a.txt", "unreadable"),
        (bytes(range(1, 256)) * 20, "a.txt", "unreadable"),
        (b"\xff\xfe\x00\xd8a\x00", "a.txt", "unreadable"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "huge"),
        (b"A\n" * 400_000, "a.txt", "huge"),
        (b"%PDF-1.7\n...", "a.txt", "misdeclared"),
        (b"<!doctype html><html><p>x</html>", "a.txt", "misdeclared"),
        (b"<!doctype html><html><p>x</html>", "a.pdf", "misdeclared"),
        ("<!doctype html><html><p>x</html>".encode("utf-16"), "a.pdf", "misdeclared"),
        (b"\x89PNG\r\n\x1a\n....", "a.docx", "misdeclared"),
        (b"PK\x03\x04 an archive of something", "a.pdf", "misdeclared"),
        (b"{\\rtf1 hello}", "a.txt", "misdeclared"),
        (b"plain words", "a.pdf", "misdeclared"),
        (b"plain words", "a.docx", "misdeclared"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "unsupported"),
        (b"a,b\n1,2\n", "a.csv", "unsupported"),
        (b"whatever", "a.xyz", "unsupported"),
        (b"\x89PNG\r\n\x1a\n....", "picture", "unsupported"),
    ],
)
def test_file_is_refused_by_name_reason_and_remedy(raw: bytes, name: str, reason: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        read_document(raw, name=name)
    assert caught.value.reason == reason
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (b"Norvik sells boats.", "text/plain"),
        (b"<!doctype html><html><body><p>Norvik sells boats.</p></html>", "text/html"),
    ],
)
def test_file_without_a_suffix_is_taken_for_what_it_shows(raw: bytes, media_type: str) -> None:
    assert read_document(raw, name="page")[0].media_type == media_type


def test_reading_plain_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from crosstie.documents import read_document; "
        "read_document('签署协议。'.encode(), name='a.txt'); "
        "print(sorted({'trafilatura', 'pypdf', 'docx', 'py3langid'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
