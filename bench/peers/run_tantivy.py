"""Run tantivy (words, also misspelt) with rapidfuzz as the scorer on a bench task."""

import json
import resource
import sys
import time
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, utils

task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


builder = tantivy.SchemaBuilder()
builder.add_unsigned_field("row", stored=True)
builder.add_text_field("words", tokenizer_name="default")
schema = builder.build()
start = time.perf_counter()
index = tantivy.Index(schema)
writer = index.writer(heap_size=200_000_000, num_threads=1)
rows = []
for key, names in task["entities"]:
    for name in names:
        writer.add_document(tantivy.Document(row=len(rows), words=utils.default_process(name)))
        rows.append((key, utils.default_process(name)))
writer.commit()
index.reload()
built = time.perf_counter() - start
searcher = index.searcher()


def search(query: str) -> list[tuple[str, float]]:
    """Return the best entities for a name: words and fuzzy words, then rapidfuzz on 25 hits."""
    clean = utils.default_process(query)
    words = [word for word in clean.split() if word][:12]
    parts = [
        (tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", word)) for word in words
    ]
    parts += [
        (tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(schema, "words", word, 1, True))
        for word in words
        if len(word) > 4
    ]
    best: dict[str, float] = {}
    if parts:
        hits = searcher.search(tantivy.Query.boolean_query(parts), 25).hits
        for _, address in hits:
            key, name = rows[searcher.doc(address)["row"][0]]
            score = fuzz.token_sort_ratio(clean, name) / 100
            best[key] = max(score, best.get(key, 0.0))
    return sorted(best.items(), key=lambda item: -item[1])[:10]


def timed(query: str) -> tuple[float, list[tuple[str, float]]]:
    """Return the seconds that a search took, and what it found."""
    start = time.perf_counter()
    found = search(query)
    return time.perf_counter() - start, found


for query in task["queries"][:50]:
    search(query)
cpu = time.process_time()
times, answers = zip(*map(timed, task["queries"]), strict=True)
cpu = time.process_time() - cpu
worst = max(*times, *(timed(query[:400])[0] for query in task["hostile"]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
result = {"build_s": built, "times": times, "answers": answers, "peak_mb": peak,
          "worst_ms": 1e3 * worst, "cpu_s": cpu}  # fmt: skip
print(json.dumps({"tantivy": result}))
