"""Crosstie and its peers, side by side, on the same organisations and queries, in one run.

    python -m bench.names                        6k, 24k, 100k and a million entities
    python -m bench.names --short                6k and 24k, fewer queries: a few minutes
    python -m bench.names --sizes 1000000 --peers crosstie tantivy

Each runs in a process of its own, one after another, searching on one core. What counts are the
ratios: the machine may be busy, so that queries per second of CPU time stand beside those by the
clock. The peers' environments are made from PyPI at the first run. Peers
that a size would keep busy for hours are left out of it and said so.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.names_task import ROOT, Task, hostile, load_task, varied
from crosstie.matching import DEFAULT_THRESHOLD

WORK = ROOT / ".bench"
PEERS = ("crosstie", "tantivy", "splink", "nomenklatura", "juditha")
LARGEST = {"splink": 200_000, "nomenklatura": 30_000, "juditha": 110_000}
"""The most entities that a peer gets through in minutes here."""
SIZES = (6_000, 24_000, 100_000, 1_000_000)
LONGEST = 900
"""Seconds after which a peer is stopped and said to be too slow."""
COLUMNS = (
    ("F1", "f1", "8.3f"), ("at", "threshold", "6.2f"), ("alerts", "false_alerts", "8.1%"),
    ("queries/s", "queries_per_s", "11,.0f"), ("by CPU", "cpu_per_s", "9,.0f"),
    ("in batch", "batch_per_s", "10,.0f"),
    ("p95 ms", "p95_ms", "9.2f"), ("worst ms", "worst_ms", "10.1f"),
    ("build s", "build_s", "9.1f"), ("open s", "open_s", "8.2f"), ("peak MB", "peak_mb", "9,.0f"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--peers", nargs="+", default=list(PEERS), choices=PEERS)
    parser.add_argument("--queries", type=int, default=10_000, help="at most this many")
    parser.add_argument("--short", action="store_true", help="6k and 24k, 400 queries")
    options = parser.parse_args()
    if options.short:
        options.sizes, options.queries = [6_000, 24_000], 400
    data = load_task()
    step = max(1, len(data.asked) // options.queries)
    chosen = range(0, len(data.asked), step)
    print(f"Data: {data.origin}; a size beyond them is reached by variations. "
          f"Load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")  # fmt: skip
    for size in options.sizes:
        entities = list(varied(data.entities, size))
        asked = [data.asked[n] for n in chosen]
        file = WORK / f"names-{size}.json"
        file.parent.mkdir(exist_ok=True)
        task = {"entities": entities, "queries": asked, "hostile": hostile(entities)}
        file.write_text(json.dumps(task), encoding="utf-8")
        print(f"\n{len(entities):,} organisations, {len(asked):,} queries", flush=True)
        rows: dict[str, dict[str, float]] = {}
        for peer in options.peers:
            if size > LARGEST.get(peer, size):
                print(f"  {peer}: left out: it would take hours at this size")
                continue
            rows |= run(peer, file, data, [data.targets[n] for n in chosen])
        show(rows)


def python_of(peer: str) -> str:
    """Return the peer's interpreter, making its environment from PyPI first if there is none."""
    if peer == "crosstie":
        return sys.executable
    folder = WORK / "peers" / peer
    python = folder / "bin" / "python"
    lines = (ROOT / "bench" / "peers.txt").read_text(encoding="utf-8").splitlines()
    packages = next(line.split()[1:] for line in lines if line.split()[:1] == [peer])
    stamp = folder / "packages.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != " ".join(packages):
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "-q", "--clear", str(folder)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(python), *packages], check=True)
        stamp.write_text(" ".join(packages), encoding="utf-8")
    return str(python)


