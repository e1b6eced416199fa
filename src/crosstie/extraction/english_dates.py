"""Which date each value of an English sentence is of: "in 2016", "as of June 2020", "by 2030"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crosstie.extraction.measured import Measured
from crosstie.extraction.passages import Sentence
from crosstie.text.dates import read_date

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:(?:\d{{1,2}}\s(?:{_MONTH})|(?:{_MONTH})(?:\s\d{{1,2}},?)?),?\s)?(?:19|20)\d\d\b"
_IN = (
    r"\b(?:in|on|as\sof|as\sat|during|for|at\sthe\send\sof|of|late|early|mid-?)\s"
    r"(?:the\s)?(?:fiscal\s|year\s|late\s|early\s)?"
)
_BEHIND = re.compile(rf"{_IN}(?P<date>{_DATE})", re.IGNORECASE)
_YEAR_LABEL = re.compile(r"(?:^|[\s;,(|])(?P<date>(?:19|20)\d\d)\s?[:|(—–-]\s?$")
_IN_BRACKETS = re.compile(r"[^.;,\d]{0,24}\((?:in\s)?(?P<date>(?:19|20)\d\d)\)")
_BY = re.compile(rf"\bby\s(?:the\send\sof\s|mid-|late\s|early\s)?(?P<date>{_DATE})", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:between|from)\s(?:\w+\s)?(?P<first>(?:19|20)\d\d)\s(?:and|to|until)\s(?P<last>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_DATES = re.compile(_DATE, re.IGNORECASE)
_WAS = re.compile(r"\b(?:had|has|have|was|were|\w+ed)\b")
_REACH = 60
_RELATIVE = re.compile(
    rf"\b(?:(?:in\s)?(?:{_MONTH})\s(?:last|this)\syear|last\s(?:{_MONTH})|(?:last|this)\s(?:year|month))\b",
    re.IGNORECASE,
)


def dates_for(text: str, sentence: Sentence, found: Sequence[Measured]) -> Iterator[Measured]:
    """Yield the values of a sentence, each with the date that it is of and the one it is due by."""
    whole = text[sentence.start : sentence.end]
    due = _BY.search(whole)
    for number, measured in enumerate(found):
        before = found[number - 1].end if number else sentence.start
        behind = found[number + 1].start if number + 1 < len(found) else sentence.end
        as_of = _as_of(text, sentence, measured, before, behind)
        if due and as_of == _iso(due.group("date")) and len(_DATES.findall(whole)) == 1:
            as_of = None
        by = _iso(due.group("date")) if due and (as_of is None or due.start() > 0) else None
        if by is not None and measured.modality == "actual" and _WAS.search(whole):
            # "By 2019 it had built forty": what was so then is due no more.
            as_of, by = as_of or by, None
        when = _RELATIVE.search(whole) if as_of is None and by is None else None
        yield replace(
            measured,
            as_of=as_of or _of_change(whole, sentence, measured, found),
            by=by,
            when=when.group() if when else "",
        )


def year_label(before: str) -> str | None:
    """Return the year that labels the number behind these words: "2014: ", "2014 | "."""
    label = _YEAR_LABEL.search(before[-12:])
    return label.group("date") if label else None


def _as_of(
    text: str, sentence: Sentence, measured: Measured, before: int, behind: int
) -> str | None:
    """Return the date right behind a value, else the one before it."""
    label = year_label(text[sentence.start : measured.start])
    if label is not None:
        return label
    reach = text[measured.end : min(behind, measured.end + _REACH)]
    found = _IN_BRACKETS.match(reach) or _BEHIND.search(reach)
    if found:
        return _iso(found.group("date"))
    # What dates one value dates the next one too, until another date is given.
    earlier = [
        m
        for m in _BEHIND.finditer(text, sentence.start, measured.start)
        if not _dates_another(m, sentence, before, measured)
    ]
    return _iso(earlier[-1].group("date")) if earlier else None


def _dates_another(
    match: re.Match[str], sentence: Sentence, before: int, measured: Measured
) -> bool:
    """Return whether a date stands right behind the value before: "A in 2012 to B"."""
    return before > sentence.start and 0 <= match.start() - before <= 4


def _of_change(
    whole: str, sentence: Sentence, measured: Measured, found: Sequence[Measured]
) -> str | None:
    """Return the year of one of two values: "rose from A to B between 2015 and 2019"."""
    span = _SPAN.search(whole)
    if span is None or len(found) != 2 or found[0].comparator == "range":
        return None
    return span.group("first") if measured is found[0] else span.group("last")


def _iso(written: str) -> str | None:
    return read_date(" ".join(written.replace(",", " ").split())).value
