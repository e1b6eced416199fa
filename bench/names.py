"""Crosstie and its peers, side by side, on the same organisations and queries, in one run.

    python bench/names.py                    6k and 100k entities
    python bench/names.py --sizes 6000 100000 1000000 --peers crosstie tantivy

Each runs in a process of its own, one after another, on one core. What counts are the ratios: the
machine may be busy. Peers that a size would keep busy for hours are left out of it and said so.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "eval"))
from names_data import Entity, Queries, load_queries  # noqa: E402  after the path is set

WORK = ROOT / ".bench"
PEERS = ("crosstie", "tantivy", "splink", "nomenklatura")
LARGEST = {"crosstie": 10**9, "tantivy": 10**9, "splink": 200_000, "nomenklatura": 30_000}
"""The most entities that a peer gets through in minutes here."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[6_000, 100_000])
    parser.add_argument("--peers", nargs="+", default=list(PEERS), choices=PEERS)
    parser.add_argument("--queries", type=int, default=10_000, help="at most this many")
    options = parser.parse_args()
    data = load_queries(ROOT.parent / "shared")
    queries = data.queries[: options.queries]
    for size in options.sizes:
        entities = list(varied(data, size))
        task = WORK / f"names-{size}.json"
        task.parent.mkdir(exist_ok=True)
        asked = [query["q"] for query in queries]
        task.write_text(json.dumps({"entities": entities, "queries": asked}), encoding="utf-8")
        print(f"\n{len(entities):,} organisations, {len(asked):,} queries")
        rows = {}
        for peer in options.peers:
            if size > LARGEST[peer]:
                print(f"  {peer}: left out at this size")
                continue
            rows[peer] = run(peer, task, data, queries)
        show(rows)


def varied(data: Queries, size: int) -> Iterator[Entity]:
    """Yield the real organisations, then variations of them, the same in every run."""
    real = data.entities + data.padding
    yield from real[:size]
    dice = random.Random(7)
    words = sorted({word for _, names in real for name in names for word in name.split()})
    for number in range(size - len(real)):
        row = dice.choice(dice.choice(real)[1]).split() or ["x"]
        for _ in range(1 + len(row) // 4):
            place = dice.randrange(len(row))
            row[place] = dice.choice(words) if dice.random() < 0.6 else row[place][::-1]
        yield f"varied-{number}", [" ".join(row)]


def python_of(peer: str) -> str:
    """Return the peer's interpreter, making its environment first if there is none."""
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


def run(peer: str, task: Path, data: Queries, queries: list[dict[str, str]]) -> dict[str, float]:
    """Run one peer and return its figures; a peer that fails says so and gives none."""
    script = ROOT / "bench" / "peers" / f"run_{peer}.py"
    one_core = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    with (WORK / f"{peer}.out").open("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [python_of(peer), str(script), str(task)], stdout=output, env=os.environ | one_core
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().splitlines()
    if process.returncode:
        print(f"  {peer}: failed with {process.returncode}")
        return {}
    found = json.loads(lines[-1])
    times = sorted(found["times"])
    best = best_f1(found["answers"], data, queries)
    return {
        **best,
        "queries_per_s": len(times) / sum(times),
        "p95_ms": 1e3 * times[int(len(times) * 0.95)],
        "max_ms": 1e3 * times[-1],
        "build_s": found["build_s"],
        "open_s": found["open_s"],
        "peak_mb": usage.ru_maxrss / 1024,
    }


def best_f1(answers: list[Any], data: Queries, queries: list[dict[str, str]]) -> dict[str, float]:
    """Return the best F1 over thresholds, and the false alerts there."""
    rows = []
    for query, row in zip(queries, answers, strict=True):
        own = [s for key, s in row if query["target"] and data.cluster.get(key) == query["target"]]
        right = bool(own) and max(own) > 0 and max(own) >= row[0][1] - 1e-9
        rows.append((bool(query["target"]), row[0][1] if row else 0.0, right))
    positives = sum(positive for positive, _, _ in rows)
    best = {"f1": 0.0, "false_alerts": 0.0, "threshold": 0.0}
    for threshold in (step / 100 for step in range(20, 101)):
        alerts = [row for row in rows if row[1] >= threshold and row[1] > 0]
        hits = sum(right for _, _, right in alerts)
        precision, recall = hits / max(1, len(alerts)), hits / positives
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        if f1 > best["f1"]:
            wrong = sum(not positive for positive, _, _ in alerts)
            best = {
                "f1": f1,
                "false_alerts": wrong / max(1, len(rows) - positives),
                "threshold": threshold,
            }
    return best


def show(rows: dict[str, dict[str, float]]) -> None:
    """Print the figures, and Crosstie's as a multiple of each peer's."""
    keys = ("f1", "false_alerts", "queries_per_s", "p95_ms", "max_ms", "build_s", "peak_mb")
    print("  " + " " * 14 + "".join(f"{key:>16}" for key in keys))
    for peer, row in rows.items():
        print(f"  {peer:14}" + "".join(f"{row.get(key, float('nan')):16.3f}" for key in keys))
    ours = rows.get("crosstie", {})
    for peer, row in rows.items():
        if peer != "crosstie" and row and ours:
            f1 = ours["f1"] / max(row["f1"], 1e-9)
            speed = ours["queries_per_s"] / row["queries_per_s"]
            build = ours["build_s"] / max(row["build_s"], 1e-9)
            print(f"  Crosstie to {peer}: F1 x{f1:.2f}, queries/s x{speed:.2f}, build x{build:.2f}")


if __name__ == "__main__":
    main()
