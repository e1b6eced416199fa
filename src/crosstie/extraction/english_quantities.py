"""Measured values in an English sentence: number, unit, comparator and dates."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crosstie.extraction.measured import Measured, due_year, modality_of
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot
from crosstie.ontology.records import Comparator
from crosstie.text.currencies import currency_code, currency_signs, currency_words
from crosstie.text.numbers import FIGURES, SCALES, number_words, read_number

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_SCALE = r"hundred|thousand|million|billion|trillion|bn|mn"
_MEASURES = (
    r"MW|GW|kW|km|kg|tonnes?|tons?|metres?|meters?|kilomet(?:re|er)s?|miles?|hectares?|barrels?|"
    r"points?|degrees?"
)
# Words in -s that are no plurals, and plurals without one.
_NOT_UNITS = frozenset(
    [
        "is",
        "was",
        "has",
        "as",
        "this",
        "its",
        "his",
        "us",
        "whose",
        "does",
        "across",
        "perhaps",
        "besides",
        "towards",
        "years'",
        "less",
        "plus",
        "thus",
        "always",
        "overseas",
        "business",
        "access",
        "process",
        "progress",
        "congress",
        "status",
        "news",
        "ties",
    ]
)
_PEOPLE = frozenset(
    [
        "people",
        "children",
        "personnel",
        "media",
        "staff",
        "men",
        "women",
        "aircraft",
        "series",
        "data",
    ]
)
_COMPARATORS: tuple[tuple[str, Comparator], ...] = (
    (
        r"(?:more than|over|at least|above|exceed(?:s|ed|ing)?|upwards of|no (?:less|fewer) than)",
        ">",
    ),
    (r"(?:up to|at most|less than|fewer than|under|below|no more than|as (?:many|high) as)", "<"),
    (r"(?:about|around|approximately|some|roughly|nearly|almost|an estimated|close to)", "~"),
)
_NO_QUANTITY = re.compile(
    r"(?:§+|[Ss]ections?|[Aa]rticles?|[Nn]os?\.|[Ff]ootnotes?|[Pp]ages?|[Ff]igures?|[Tt]ables?|[Cc]hapters?|[Rr]ule|FR|Reg\.|Order|"
    r"FR |H\.R\.|Vol\.|[Pp]art|Title|Form|Phase|Type|Mark|Version|Level|Item|\(|#)\s?$"
)
_STANDS_ALONE = re.compile(
    r"\b(?:scored|score of|earned|got|ranked|rated|totalled|totaled|include|of which|reached|to)\s$"
)
_REFERENCE = re.compile(
    r"\b(?:the|these|those|both|its|their|his|other|all|of the|any|either|such|same)\s$",
    re.IGNORECASE,
)


@cache
def _english() -> re.Pattern[str]:
    number = rf"(?:{FIGURES})|\b(?:{number_words()})\b"
    return re.compile(
        rf"(?P<sign>(?<![A-Za-z])(?:{currency_signs()})\s?)?(?<![\w.-])(?P<number>{number})"
        rf"(?:\s?(?:to|–|-|and)\s?(?P<upper>{number}))?"
        rf"(?:\s?(?P<scale>{_SCALE})\b)?"
        rf"(?P<unit>\s?%|\s?per\s?cent\b|-(?:[a-z]+)\b|\s(?:{currency_words()})\b|\s(?:{_MEASURES})\b)?",
        re.IGNORECASE,
    )


def english_quantities(text: str, sentence: Sentence, spots: Sequence[Spot]) -> Iterator[Measured]:
    """Yield the measured values of an English sentence; dates, ordinals and codes are none."""
    taken = [(spot.start, spot.end) for spot in spots if spot.kind not in ("technology",)]
    last = sentence.start
    for match in _english().finditer(text, sentence.start, sentence.end):
        if match.start() < last or any(a <= match.start("number") < b for a, b in taken):
            continue
        measured = _read_english(text, sentence, match, spots)
        if measured is not None:
            if _second_currency(text, measured) and last > sentence.start:
                continue
            last = measured.end
            yield measured


def _read_english(
    text: str, sentence: Sentence, match: re.Match[str], spots: Sequence[Spot]
) -> Measured | None:
    before = text[sentence.start : match.start()]
    value = read_number(match.group("number"))
    unit, end = _unit(text, match, sentence)
    if value is None or not _counts(before, match, unit, text, spots):
        return None
    upper = read_number(match.group("upper") or "")
    if upper is not None and upper <= value:
        upper = None
    currency = currency_code((match.group("sign") or "").strip()) or currency_code(
        (match.group("unit") or "").strip()
    )
    comparator: Comparator = "range" if upper is not None else _comparator(before)
    rest = text[sentence.start : sentence.end]
    return Measured(
        start=match.start(),
        end=end,
        value=value,
        unit=unit,
        measure=_measure(before, unit, currency),
        comparator=comparator,
        upper=upper,
        as_of=_year_near(text, sentence, match.start(), end),
        by=due_year(rest),
        modality=modality_of(rest),
        currency=currency,
        other=_other_amount(text, end),
    )


def _unit(text: str, match: re.Match[str], sentence: Sentence) -> tuple[str, int]:
    """Return the unit as written, the scale in it, and where it ends."""
    scale, unit = match.group("scale"), (match.group("unit") or "").strip()
    sign = (match.group("sign") or "").strip()
    if sign:
        return " ".join(filter(None, (scale, currency_code(sign)))), match.end()
    if unit.startswith("-"):
        noun = unit[1:]
        return (
            noun + "s" if noun in ("year", "month", "day", "member", "week", "country") else noun
        ), match.end()
    if unit:
        words = [scale, "%" if unit in ("%", "percent", "per cent") else unit]
        return " ".join(filter(None, words)), match.end()
    noun, end = _counted_noun(text, match.end(), sentence.end)
    return " ".join(filter(None, (scale, noun))), end


_NEXT_WORD = re.compile(r"[\s“\"’']{1,3}([A-Za-z][\w'’-]*)")


def _counted_noun(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the plural noun behind a number, and where it ends: "28 defence disciplines"."""
    at = start
    for _ in range(6):
        match = _NEXT_WORD.match(text, at, end)
        if match is None:
            return "", start
        word = match.group(1)
        at = match.end()
        if word.casefold() in _NOT_UNITS or word in (
            "of",
            "and",
            "in",
            "or",
            "were",
            "are",
            "to",
            "for",
            "at",
            "on",
            "by",
        ):
            return "", start
        if word in _PEOPLE or (
            word.endswith("s") and not word.endswith("ss") and len(word) > 3 and word[0].islower()
        ):
            return word, at
    return "", start


