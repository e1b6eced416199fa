"""Time the main job on real lists: loading the whole CSL, then screening 1,000 names.

    python -m bench.main_job

Each step runs as a process of its own, as a user runs it. Figures are printed against the bounds
that the project set itself, as ratios: below 1 keeps the bound.
"""

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
LOAD_SECONDS, LOAD_BYTES, SCREEN_SECONDS = 30.0, 1_000_000_000, 10.0
NAMES = 1_000


def main() -> int:
    """Run the job and print each step's time, memory and ratio."""
    if not SHARED.is_dir():
        print("the folder `shared` does not stand beside the project: nothing to time")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "bench.db"
        lists, registers = SHARED / "data" / "lists", SHARED / "data" / "organisations"
        _step(workspace, "load", "starter")
        seconds, peak = _step(
            workspace, "load", "us-csl", str(lists / "csl_compact_2026-07-31.json")
        )
        _print("load the whole CSL", seconds, LOAD_SECONDS, "s")
        _print("its peak memory", peak / 1e6, LOAD_BYTES / 1e6, "MB")
        _step(
            workspace, "load", "china-defence-universities",
            str(registers / "misp_china_defence_universities.json"), "--as-of", "2020",
        )  # fmt: skip
        _step(workspace, "load", "ror", str(registers / "ror_cn_hk_tw_mo.jsonl"))
        partners = Path(folder) / "partners.csv"
        _write_partners(partners)
        report = str(Path(folder) / "report.html")
        seconds, peak = _step(workspace, "screen", "--csv", str(partners), "--out", report)
        _print(f"screen {NAMES:,} names, report written", seconds, SCREEN_SECONDS, "s")
        print(f"  its peak memory: {peak / 1e6:,.0f} MB; the workspace: {_size(workspace)} MB")
    return 0


def _step(workspace: Path, *arguments: str) -> tuple[float, int]:
    """Run one command; return its seconds and its peak resident bytes."""
    command = [sys.executable, "-m", "crosstie", "--quiet", "-w", str(workspace), *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(arguments)} ended with status {status}")
    assert isinstance(usage, resource.struct_rusage)
    return seconds, usage.ru_maxrss * 1024


def _print(what: str, value: float, bound: float, unit: str) -> None:
    ratio = value / bound
    print(f"{what:<40} {value:>8.1f} {unit:<3} of {bound:,.0f} {unit}: ratio {ratio:.2f}")


def _write_partners(path: Path) -> None:
    """A third listed names, a third of registers', a third as people write them."""
    chance = random.Random(1)
    listed = json.loads((SHARED / "data/lists/csl_compact_2026-07-31.json").read_text("utf-8"))
    names = [entry["n"] for entry in listed["entries"] if entry.get("t") != "Individual"]
    queries = (SHARED / "data/screening-dev/queries.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line)["q"] for line in queries]
    register = []
    for line in (
        (SHARED / "data/organisations/ror_cn_hk_tw_mo.jsonl").read_text("utf-8").splitlines()
    ):
        record = json.loads(line)
        register.append(record.get("name") or record["names"][0]["value"])
    third = NAMES // 3
    chosen = [*chance.sample(names, third), *chance.sample(register, third)]
    chosen += chance.sample(asked, NAMES - len(chosen))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name"])
        writer.writerows([name] for name in chosen)


def _size(workspace: Path) -> int:
    return (
        sum(p.stat().st_size for p in workspace.parent.glob(workspace.name + "*") if p.is_file())
        // 1_000_000
    )


if __name__ == "__main__":
    sys.exit(main())
