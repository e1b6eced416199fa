"""Say what a file is, by its name and by its first bytes, and refuse it where the two differ."""

import re
from pathlib import PurePath

from crosstie.documents.refusals import misdeclared, unsupported

_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
SUFFIXES = frozenset(_BY_SUFFIX)

MEDIA_TYPES = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NAMES = {
    "pdf": "a PDF",
    "html": "an HTML page",
    "docx": "a Word document",
    "ole": "an old Office file",
}
_RENAME = {"pdf": ".pdf", "html": ".html", "docx": ".docx"}

_AS_TEXT = "save it as .docx, .pdf, .html or .txt"
_UNSUPPORTED = {
    ".doc": "save it as .docx",
    ".rtf": "save it as .docx",
    ".odt": "save it as .docx",
    ".wps": "save it as .docx",
    ".ppt": "save it as .pdf",
    ".pptx": "save it as .pdf",
    ".odp": "save it as .pdf",
    ".xls": "load a table with `crosstie load table`, or save it as .pdf",
    ".xlsx": "load a table with `crosstie load table`, or save it as .pdf",
    ".csv": "load a table with `crosstie load table`",
    ".epub": "save it as .html or .pdf",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
    ".eml": "save the message as .txt",
    ".msg": "save the message as .txt",
    ".zip": "unpack it and add the files inside",
    ".gz": "unpack it and add the file inside",
    ".jpg": "read it with a text recogniser (OCR) and add the text",
    ".jpeg": "read it with a text recogniser (OCR) and add the text",
    ".png": "read it with a text recogniser (OCR) and add the text",
    ".tif": "read it with a text recogniser (OCR) and add the text",
    ".tiff": "read it with a text recogniser (OCR) and add the text",
}

# What else the first bytes can show, in words.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"%!PS", "a PostScript file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a media file"),
    (b"RIFF", "a media file"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*){0,5}<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def format_of(raw: bytes, name: str) -> str:
    """Return text, markdown, html, pdf or docx; raise DocumentRefused for anything else.

    A file without a suffix is taken for what its bytes show.
    """
    suffix = PurePath(name).suffix.lower()
    found = _by_bytes(raw)
    if suffix in _UNSUPPORTED:
        raise unsupported(name, f"{suffix} files are not read", _UNSUPPORTED[suffix])
    if suffix and suffix not in _BY_SUFFIX:
        known = ", ".join(sorted(SUFFIXES))
        raise unsupported(name, f"{suffix} is not a kind of file that is read", f"use {known}")
    declared = _BY_SUFFIX.get(suffix)
    if declared is None:
        return _undeclared(name, found)
    if found is None or found == declared:
        if declared in ("pdf", "docx") and found is None:
            raise misdeclared(name, suffix, "no such file by its content", _AS_TEXT)
        return declared
    if found == "ole" and declared == "docx":
        # A locked .docx is wrapped in the old container; word.py tells the two apart.
        return declared
    remedy = f"rename it to {_RENAME[found]}" if found in _RENAME else _AS_TEXT
    raise misdeclared(name, suffix, _NAMES.get(found, found), remedy)


def _undeclared(name: str, found: str | None) -> str:
    if found is None:
        return "text"
    if found in MEDIA_TYPES:
        return found
    raise unsupported(name, f"is {_NAMES.get(found, found)}", _AS_TEXT)


def _by_bytes(raw: bytes) -> str | None:
    """Return the format that the first bytes show, in one of our names or in words."""
    head = raw[:8192]
    # Readers of PDF allow some bytes before the mark.
    if b"%PDF-" in head[:1024] and not _HTML.match(_unmarked(head)):
        return "pdf" if head.lstrip().startswith(b"%PDF-") or b"\x00" in head else None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if b"word/" in raw[:65536] or b"word/" in raw[-65536:] else "a ZIP archive"
    if head.startswith(_OLE):
        return "ole"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    return "html" if _HTML.match(_unmarked(head)) else None


def _unmarked(head: bytes) -> bytes:
    """Drop a byte order mark and, for UTF-16, the zero bytes, so that tags can be seen."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")
