"""Turn the bytes of a text file into characters, and refuse what is no text.

The order: a byte order mark, UTF-8, the charset that the file declares, the East Asian encodings
by how common the characters are that they give, and at last a statistical guess. A byte order mark
is no character of the text; everything else, line ends included, stays as it is.
"""

import codecs
import functools
import re

from crosstie.documents.refusals import empty, unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EAST_ASIAN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
# Names by which files declare a narrower set than the one they use.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "shift_jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8",
    "ascii": "utf-8",
}  # fmt: skip
_SAMPLE = 65_536
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Some old exports leave a stray control in a page; a program file is full of them.
_MOST_CONTROLS = 0.005
# Below this share of common characters, East Asian text is a misreading of something else.
_LEAST_COMMON = 0.75
# Chinese and Japanese put few spaces between their characters; misread Cyrillic has many.
_PARTED = re.compile("[^\x00-\x7f] (?=[^\x00-\x7f])")
_MOST_PARTED = 0.1
# What a Western European text holds beside ASCII; a misread one soon shows something else.
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ“”‘’„‚–—…«»‹›€£©®°•·¡¿§™ºª\xa0"
)
_JAPANESE_MAIL = (b"\x1b$B", b"\x1b$@", b"\x1b(J")


def decode(raw: bytes, *, name: str, declared: str | None = None) -> str:
    """Return the text of a file's bytes. Raises DocumentRefused: empty or unreadable."""
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise empty(name, "holds no text" if raw else "holds no bytes at all")
    text = _marked(raw, name) or _unmarked_wide(raw)
    if text is None and any(mark in raw[:_SAMPLE] for mark in _JAPANESE_MAIL):
        text = _strictly(raw, "iso2022_jp_2")
    for encoding in ("utf-8", _codec(declared)):
        if text is None and encoding is not None:
            text = _strictly(raw, encoding)
    text = text or _east_asian(raw) or _guessed(raw)
    if text is None or _is_binary(text):
        raise unreadable(
            name,
            "is no text in any encoding that is known here",
            "save it as UTF-8 text, or give the file its right suffix",
        )
    if not text.strip():
        raise empty(name)
    return text


def _marked(raw: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise unreadable(
                    name,
                    f"begins as {encoding.upper()} but is damaged at byte {error.start}",
                    "save it again as UTF-8 text",
                ) from error
    return None


def _unmarked_wide(raw: bytes) -> str | None:
    """Read UTF-16 without a mark: every second byte of its Latin letters and line ends is zero."""
    head = raw[:4096]
    if len(raw) % 2 or head.count(0) * 20 < len(head):
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if min(odd, even) * 10 > max(odd, even):
        return None
    return _strictly(raw, "utf-16-le" if odd > even else "utf-16-be")


def _codec(declared: str | None) -> str | None:
    if declared is None:
        return None
    wanted = declared.strip().lower()
    try:
        return codecs.lookup(_WIDER.get(wanted, wanted)).name
    except LookupError:
        return None


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _east_asian(raw: bytes) -> str | None:
    best, best_score = None, _LEAST_COMMON
    for encoding in _EAST_ASIAN:
        # A cut in the middle of a character must not count against the encoding.
        sample = raw[:_SAMPLE].decode(encoding, errors="ignore")
        score = _plausibility(sample, encoding)
        if score > best_score:
            text = _strictly(raw, encoding)
            if text is not None:
                best, best_score = text, score
    return best


def _plausibility(sample: str, encoding: str) -> float:
    """Return the share of common characters among those that are not ASCII."""
    wide = [character for character in sample if character > "\x7f"]
    if len(wide) < 4:
        return 0.0
    if encoding != "cp949" and len(_PARTED.findall(sample)) > _MOST_PARTED * len(wide):
        return 0.0
    common = _common(encoding)
    return sum(character in common for character in wide) / len(wide)


@functools.cache
def _common(encoding: str) -> frozenset[str]:
    """Return the characters that an encoding's makers put first, as the most used."""
    marks = set("，。、：；！？“”‘’（）《》「」『』【】・ー—…·　１２３４５６７８９０％")
    kana = {chr(code) for code in range(0x3041, 0x30FB)}
    rows = {
        "gb18030": (range(0xB0, 0xD8), "gb2312", 0xA1),
        "big5hkscs": (range(0xA4, 0xC7), "big5", 0x40),
        "cp932": (range(0xB0, 0xD0), "euc_jp", 0xA1),
        "euc_jp": (range(0xB0, 0xD0), "euc_jp", 0xA1),
        "cp949": (range(0xB0, 0xC9), "euc_kr", 0xA1),
    }
    leads, codec, first = rows[encoding]
    cells = (bytes((lead, trail)) for lead in leads for trail in range(first, 0xFF))
    found = {cell.decode(codec, errors="ignore") for cell in cells} - {""}
    return frozenset(found | marks | (kana if "jp" in codec else set()))


def _guessed(raw: bytes) -> str | None:
    western = _strictly(raw, "cp1252")
    if western is not None and all(c < "\x80" or c in _WESTERN for c in western[:_SAMPLE]):
        return western
    # Seldom needed, and slow to load.
    from charset_normalizer import from_bytes

    guess = from_bytes(raw[:_SAMPLE]).best()
    return _strictly(raw, guess.encoding) if guess is not None else None


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    return len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text) + 2
