"""Merge large registers with each other: Splink, on DuckDB, proposes pairs of records.

An option (`crosstie[splink]`). Its model is learnt from the records themselves, so that no record
can be looked at alone: what it proposes is therefore kept as judgements, by "splink", which no
prohibition and no person's judgement stands against. Whatever comes later respects them.
"""

import importlib
import importlib.util
import json
import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosstie.ontology.errors import ExtraMissing
from crosstie.ontology.ids import MentionId
from crosstie.ontology.records import Reason
from crosstie.resolution.block import Atom
from crosstie.resolution.who_is_who import Settled

_THRESHOLD = 0.99
_START = 6
_COLUMNS = (
    "{'unique_id': 'VARCHAR', 'country': 'VARCHAR', 'main': 'VARCHAR', 'start': 'VARCHAR',"
    " 'names': 'VARCHAR[]'}"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that are one with this probability, by the names of their first mentions."""

    left: MentionId
    right: MentionId
    probability: float
    because: str


def require_splink() -> str:
    """Return the version of Splink. Raises ExtraMissing where it is not installed."""
    if not all(importlib.util.find_spec(name) for name in ("splink", "duckdb")):
        raise ExtraMissing("splink", "Splink")
    return str(importlib.import_module("splink").__version__)


def proposals(settled: Settled) -> list[Proposal]:
    """Return the pairs of entities that Splink takes for one and that nothing forbids to be one.

    Raises ExtraMissing where Splink is not installed.
    """
    version = require_splink()
    atoms = [atom for atom in settled.atoms if atom.qualified and atom.uses]
    found = sorted(_predicted(atoms), key=lambda pair: (-pair[2], pair[0], pair[1]))
    return list(allowed(settled, found, by=f"Splink {version}"))


def allowed(
    settled: Settled, pairs: Sequence[tuple[int, int, float]], *, by: str
) -> Iterator[Proposal]:
    """Yield those of the pairs of atoms that no rule and no person keeps apart, in their order."""
    for left, right, probability in pairs:
        one, two = settled.atoms[left], settled.atoms[right]
        names = f"“{one.first.names[0].text}” and “{two.first.names[0].text}”"
        text = f"{by} gives {names} a match probability of {probability:.3f}"
        if settled.clusters.root(left) == settled.clusters.root(right):
            continue
        if settled.clusters.join(left, right, (Reason("splink", text, probability),)) is None:
            yield Proposal(one.first.id, two.first.id, probability, text)


def _predicted(atoms: Sequence[Atom]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of atoms with their match probability."""
    if len(atoms) < 2:
        return
    splink: Any = importlib.import_module("splink")
    duckdb: Any = importlib.import_module("duckdb")
    compare: Any = importlib.import_module("splink.comparison_library")
    logging.getLogger("splink").setLevel(logging.ERROR)
    block_on = splink.block_on
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("main", [0.95, 0.88, 0.8]),
            compare.ArrayIntersectAtSizes("names", [2, 1]),
            compare.ExactMatch("country"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("names", arrays_to_explode=["names"]),
            block_on("country", "start"),
        ],
    )
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        _write(connection, Path(folder) / "records.jsonl", atoms)
        api = splink.DuckDBAPI(connection)
        linker = splink.Linker(api.register("records"), settings)
        train = linker.training
        train.estimate_probability_two_random_records_match(
            [block_on("main", "country")], recall=0.7
        )
        train.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
        train.estimate_parameters_using_expectation_maximisation(block_on("main"))
        train.estimate_parameters_using_expectation_maximisation(block_on("country", "start"))
        found = linker.inference.predict(threshold_match_probability=_THRESHOLD)
        for row in found.as_record_list():
            ends = sorted((int(row["unique_id_l"]), int(row["unique_id_r"])))
            yield ends[0], ends[1], round(float(row["match_probability"]), 6)


def _write(connection: Any, path: Path, atoms: Sequence[Atom]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for atom in atoms:
            names = [key for key, use in atom.uses.items() if not use.weak]
            row = {
                "unique_id": str(atom.index),
                "country": atom.first.country,
                "main": atom.main_key,
                "start": atom.main_key[:_START],
                "names": names,
            }
            file.write(json.dumps(row) + "\n")
    connection.execute(
        "create table records as select * from "
        f"read_json('{path}', format='newline_delimited', columns={_COLUMNS})"
    )
