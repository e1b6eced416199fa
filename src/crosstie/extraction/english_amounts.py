"""What stands around an English number: its unit, how exactly it is meant, whether it counts."""

import re
from collections.abc import Mapping
from functools import cache

from crosstie.extraction.lexicon import alternatives, load_lexicon, word_set
from crosstie.ontology.datafiles import Section
from crosstie.ontology.records import Comparator
from crosstie.text.currencies import currency_words

_NEXT_WORD = re.compile(r"[\s“\"’']{1,3}((?:[A-Za-z]|\d+-[a-z])[\w'’-]*)")
_SIGNS: tuple[Comparator, ...] = (">=", "<=", ">", "<", "~")
_MOST_BEFORE = 40


@cache
def words(key: str) -> frozenset[str]:
    """Return a word list of `lexicons/quantities_en.yaml`."""
    return word_set(load_lexicon("quantities_en"), key)


@cache
def _comparators(key: str, shape: str) -> Mapping[Comparator, re.Pattern[str]]:
    table = load_lexicon("quantities_en").require(key, Section)
    return {
        sign: re.compile(shape.format(alternatives(word_set(table, sign))), re.IGNORECASE)
        for sign in _SIGNS
        if sign in table
    }


def comparator_before(before: str) -> Comparator:
    """Return how exactly the words before a number say that it is meant: "up to" → "<="."""
    shape = r"\b(?:{})(?:\s(?:a total of|its|the|an estimated|about))?[\s-]?$"
    for sign, pattern in _comparators("comparators", shape).items():
        if pattern.search(before[-_MOST_BEFORE:]):
            return sign
    return "="


def comparator_behind(more: str) -> Comparator | None:
    """Return how exactly the words behind a number say that it is meant: "or more" → ">="."""
    for sign, pattern in _comparators("comparators_behind", r"(?:{})").items():
        if pattern.fullmatch(more.strip()):
            return sign
    return None


@cache
def words_behind() -> str:
    """Return a pattern for the words behind a number that say how exactly it is meant."""
    table = load_lexicon("quantities_en").require("comparators_behind", Section)
    return alternatives(word for sign in table for word in word_set(table, sign))


def hyphened_unit(noun: str) -> str:
    """Return the unit behind a hyphen, "" where it only describes: "four-in-one"."""
    if noun in words("hyphened_not") or noun.endswith("ed"):
        return ""
    return noun + "s" if noun in words("hyphened_plural") else noun


def counted_noun(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the plural noun behind a number, and where it ends: "28 defence disciplines"."""
    at = start
    for _ in range(6):
        match = _NEXT_WORD.match(text, at, end)
        if match is None:
            return "", start
        word, first, at = match.group(1), at == start, match.end()
        if word == "and" and not first:
            # "Scientific and technical personnel": the noun is still to come.
            continue
        if word.casefold() in words("not_units") or word in words("stops"):
            return "", start
        plural = word.endswith("s") and not word.endswith("ss") and len(word) > 3
        if word in words("plurals") or (plural and word[0].islower()):
            return word, at
    return "", start


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    months = (
        "January|February|March|April|May|June|July|August|September|October|November|December|"
        "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    )
    sources = {
        "numbered": rf"(?:^|(?<![A-Za-z]))(?:{alternatives(words('numbered'))})\s?$",
        "standing": rf"\b(?:{alternatives(words('standing'))})\s$",
        "scoring": rf"\b(?:{alternatives(words('scoring'))})\s$",
        "measures": rf"\b(?:{alternatives(words('measures'))})\b",
        "month_before": rf"(?:{months})\.?\s$",
        "month_behind": rf"\s(?:{months})\b",
        "changes": rf"\b(?:{alternatives(words('changes'))})\b",
    }
    return {key: re.compile(source, re.IGNORECASE) for key, source in sources.items()}


_HEADS = 600


@cache
def _heading() -> re.Pattern[str]:
    scale = r"(?:(?P<scale>thousand|million|billion)s?\s(?:of\s)?)"
    word = rf"(?P<unit>{currency_words()}|%|per cent|percent|people|units|tonnes)"
    return re.compile(rf"(?:\bin\s|\(){scale}?{word}\b", re.IGNORECASE)


def series_unit(text: str, at: int) -> str:
    """Return the unit that heads a series of years: "turnover in millions of euros: 2014: 20"."""
    heads = list(_heading().finditer(text, max(0, at - _HEADS), at))
    if not heads:
        return ""
    unit = heads[-1].group("unit").lower()
    unit = "%" if unit in ("per cent", "percent") else unit
    return " ".join(filter(None, ((heads[-1].group("scale") or "").lower(), unit)))


def names_a_number(before: str) -> bool:
    """Return whether the words before a number make it a name: "Section 9", "(SEHK: 144"."""
    return bool(_patterns()["numbered"].search(before[-14:])) or bool(
        re.search(r"\([A-Z]{2,6}:\s?$", before[-10:])
    )


def stands_alone(before: str) -> bool:
    """Return whether the words before a bare number make it a value: "scored", "up from"."""
    return bool(_patterns()["standing"].search(before[-20:]))


def goes_on(before: str) -> bool:
    """Return whether something goes from one value to another: "fell from"."""
    return bool(_patterns()["changes"].search(before))


def measure_of(before: str, unit: str, currency: str | None) -> str:
    """Return what a value measures: the noun before it, else what is counted."""
    found = _patterns()["measures"].findall(before[-80:])
    if found:
        return str(found[-1]).lower()
    if not unit and not currency and _patterns()["scoring"].search(before[-20:]):
        return "score"
    return "amount" if currency else (unit or "count")


def is_date(before: str, number: str, behind: str) -> bool:
    """Return whether a number is a year or a day of a month."""
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return not re.match(r"\s?(?:million|billion|thousand|MW|km|yuan|people|percent|%)", behind)
    if re.fullmatch(r"\d{1,2}", number) is None:
        return False
    patterns = _patterns()
    return bool(
        patterns["month_before"].search(before[-12:]) or patterns["month_behind"].match(behind)
    )
