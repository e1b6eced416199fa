"""Numbers that are part of a name, in any spelling: 28, 28th, twenty-eighth, XXVIII, 二十八, 二八.

Two organisations whose numbers differ are two organisations, so every spelling must come out as
the same digits, and a word that merely looks like a number must not.
"""

import re
from collections.abc import Sequence

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_NUMERAL = "[零〇○一二两三四五六七八九十百千]"
# 陆 (army) and 伍 are numerals only on banknotes; the formal forms are left out of `_NUMERAL`.
_COUNTED = (
    "研究所|研究院|设计院|设计所|分院|分所|分校|医院|中学|小学|学院|集团军|基地|工厂|机械厂|"
    "所|厂|院|局|部|师|旅|团|处|室|站|队|航|冶|矿|医|号|野战|炮兵|机部|军医|工程局|"
    "测绘|勘察|建设|附属|临床|人民医院|试验|训练|地质|军"
)
_HAN_ORDINAL = re.compile(f"第\\s*({_NUMERAL}+|[0-9]+)|({_NUMERAL}+)(?={_COUNTED})")
_NOT_COUNTED = re.compile(r"(?:统|万|唯|同|单|均|划|太)$")
_UNITS = {
    word: value
    for value, words in enumerate(
        [
            (), ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"),
            ("five", "fifth"), ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"),
            ("nine", "ninth"), ("ten", "tenth"), ("eleven", "eleventh"), ("twelve", "twelfth"),
            ("thirteen", "thirteenth"), ("fourteen", "fourteenth"), ("fifteen", "fifteenth"),
            ("sixteen", "sixteenth"), ("seventeen", "seventeenth"), ("eighteen", "eighteenth"),
            ("nineteen", "nineteenth"),
        ]
    )
    for word in words
}  # fmt: skip
_TENS = {"twen": 20, "thir": 30, "for": 40, "fif": 50, "six": 60, "seven": 70, "eigh": 80,
         "nine": 90}  # fmt: skip
_TENS = {stem + end: value for stem, value in _TENS.items() for end in ("ty", "tieth")}
_ORDINAL_DIGITS = re.compile(r"^0*(\d{1,6})(?:st|nd|rd|th|º|ª)?$")
_LIKELY = frozenset(_UNITS) | frozenset(_TENS)
# Single letters are letters; XI and similar two-letter words are far more often pinyin (Xi'an).
_ROMAN = re.compile(r"^(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})$")
_NOT_ROMAN = frozenset({"xi", "vi"})
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def han_number(text: str) -> int | None:
    """Read a Han numeral: '二十八' → 28, '七〇五' → 705, '百零三' → 103; None for anything else."""
    if not text or any(c not in _HAN_DIGITS and c not in _HAN_UNITS for c in text):
        return None
    if not any(c in _HAN_UNITS for c in text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            digit = _HAN_DIGITS[character]
    return total + digit


def han_ordinals_as_digits(text: str) -> str:
    """Write the counted numbers of a Han name as digits: '第二十八研究所' → ' 28 研究所'.

    Only what 第 or a counted noun marks is a number: the 三 of 三峡大学 stays.
    """

    def digits(match: re.Match[str]) -> str:
        numeral = match[1] or match[2]
        if match[1] is None and _NOT_COUNTED.search(text[: match.start()]):
            return match[0]
        value = int(numeral) if numeral.isdigit() and numeral.isascii() else han_number(numeral)
        return match[0] if value is None else f" {value} "

    return _HAN_ORDINAL.sub(digits, text)


def roman_number(word: str) -> int | None:
    """Read a lower-case Roman numeral of two to eight letters up to 39: 'xxviii' → 28."""
    if word in _NOT_ROMAN or not _ROMAN.match(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def number_of(word: str) -> int | None:
    """Read one lower-case word that is a number on its own: '28th', 'third', 'xxviii', '028'."""
    match = _ORDINAL_DIGITS.match(word)
    if match:
        return int(match[1])
    if word in _UNITS and (word.endswith(("th", "st", "nd", "rd"))):
        return _UNITS[word]
    if word in _TENS and word.endswith("th"):
        return _TENS[word]
    return roman_number(word)


def words_with_digits(words: Sequence[str]) -> list[str]:
    """Write the numbers among lower-case words as digits: ['twenty', 'eighth'] → ['28'].

    A lone small cardinal ('one', 'seven') stays a word: it names brands as often as it counts.
    """
    found: list[str] = []
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in _TENS and word.endswith("y") and 0 < _UNITS.get(following, 0) < 10:
            found.append(str(_TENS[word] + _UNITS[following]))
            skip = True
            continue
        value = number_of(word) if word[0] in "0123456789" or word in _LIKELY else None
        if value is None and word[0] in "ivx":
            value = roman_number(word)
        found.append(word if value is None else str(value))
    return found
