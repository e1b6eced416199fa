"""Measured values in an English sentence: number, unit, comparator and dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosstie.extraction.english_amounts import (
    comparator_before,
    comparator_behind,
    counted_noun,
    goes_on,
    hyphened_unit,
    is_date,
    measure_of,
    names_a_number,
    series_unit,
    stands_alone,
    words_behind,
)
from crosstie.extraction.english_dates import dates_for, year_label
from crosstie.extraction.measured import Measured, modality_of
from crosstie.extraction.measured_words import continued, english_phrase
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot
from crosstie.ontology.records import Comparator
from crosstie.text.currencies import currency_code, currency_signs, currency_words
from crosstie.text.numbers import FIGURES, SCALES, number_words, read_number

_SCALE = r"hundred|thousand|million|billion|trillion|bn|mn"
_MEASURES = (
    r"MW|GW|kW|km|kg|tonnes?|tons?|metres?|meters?|kilomet(?:re|er)s?|miles?|hectares?|barrels?|"
    r"points?|degrees?|megawatts?|gigawatts?"
)
_REFERENCE = re.compile(
    r"\b(?:the|these|those|both|its|their|his|other|all|of the|any|either|such|same)\s$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[-\s](quarters|thirds|fifths|tenths)\b")
_FRACTIONS = {"quarters": 4.0, "thirds": 3.0, "fifths": 5.0, "tenths": 10.0}
_SOME_OF = re.compile(r"\sof\s(?:the|its|their|his|these|those|all|our)\b")
_BARE_VALUE = re.compile(r"\s(?:were|are|have|had|has|was|came|went)\b")
_INHERITS = re.compile(
    r"\s(?:were|are|have|had|was|came|went|in|by|at|from|on|a)\b|[,;.)]?\s*$|[,;.]\s"
)
_JOINT = re.compile(r"\s?(to|–|—|-|and|or)\s?")
# "Two years ago", "in just four years": when, not how much.
_WHEN_BEHIND = re.compile(r"(?:\s(?:later|ago|earlier|before|after|old)\b)")
_WHEN_BEFORE = re.compile(
    r"\b(?:past|last|next|previous|coming|in|within|every|over|after)\s(?:just\s|only\s|about\s|the\s)?"
    r"(?:the\s)?(?:(?:past|last|next|coming)\s)?$",
    re.IGNORECASE,
)
# "Two other companies", "five more years" count from what was said before.
_OTHERS = re.compile(r"\s(?:other|more\s(?:years|months|weeks))\b")
_TIMES = frozenset({"years", "months", "days", "weeks", "decades", "hours", "centuries"})
_SPEAKING = frozenset({"people", "sources", "officials", "persons", "diplomats", "employees"})
_SPEAK_BEFORE = re.compile(
    r"\b(?:according to|citing|told by|cited)\s(?:\w+\s){0,5}$", re.IGNORECASE
)
_SPEAK_BEHIND = re.compile(
    r"[^.;]{0,40}?\b(?:said|told|spoke|briefed|familiar|confirmed|who asked|with knowledge)\b"
)


@cache
def _english() -> re.Pattern[str]:
    number = rf"(?:{FIGURES})|\b(?:{number_words()})\b"
    return re.compile(
        rf"(?P<sign>(?<![A-Za-z])(?:{currency_signs()})\s?)?(?<![\w.-])(?<!\d[–—])(?P<number>{number})"
        rf"(?P<more>\s?(?:{words_behind()})(?!\w))?"
        rf"(?:(?P<short>m|k)\b|\s?(?P<scale>{_SCALE})\b)?"
        rf"(?P<unit>\s?%|\s?per\s?cent\b|-(?:[a-z]+)\b|\s(?:{currency_words()})\b"
        rf"|\s(?:{_MEASURES})\b)?",
        re.IGNORECASE,
    )


@cache
def _later() -> re.Pattern[str]:
    """Return a number right behind the joint of a range: "2–3 billion", "between 300 and 350"."""
    return re.compile(_english().pattern.replace(r"(?<![\w.-])(?<!\d[–—])", ""), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number as written, with what belongs to it."""

    start: int
    end: int
    number: str
    value: float
    scale: str
    unit: str
    currency: str | None
    more: Comparator | None
    hung: bool
    """Whether a hyphen, a sign or a word of measure says what the number measures."""

    @property
    def whole(self) -> str:
        return " ".join(filter(None, (self.scale, self.unit)))