def _counts(before: str, match: re.Match[str], unit: str, text: str, spots: Sequence[Spot]) -> bool:
    """Return whether a number measures something."""
    number = match.group("number")
    behind = text[match.end("number") : match.end("number") + 14]
    if match.group("sign"):
        return True
    if (
        _NO_QUANTITY.search(before[-12:])
        or _is_date(before, number, behind)
        or re.match(r"(?:st|nd|rd|th)\b|\.\d|\(|:\d", behind)
    ):
        return False
    if number[0].isalpha():
        small = number.casefold() in ("one", "half", "quarter")
        return not small and bool(unit) and not _REFERENCE.search(before[-9:])
    if unit:
        return not (_REFERENCE.search(before[-9:]) and len(number) == 1)
    if re.match(r"\s(?:FR|Fed)\b", behind):
        return False
    beside = any(0 <= match.start() - spot.end <= 2 for spot in spots)
    return (
        beside
        or bool(_STANDS_ALONE.search(before))
        or bool(re.match(r"\s(?:were|are|have|was)\b", behind))
    )


def _is_date(before: str, number: str, behind: str) -> bool:
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return not re.match(r"\s?(?:million|billion|thousand|MW|km|yuan|people|percent|%)", behind)
    return bool(
        re.search(rf"(?:{_MONTHS})\.?\s$", before[-12:]) or re.match(rf"\s(?:{_MONTHS})\b", behind)
    )


def _comparator(before: str) -> Comparator:
    for source, sign in _COMPARATORS:
        if re.search(
            rf"\b{source}(?:\s(?:a total of|its|the))?[\s-]?$", before[-40:], re.IGNORECASE
        ):
            return sign
    return "="


_MEASURE_NOUN = re.compile(
    r"\b(revenue|investment|value|worth|cost|price|fine|subsidy|budget|balance|output|turnover|sales|profit|funding|"
    r"grant|loan|stake|share|score|income|spending|salary|debt|fees?|exports|imports|capacity|term|life|franchise)\b",
    re.IGNORECASE,
)


def _measure(before: str, unit: str, currency: str | None) -> str:
    found = _MEASURE_NOUN.findall(before[-80:])
    if found:
        return str(found[-1]).lower()
    return "amount" if currency else (unit or "count")


def _year_near(text: str, sentence: Sentence, start: int, end: int) -> str | None:
    """Return the year that dates a value: the one right behind it, else the one before it."""
    behind = re.search(r"\bin ((?:19|20)\d\d)\b", text[end : min(sentence.end, end + 60)])
    before = re.findall(
        r"\b(?:[Ii]n|[Ss]ince|[Oo]n)\s(?:\w+\s)?((?:19|20)\d\d)\b", text[sentence.start : start]
    )
    return behind.group(1) if behind else (before[-1] if before else None)


def _second_currency(text: str, measured: Measured) -> bool:
    """Return whether an amount only repeats, in parentheses, the one before it."""
    return measured.currency is not None and text[measured.start - 1 : measured.start] == "("


def _other_amount(text: str, end: int) -> tuple[float, str] | None:
    match = re.compile(
        rf"\s?[(（](?:about |约)?(?P<sign>{currency_signs()})\s?(?P<number>{FIGURES})"
        rf"\s?(?P<scale>{_SCALE})?",
        re.IGNORECASE,
    ).match(text, end)
    if match is None:
        return None
    value, code = read_number(match.group("number")), currency_code(match.group("sign"))
    if value is None or code is None:
        return None
    return value * SCALES.get((match.group("scale") or "").lower(), 1.0), code
