"""Pages of many layouts, about organisations that do not exist, and the articles in each.

`expected.json` was read against the pages by eye; a change to it is a change to what users get.
"""

import json
import runpy
from collections import Counter
from pathlib import Path

import pytest

from crosstie.documents import read_document

_PAGES = Path(__file__).parents[2] / "fixtures" / "documents"
_EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))


def test_every_page_has_its_expectation() -> None:
    assert sorted(_EXPECTED) == sorted(path.name for path in _PAGES.iterdir())


@pytest.mark.parametrize("name", sorted(_EXPECTED))
def test_page_is_cut_into_its_articles(name: str) -> None:
    assert seen(name) == _EXPECTED[name]


def seen(name: str) -> list[dict[str, object]]:
    document, articles = read_document((_PAGES / name).read_bytes(), name=name)
    return [
        {
            "title": article.title,
            "date": article.date,
            "publisher": article.publisher,
            "language": article.language,
            "body": document.text[article.body_start : article.body_start + 30],
            "end": document.text[article.end - 30 : article.end],
            "blocks": dict(sorted(Counter(block.kind for block in article.blocks).items())),
        }
        for article in articles
    ]


@pytest.mark.shared
def test_page_of_six_briefings_has_six_articles_and_an_essay_has_one(shared: Path) -> None:
    pages = sorted((shared / "corpus" / "seeds").glob("*.txt"))
    counts = [len(read_document(page.read_bytes(), name=page.name)[1]) for page in pages]
    assert counts == [6, 1]


@pytest.mark.shared
def test_single_documents_are_never_cut(shared: Path) -> None:
    pages = sorted((shared / "corpus" / "dev" / "docs").glob("*.json"))
    assert pages
    for page in pages:
        text = json.loads(page.read_text(encoding="utf-8"))["text"]
        document, articles = read_document(text.encode(), name=f"{page.stem}.txt")
        assert len(articles) == 1, page.name
        assert document.text == text


@pytest.mark.shared
def test_layout_of_the_seed_pages_is_found_exactly(shared: Path) -> None:
    measure = runpy.run_path(str(Path(__file__).parents[2] / "eval" / "articles.py"))["measure"]
    figures = measure(shared)
    assert figures.pop("articles") == 7
    assert figures == dict.fromkeys(figures, 1.0)
