"""Cut a name into plain words: folded, without accents, other alphabets transliterated.

A Han run stays one word here; `han` cuts it further.
"""

import re
import unicodedata
from functools import cache, lru_cache

from crosstie.text.ordinals import han_ordinals_as_digits, words_with_digits
from crosstie.text.scripts import HAN_CLASS, fold, has_han

LONGEST_NAME = 400
"""Characters of a name that are read; no organisation's name is longer, and pasted text is."""
_CACHED = 1 << 14
"""Names whose words are remembered: one search cuts the same name several times."""

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b[^\W\d_](?:\.[^\W\d_])+\b")
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_WORD = re.compile(rf"[{HAN_CLASS}]+|[^\W_{HAN_CLASS}]+")
_ORDINAL_SIGN = re.compile(r"\b(?:no|nr|num|number|numero|n°|nº)\b[\s.]*(?=\d)|№")
_NUMBERED = re.compile(r"[\d№]")
_DIGIT_SPLIT = re.compile(r"(?<=\d),(?=\d{3}\b)")
_AMPERSAND = re.compile(r"(?<=\w)\s*&\s*(?=\w)")
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz",
    "қ": "k", "ғ": "g", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ә": "a",
}  # fmt: skip
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    "θ": "th", "χ": "ch", "ψ": "ps",
}  # fmt: skip
_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
          "ß": "ss", "ə": "a", "ħ": "h", "ŧ": "t"}  # fmt: skip
_HANGUL_LEADS = "g kk n d tt r m b pp s ss  j jj ch k t p h"
_HANGUL_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_HANGUL_TAILS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0487\u064b-\u065f\u0670]")


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): latin for letter, latin in (_CYRILLIC | _GREEK | _LATIN).items()}


def without_accents(folded: str) -> str:
    """Write folded text without accents, and other alphabets in Latin letters."""
    if folded.isascii():
        return folded
    # Russian -ый is written -y in most romanisations.
    text = folded.replace("ый", "ы").translate(_letters())
    if text.isascii():
        return text
    text = _COMBINING.sub("", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", text).translate(_letters())
    return re.sub("[가-힣]", _hangul, text)


def _hangul(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0xAC00
    lead, vowel, tail = code // 588, code % 588 // 28, code % 28
    parts = ((_HANGUL_LEADS, lead), (_HANGUL_VOWELS, vowel), (_HANGUL_TAILS, tail))
    return "".join(sounds.split(" ")[place] for sounds, place in parts)


def words_of(name: str) -> list[str]:
    """Cut a name into words: "The 28th Inst. of Xi'an" → the, 28, inst, of, xian.

    Numbers come out as digits in every spelling, dotted initials as one word, '&' as 'and'.
    """
    return list(_words(name[:LONGEST_NAME]))


@lru_cache(_CACHED)
def _words(name: str) -> tuple[str, ...]:
    text = without_accents(fold(name))
    if has_han(text):
        text = han_ordinals_as_digits(text)
    if "&" in text:
        text = _AMPERSAND.sub(" and ", text)
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    if "'" in text:
        text = _POSSESSIVE.sub("", text).replace("'", "")
    if _NUMBERED.search(text):
        text = _ORDINAL_SIGN.sub(" ", text)
    if "," in text:
        text = _DIGIT_SPLIT.sub("", text)
    return tuple(words_with_digits(_WORD.findall(text)))
