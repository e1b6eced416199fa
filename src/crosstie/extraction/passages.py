"""The running text of an article, cut into sentences whose offsets point into the document."""

import re
from dataclasses import dataclass

from crosstie.ontology.records import Article, Document
from crosstie.text.sentences import sentence_spans

# What an editor writes about an article is prose, and it is read like the rest.
READ_ALL_THE_SAME = frozenset({"note", "standfirst"})


# "SELIM CITY, 3 May 2021 (Wire) -- The firm said": the place is no part of what is said.
_DATELINE = re.compile(
    r"([A-Z][\w.’' -]{2,30}(?:,\s[A-Z][\w.’' -]{2,24})?"
    r"(?:,?\s(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?(?:\s\d{1,2})?(?:,?\s\d{4})?)?"
    r"(?:\s?\([A-Z][\w ./]{1,24}\))?)(?:\s?(?:--|—|–)\s?|\s-\s)(?=[A-Z“\"])"
)
# A hyphen or a dash makes a dateline only behind capitals, a date, or a town and its country.
_DATED = re.compile(r"[A-Z][A-Z.’' -]{2,}\b(?![a-z])|.*\d|[A-Z]\w+,\s[A-Z]\w+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text, or the dateline before one: its place in the document."""

    start: int
    end: int
    dateline: bool = False


def running_text(article: Article) -> list[tuple[int, int]]:
    """Return the ranges of the article that are prose, note and standfirst included."""
    kept: list[tuple[int, int]] = []
    at = article.start
    skipped = sorted(
        (block.start, block.end) for block in article.blocks if block.kind not in READ_ALL_THE_SAME
    )
    for start, end in [*skipped, (article.end, article.end)]:
        if at < min(start, article.end):
            kept.append((at, min(start, article.end)))
        at = max(at, end)
    return kept


def sentences(document: Document, article: Article) -> list[Sentence]:
    """Return the sentences of the article's running text, in order."""
    found: list[Sentence] = []
    for start, end in running_text(article):
        for first, last in sentence_spans(document.text, start, end, article.language):
            dateline = _DATELINE.match(document.text, first, last)
            if dateline and _DATED.match(dateline.group(1)):
                found.append(Sentence(first, dateline.end(1), dateline=True))
                first = dateline.end()
            found.append(Sentence(first, last))
    return found
