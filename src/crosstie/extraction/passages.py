"""The running text of an article, cut into sentences whose offsets point into the document."""

from dataclasses import dataclass

from crosstie.ontology.records import Article, Document
from crosstie.text.sentences import sentence_spans

# What an editor writes about an article is prose, and it is read like the rest.
READ_ALL_THE_SAME = frozenset({"editor_note", "editors_note", "note", "list", "bullet", "quote"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text: its place in the document and in its article."""

    start: int
    end: int


def running_text(article: Article) -> list[tuple[int, int]]:
    """Return the ranges of the article's body that are prose, in order."""
    kept: list[tuple[int, int]] = []
    at = article.body_start
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
    return [
        Sentence(first, last)
        for start, end in running_text(article)
        for first, last in sentence_spans(document.text, start, end, article.language)
    ]
