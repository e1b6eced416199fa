"""Reads a text about fictional organisations; the gazetteer knows the [names|kind] in brackets."""

import re

from crosstie.extraction import Extraction, Extractor, Gazetteer, GazetteerName
from crosstie.ontology.records import Article, Document

_BRACKET = re.compile(r"\[([^\]|]+)\|([a-z_]+)\]")


def language_of(text: str) -> str:
    return "zh" if any("㐀" <= character <= "鿿" for character in text) else "en"


def document_of(text: str, date: str | None = None) -> tuple[Document, Article]:
    language = language_of(text)
    document = Document.of(origin="document", name="example", text=text, language=language)
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language=language, date=date
    )
    return document, article


def read(marked: str, date: str | None = None) -> Extraction:
    text = _BRACKET.sub(r"\1", marked)
    names = [
        GazetteerName(m.group(1), m.group(2), language_of(text)) for m in _BRACKET.finditer(marked)
    ]
    return Extractor(Gazetteer.build(names)).extract(*document_of(text, date))


def ties(extraction: Extraction) -> set[tuple[str, str, str, str]]:
    """Return (subject, tie, object, status) in the words of the text."""
    quotes = {mention.id: mention.quote for mention in extraction.mentions}
    return {
        (quotes[c.subject], c.predicate, quotes[c.object], c.status)
        for c in extraction.claims
        if c.object is not None
    }


def names(extraction: Extraction) -> dict[str, str]:
    return {mention.quote: mention.kind for mention in extraction.mentions}
