"""Later rounds of Chinese wordings: one half read while rules were written, one only counted."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("probing", _HERE / "probing.py")
assert _SPEC and _SPEC.loader
probing = importlib.util.module_from_spec(_SPEC)
sys.modules["probing"] = probing
_SPEC.loader.exec_module(probing)

_ROUNDS = ("second", "third", "fourth")
# What is only counted tells what to expect of other text; its floors are lower for that.
_FLOORS = {
    "read": {"precision": 0.95, "recall": 0.90, "status": 0.97},
    "counted": {"precision": 0.80, "recall": 0.68, "status": 0.94},
}


@pytest.fixture(scope="module")
def counted() -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = {"read": Counter(), "counted": Counter()}
    for name in _ROUNDS:
        for number, probe in enumerate(probing.probes(_HERE / f"chinese_{name}_probes.txt")):
            total["counted" if number % 2 else "read"].update(probing.count(probe))
    return total


@pytest.mark.parametrize("half", _FLOORS)
def test_each_half_stays_above_its_floors(counted: dict[str, Counter[str]], half: str) -> None:
    count, floors = counted[half], _FLOORS[half]
    assert count["ties_right"] / count["ties_found"] >= floors["precision"]
    assert count["ties_right"] / count["ties_wanted"] >= floors["recall"]
    assert count["status_right"] / count["ties_right"] >= floors["status"]
