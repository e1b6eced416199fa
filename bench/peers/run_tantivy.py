"""Run tantivy (words and trigrams) with rapidfuzz as the scorer on a bench task."""

import json
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
answers, times = [], []
for query in task["queries"]:
    start = time.perf_counter()
    clean = utils.default_process(query)
    words = [word for word in clean.split() if word]
    parts = [
        (tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", word))
        for word in words[:12]
    ]
    parts += [
        (tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(schema, "words", word, 1, True))
        for word in words[:12]
        if len(word) > 4
    ]
    best = {}
    if parts:
        hits = searcher.search(tantivy.Query.boolean_query(parts), 25).hits
        for _, address in hits:
            key, name = rows[searcher.doc(address)["row"][0]]
            score = fuzz.token_sort_ratio(clean, name) / 100
            best[key] = max(score, best.get(key, 0.0))
    found = sorted(best.items(), key=lambda item: -item[1])[:10]
    times.append(time.perf_counter() - start)
    answers.append(found)
print(json.dumps({"build_s": built, "open_s": 0.0, "times": times, "answers": answers,
                  "index_bytes": 0}))  # fmt: skip
