"""Run juditha on a bench task: its lookup answers one cluster of names with a score, or none."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import model
from juditha import get_build_store

task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
start = time.perf_counter()
store = get_build_store(tempfile.mkdtemp())
owners: dict[str, set[str]] = {}
for key, names in task["entities"]:
    proxy = model.make_entity("Organization")
    proxy.id = key
    for name in names:
        proxy.add("name", name)
        owners.setdefault(name, set()).add(key)
    store.aggregator.put(proxy)
store.aggregator.flush()
store.build()
built = time.perf_counter() - start


def search(query: str) -> list[tuple[str, float]]:
    """Return the entities that bear a name of the cluster found."""
    found = store.search(query, threshold=0.5)
    if found is None:
        return []
    keys = {key for name in found.names for key in owners.get(name, ())}
    return [(key, found.score) for key in sorted(keys)][:10]


answers, times, cpu = [], [], time.process_time()
for query in task["queries"]:
    start = time.perf_counter()
    answers.append(search(query))
    times.append(time.perf_counter() - start)
cpu = time.process_time() - cpu
store.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
result = {"build_s": built, "times": times, "answers": answers, "peak_mb": peak, "cpu_s": cpu}
print(json.dumps({"juditha": result}))
