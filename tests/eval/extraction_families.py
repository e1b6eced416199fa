"""How much recall hangs on patterns that only one document supports.

A pattern that is right in one document alone may have been written for it. Leave each document out
in turn: what its ties lose when only the patterns that are right in some other document may speak
is the part of recall that need not be there in the next document.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Key = tuple[Any, ...]


def figures(scorer: ModuleType, ids: Sequence[str], root: Path, folder: Path) -> dict[str, float]:
    """Return recall with all patterns, with those that another document supports, and counts."""
    gold_ties = 0
    found_by: dict[tuple[str, Key], set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for number in ids:
        gold = json.loads((root / f"gold/{number}.json").read_text("utf-8"))
        predicted = json.loads((folder / f"{number}.json").read_text("utf-8"))
        wanted = {scorer.key(t["subject"], t["type"], t["object"]) for t in gold["ties"]}
        gold_ties += len(wanted)
        for key, method in _predicted(scorer, gold, predicted):
            if key in wanted:
                found_by[number, key].add(method)
                documents[method].add(number)
    shared = sum(
        any(documents[method] - {number} for method in methods)
        for (number, _), methods in found_by.items()
    )
    return {
        "families.patterns.right_somewhere": float(len(documents)),
        "families.patterns.right_in_one_document": float(
            sum(len(found) == 1 for found in documents.values())
        ),
        "families.recall.all_patterns": len(found_by) / gold_ties,
        "families.recall.supported_elsewhere": shared / gold_ties,
    }


def _predicted(
    scorer: ModuleType, gold: dict[str, Any], predicted: dict[str, Any]
) -> list[tuple[Key, str]]:
    resolver = scorer.Resolver(gold["entities"])
    owner = {entity["id"]: resolver.ent(entity) for entity in predicted["entities"]}
    return [
        (scorer.key(owner[t["subject"]], t["type"], owner[t["object"]]), t["method"])
        for t in predicted["ties"]
        if owner.get(t["subject"]) and owner.get(t["object"])
    ]
