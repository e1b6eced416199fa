"""Find the dates that a short line of a page gives, as partial ISO text."""

import datetime
import functools
import re
from dataclasses import dataclass

from babel.dates import get_month_names

_LOCALES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "tr", "sv", "id")
_YEAR = r"(?P<y>(?:1[89]|20|21)\d\d)"


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date and where it stands in its line."""

    start: int
    end: int
    iso: str


@functools.cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for locale in _LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                table = get_month_names(width, context, locale)
                for number, name in table.items():
                    word = name.lower().rstrip(".")
                    # Some locales abbreviate to digits; those are no names.
                    if len(word) > 2 and not word.isdigit():
                        names.setdefault(word, number)
    return names


@functools.cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=lambda name: (-len(name), name)))
    day = r"(?P<d{0}>[0-3]?\d)"
    forms = [
        r"(?P<y0>(?:1[89]|20|21)\d\d)\s*[年년]\s*(?:(?P<m0>[01]?\d)\s*[月월]\s*(?:(?P<d0>[0-3]?\d)\s*[日号號일])?)?",
        rf"(?<!\d){_YEAR.replace('<y>', '<y1>')}[-/.](?P<m1>[01]?\d)(?:[-/.]{day.format(1)})?(?!\d)",
        rf"\b(?P<n2>{month})\.?\s+{day.format(2)}(?:st|nd|rd|th)?,?\s+{_YEAR.replace('<y>', '<y2>')}\b",
        rf"(?<!\d){day.format(3)}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?(?P<n3>{month})\.?,?\s+(?:de\s+)?"
        rf"{_YEAR.replace('<y>', '<y3>')}\b",
        rf"\b(?P<n4>{month})\.?,?\s+{_YEAR.replace('<y>', '<y4>')}\b",
        rf"(?<![\d.])(?P<a5>[0-3]?\d)/(?P<b5>[0-3]?\d)/{_YEAR.replace('<y>', '<y5>')}(?!\d)",
        rf"(?<![\d.])(?P<d7>[0-3]?\d)\.(?P<m7>[01]?\d)\.{_YEAR.replace('<y>', '<y7>')}(?!\d)",
        rf"(?<!\d){day.format(6)}-(?P<n6>{month})-{_YEAR.replace('<y>', '<y6>')}(?!\d)",
    ]
    return re.compile("|".join(forms), re.IGNORECASE)


def dates_in(line: str) -> list[DateMark]:
    """Return the dates of a line in the order they stand there; impossible ones are left out.

    >>> [mark.iso for mark in dates_in("Source: Vellmark Post, March 3, 2019")]
    ['2019-03-03']

    Of a date whose day and month could be swapped (03/04/2019) only the year is certain, so only
    the year is given.
    """
    found = []
    for mark in _pattern().finditer(line):
        iso = _iso(mark)
        if iso is not None:
            found.append(DateMark(mark.start(), mark.end(), iso))
    return found


def _iso(mark: re.Match[str]) -> str | None:
    parts = {key: value for key, value in mark.groupdict().items() if value is not None}
    fields = {key[0]: value for key, value in parts.items()}
    year = int(fields["y"])
    if "a" in fields:
        return _ordered(year, int(fields["a"]), int(fields["b"]))
    month = _months()[fields["n"].lower()] if "n" in fields else int(fields.get("m", 0))
    return _checked(year, month, int(fields.get("d", 0)))


def _ordered(year: int, first: int, second: int) -> str | None:
    readings = {_checked(year, second, first), _checked(year, first, second)} - {None}
    if len(readings) == 1:
        return readings.pop()
    return f"{year:04}" if readings else None


def _checked(year: int, month: int, day: int) -> str | None:
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}" if month <= 12 else None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
