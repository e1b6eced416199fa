"""Find the dates that a short line of a page gives, as partial ISO text."""

import datetime
import functools
import re
from dataclasses import dataclass

_LOCALES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "tr", "sv", "id")
# How dates are written, with Y for a year, M for a month's number, N for its name, D for a day;
# of A and B one is the day and one the month. A space may be any white space.
_FORMS = (
    "Y ?[年년] ?(?:M ?[月월] ?(?:D ?[日号號일])?)?",
    "(?<!\\d)Y[-/.]M(?:[-/.]D)?(?!\\d)",
    "(?<!\\w)N\\.? D(?:st|nd|rd|th)?,? Y(?!\\d)",
    "(?<!\\d)D(?:st|nd|rd|th|er|\\.)? (?:de |of )?N\\.?,? (?:de )?Y(?!\\d)",
    "(?<!\\w)N\\.?,? Y(?!\\d)",
    "(?<![\\d.])A/B/Y(?!\\d)",
    "(?<![\\d.])D\\.M\\.Y(?!\\d)",
    "(?<!\\d)D-N-Y(?!\\d)",
)
_FIELDS = {
    "Y": r"(?:1[89]|20|21)\d\d",
    "M": r"[01]?\d",
    "D": r"[0-3]?\d",
    "A": r"[0-3]?\d",
    "B": r"[0-3]?\d",
}


_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date and where it stands in its line."""

    start: int
    end: int
    iso: str


@functools.cache
def _months() -> dict[str, int]:
    # Loaded at the first page that is read, not at every command's start.
    from babel.dates import get_month_names

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
    names = sorted(map(re.escape, _months()), key=lambda name: (-len(name), name))
    fields = {**_FIELDS, "N": "|".join(names)}
    forms = []
    for number, form in enumerate(_FORMS):
        spaced = form.replace(" ?", r"\s*").replace(" ", r"\s+")
        # Each form has groups of its own: y0, m0; y1, n1; …
        pieces = [
            f"(?P<{piece.lower()}{number}>{fields[piece]})" if piece in fields else piece
            for piece in re.split("([YMNDAB])", spaced)
        ]
        forms.append("".join(pieces))
    return re.compile("|".join(forms), re.IGNORECASE)


def dates_in(line: str) -> list[DateMark]:
    """Return the dates of a line in the order they stand there; impossible ones are left out.

    >>> [mark.iso for mark in dates_in("Source: Vellmark Post, March 3, 2019")]
    ['2019-03-03']

    Of a date whose day and month could be swapped (03/04/2019) only the year is certain, so only
    the year is given.
    """
    found: list[DateMark] = []
    if not _DIGIT.search(line):
        return found
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
