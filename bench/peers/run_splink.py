"""Run Splink, untuned, as a batch link of queries to entities on a bench task."""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
start = time.perf_counter()
connection = duckdb.connect()


def row(key: str, name: str) -> dict[str, str]:
    words = sorted("".join(c.lower() if c.isalnum() else " " for c in name).split(), key=len)
    return {"unique_id": key, "name": name.lower(), "longest": words[-1] if words else "",
            "first": name.lower()[:6]}  # fmt: skip


def table(title: str, rows: list[dict[str, str]]) -> None:
    connection.execute(f"create table {title}(unique_id varchar, name varchar, longest varchar, "
                       "first varchar)")  # fmt: skip
    path = Path(sys.argv[1]).with_name(f"{title}.jsonl")
    with path.open("w", encoding="utf-8") as file:
        for item in rows:
            file.write(json.dumps(item) + "\n")
    connection.execute(f"insert into {title} select unique_id, name, longest, first from "
                       f"read_json('{path}', format='newline_delimited')")  # fmt: skip


known = [row(f"{key}|{n}", name) for key, names in task["entities"] for n, name in enumerate(names)]
asked = [row(f"q{n}", text) for n, text in enumerate(task["queries"])]
table("known", known)
table("asked", asked)
settings = SettingsCreator(
    link_type="link_only",
    probability_two_random_records_match=0.001,
    comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8])],
    blocking_rules_to_generate_predictions=[block_on("longest"), block_on("first")],
)
api = DuckDBAPI(connection)
tables = [api.register(t, dataset_display_name=t) for t in ("known", "asked")]
linker = Linker(tables, settings)
built = time.perf_counter() - start
start, before = time.perf_counter(), time.process_time()
linker.training.estimate_u_using_random_sampling(max_pairs=1e7)
found = linker.inference.predict(threshold_match_probability=0.001)
rows = [
    (r["unique_id_l"], r["unique_id_r"], r["match_probability"]) for r in found.as_record_list()
]
spent, cpu = time.perf_counter() - start, time.process_time() - before
best = [{} for _ in asked]
for left, right, score in rows:
    key, query = (left, right) if right.startswith("q") and "|" not in right else (right, left)
    name = key.rsplit("|", 1)[0]
    spot = best[int(query[1:])]
    spot[name] = max(score, spot.get(name, 0.0))
answers = [sorted(one.items(), key=lambda item: -item[1])[:10] for one in best]
each = spent / max(1, len(asked))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
result = {"build_s": built, "times": [each] * len(asked), "answers": answers, "peak_mb": peak,
          "cpu_s": cpu}  # fmt: skip
print(
    json.dumps({"notes": ["splink: timed as one batch, the only way it works"], "splink": result})
)
