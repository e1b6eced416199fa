"""The parts of a sentence that a check can compare: amounts, dates, names, words, Han text."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from crosstie.text.currencies import currency_code, currency_signs, currency_words
from crosstie.text.numbers import SCALES, number_words

Amount = tuple[str, str, str]
"""A number without its thousands' marks, its scale or per cent, the code of its currency."""

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LETTER = rf"(?:(?![{_HAN}_])\w)"
_WORD = re.compile(rf"{_LETTER}+(?:['.&/-]{_LETTER}+)*")
_SCALE = "|".join(re.escape(scale) for scale in sorted(SCALES, key=lambda s: (-len(s), s)))
_AMOUNT = re.compile(
    rf"(?:(?<![A-Za-z])(?P<sign>{currency_signs()})\s?)?"
    rf"(?P<number>\d(?:[\d,.]*\d)?|\b(?:{number_words()})\b|[零〇一二两三四五六七八九十百千]+)"
    rf"(?:\s?-?(?P<scale>%|per ?cent\b|(?:{_SCALE})(?![A-Za-z])))?"
    rf"(?:\s?(?P<currency>(?:{currency_words()})(?![A-Za-z])))?",
    re.IGNORECASE,
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:\b{_DAY} )?\b(?:{_MONTHS})\b\.?(?: {_DAY}(?!\d))?(?:,? \d{{4}})?(?!\d)"
    r"|\d{4}-\d{2}(?:-\d{2})?|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?"
)
# "Ministry of Defence" is one name, not two.
_JOINS = frozenset({"of", "&"})


def amounts_in(text: str) -> frozenset[Amount]:
    """Return the numbers of a text, each with its scale and currency: "41 billion yuan"."""
    return frozenset(
        amount for found in _AMOUNT.finditer(text) if (amount := _amount(found))[0] != "一"
    )


def signs_in(text: str) -> frozenset[str]:
    """Return the currency signs, arrows, ticks and other symbols of a text."""
    return frozenset(sign for sign in text if unicodedata.category(sign).startswith("S"))


def _amount(found: re.Match[str]) -> Amount:
    scale = (found["scale"] or "").casefold().replace(" ", "")
    written = found["currency"] or found["sign"] or ""
    return (
        found["number"].replace(",", "").casefold(),
        "%" if scale == "percent" else scale,
        currency_code(written) or written.casefold(),
    )


def dates_in(text: str) -> tuple[str, ...]:
    """Return the dates of a text as they are written there."""
    return tuple(found.group() for found in _DATE.finditer(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in scripts that part them, without a possessive's ending."""
    return tuple(_bare(found.group()) for found in _WORD.finditer(text))


def worded(text: str) -> str:
    """Return the words of a text by single spaces, a bar where more than a space parts them."""
    parts: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        if text[end : found.start()] not in ("", " ", " & "):
            parts.append("|")
        parts.append(_bare(found.group()))
        end = found.end()
    return " ".join(parts)


def name_runs(sentence: str, opens_with: Collection[str]) -> Iterator[str]:
    """Yield the names of a sentence: words with capitals that follow one another.

    A word of `opens_with` that begins the sentence has its capital from there.
    """
    words = worded(sentence).split()
    if words and words[0].casefold() in opens_with:
        words[0] = words[0].casefold()
    run: list[str] = []
    for place, word in enumerate([*words, "|"]):
        follows = words[place + 1] if place + 1 < len(words) else "|"
        if _capital(word) or (run and word in _JOINS and _capital(follows)):
            run.append(word)
        elif run:
            yield " ".join(run)
            run = []


def han_is_made_of(sentence: str, quotes: Sequence[str], binding: Collection[str]) -> bool:
    """Return whether Han text is made of pieces of the quotes, of two characters or more each,
    and of binding words.
    """
    runs = [found.group() for found in _HAN_RUN.finditer(sentence)]
    return all(_covered(run, quotes, binding) for run in runs)


def _covered(run: str, quotes: Sequence[str], binding: Collection[str]) -> bool:
    """Find whether steps over known pieces lead from the start of a run to its end."""
    if any(run in quote for quote in quotes):
        return True
    reached = {0}
    for start in range(len(run)):
        if start not in reached:
            continue
        reached |= {start + len(word) for word in binding if run.startswith(word, start)}
        for end in range(start + 2, len(run) + 1):
            if not any(run[start:end] in quote for quote in quotes):
                break
            reached.add(end)
    return len(run) in reached


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "'S")) else word


def _capital(word: str) -> bool:
    return any(character.isupper() for character in word)
