"""The labelled screening queries, and real names that pad the index to the size of the full set."""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from crosstie.matching.names import core_name
from crosstie.matching.names.views import variants_of

Entity = tuple[str, list[str]]


@dataclass(frozen=True)
class Queries:
    """The labelled set: what to index, what to ask, and which entities are one organisation."""

    entities: list[Entity]
    padding: list[Entity]
    queries: list[dict[str, str]]
    cluster: dict[str, str]


def official_evaluator(shared: Path) -> ModuleType:
    """Load the evaluator that came with the queries."""
    path = shared / "data" / "screening-dev" / "evaluate.py"
    spec = importlib.util.spec_from_file_location("screening_evaluate", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_queries(shared: Path) -> Queries:
    """Read the queries and their entities, and the padding.

    An organisation that bears a name asked for is left out of the padding, also where the query
    gives that name after 'a.k.a.' or beside a bracket: finding it would be right, not false.
    """
    module = official_evaluator(shared)
    rows, queries = module.load(), module.queries()
    entities = [(row["id"], row["names"]) for row in rows]
    known = {core_name(name) for _, names in entities for name in names}
    known |= {core_name(name) for query in queries for name in variants_of(query["q"])}
    padding = [
        entity
        for entity in listed_entities(shared) + ror_entities(shared)
        if not any(core_name(name) in known for name in entity[1])
    ]
    cluster = {row["id"]: row["cluster"] for row in rows}
    return Queries(entities, padding, queries, cluster)


def listed_entities(shared: Path) -> list[Entity]:
    """Return the organisations of the Treasury's lists with their names.

    The other lists hold the very institutes that some queries name as a trap.
    """
    path = shared / "data" / "lists" / "csl_compact_2026-07-31.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = data["entries"]
    treasury = [n for n, source in enumerate(data["tables"]["sources"]) if "Treasury" in source]
    return [
        (f"csl-{number}", [row["n"], *row.get("a", [])])
        for number, row in enumerate(rows)
        if row.get("t") not in ("Individual", "Vessel", "Aircraft") and row["s"] in treasury
    ]


def ror_records(shared: Path) -> list[dict[str, list[str]]]:
    """Return ROR records as names by language: `zh`, `en` (others are left out)."""
    path = shared / "data" / "organisations" / "ror_cn_hk_tw_mo.jsonl"
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append({"id": [row["id"]], "zh": _ror_zh(row), "en": _ror_en(row)})
    return found


def _ror_zh(row: dict) -> list[str]:
    if "labels" in row:
        return [label["label"] for label in row["labels"] if label["iso639"] == "zh"]
    return [name["value"] for name in row["names"] if name["lang"] == "zh"]


def _ror_en(row: dict) -> list[str]:
    if "labels" in row:
        return [row["name"]]
    return [
        name["value"]
        for name in row["names"]
        if "ror_display" in name["types"] and name["lang"] in (None, "en")
    ]


def ror_entities(shared: Path) -> list[Entity]:
    """Return the English names of ROR's organisations, universities and colleges left out.

    Some queries that must raise no alert name Chinese universities that ROR holds.
    """
    schools = ("niversity", "ollege", "chool", "cademy", "nstitute of", "onservatory")
    return [
        (f"ror-{row['id'][0]}", row["en"])
        for row in ror_records(shared)
        if row["en"] and not any(word in row["en"][0] for word in schools)
    ]
