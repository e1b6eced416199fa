"""Numbers as prose writes them, in figures and words, English and Chinese, with their scale."""

import re
from functools import cache

SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "bn": 1e9, "mn": 1e6, "m": 1e6, "k": 1e3,
    "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12, "百万": 1e6, "千万": 1e7,
}  # fmt: skip
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "dozen": 12, "half": 0.5, "quarter": 0.25,
}  # fmt: skip
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "廿": 20}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(\w+)$")
FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN_FIGURES = r"[零〇一二两三四五六七八九十百千]+"


@cache
def number_words() -> str:
    """Return a pattern for the English number words that read_number knows."""
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    ones = "one|two|three|four|five|six|seven|eight|nine"
    return rf"(?:{tens})-(?:{ones})|" + "|".join(sorted(_WORDS, key=lambda w: (-len(w), w)))


def read_number(text: str) -> float | None:
    """Return the value of one number without its scale: "1,200" → 1200.0, "三十七" → 37.0."""
    written = text.strip().casefold()
    if re.fullmatch(FIGURES, written):
        return float(written.replace(",", ""))
    if written in _WORDS:
        return float(_WORDS[written])
    tens = _TENS.match(written)
    if tens and tens.group(2) in _WORDS:
        return float(_WORDS[tens.group(1)] + _WORDS[tens.group(2)])
    return _read_han(written)


def _read_han(text: str) -> float | None:
    total, digit = 0, 0
    if not text or not re.fullmatch(HAN_FIGURES, text):
        return None
    for character in text:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            digit = digit * 10 + _HAN_DIGITS[character] if digit else _HAN_DIGITS[character]
    return float(total + digit)


def scale_of(unit: str) -> float:
    """Return the factor that a unit as written holds: "billion yuan" → 1e9, "亿元" → 1e8."""
    words = unit.casefold().split()
    if words and words[0] in SCALES:
        return SCALES[words[0]]
    han = re.match(r"(?:万亿|百万|千万|[百千万亿])", unit)
    return SCALES[han.group()] if han else 1.0
