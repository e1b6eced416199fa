"""Read a PDF: its pages' text as paragraphs, running heads and page numbers left out.

A PDF holds lines, not paragraphs. Lines that a margin ended are put together again with a space
(none between Han characters, none after a hyphen, which stays); rows of a table and short lines
stay lines. A line that stands at the top or the foot of three or more pages is kept once, or not
at all if it counts the pages.
"""

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from typing import Any

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import (
    DependencyError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)

from crosstie.documents.dating import dates_in
from crosstie.documents.pages import Page
from crosstie.documents.pdf_lines import DrawnPage, TooManySteps, drawn, joined, page_text
from crosstie.documents.refusals import empty, encrypted, huge, unreadable
from crosstie.text.lines import lines_of, paragraphs_of

MOST_PAGES = 3_000
_MOST_STEPS = 20_000_000
_LONGEST_TEXT = 20_000_000
_EDGE = 2
_REPEATS = 3
# Fewer characters a page than this are stamps on pictures of pages.
_LEAST_A_PAGE = 20

_FULL, _FULL_HAN = 45, 20

_HAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_DIGITS = re.compile(r"\d+|\b[ivx]{1,5}\b", re.IGNORECASE)
_JUNK = re.compile(
    r"microsoft word|untitled|slide \d|.*\.(?:docx?|pdf|indd|qxp|pptx?|tex|dvi)$", re.IGNORECASE
)
# What pypdf lets through on damaged files, beside its own errors: it reads objects of the wrong
# type before it checks them. Each of these was met with a mutilated file in the tests.
_DAMAGE = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError,
    NotImplementedError, OSError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

# A page's drawing unpacks to some hundred kilobytes; pypdf's own bounds of 75 MB let a small file
# take a gigabyte of memory.
_MOST_UNPACKED = 20_000_000
_BOUNDS: dict[str, Any] = {
    "array_based_stream_maximum_output_length": _MOST_UNPACKED,
    "lzw_maximum_output_length": _MOST_UNPACKED,
    "run_length_maximum_output_length": _MOST_UNPACKED,
    "zlib_maximum_output_length": _MOST_UNPACKED,
    "page_tree_maximum_page_entries": 100_000,
}

# pypdf reports each oddity of a file as a warning; without a handler they would go to stderr.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(raw: bytes, name: str) -> Page:
    """Read a PDF's text. Raises DocumentRefused: encrypted, unreadable, huge or empty."""
    try:
        with apply_configuration(None, **_BOUNDS):
            drawings, facts = _read(raw, name)
    except (DependencyError, FileNotDecryptedError) as error:
        raise encrypted(name) from error
    except (TooManySteps, LimitReachedError) as error:
        raise huge(name, "unpacks to or draws more than a document of text does") from error
    except _DAMAGE as error:
        raise unreadable(name, f"is a damaged PDF ({type(error).__name__})") from error
    pages = [_cleaned(page_text(drawing)) for drawing in drawings]
    if sum(len("".join(page.split())) for page in pages) < _LEAST_A_PAGE * max(1, len(pages)):
        raise empty(
            name,
            "holds pictures of pages and no text",
            "read it with a text recogniser (OCR) and add the result",
        )
    return Page(_paragraphed(_without_running_heads(pages)), **facts)


def _read(raw: bytes, name: str) -> tuple[list[DrawnPage], dict[str, Any]]:
    """Do all that pypdf does, so that its errors are told from ours."""
    reader = _opened(raw, name)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise huge(name, f"has {count:,} pages, over the limit of {MOST_PAGES:,}")
    return list(_drawings(reader, name)), _facts(reader)


def _opened(raw: bytes, name: str) -> PdfReader:
    reader = PdfReader(io.BytesIO(raw))
    # Many files are locked against changes only: they open with an empty password.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise encrypted(name)
    return reader


def _drawings(reader: PdfReader, name: str) -> Iterator[DrawnPage]:
    steps = length = 0
    for page in reader.pages:
        drawing = drawn(page)
        steps += drawing.steps
        length += len(drawing.text)
        if steps > _MOST_STEPS or length > _LONGEST_TEXT:
            raise huge(name, f"unpacks to more than {_LONGEST_TEXT:,} characters of text")
        yield drawing


def _cleaned(text: str) -> str:
    """Drop what broken fonts give: zeros and halves of characters, which no store can keep."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\u00ad\n", "").replace("\u00ad", "")


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """Return the pages' lines without page numbers and all but the first copy of running heads."""
    lines = [
        [text[start:end].strip() for start, end in lines_of(text, 0, len(text))] for text in pages
    ]
    lines = [_trimmed(page) for page in lines]
    counts = Counter(key for page in lines for key in {_edge_key(line) for line in _edges(page)})
    seen: set[str] = set()
    kept = []
    for page in lines:
        edges = set(range(_EDGE)) | set(range(len(page) - _EDGE, len(page)))
        kept.append(
            [line for at, line in enumerate(page) if at not in edges or _keeps(line, counts, seen)]
        )
    return kept


def _trimmed(page: list[str]) -> list[str]:
    while page and not page[0]:
        page = page[1:]
    while page and not page[-1]:
        page = page[:-1]
    return page


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:] if len(page) > 2 * _EDGE else page


def _edge_key(line: str) -> str:
    return _DIGITS.sub("#", line).strip(" -–—·|")


def _keeps(line: str, counts: Counter[str], seen: set[str]) -> bool:
    key = _edge_key(line)
    repeated = counts[key] >= _REPEATS
    if key == "#" or (repeated and (key in seen or "#" in key)):
        return False
    seen.add(key)
    return True


def _paragraphed(pages: list[list[str]]) -> str:
    """Join the pages' lines into paragraphs, over page ends too where a sentence runs on."""
    pieces: list[str] = []
    for page in pages:
        text = "\n".join(page)
        if pieces and text:
            pieces.append("\n" if _unfinished(pieces[-1]) else "\n\n")
        pieces.append(text)
    whole = "".join(pieces)
    widths = sorted(len(line) for line in whole.split("\n") if line)
    # Most lines of running text end at the margin; a table or a list of names is narrower.
    width = widths[len(widths) * 9 // 10] if widths else 0
    out: list[str] = []
    at = 0
    for start, end in paragraphs_of(whole, 0, len(whole), width=width):
        if out:
            out.append("\n\n" if whole.count("\n", at, start) > 1 else "\n")
        out.append(_unwrapped(whole[start:end]))
        at = end
    return "".join(out)


def _unfinished(page: str) -> bool:
    """Tell whether a page ends in the middle of a sentence, in a line as long as running text's."""
    last = page.rsplit("\n", 1)[-1]
    full = len(last) >= (_FULL_HAN if _HAN.match(last) else _FULL)
    return full and last[-1] not in '.!?。！？:：;；”"'


def _unwrapped(paragraph: str) -> str:
    return reduce(joined, [line for line in paragraph.split("\n") if line])


def _facts(reader: PdfReader) -> dict[str, Any]:
    """Return what the file says of itself; a title that a program made up is left out."""
    info = reader.metadata
    if info is None:
        return {}
    title = str(info.title or "").strip()
    return {
        "title": "" if _JUNK.match(title) else title[:500],
        "made": _made(str(info.creation_date_raw or "")),
    }


def _made(raw: str) -> str | None:
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", raw)
    dates = dates_in("-".join(found.groups())) if found else []
    return dates[0].iso if dates else None
