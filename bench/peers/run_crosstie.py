"""Run Crosstie on a bench task: build, save, open, then search one by one and in batch."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crosstie.matching import NameIndex

_AGAIN = """
import json, sys, time
from pathlib import Path
from crosstie.matching import NameIndex
task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
warm, queries = [names[0] for _, names in task["entities"][-500:]], task["queries"]
del task
index = NameIndex.open(Path(sys.argv[2]))
index.search_many(warm)
start = time.perf_counter()
index.search_many(queries)
print(time.perf_counter() - start, flush=True)
sys.stdin.read()
"""
"""A process that opens the index, searches all names in one go, and waits."""


def megabytes_of(pid: str) -> dict[str, float]:
    """Return the memory of a process by the kernel's own account; empty where it gives none."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def in_two_processes(task: Path, folder: Path) -> tuple[float, str]:
    """Return the seconds of a batch in a new process, and what two such processes share."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", _AGAIN, str(task), str(folder)]
    with subprocess.Popen(command, **pipes) as first:
        spent = float(first.stdout.readline())
        with subprocess.Popen(command, **pipes) as second:
            second.stdout.readline()
            both = [megabytes_of(str(process.pid)) for process in (first, second)]
            second.stdin.close()
        first.stdin.close()
    if not all(both):
        return spent, "crosstie: what two processes share is not told on this system"
    rss, pss = (sum(one[key] for one in both) for key in ("Rss", "Pss"))
    return spent, (
        f"crosstie: two processes with the index open: {rss:,.0f} MB seen, {pss:,.0f} MB taken, "
        f"as {rss - pss:,.0f} MB are shared"
    )


def timed(call: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Return the seconds that a call took, and what it returned."""
    start = time.perf_counter()
    found = call(*arguments)
    return time.perf_counter() - start, found


def main() -> None:
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[1]).with_suffix(".index")
    NameIndex.build([("warm", ["Acme Ltd", "北京大学"])]).search("Acme")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    built, index = timed(NameIndex.build, [(key, names) for key, names in task["entities"]])
    workers = min(2, -(-len(task["entities"]) // 20_000) - 1) * (len(task["entities"]) > 20_000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak += workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    index.save(folder)
    opened, index = timed(NameIndex.open, folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    # The first names are asked for to bring the files into memory; the figures follow.
    index.search_many([names[0] for _, names in task["entities"][-500:]])
    answers, times, cpu = [], [], time.process_time()
    for query in task["queries"]:
        spent, found = timed(index.search, query)
        times.append(spent)
        answers.append([(candidate.id, candidate.score) for candidate in found])
    cpu = time.process_time() - cpu
    worst = max((timed(index.search, name)[0], name) for name in task["hostile"] * 2)
    slowest = max(max(times), worst[0])
    batch, shared = in_two_processes(Path(sys.argv[1]), folder)
    notes = [
        f"crosstie: index of {size / 1e6:,.0f} MB; worst of {len(task['hostile'])} hostile names "
        f"{1e3 * worst[0]:.1f} ms ({worst[1][:30]!r}…), of the queries {1e3 * max(times):.1f} ms",
        f"crosstie: peak {peak / 1024:,.0f} MB with its {workers} builders, "
        f"{before / 1024:,.0f} MB of it before the build (program and task)",
        shared,
    ]
    result = {"build_s": built, "open_s": opened, "times": times, "answers": answers,
              "peak_mb": peak / 1024, "worst_ms": 1e3 * slowest,
              "batch_per_s": len(task["queries"]) / batch, "cpu_s": cpu}  # fmt: skip
    print(json.dumps({"notes": notes, "crosstie": result}))


if __name__ == "__main__":
    main()
