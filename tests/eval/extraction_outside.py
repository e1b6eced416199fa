"""Entities on two public benchmarks that the rules were not tuned on: reported as they are.

CoNLL04 (English news of the 1990s, Org and Loc) and CLUENER (Chinese news; organisations,
companies and governments). Both label by other rules than ours, so the figures are low.
One general fault seen in CoNLL04 was mended, so its figure is not wholly unseen; CLUENER's is.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crosstie.extraction import Extractor
from crosstie.extraction.spots import ORGANISATION_LIKE
from crosstie.ontology.records import Article, Document

_SENTENCES = 400
_NAMES = ORGANISATION_LIKE | {"place", "facility"}
Labelled = tuple[str, Counter[str]]


def conll04(path: Path) -> Iterator[Labelled]:
    """Yield each sentence with its organisations and places."""
    for block in path.read_text("utf-8").split("#doc ")[1 : _SENTENCES + 1]:
        rows = [line.split("\t") for line in block.splitlines()[1:] if "\t" in line]
        names: list[list[str]] = []
        kind = ""
        for row in rows:
            tag = row[2]
            if tag.startswith("B-"):
                kind = tag[2:]
                names.append([row[1]] if kind in ("Org", "Loc") else [])
            elif tag.startswith("I-") and names and names[-1]:
                names[-1].append(row[1])
        wanted = Counter(_folded(" ".join(words)) for words in names if words)
        yield " ".join(row[1] for row in rows), wanted


def cluener(path: Path) -> Iterator[Labelled]:
    """Yield each sentence with its organisations, companies and governments."""
    for line in path.read_text("utf-8").splitlines()[:_SENTENCES]:
        row = json.loads(line)
        wanted: Counter[str] = Counter()
        for kind in ("organization", "company", "government"):
            for name, places in row["label"].get(kind, {}).items():
                wanted[_folded(name)] += len(places)
        yield row["text"], wanted


def _folded(name: str) -> str:
    text = "".join(name.casefold().split()).strip(".,'’")
    return text.removeprefix("the")


def figures(shared: Path) -> dict[str, float]:
    """Return precision, recall and F1 of names on both benchmarks."""
    found: dict[str, float] = {}
    folder = shared / "data/ie"
    for name, language, rows, kinds in (
        ("conll04", "en", conll04(folder / "conll04_test.txt"), _NAMES),
        ("cluener", "zh", cluener(folder / "cluener_dev.jsonl"), ORGANISATION_LIKE),
    ):
        hit = predicted = gold = 0
        for text, wanted in rows:
            ours = _names(text, language, kinds)
            hit += sum((ours & wanted).values())
            predicted += sum(ours.values())
            gold += sum(wanted.values())
        precision, recall = hit / max(1, predicted), hit / max(1, gold)
        found[f"outside.{name}.precision"] = precision
        found[f"outside.{name}.recall"] = recall
        found[f"outside.{name}.f1"] = 2 * precision * recall / max(1e-9, precision + recall)
    return found


_EXTRACTOR = Extractor()


def _names(text: str, language: str, kinds: frozenset[str]) -> Counter[str]:
    document = Document.of(origin="document", name="benchmark", text=text, language=language)
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language=language
    )
    mentions = _EXTRACTOR.extract(document, article).mentions
    return Counter(_folded(mention.quote) for mention in mentions if mention.kind in kinds)
