"""The language models alone on the development corpus: what the rules add to them.

spaCy's names for English, LAC's for Chinese, scored as entities like ours.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from crosstie.extraction.models import chinese_tagger, english_model

_SPACY = {
    "ORG": "company", "GPE": "place", "LOC": "place", "FAC": "facility", "EVENT": "event",
    "LAW": "programme", "PRODUCT": "system",
}  # fmt: skip
_LAC = {"ORG": "company", "LOC": "place", "nt": "company", "ns": "place"}
Span = tuple[int, int, str]


def figures(scorer: ModuleType, ids: Sequence[str], root: Path) -> dict[str, float]:
    """Return the entities' F1 of the models alone, by language."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        language = {}
        for number in ids:
            raw = json.loads((root / f"docs/{number}.json").read_text("utf-8"))
            language[number] = raw["lang"]
            spans = _chinese(raw["text"]) if raw["lang"] == "zh" else _english(raw["text"])
            path = Path(name) / f"{number}.json"
            path.write_text(json.dumps({"entities": _entities(raw["text"], spans)}), "utf-8")
        for code in ("en", "zh"):
            chosen = [n for n in ids if language[n] == code]
            score = scorer.score(chosen, str(root), name)["entities"]["untyped"]
            found[f"plain.{code}.entities.precision"] = score["p"]
            found[f"plain.{code}.entities.recall"] = score["r"]
            found[f"plain.{code}.entities.f1"] = score["f1"]
    return found


def _english(text: str) -> Iterator[Span]:
    for entity in english_model()(text).ents:
        if entity.label_ in _SPACY:
            yield entity.start_char, entity.end_char, _SPACY[entity.label_]


def _chinese(text: str) -> Iterator[Span]:
    for line_start, line in _lines(text):
        at = 0
        for word, tag in chinese_tagger().run(line):
            start = line.find(word, at)
            if start >= 0:
                at = start + len(word)
                if tag in _LAC:
                    yield line_start + start, line_start + at, _LAC[tag]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, line
        at += len(line)


def _entities(text: str, spans: Iterator[Span]) -> list[dict[str, Any]]:
    grouped: dict[str, dict[str, Any]] = {}
    for start, end, kind in spans:
        words = text[start:end]
        name = " ".join(words.split())
        entity = grouped.setdefault(
            name.casefold(), {"id": f"e{len(grouped)}", "name": name, "type": kind, "mentions": []}
        )
        entity["mentions"].append({"start": start, "end": end, "text": words})
    return list(grouped.values())