def english_quantities(text: str, sentence: Sentence, spots: Sequence[Spot]) -> Iterator[Measured]:
    """Yield the measured values of an English sentence; dates, ordinals and codes are none."""
    found: list[Measured] = []
    for pair in _pairs(text, sentence, spots):
        measured = _measured(text, sentence, pair, spots, found)
        if found and measured and _second_currency(text, measured[0]):
            continue
        found += measured
    told = [replace(item, phrase=english_phrase(text, sentence, item)) for item in found]
    yield from dates_for(text, sentence, continued(told))


def _pairs(text: str, sentence: Sentence, spots: Sequence[Spot]) -> Iterator[list[_Amount]]:
    """Yield the amounts of a sentence, two together where a joint makes them one expression."""
    taken = [(spot.start, spot.end) for spot in spots if spot.kind != "technology"]
    at = sentence.start
    while (match := _english().search(text, at, sentence.end)) is not None:
        at = match.end()
        amount = _amount(text, sentence, match)
        if amount is None or any(a <= match.start("number") < b for a, b in taken):
            continue
        joint = _JOINT.match(text, match.end(), sentence.end)
        second = _later().match(text, joint.end(), sentence.end) if joint else None
        other = _amount(text, sentence, second) if second else None
        if joint is None or other is None or not _joined(text, sentence, amount, other, joint):
            at = max(at, amount.end if amount.hung else match.end("number"))
            yield [amount]
            continue
        at = other.end
        shared = other.unit if not amount.hung and not amount.currency else amount.unit
        scale = amount.scale or other.scale
        first = replace(
            amount, unit=shared, scale=scale, currency=amount.currency or other.currency
        )
        if amount.currency and not other.currency:
            other = replace(other, currency=amount.currency, unit=amount.unit)
        yield [replace(first, end=amount.end if amount.hung else match.end("number")), other]


def _joined(
    text: str, sentence: Sentence, first: _Amount, second: _Amount, joint: re.Match[str]
) -> bool:
    """Return whether two numbers are the ends of one range, or the two values of one change."""
    before, word = text[sentence.start : first.start], joint.group(1)
    if is_date(before, first.number, "") or is_date("", second.number, text[second.end :][:12]):
        return False
    if first.currency and second.currency and first.currency != second.currency:
        return False
    if word in ("–", "—", "-"):
        return first.value < second.value
    if word == "and":
        between = re.search(r"\bbetween\s(?:an estimated\s|about\s)?$", before, re.IGNORECASE)
        return between is not None or (not first.hung and second.hung and not first.unit)
    if word == "or":
        return not first.hung and first.value < second.value and not first.unit
    return True


def _amount(text: str, sentence: Sentence, match: re.Match[str]) -> _Amount | None:
    number = match.group("number")
    value = read_number(number)
    if value is None:
        return None
    sign = (match.group("sign") or "").strip()
    scale = match.group("scale") or match.group("short") or ""
    parts = _PARTS.match(text, match.end("number"), sentence.end)
    unit, end = (match.group("unit") or "").strip(), match.end()
    if match.group("short") and not sign:
        return None
    if parts and number[0].isalpha():
        value, unit, end = value / _FRACTIONS[parts.group(1)], "fraction", parts.end()
    elif sign:
        ends = [match.end(part) for part in ("number", "more", "scale", "short")]
        unit, end = currency_code(sign) or "", max(ends)
    elif unit.startswith("-"):
        unit = hyphened_unit(unit[1:])
        if not unit:
            return None
    elif unit in ("percent", "per cent"):
        unit = "%"
    hung = bool(unit)
    if not unit:
        unit, end = counted_noun(text, match.end(), sentence.end)
    currency = currency_code(sign) or currency_code((match.group("unit") or "").strip())
    more = comparator_behind(match.group("more") or "") if match.group("more") else None
    return _Amount(match.start(), end, number, value, scale, unit, currency, more, hung)


