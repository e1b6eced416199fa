"""Every example of every pattern, about fictional organisations, run through the extractor."""

from collections.abc import Iterator

import pytest

from crosstie.extraction import Extractor, Gazetteer, GazetteerName
from crosstie.extraction.patterns import Example, Pattern, shipped_patterns
from crosstie.ontology.records import Article, Document


def cases() -> Iterator[tuple[Pattern, Example]]:
    for pattern in shipped_patterns():
        for example in pattern.examples:
            yield pattern, example


def ties_of(pattern: Pattern, example: Example) -> dict[tuple[str, str], str]:
    names = [GazetteerName(name, kind, pattern.language) for name, kind in example.names]
    document = Document.of(
        origin="document", name="example", text=example.text, language=pattern.language
    )
    values = {"start": 0, "end": len(example.text), "body_start": 0, "title": ""}
    article = Article.of(document.id, 1, language=pattern.language, **values)
    extraction = Extractor(Gazetteer.build(names)).extract(document, article)
    quotes = {mention.id: mention.quote for mention in extraction.mentions}
    return {
        (quotes[claim.subject], quotes[str(claim.object)]): claim.status
        for claim in extraction.claims
        if claim.predicate == pattern.tie
        and (bool(example.ties) or claim.method.endswith(":" + pattern.id))
    }


@pytest.mark.parametrize(
    ("pattern", "example"), [pytest.param(p, e, id=f"{p.id}:{e.line}") for p, e in cases()]
)
def test_pattern_finds_what_its_example_says_and_no_more(
    pattern: Pattern, example: Example
) -> None:
    found = ties_of(pattern, example)
    assert set(example.ties) <= set(found)
    assert bool(example.ties) or not found
    if example.status:
        assert {found[tie] for tie in example.ties} == {example.status}
