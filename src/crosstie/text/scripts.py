"""Which script a text is written in, and one folded form that spellings of it share.

Folding works character by character, so that folding twice is folding once. OpenCC's phrase
tables would read a little more finely, but a phrase rule can undo what another did.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_HAN_RANGES = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
HAN_CLASS = "".join(f"{chr(a)}-{chr(b)}" for a, b in _HAN_RANGES) + "〇々"
"""The inside of a regular-expression class that matches one Han character."""

_HAN = re.compile(f"[{HAN_CLASS}]")
_SPACE = re.compile(r"\s+")
_ASCII_SPACE = re.compile(r"[\s\x1c-\x1f]+")
_PUNCTUATION = {
    **dict.fromkeys(map(ord, "‘’‚‛`´ʼʻ′ʹ＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″「」『』〝〞"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣ー"), "-"),
    **dict.fromkeys(map(ord, "·・•‧∙⋅"), " "),
    **dict.fromkeys(map(ord, "、，"), ","),
    ord("。"): ".",
    **dict.fromkeys(map(ord, "【〔〖"), "("),
    **dict.fromkeys(map(ord, "】〕〗"), ")"),
    **dict.fromkeys(range(0x200B, 0x2010)),
    **dict.fromkeys((0x00AD, 0x2060, 0xFEFF)),
}


def has_han(text: str) -> bool:
    """Return whether any Han character stands in the text."""
    return not text.isascii() and _HAN.search(text) is not None


def han_share(text: str) -> float:
    """Return the share of Han among the letters and digits of the text; 0 for none."""
    if text.isascii():
        return 0.0
    letters = sum(character.isalnum() for character in text)
    return len(_HAN.findall(text)) / letters if letters else 0.0


def fold(text: str) -> str:
    """Fold what spellings differ in: width, case, traditional or Japanese forms, spacing, dashes.

    '國防科技　大學' and '国防科技 大学' fold to the same text. Accents stay.
    """
    if text.isascii():
        return _ASCII_SPACE.sub(" ", text.lower()).strip()
    folded = _fold_once(text)
    # Casefolding can leave a sequence that composes anew; a few rounds always settle it.
    for _ in range(4):
        again = _fold_once(folded)
        if again == folded:
            break
        folded = again
    return folded


def _fold_once(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    return _SPACE.sub(" ", folded.translate(_fold_table())).strip()


@cache
def _fold_table() -> dict[int, str | None]:
    """Return the simplified form of each Han character that has another, and plain punctuation."""
    characters = [chr(code) for first, last in _HAN_RANGES[:2] for code in range(first, last + 1)]
    traditional = OpenCC("jp2t").convert("\n".join(characters)).split("\n")
    # A character of the mainland's standard set is never Japanese: 研 must not become 硏.
    sources = [
        character if _is_standard(character) else other
        for character, other in zip(characters, traditional, strict=True)
    ]
    forms = OpenCC("t2s").convert("\n".join(sources)).split("\n")
    simplified = dict(zip(characters, forms, strict=True))
    table: dict[int, str | None] = dict(_PUNCTUATION)
    for character in characters:
        goal = character
        for _ in range(4):
            goal = simplified.get(goal, goal)
        if goal != character:
            table[ord(character)] = goal
    return table


def _is_standard(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
