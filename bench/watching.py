"""Time keeping watch: two editions of the US list compared, and 5,000 watched names rescreened.

    python -m bench.watching OLD NEW            two files of the US Consolidated Screening List
    python -m bench.watching OLD NEW --names 500

Watched are names of rows that say the same in both editions, names of rows that were added, names
of rows that were removed, and invented ones that stand nowhere; it is counted how many of each sort
the rescreening after the second edition calls affected.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from crosstie.ontology.changes import EditionDiff
from crosstie.ontology.findings import Party
from crosstie.workspace import Workspace

T = TypeVar("T")
# What the project set itself: a diff in a minute; a nightly run that is over in ten.
DIFF_SECONDS, RESCREEN_SECONDS = 60.0, 600.0
_PLACES = ("Yunmen", "Lantian", "Qinghe", "Zhuque", "Beihe", "Donghe", "Selim", "Hexi")
_TRADES = ("Optics", "Marine", "Rubber", "Dairy", "Ceramics", "Paper", "Tea", "Timber", "Toys")
_FORMS = ("Works", "Company", "University", "Institute", "Trading House", "Cooperative")


def invented(count: int) -> list[str]:
    """Return names that no list holds, the same in every run."""
    dice = random.Random(7)
    found = (
        f"{dice.choice(_PLACES)} {dice.choice(_PLACES)} {dice.choice(_TRADES)} {number}"
        f" {dice.choice(_FORMS)}"
        for number in range(count)
    )
    return list(found)


def watched_names(diff: EditionDiff, old: Sequence[str], count: int) -> dict[str, str]:
    """Return names to watch, each with its sort: a fifth of each of three, the rest invented."""
    dice = random.Random(3)
    fates: dict[str, set[str]] = {"added": set(), "removed": set(), "changed": set()}
    for row in diff.rows:
        # Who stands elsewhere too is neither new nor gone.
        if not row.elsewhere:
            fates[row.fate].add(row.name)
    touched = {row.name for row in diff.rows}
    pools = {
        "added": sorted(fates["added"] - fates["removed"] - fates["changed"]),
        "removed": sorted(fates["removed"] - fates["added"] - fates["changed"]),
        "the same": sorted(set(old) - touched),
    }
    found: dict[str, str] = {}
    for sort, pool in pools.items():
        found.update(dict.fromkeys(dice.sample(pool, min(len(pool), count // 5)), sort))
    found.update(dict.fromkeys(invented(count - len(found)), "invented"))
    return found


def main() -> int:
    """Load both editions, compare them, rescreen, and print each step's time and ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--names", type=int, default=5_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        diff, old = _compare(Path(folder) / "diff.db", asked.old, asked.new)
        watched = watched_names(diff, old, asked.names)
        with Workspace.open(Path(folder) / "w.db") as workspace:
            workspace.load("starter", resolve=False)
            workspace.load("us-csl", asked.old)
            workspace.watching.add([Party(name) for name in watched])
            _timed("the first round", RESCREEN_SECONDS, workspace.watching.rescreen)
            again = _timed("with nothing between", RESCREEN_SECONDS, workspace.watching.rescreen)
            print(f"  affected with nothing between: {len(again.affected):,}")
            began = time.perf_counter()
            workspace.load("us-csl", asked.new)
            print(f"load, who is who included: {time.perf_counter() - began:.1f} s")
            found = _timed("after the new edition", RESCREEN_SECONDS, workspace.watching.rescreen)
    affected = Counter(watched[one.watched.party.name] for one in found.affected)
    for sort, count in Counter(watched.values()).items():
        print(f"  {sort:<10} {affected[sort]:>6,} of {count:,} names affected")
    return 0


def _compare(path: Path, old: Path, new: Path) -> tuple[EditionDiff, list[str]]:
    """Time the diff; return it, and the names of the earlier edition's organisations."""
    with Workspace.open(path) as workspace:
        for edition in (old, new):
            workspace.load("us-csl", edition, resolve=False)
        diff = _timed("diff", DIFF_SECONDS, lambda: workspace.changes.between("us-csl"))
        met, before = sum(diff.met.values()), sum(count.before for count in diff.lists)
        print(
            f"  {met:,} of {before:,} earlier rows met; {diff.count('added'):,} added,"
            f" {diff.count('changed'):,} changed, {diff.count('removed'):,} removed"
        )
        return diff, workspace.changes.names("us-csl", diff.earlier.as_of)


def _timed(what: str, bound: float, step: Callable[[], T]) -> T:
    began = time.perf_counter()
    made = step()
    seconds = time.perf_counter() - began
    print(f"{what:<28} {seconds:>7.1f} s of {bound:.0f} s: ratio {seconds / bound:.2f}")
    return made


if __name__ == "__main__":
    sys.exit(main())
