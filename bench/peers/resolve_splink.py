"""Let Splink, set up as its tutorial does it, find which of a task's records are one organisation.

Reads records (id, country, names) as JSON and prints clusters of ids. Its model learns from the
records themselves; it knows nothing of organisations.
"""

import json
import logging
import sys
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_THRESHOLD = 0.95
logging.disable(logging.WARNING)
rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
flat = Path(sys.argv[1]).with_suffix(".jsonl")
with flat.open("w", encoding="utf-8") as file:
    for row in rows:
        names = [" ".join(name.lower().split()) for name in row["names"]]
        item = {"unique_id": row["id"], "country": row["country"], "main": names[0]}
        file.write(json.dumps({**item, "start": names[0][:6], "names": names}) + "\n")
connection = duckdb.connect()
connection.execute(
    "create table records as select unique_id, country, main, start, names from "
    f"read_json('{flat}', format='newline_delimited', columns={{'unique_id': 'VARCHAR', "
    "'country': 'VARCHAR', 'main': 'VARCHAR', 'start': 'VARCHAR', 'names': 'VARCHAR[]'})"
)
api = DuckDBAPI(connection)
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("main", [0.95, 0.88, 0.8]),
        cl.ArrayIntersectAtSizes("names", [2, 1]),
        cl.ExactMatch("country"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("names", arrays_to_explode=["names"]),
        block_on("country", "start"),
    ],
)
linker = Linker(api.register("records"), settings)
train = linker.training
train.estimate_probability_two_random_records_match([block_on("main", "country")], recall=0.7)
train.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
train.estimate_parameters_using_expectation_maximisation(block_on("main"))
train.estimate_parameters_using_expectation_maximisation(block_on("country", "start"))
found = linker.inference.predict(threshold_match_probability=_THRESHOLD)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, _THRESHOLD)
groups: dict[str, list[str]] = {}
for row in clusters.as_record_list():
    groups.setdefault(str(row["cluster_id"]), []).append(str(row["unique_id"]))
print(json.dumps([sorted(ids) for ids in groups.values()]))
