"""Run Crosstie on a bench task: build, save, open, then search one query at a time."""

import json
import sys
import time
from pathlib import Path

from crosstie.matching import NameIndex

task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
folder = Path(sys.argv[1]).with_suffix(".index")
NameIndex.build([("warm", ["Acme Ltd", "北京大学"])]).search("Acme")
start = time.perf_counter()
index = NameIndex.build((key, names) for key, names in task["entities"])
built = time.perf_counter() - start
index.save(folder)
start = time.perf_counter()
index = NameIndex.open(folder)
opened = time.perf_counter() - start
for query in task["queries"][:50]:
    index.search(query)
answers, times = [], []
for query in task["queries"]:
    start = time.perf_counter()
    found = index.search(query)
    times.append(time.perf_counter() - start)
    answers.append([(candidate.id, candidate.score) for candidate in found])
size = sum(path.stat().st_size for path in folder.iterdir())
print(json.dumps({"build_s": built, "open_s": opened, "times": times, "answers": answers,
                  "index_bytes": size}))  # fmt: skip
