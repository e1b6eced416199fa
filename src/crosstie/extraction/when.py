"""When a sentence's event took place: partial ISO dates, relative ones resolved."""

import re
from dataclasses import dataclass

from crosstie.text.dates import read_date

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = re.compile(
    rf"(?P<bound>\b(?:until|by|before|to|through)\s)?(?:\b(?:in|on|since|from|of|late|early|mid)[\s-])?"
    rf"(?:(?P<full>(?:\d{{1,2}}\s(?:{_MONTH})|(?:{_MONTH})\s\d{{1,2}},?)\s(?:19|20)\d\d)"
    rf"|(?P<month>(?:{_MONTH})\s(?:19|20)\d\d)"
    rf"|(?P<past>(?P<past_month>{_MONTH})\s(?P<which>last|this)\syear)"
    rf"|(?P<gone>last\s(?P<gone_month>{_MONTH}))"
    r"|(?P<month_ago>(?:last|this)\smonth)"
    r"|(?P<last>(?:last|this)\syear)"
    rf"|(?P<year>(?<![\d,.$])(?:19|20)\d\d(?![\d,.]\d|\s?(?:million|billion|people|yuan|MW))))\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<bound>至|到|截至)?(?P<full>(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
    r"(?!\d{0,2}月?\d{0,2}日?(?:以前|之前|前))"
    r"|(?P<past>(?P<which>去年|今年|前年)(?P<past_month>\d{1,2})月)|(?P<last>去年|今年|前年)"
    r"|(?P<month_ago>上个?月|本月)"
)
_MONTH_NUMBERS = {name: f"{n:02d}" for n, name in enumerate(_MONTH.split("|"), start=1)}


RELATIVE_DATE = "relative_date_resolved_from_article_date"


def is_relative(sentence: str) -> bool:
    """Return whether the date of a sentence is told from the article's own: "last year"."""
    return date_of(sentence, article_date="2000-06-15") != date_of(sentence, article_date=None)


def date_of(sentence: str, *, article_date: str | None) -> str | None:
    """Return the one date that a sentence gives, or None when it gives none or several.

    "In August last year" in an article of 2019 is 2018-08; a date behind "until" or "by" is a
    bound and not the date of the event.
    """
    found = dict.fromkeys(_dates(sentence, article_date))
    return next(iter(found)) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as a text words it: its place there, and what it means."""

    start: int
    end: int
    date: str
    relative: bool
    """Whether only the date of the article tells it: "last year"."""


def date_words(text: str, *, article_date: str | None) -> list[DateWords]:
    """Return the dates that a text gives, in order; those behind "until" or "by" are bounds."""
    pattern = _CHINESE if any("㐀" <= c <= "鿿" for c in text) else _ENGLISH
    found = []
    for match in pattern.finditer(text):
        if match.groupdict().get("bound"):
            continue
        date = _read(match, article_date)
        if date:
            found.append(DateWords(match.start(), match.end(), date, _is_told_by_article(match)))
    return found


def _dates(sentence: str, article_date: str | None) -> list[str]:
    return [words.date for words in date_words(sentence, article_date=article_date)]


def _read(match: re.Match[str], article_date: str | None) -> str | None:
    groups = match.groupdict()
    if _is_told_by_article(match):
        return _resolved(groups, article_date) if article_date else None
    written = groups.get("full") or groups.get("month") or groups.get("year") or ""
    return read_date(written.replace(",", "")).value


def _is_told_by_article(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return any(groups.get(key) for key in ("past", "last", "gone", "month_ago"))


_YEARS_BACK = {"last": 1, "去": 1, "前": 2}


def _resolved(groups: dict[str, str | None], article_date: str) -> str | None:
    """Return a relative date by the date of its article: "last March", "this year", 去年8月."""
    year = int(article_date[:4])
    month = int(article_date[5:7]) if len(article_date) >= 7 else None
    if groups.get("month_ago"):
        if month is None:
            return None
        back = (groups["month_ago"] or "").casefold().startswith(("last", "上"))
        before = month - 1 if back else month
        return f"{year - 1}-12" if before == 0 else f"{year}-{before:02d}"
    if gone := groups.get("gone_month"):
        number = int(_MONTH_NUMBERS[gone.capitalize()])
        if month is None:
            return None
        return f"{year if number < month else year - 1}-{number:02d}"
    which = (groups.get("which") or groups.get("last") or "").casefold()
    year -= next((back for word, back in _YEARS_BACK.items() if which.startswith(word)), 0)
    named = groups.get("past_month")
    if not named:
        return str(year)
    return (
        f"{year}-{int(named):02d}"
        if named.isdigit()
        else (f"{year}-{_MONTH_NUMBERS[named.capitalize()]}")
    )
