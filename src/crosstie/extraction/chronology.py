"""The dates of an article in the order of its telling, each with the words that it dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crosstie.extraction.passages import Sentence, sentences
from crosstie.extraction.when import date_words
from crosstie.ontology.records import Article, Document
from crosstie.text.numbers import read_number

How = Literal["stated", "from_article", "from_before"]

_LATER = re.compile(
    r"\b(?P<count>an?|\w+|\d+)\s(?P<unit>years?|months?)\s(?P<way>later|afterwards?|after\sthat|earlier|before\sthat)\b"
    r"|\b(?P<next>[Tt]he\s(?:next|following)\syear)\b|\b(?P<same>(?:[Tt]he\ssame|[Tt]hat)\syear)\b"
)
_HAN_LATER = re.compile(
    r"(?P<count>\d+|[一二三四五六七八九十两]+)(?P<unit>年|个月)(?P<way>之?后|以后|之?前|以前)"
    r"|(?P<next>次年|翌年|第二年)|(?P<same>同年|当年)"
)
_EARLIER = ("earlier", "before", "前", "之前", "以前")
# Where a sentence that gives several dates is cut, so that each has its own words.
_CLAUSES = re.compile(
    r";|—|,\s(?=(?:which|who|whose|where|while|and|but|before|after|then)\b)|，(?=(?:并|而|但|后|随后|其后|该|其|\d|次年|同年))|；"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement with a date: its clause, the sentence it stands in, and how the date was read.

    `how` is `stated` (in the text), `from_article` ("last year", by the article's own date) or
    `from_before` ("three years later", by the date told before it).
    """

    start: int
    end: int
    sentence: tuple[int, int]
    date: str
    words: tuple[int, int]
    how: How


def chronology(document: Document, article: Article) -> tuple[Dated, ...]:
    """Return the dated statements of an article in the order of its telling.

    >>> chronology(document, article)  # "... in 2009. Three years later, Hexi built ..."
    (Dated(..., date="2009", how="stated"), Dated(..., date="2012", how="from_before"))
    """
    return tuple(_told(document.text, sentences(document, article), article.date))


def _told(text: str, parts: Sequence[Sentence], article_date: str | None) -> Iterator[Dated]:
    before: str | None = None
    for sentence in parts:
        if sentence.dateline:
            continue
        whole = text[sentence.start : sentence.end]
        found = list(_expressions(whole, article_date))
        for number, (start, end, date, how) in enumerate(found):
            resolved = date if how != "from_before" else _moved(whole[start:end], before)
            if resolved is None:
                continue
            before = resolved
            first, last = _clause(whole, [(a, b) for a, b, *_ in found], number)
            yield Dated(
                start=sentence.start + first,
                end=sentence.start + last,
                sentence=(sentence.start, sentence.end),
                date=resolved,
                words=(sentence.start + start, sentence.start + end),
                how=how,
            )


def _expressions(
    whole: str, article_date: str | None
) -> Iterator[tuple[int, int, str | None, How]]:
    """Yield the dates of a sentence in order: place, date if it says one, how it is to be read."""
    found: list[tuple[int, int, str | None, How]] = []
    for words in date_words(whole, article_date=article_date):
        how: How = "from_article" if words.relative else "stated"
        found.append((words.start, words.end, words.date, how))
    pattern = _HAN_LATER if any("㐀" <= c <= "鿿" for c in whole) else _LATER
    for match in pattern.finditer(whole):
        if not any(a < match.end() and match.start() < b for a, b, *_ in found):
            found.append((match.start(), match.end(), None, "from_before"))
    yield from sorted(found, key=lambda item: item[0])


def _moved(words: str, before: str | None) -> str | None:
    """Return the date that words tell by the date before them: "three years later"."""
    if before is None:
        return None
    match = _LATER.fullmatch(words) or _HAN_LATER.fullmatch(words)
    if match is None:
        return None
    year = int(before[:4])
    if match.group("same"):
        return str(year)
    if match.group("next"):
        return str(year + 1)
    count = _count(match.group("count"))
    if count is None:
        return None
    back = match.group("way").startswith(_EARLIER)
    if match.group("unit") in ("年", "year", "years"):
        return str(year - count if back else year + count)
    if len(before) < 7:
        return None
    months = year * 12 + int(before[5:7]) - 1 + (-count if back else count)
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _count(written: str) -> int | None:
    if written.casefold() in ("a", "an"):
        return 1
    value = read_number(written)
    return int(value) if value is not None and value == int(value) and value < 100 else None


def _clause(whole: str, places: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """Return the part of a sentence that one of its dates speaks of: all of it if it has one."""
    if len(places) == 1:
        return 0, len(whole)
    start, end = places[number]
    cuts = [match.start() for match in _CLAUSES.finditer(whole)]
    # A cut parts two dates; one that parts no dates would only lose words.
    before = places[number - 1][1] if number else 0
    behind = places[number + 1][0] if number + 1 < len(places) else len(whole)
    first = max((c for c in cuts if before <= c <= start and number), default=0)
    last = min(
        (c for c in cuts if end <= c <= behind and number + 1 < len(places)), default=len(whole)
    )
    while first < last and whole[first] in " ,;，；—":
        first += 1
    return _with_antecedent(whole, first), last


_RELATIVE = re.compile(r"(?:which|who|whose|where)\b")
_ANTECEDENT = re.compile(r"(?:[A-Z][\w’'-]*\s){0,6}[A-Z][\w’'-]*(?:\s\([^()]{1,30}\))?,\s$")


def _with_antecedent(whole: str, first: int) -> int:
    """Return where a clause starts with the name that it tells of: "the Dock, which opened"."""
    if not _RELATIVE.match(whole, first):
        return first
    reach = max(0, first - 100)
    name = _ANTECEDENT.search(whole[reach:first])
    return reach + name.start() if name else first
