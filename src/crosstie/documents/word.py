"""Read a Word document (.docx): paragraphs, headings, lists and table rows as lines."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.table import CT_Tc
from docx.table import Table
from docx.text.paragraph import Paragraph

from crosstie.documents.pages import Page, PageWriter
from crosstie.documents.refusals import empty, encrypted, huge, unreadable, unsupported

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 10_000
# Pictures do not shrink much; text that unpacks to more than this is made to harm.
_MOST_UNPACKED = 500_000_000
_MOST_XML = 60_000_000
_MOST_RATIO = 200
_LONGEST_TEXT = 20_000_000
_DEEPEST_TABLE = 8
_HEADING = re.compile(r"heading \d|title$", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)
# What zipfile, lxml (SyntaxError) and python-docx raise on damaged files; the last four on parts
# that are missing or are not what their type says.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, SyntaxError, OpcError, InvalidXmlError, OSError, EOFError,
    NotImplementedError, RecursionError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip


def read_word(raw: bytes, name: str) -> Page:
    """Read a Word document's text. Raises DocumentRefused."""
    if raw.startswith(_OLE):
        if _LOCKED in raw:
            raise encrypted(name)
        raise unsupported(name, "is an old .doc file under a new name", "save it as .docx")
    try:
        _check_parts(raw, name)
        word = open_word(io.BytesIO(raw))
        page = PageWriter(limit=_LONGEST_TEXT)
        _write(word, page, name)
        properties = word.core_properties
        title, made = properties.title or "", properties.created
    except _DAMAGE as error:
        raise unreadable(name, f"is a damaged Word document ({type(error).__name__})") from error
    if not page.text():
        raise empty(name)
    return Page(
        page.text(),
        title=" ".join(title.split())[:500],
        made=made.date().isoformat() if made is not None else None,
        headings=tuple(page.headings),
    )


def _check_parts(raw: bytes, name: str) -> None:
    """Refuse archives that unpack to far more than they are, and XML that defines entities."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        if (
            len(parts) > _MOST_PARTS
            or unpacked > _MOST_UNPACKED
            or any(part.file_size > _MOST_XML for part in xml)
            or any(
                part.file_size > max(1_000_000, _MOST_RATIO * part.compress_size) for part in xml
            )
        ):
            raise huge(
                name, f"unpacks to {unpacked:,} bytes, more than a document of its size does"
            )
        for part in xml:
            with archive.open(part) as file:
                if b"<!DOCTYPE" in (head := file.read(4096)) or b"<!ENTITY" in head:
                    raise unreadable(
                        name,
                        f"defines its own XML entities in {part.filename}",
                        "open it in a word processor and save it again",
                    )


def _write(word: WordDocument, page: PageWriter, name: str) -> None:
    for item in word.iter_inner_content():
        if isinstance(item, Table):
            page.gap()
            for row in _rows(item, 0):
                page.line(row)
            page.gap()
        else:
            _write_paragraph(item, page)
        if page.full:
            raise huge(name, f"holds more than {_LONGEST_TEXT:,} characters")


def _write_paragraph(paragraph: Paragraph, page: PageWriter) -> None:
    style = paragraph.style.name if paragraph.style is not None else ""
    heading = _HEADING.match(style or "") is not None
    listed = _LIST.match(style or "") is not None or _numbered(paragraph)
    lines = [" ".join(line.split()) for line in paragraph.text.split("\n")]
    if not listed:
        page.gap()
    for line in lines:
        page.line(f"- {line}" if line and listed and not heading else line, heading=heading)
    if not listed:
        page.gap()


def _numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _rows(table: Table, depth: int) -> Iterator[str]:
    """Yield a line for each row, cells parted by bars; a cell that spans several stands once."""
    # The cells as they stand in the file: python-docx would repeat one that spans columns for as
    # many columns as it claims, and a file may claim a hundred million.
    for row in table._tbl.tr_lst:
        cells = [" ".join(_cell_text(cell).split()) for cell in row.tc_lst]
        yield " | ".join(cells).strip(" |")
        inner = [below for cell in row.tc_lst for below in cell.tbl_lst]
        if depth < _DEEPEST_TABLE:
            for below in inner:
                yield from _rows(Table(below, table), depth + 1)


def _cell_text(cell: CT_Tc) -> str:
    return " ".join(paragraph.text for paragraph in cell.p_lst)