def run(
    peer: str, task: Path, data: Task, targets: list[str | None]
) -> dict[str, dict[str, float]]:
    """Run one peer and return its figures, by method; one that fails says so and gives none."""
    script = ROOT / "bench" / "peers" / f"run_{peer}.py"
    one_core = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    try:
        python = python_of(peer)
        done = subprocess.run(
            [python, str(script), str(task)], capture_output=True,
            encoding="utf-8", env=os.environ | one_core, timeout=LONGEST, check=True,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or [""]
        print(f"  {peer}: could not run: {last[0][:150]}")
        return {}
    except subprocess.TimeoutExpired:
        print(f"  {peer}: stopped after {LONGEST} s")
        return {}
    found = json.loads(done.stdout.splitlines()[-1])
    for line in found.pop("notes", ()):
        print(f"  {line}", flush=True)
    return {method: figures(method, result, data, targets) for method, result in found.items()}


def figures(
    method: str, found: dict[str, Any], data: Task, targets: list[str | None]
) -> dict[str, float]:
    """Return what a method achieved: Crosstie at its threshold, a peer at the best of all."""
    times = sorted(found["times"])
    steps = [step / 100 for step in range(20, 101)]
    thresholds = [DEFAULT_THRESHOLD] if method == "crosstie" else steps
    keys = ("build_s", "open_s", "peak_mb", "worst_ms", "batch_per_s")
    return {
        **best_f1(found["answers"], data, targets, thresholds),
        "best_f1": best_f1(found["answers"], data, targets, steps)["f1"],
        "queries_per_s": len(times) / sum(times),
        "cpu_per_s": len(times) / max(found["cpu_s"], 1e-9),
        "p95_ms": 1e3 * times[int(len(times) * 0.95)],
        **{key: found[key] for key in keys if found.get(key) is not None},
    }


def best_f1(
    answers: list[Any], data: Task, targets: list[str | None], thresholds: list[float]
) -> dict[str, float]:
    """Return the best F1 over the thresholds, and the false alerts there."""
    rows = []
    for target, row in zip(targets, answers, strict=True):
        own = [score for key, score in row if target and data.cluster.get(key) == target]
        right = bool(own) and max(own) > 0 and max(own) >= row[0][1] - 1e-9
        rows.append((bool(target), row[0][1] if row else 0.0, right))
    positives = max(1, sum(positive for positive, _, _ in rows))
    best = {"f1": 0.0, "false_alerts": 0.0, "threshold": thresholds[0]}
    for threshold in thresholds:
        alerts = [row for row in rows if row[1] >= threshold and row[1] > 0]
        hits = sum(right for _, _, right in alerts)
        precision, recall = hits / max(1, len(alerts)), hits / positives
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        if f1 > best["f1"]:
            wrong = sum(not positive for positive, _, _ in alerts)
            negatives = max(1, sum(not positive for positive, _, _ in rows))
            best = {"f1": f1, "false_alerts": wrong / negatives, "threshold": threshold}
    return best


def show(rows: dict[str, dict[str, float]]) -> None:
    """Print the figures, and Crosstie's as a multiple of each peer's."""
    widths = [int("".join(c for c in form.split(".")[0] if c.isdigit())) for _, _, form in COLUMNS]
    titles = zip(COLUMNS, widths, strict=True)
    print("  " + " " * 14 + "".join(title.rjust(width) for (title, _, _), width in titles))
    for method, row in rows.items():
        cells = [
            format(row[key], form) if key in row else "-".rjust(width)
            for (_, key, form), width in zip(COLUMNS, widths, strict=True)
        ]
        print(f"  {method:14}" + "".join(cells))
    ours = rows.get("crosstie", {})
    for method, row in rows.items():
        if method == "crosstie" or not ours:
            continue
        parts = [
            f"F1 x{ours['f1'] / max(row['f1'], 1e-9):.2f}",
            f"queries/s x{ours['queries_per_s'] / row['queries_per_s']:.2f} one by one",
            f"x{ours['cpu_per_s'] / row['cpu_per_s']:.2f} by CPU time",
            f"x{ours['batch_per_s'] / row['queries_per_s']:.2f} in batch",
        ]
        for title, key in (("build time", "build_s"), ("memory", "peak_mb")):
            if row.get(key):
                parts.append(f"{title} x{ours[key] / row[key]:.2f}")
        print(f"  Crosstie to {method}: {', '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