def _measured(
    text: str,
    sentence: Sentence,
    pair: list[_Amount],
    spots: Sequence[Spot],
    found: Sequence[Measured],
) -> list[Measured]:
    """Return the values that one expression gives: a range is one, a change is two."""
    first, last = pair[0], pair[-1]
    before = text[sentence.start : first.start]
    inherited = ""
    if len(pair) == 1:
        inherited = _inherited(text, sentence, first, found)
        if not first.unit and year_label(before):
            inherited = series_unit(text, first.start) or " "
        elif not first.unit and _is_next_in_series(text, first, found):
            inherited = " "
    if not inherited and not _counts(text, before, last if len(pair) > 1 else first, first, spots):
        return []
    sign = first.more or comparator_before(before)
    values = [
        Measured(
            start=a.start,
            end=a.end,
            value=a.value,
            unit=inherited.strip() or a.whole,
            measure=measure_of(before, a.whole or inherited.strip(), a.currency),
            comparator=sign,
            modality=modality_of(_clause(text, sentence, a.start)),
            currency=a.currency,
            other=_other_amount(text, a.end),
        )
        for a in pair
    ]
    if len(values) == 2 and _is_range(before, first, last, text[first.end : last.start]):
        return [replace(values[0], end=last.end, comparator="range", upper=last.value)]
    return values


def _is_range(before: str, first: _Amount, last: _Amount, joint: str) -> bool:
    if first.value * SCALES.get(first.scale, 1.0) >= last.value * SCALES.get(last.scale, 1.0):
        return False
    if "and" in joint:
        return bool(re.search(r"\bbetween\s(?:\w+\s){0,2}$", before, re.IGNORECASE))
    return not (re.search(r"\bfrom\s(?:\w+\s)?$", before) and goes_on(before[-80:]))


def _clause(text: str, sentence: Sentence, at: int) -> str:
    """Return the clause that a number stands in, by the marks and joints around it."""
    ends = [m for m in re.finditer(r"[;—]|,\s(?:and|but|while|which|who|although|though)\b|\sbut\s",
                                   text[sentence.start : sentence.end])]  # fmt: skip
    start = max(
        (sentence.start + m.end() for m in ends if sentence.start + m.end() <= at),
        default=sentence.start,
    )
    stop = min(
        (sentence.start + m.start() for m in ends if sentence.start + m.start() >= at),
        default=sentence.end,
    )
    return text[start:stop]


def _inherited(text: str, sentence: Sentence, amount: _Amount, found: Sequence[Measured]) -> str:
    """Return the unit that a bare number takes from the one before: "40 jets, up from 30"."""
    last = found[-1] if found else None
    if last is None or amount.unit or amount.currency or not last.unit:
        return ""
    before, behind = text[sentence.start : amount.start], text[amount.end : sentence.end][:14]
    if not amount.number[0].isdigit() or names_a_number(before):
        return ""
    if is_date(before, amount.number, behind) or re.match(r"(?:st|nd|rd|th)\b|[:/.]\d|\(", behind):
        return ""
    if last.currency is not None and not amount.scale:
        return ""
    if _INHERITS.match(behind) and amount.end - last.end < 90:
        return " ".join(
            filter(None, (amount.scale, _without_scale(last.unit) if amount.scale else last.unit))
        )
    return ""


