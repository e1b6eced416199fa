"""Which parts of an article are read as prose."""

from crosstie.extraction import Extractor, Gazetteer, GazetteerName
from crosstie.extraction.passages import running_text
from crosstie.ontology.records import Article, Document, Span

TITLE = "Lenses at sea\n"
BYLINE = "By the Selimia desk\n"
NOTE = "Lantian Holdings owns Beihe Optics.\n"
BODY = "Beihe Optics supplies lenses.\n"


def _article(kind: str) -> tuple[Document, Article]:
    text = TITLE + BYLINE + NOTE + BODY
    document = Document.of(origin="document", name="example", text=text, language="en")
    spans, at = [], 0
    for block_kind, part in (("title", TITLE), ("byline", BYLINE), (kind, NOTE)):
        spans.append(Span(at, at + len(part), block_kind))
        at += len(part)
    article = Article.of(
        document.id,
        1,
        start=0,
        end=len(text),
        body_start=at,
        title="Lenses at sea",
        language="en",
        blocks=tuple(spans),
    )
    return document, article


def _read(kind: str) -> str:
    document, article = _article(kind)
    return "".join(document.text[start:end] for start, end in running_text(article))


def test_an_editors_note_before_the_body_is_read() -> None:
    assert _read("note") == NOTE + BODY


def test_a_standfirst_before_the_body_is_read() -> None:
    assert _read("standfirst") == NOTE + BODY


def test_a_caption_is_not_read() -> None:
    assert _read("caption") == BODY


def test_a_tie_told_only_in_the_editors_note_is_claimed() -> None:
    document, article = _article("note")
    known = Gazetteer.build(
        [
            GazetteerName("Lantian Holdings", "company", "en"),
            GazetteerName("Beihe Optics", "company", "en"),
        ]
    )
    claims = Extractor(known).extract(document, article).claims
    assert [claim.predicate for claim in claims] == ["owns"]
