"""Measure article segmentation against the seeds' gold layout: titles, edges, dates, boilerplate.

Run as a script it prints the figures: `python tests/eval/articles.py [SHARED]`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crosstie.documents import read_document
from crosstie.ontology.records import Article

# What extraction does not read for statements.
_UNREAD = frozenset({"navigation", "boilerplate", "caption", "title", "byline", "date", "source"})


def measure(shared: Path) -> dict[str, float]:
    """Return shares in [0, 1] over the seed pages, and the number of gold articles.

    `starts`, `ends`, `bodies`, `titles` and `dates` are shares of gold articles whose offset or
    value is exactly right; `found` counts articles as found if they begin at a gold start, over
    the articles put out; `boilerplate` is the share of gold boilerplate characters that lie
    outside of every article or in a block that is not read.
    """
    hits = dict.fromkeys(("starts", "ends", "bodies", "titles", "dates"), 0)
    gold_count = out_count = matched = 0
    dull = dull_found = 0
    for text, gold, articles in _pages(shared):
        by_start = {article.start: article for article in articles}
        gold_count += len(gold["articles"])
        out_count += len(articles)
        for wanted in gold["articles"]:
            article = by_start.get(wanted["start"])
            if article is None:
                continue
            matched += 1
            hits["starts"] += 1
            hits["ends"] += article.end == wanted["end"]
            hits["bodies"] += article.body_start == wanted["body_start"]
            hits["titles"] += _plain(article.title) == _plain(wanted["title"])
            hits["dates"] += article.date == wanted["date"]
        read = _read_characters(articles)
        for span in gold["boilerplate"]:
            characters = [at for at in range(span["start"], span["end"]) if not text[at].isspace()]
            dull += len(characters)
            dull_found += sum(at not in read for at in characters)
    return {
        "articles": float(gold_count),
        "found": matched / max(1, out_count),
        **{name: count / gold_count for name, count in hits.items()},
        "boilerplate": dull_found / dull,
    }


def _pages(shared: Path) -> Iterator[tuple[str, dict[str, Any], tuple[Article, ...]]]:
    for path in sorted((shared / "corpus" / "seeds").glob("seed_*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = path.parent / gold["source_file"]
        document, articles = read_document(page.read_bytes(), name=page.name)
        yield document.text, gold, articles


def _read_characters(articles: tuple[Article, ...]) -> set[int]:
    read: set[int] = set()
    for article in articles:
        read.update(range(article.start, article.end))
        for block in article.blocks:
            if block.kind in _UNREAD:
                read.difference_update(range(block.start, block.end))
    return read


def _plain(title: str) -> str:
    return " ".join(title.split())


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[3] / "shared"
    for name, value in measure(shared).items():
        print(f"{name:<12} {value:.3f}")


if __name__ == "__main__":
    main()
