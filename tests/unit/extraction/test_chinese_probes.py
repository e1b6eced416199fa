"""The wordings of the field in Chinese, about made-up organisations that no gazetteer knows."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("probing", Path(__file__).with_name("probing.py"))
assert _SPEC and _SPEC.loader
probing = importlib.util.module_from_spec(_SPEC)
sys.modules["probing"] = probing
_SPEC.loader.exec_module(probing)

_TABLE = Path(__file__).with_name("chinese_probes.txt")
# Below these the table has fallen behind what it showed when it was last extended.
_FLOORS = {
    "names_precision": 0.95, "names_recall": 0.97,
    "ties_precision": 0.94, "ties_recall": 0.94, "status": 0.97,
}  # fmt: skip


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    total: Counter[str] = Counter()
    for probe in probing.probes(_TABLE):
        total.update(probing.count(probe))
    return total


def test_table_covers_the_field(counted: Counter[str]) -> None:
    assert sum(1 for _ in probing.probes(_TABLE)) >= 120
    assert counted["ties_wanted"] >= 180


@pytest.mark.parametrize("figure", _FLOORS)
def test_probes_stay_above_their_floors(counted: Counter[str], figure: str) -> None:
    found = {
        "names_precision": counted["names_right"] / counted["names_found"],
        "names_recall": counted["names_right"] / counted["names_wanted"],
        "ties_precision": counted["ties_right"] / counted["ties_found"],
        "ties_recall": counted["ties_right"] / counted["ties_wanted"],
        "status": counted["status_right"] / counted["ties_right"],
    }
    assert found[figure] >= _FLOORS[figure]
