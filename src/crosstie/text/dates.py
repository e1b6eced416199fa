"""Dates as lists spell them, read into partial ISO 8601 ("2015", "2015-08", "2015-08-03")."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Order = Literal["ymd", "mdy", "dmy"]

# Lists reach back to company foundings; a year outside of this is a slip of the pen ("0017").
_FIRST_YEAR = 1500
_LAST_YEAR = 2200
# A two-digit year up to this one belongs to this century: lists hold no date far ahead.
_PIVOT = 49

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"),
            ("may",), ("jun", "june"), ("jul", "july"), ("aug", "august"),
            ("sep", "sept", "september"), ("oct", "october"), ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_PARTS = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})$")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,? (\d{4})$")
_HAN = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?$")
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date read from text, or None with the reason why it could not be."""

    value: str | None
    reason: str = ""


def read_date(text: str, *, order: Order = "ymd") -> DateReading:
    """Read one date; `order` says how "7/11/00" is meant: 'mdy' → 2000-07-11.

    Without an order that fits, a date in slashes is refused, never guessed.
    """
    written = text.strip()
    if not written:
        return DateReading(None, "it is empty")
    parts = _written_parts(written, order)
    if parts is None:
        return DateReading(None, f"{_short(text)} is not a date; expected YYYY-MM-DD")
    return _checked(text, *parts)


def last_day(partial: str) -> date | None:
    """Return the last day of a partial ISO date: '2020' → 2020-12-31; None for anything else."""
    match = _ISO.fullmatch(partial)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    month = month or 12
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def date_in_name(name: str) -> str | None:
    """Return the date that a file's name carries: 'list_2026-07.csv' → '2026-07'."""
    found = _IN_NAME.search(name)
    if found is None:
        return None
    reading = _checked(found.group(), *(int(part) if part else None for part in found.groups()))
    return reading.value


def _written_parts(written: str, order: Order) -> tuple[int | None, int | None, int | None] | None:
    for pattern in (_ISO, _COMPACT, _HAN):
        if found := pattern.match(written):
            year, month, day = (int(part) if part else None for part in found.groups())
            return year, month, day
    if found := _PARTS.match(written):
        return _slashed(*found.groups(), order=order)
    if found := _DAY_MONTH.match(written):
        day_text, month_name, year_text = found.groups()
    elif found := _MONTH_DAY.match(written):
        month_name, day_text, year_text = found.groups()
    elif found := _MONTH_YEAR.match(written):
        month_name, year_text = found.groups()
        day_text = ""
    else:
        return None
    month = _MONTHS.get(month_name.lower())
    if month is None:
        return None
    return int(year_text), month, int(day_text) if day_text else None


def _slashed(first: str, second: str, third: str, *, order: Order) -> tuple[int, int, int] | None:
    if len(first) == 4:
        return int(first), int(second), int(third)
    if order == "ymd" or len(third) not in (2, 4) or len(first) > 2:
        return None
    year = int(third)
    if len(third) == 2:
        year += 2000 if year <= _PIVOT else 1900
    if order == "mdy":
        return year, int(first), int(second)
    return year, int(second), int(first)


def _checked(text: str, year: int | None, month: int | None, day: int | None) -> DateReading:
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return DateReading(None, f"{_short(text)} has a year that cannot be right")
    if month is None:
        return DateReading(f"{year:04d}")
    if not 1 <= month <= 12:
        return DateReading(None, f"{_short(text)} has no month {month}")
    if day is None:
        return DateReading(f"{year:04d}-{month:02d}")
    if not 1 <= day <= monthrange(year, month)[1]:
        return DateReading(None, f"{_short(text)} has no day {day}")
    return DateReading(f"{year:04d}-{month:02d}-{day:02d}")


def _short(text: str) -> str:
    return f'"{text}"' if len(text) <= 40 else f'"{text[:37]}…"'
