"""When a sentence's event took place: partial ISO dates, relative ones resolved."""

import re

from crosstie.text.dates import read_date

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = re.compile(
    rf"(?P<bound>\b(?:until|by|before|to|through)\s)?(?:\b(?:in|on|since|from|of|late|early|mid)[\s-])?"
    rf"(?:(?P<full>(?:\d{{1,2}}\s(?:{_MONTH})|(?:{_MONTH})\s\d{{1,2}},?)\s(?:19|20)\d\d)"
    rf"|(?P<month>(?:{_MONTH})\s(?:19|20)\d\d)"
    rf"|(?P<past>(?P<past_month>{_MONTH})\slast\syear)"
    rf"|(?P<last>[Ll]ast\syear)"
    rf"|(?P<year>(?<![\d,.$])(?:19|20)\d\d(?![\d,.]\d|\s?(?:million|billion|people|yuan|MW))))\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<bound>至|到|截至)?(?P<full>(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
    r"(?!\d{0,2}月?\d{0,2}日?(?:以前|之前|前))"
    r"|(?P<last>去年)|(?P<past>去年(?P<past_month>\d{1,2})月)"
)
_MONTH_NUMBERS = {name: f"{n:02d}" for n, name in enumerate(_MONTH.split("|"), start=1)}


def date_of(sentence: str, *, article_date: str | None) -> str | None:
    """Return the one date that a sentence gives, or None when it gives none or several.

    "In August last year" in an article of 2019 is 2018-08; a date behind "until" or "by" is a
    bound and not the date of the event.
    """
    found = dict.fromkeys(_dates(sentence, article_date))
    return next(iter(found)) if len(found) == 1 else None


def _dates(sentence: str, article_date: str | None) -> list[str]:
    pattern = _CHINESE if any("㐀" <= c <= "鿿" for c in sentence) else _ENGLISH
    dates = []
    for match in pattern.finditer(sentence):
        if match.groupdict().get("bound"):
            continue
        date = _read(match, article_date)
        if date:
            dates.append(date)
    return dates


def _read(match: re.Match[str], article_date: str | None) -> str | None:
    groups = match.groupdict()
    if groups.get("past") or groups.get("last"):
        if article_date is None:
            return None
        year = str(int(article_date[:4]) - 1)
        month = groups.get("past_month")
        if not month:
            return year
        number = f"{int(month):02d}" if month.isdigit() else _MONTH_NUMBERS[month.capitalize()]
        return f"{year}-{number}"
    written = groups.get("full") or groups.get("month") or groups.get("year") or ""
    return read_date(written.replace(",", "")).value
