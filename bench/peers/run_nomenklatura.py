"""Run nomenklatura's blocker, logic-v1 and logic-v2 on a bench task; scoring alone is timed."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index
from nomenklatura.matching import LogicV1, LogicV2
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
dataset = Dataset({"name": "bench", "title": "bench"})


def entity(key: str, names: list[str]) -> StatementEntity:
    data = {"id": key, "schema": "Organization", "properties": {"name": list(names)}}
    return StatementEntity.from_data(dataset, data)


start = time.perf_counter()
store = MemoryStore(dataset, Linker({}))
writer = store.writer()
for key, names in task["entities"]:
    writer.add_entity(entity(key, names))
writer.flush()
view = store.default_view()
index = Index(view, Path(tempfile.mkdtemp()))
index.build()
built = time.perf_counter() - start
queries = {f"q{n}": entity(f"q{n}", [text]) for n, text in enumerate(task["queries"])}
start = time.perf_counter()
blocked = {str(key): matches for key, matches in index.match_entities(queries.values())}
blocking = time.perf_counter() - start
results = {}
for title, matcher in (("logic-v2", LogicV2), ("logic-v1", LogicV1)):
    config = matcher.default_config()
    answers, times, cpu = [], [], 0.0
    for key, query in queries.items():
        others = [view.get_entity(str(other)) for other, _ in blocked.get(key, [])]
        start, before = time.perf_counter(), time.process_time()
        found = [(o.id, matcher.compare(query, o, config).score) for o in others if o is not None]
        times.append(max(1e-6, time.perf_counter() - start))
        cpu += time.process_time() - before
        answers.append(sorted(found, key=lambda item: -item[1])[:10])
    results[title] = {"build_s": built, "times": times, "answers": answers, "cpu_s": cpu}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
results = {title: {**row, "peak_mb": peak} for title, row in results.items()}
notes = [
    f"nomenklatura: finding the candidates of all queries took {blocking:.1f} s more, in batch"
]
print(json.dumps({"notes": notes, **results}))