def _is_next_in_series(text: str, amount: _Amount, found: Sequence[Measured]) -> bool:
    """Return whether a bare number goes on with bare values by year: "in 2018 and 44 in 2020"."""
    if not found or found[-1].unit or not amount.number[0].isdigit():
        return False
    between = text[found[-1].end : amount.start]
    joined = re.fullmatch(r"\sin\s(?:19|20)\d\d(?:,|,?\sand|\sto)\s", between)
    return joined is not None and bool(re.match(r"\sin\s(?:19|20)\d\d", text[amount.end :][:10]))


def _without_scale(unit: str) -> str:
    head, _, rest = unit.partition(" ")
    return rest if head.casefold() in SCALES else unit


def _counts(text: str, before: str, amount: _Amount, first: _Amount, spots: Sequence[Spot]) -> bool:
    """Return whether a number measures something."""
    number = first.number
    behind = text[amount.end : amount.end + 60]
    right = text[first.start + len(number) :][:14] if not first.currency else ""
    if first.currency and not first.number[0].isalpha():
        return True
    if names_a_number(before) or is_date(before, number, right):
        return False
    if re.match(r"(?:st|nd|rd|th)\b|\.\d|\(|:\d", right) or _is_no_measure(
        before, amount, behind, right
    ):
        return False
    if _beside_name(before, first, spots):
        return False
    if number[0].isalpha():
        small = number.casefold() in ("one", "half", "quarter")
        return not small and bool(amount.unit) and not _REFERENCE.search(before[-9:])
    if amount.unit:
        return not (_REFERENCE.search(before[-9:]) and len(number) == 1)
    if re.match(r"\s(?:FR|Fed)\b", right):
        return False
    listed = re.match(r"\s*(?:[,;.]|and\b|$|\|)", right)
    beside = any(0 <= first.start - spot.end <= 2 for spot in spots) and listed is not None
    return (
        beside
        or stands_alone(before)
        or _SOME_OF.match(right) is not None
        or _BARE_VALUE.match(right) is not None
    )


def _beside_name(before: str, amount: _Amount, spots: Sequence[Spot]) -> bool:
    """Return whether a number only says who else: "Hexi and four other firms"."""
    joint = re.search(r"\s(?:and|with)\s$", before)
    return (
        joint is not None
        and amount.number[0].isalpha()
        and not amount.hung
        and any(spot.covered == amount.start - len(joint.group()) for spot in spots)
    )


def _is_no_measure(before: str, amount: _Amount, behind: str, following: str) -> bool:
    """Return whether a number tells a time, or how many speak: "two years ago", "two officials"."""
    if _OTHERS.match(following):
        return True
    if amount.unit in _TIMES:
        if _WHEN_BEHIND.match(behind) or _WHEN_BEFORE.search(before):
            return True
        return amount.unit == "decades"
    if amount.value >= 10 or amount.currency or not amount.number[0].isalpha():
        return False
    if _SPEAK_BEFORE.search(before):
        return True
    return amount.unit in _SPEAKING and _SPEAK_BEHIND.match(behind) is not None


def _second_currency(text: str, measured: Measured) -> bool:
    """Return whether an amount only repeats, in parentheses, the one before it."""
    opened = text[max(0, measured.start - 8) : measured.start]
    return (
        measured.currency is not None and re.search(r"\((?:about\s|some\s)?$", opened) is not None
    )


def _other_amount(text: str, end: int) -> tuple[float, str] | None:
    match = _other().match(text, end)
    if match is None:
        return None
    value, code = read_number(match.group("number")), currency_code(match.group("sign"))
    if value is None or code is None:
        return None
    return value * SCALES.get((match.group("scale") or "").lower(), 1.0), code


@cache
def _other() -> re.Pattern[str]:
    return re.compile(
        rf"\s?[(（](?:about |some |约)?(?P<sign>{currency_signs()})\s?(?P<number>{FIGURES})"
        rf"\s?(?P<scale>{_SCALE})?",
        re.IGNORECASE,
    )
