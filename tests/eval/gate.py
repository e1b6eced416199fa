"""The gate: every measure against its floor (or ceiling), on data whose digests are pinned.

python -m tests.eval.gate                 measure, print, and fail below a floor
python -m tests.eval.gate --only names    one measure
python -m tests.eval.gate --raise         write the floors up to what was measured, less the slack
python -m tests.eval.gate --lower NAME=VALUE --because "..."    the only way to lower one
"""

import argparse
import hashlib
import importlib
import json
import os
import sys
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
SHARED = Path(__file__).resolve().parents[3] / "shared"
# Left below a measured figure when a floor is raised: another machine's arithmetic may differ.
_SLACK = 0.005


def measured(module: str, shared: Path = SHARED) -> dict[str, float]:
    """Run one module's `measure`."""
    figures: dict[str, float] = importlib.import_module(f"tests.eval.{module}").measure(shared)
    return figures


def digests(shared: Path, paths: list[str]) -> dict[str, str]:
    """Return the digests of the files (or of all files in the folders) that a measure reads."""
    found = {}
    for name in paths:
        path = shared / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        digest = hashlib.sha256()
        for file in files:
            if file.is_file():
                digest.update(file.read_bytes())
        found[name] = digest.hexdigest()[:16]
    return found


def faults(entry: dict[str, object], figures: dict[str, float]) -> list[str]:
    """Return each figure that is below its floor, above its ceiling, or gone."""
    found = []
    for side, worse in (("floors", float.__lt__), ("ceilings", float.__gt__)):
        bounds = entry.get(side, {})
        assert isinstance(bounds, dict)
        for name, bound in bounds.items():
            value = figures.get(name)
            if value is None or worse(float(value), float(bound)):
                found.append(f"{name}: {value} against {side[:-1]} {bound}")
    return found


def data_faults(entry: dict[str, object], shared: Path) -> list[str]:
    """Return each file that is not the one on which the floors were set."""
    pinned = entry["data"]
    assert isinstance(pinned, dict)
    now = digests(shared, list(pinned))
    return [f"{name} differs from the pinned data" for name in pinned if now[name] != pinned[name]]


def main() -> int:
    """Measure and compare; return 1 when anything falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(_load()))
    parser.add_argument("--raise", dest="up", action="store_true")
    parser.add_argument("--lower", metavar="NAME=VALUE")
    parser.add_argument("--because", default="")
    asked = parser.parse_args()
    if asked.lower:
        return _lower(asked.lower, asked.because)
    if not SHARED.is_dir():
        print("the folder `shared` does not stand beside the project: nothing to measure")
        return int(os.environ.get("CROSSTIE_REQUIRE_SHARED") == "1")
    short = 0
    table = _load()
    for module, entry in table.items():
        if asked.only in (None, module):
            short += _one(module, entry, up=asked.up)
    if asked.up:
        FLOORS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return int(short > 0)


def _one(module: str, entry: dict[str, object], *, up: bool) -> int:
    print(f"== {module} ==", flush=True)
    figures = measured(module)
    bounds = {**_bounds(entry, "floors"), **_bounds(entry, "ceilings")}
    for name, value in figures.items():
        print(f"  {name:<55} {value:>10.4f}" + (f"   {bounds[name]}" if name in bounds else ""))
    found = [*data_faults(entry, SHARED), *faults(entry, figures)]
    for fault in found:
        print(f"  FALLS SHORT: {fault}")
    if up:
        floors = entry["floors"]
        assert isinstance(floors, dict)
        for name in floors:
            floors[name] = max(floors[name], round(figures[name] - _SLACK, 3))
    return len(found)


def _bounds(entry: dict[str, object], side: str) -> dict[str, str]:
    bounds = entry.get(side, {})
    assert isinstance(bounds, dict)
    return {name: f"{side[:-1]} {bound}" for name, bound in bounds.items()}


def _lower(change: str, because: str) -> int:
    name, _, value = change.partition("=")
    if not because or not value:
        print('to lower a floor say why: --lower NAME=VALUE --because "..."')
        return 2
    table = _load()
    for entry in table.values():
        floors = entry["floors"]
        assert isinstance(floors, dict)
        if name in floors:
            floors[name] = float(value)
            history = entry.setdefault("lowered", [])
            assert isinstance(history, list)
            history.append(f"{name} to {value}: {because}")
            FLOORS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
            return 0
    print(f"no floor `{name}`")
    return 2


def _load() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return table


if __name__ == "__main__":
    sys.exit(main())
