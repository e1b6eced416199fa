"""Hard pairs of names, by what makes them hard, and how many are told right: alone, and in a list.

Run `python -m tests.eval.names_adverse`; `--wrong` prints the pairs that are told wrong.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from crosstie.matching import DEFAULT_THRESHOLD, NameIndex, compare
from crosstie.matching.names import core_name

_FILE = Path(__file__).with_name("names_adverse.yaml")
Entity = tuple[str, list[str]]


@dataclass(frozen=True)
class HardPair:
    """Two names, whether they are one organisation, and what makes that hard to tell."""

    hard: str
    asked: str
    listed: str
    same: bool


def hard_pairs() -> list[HardPair]:
    """Return the pairs of the file; a verdict other than same or other is an error."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    verdicts = {"same": True, "other": False}
    return [
        HardPair(hard, asked, listed, verdicts[verdict])
        for hard, rows in table.items()
        for asked, listed, verdict in rows
    ]


def organisations(pairs: list[HardPair]) -> dict[str, str]:
    """Return, for each name, a name that stands for its organisation, by the pairs of one."""
    stands: dict[str, str] = {}

    def find(name: str) -> str:
        stands.setdefault(name, name)
        while stands[name] != name:
            name = stands[name]
        return name

    for pair in pairs:
        one, two = find(core_name(pair.asked)), find(core_name(pair.listed))
        if pair.same and one != two:
            stands[two] = one
    return {name: find(name) for pair in pairs for name in map(core_name, _both(pair))}


def _both(pair: HardPair) -> tuple[str, str]:
    return pair.asked, pair.listed


def verdicts(padding: list[Entity]) -> Iterator[tuple[HardPair, float, float, str]]:
    """Yield each pair with its score, and with that of the listed organisation in a long list.

    In a list the right organisation must stand first: another above it counts as not found. The
    last item is the name found.
    """
    pairs = hard_pairs()
    stands = organisations(pairs)
    listed = {core_name(pair.listed): pair.listed for pair in pairs}
    known = {core_name(name) for pair in pairs for name in _both(pair)}
    rest = [row for row in padding if not any(core_name(name) in known for name in row[1])]
    index = NameIndex.build([*((key, [name]) for key, name in listed.items()), *rest])
    for pair in pairs:
        wanted = stands[core_name(pair.listed)]
        found = index.search(pair.asked)
        mine = [c for c in found if stands.get(c.id) == wanted]
        score = mine[0].score if mine else 0.0
        if pair.same and mine and mine[0].score < found[0].score:
            score = 0.0
        shown = found[0].matched_name if found else ""
        yield pair, compare(pair.asked, pair.listed).score, score, shown


def figures(padding: list[Entity]) -> dict[str, float]:
    """Return the shares told right, for a gate: pairs of one organisation, and of two."""
    rows = list(verdicts(padding))
    found = {}
    for same, name in ((True, "same"), (False, "other")):
        mine = [row for row in rows if row[0].same is same]
        for place, how in ((1, "pairs"), (2, "list")):
            right = [(row[place] >= DEFAULT_THRESHOLD) is same for row in mine]
            found[f"adverse_{name}_told_in_{how}"] = sum(right) / len(right)
    return found


def table(padding: list[Entity], *, wrong: bool = False) -> list[str]:
    """Return the table of the classes, line by line; with `wrong`, the pairs told wrong below."""
    rows = list(verdicts(padding))
    lines = [f"  {'hard pairs':28} one, told so: pair, list    two, told so: pair, list"]
    for hard in dict.fromkeys(row[0].hard for row in rows):
        cells = []
        for same in (True, False):
            mine = [row for row in rows if row[0].hard == hard and row[0].same is same]
            right = [
                sum((row[place] >= DEFAULT_THRESHOLD) is same for row in mine) for place in (1, 2)
            ]
            cells.append(f"{right[0]:3} {right[1]:3} of {len(mine):2}" if mine else " " * 13)
        lines.append(f"  {hard:28} {cells[0]}             {cells[1]}".rstrip())
    for pair, alone, listed, shown in rows if wrong else []:
        if not ((alone >= DEFAULT_THRESHOLD) == (listed >= DEFAULT_THRESHOLD) == pair.same):
            verdict = "same " if pair.same else "other"
            lines.append(f"{verdict} {alone:.2f} {listed:.2f}  {pair.asked} / {pair.listed}"
                         f"  [{pair.hard}; first: {shown}]")  # fmt: skip
    return lines


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from names_data import listed_entities

    padded = listed_entities(Path(__file__).resolve().parents[3] / "shared")
    for line in table(padded, wrong="--wrong" in sys.argv):
        sys.stdout.write(line + "\n")
