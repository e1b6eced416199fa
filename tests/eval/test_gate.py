"""The gate itself, and (with the shared data) every measure against its floor."""

import json

import pytest

from tests.eval import gate


def test_a_figure_below_its_floor_is_a_fault():
    entry = {"floors": {"f1": 0.8}, "ceilings": {"alerts": 0.04}}
    assert gate.faults(entry, {"f1": 0.81, "alerts": 0.04}) == []
    assert gate.faults(entry, {"f1": 0.79, "alerts": 0.01}) == ["f1: 0.79 against floor 0.8"]
    assert gate.faults(entry, {"f1": 0.9, "alerts": 0.05}) == ["alerts: 0.05 against ceiling 0.04"]


def test_a_figure_that_is_no_longer_measured_is_a_fault():
    assert gate.faults({"floors": {"f1": 0.8}}, {}) == ["f1: None against floor 0.8"]


def test_other_data_than_the_pinned_is_a_fault(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    entry = {"data": gate.digests(tmp_path, ["a.txt"])}
    assert gate.data_faults(entry, tmp_path) == []
    (tmp_path / "a.txt").write_text("y")
    assert gate.data_faults(entry, tmp_path) == ["a.txt differs from the pinned data"]


def test_a_floor_is_lowered_only_with_a_reason(tmp_path, monkeypatch):
    table = {"names": {"data": {}, "floors": {"f1": 0.8}}}
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(table))
    monkeypatch.setattr(gate, "FLOORS", path)
    assert gate._lower("f1=0.5", "") == 2
    assert json.loads(path.read_text()) == table
    assert gate._lower("f1=0.5", "the labels were corrected") == 0
    assert json.loads(path.read_text())["names"]["lowered"] == [
        "f1 to 0.5: the labels were corrected"
    ]


@pytest.mark.parametrize("module", list(gate._load()))
def test_every_measure_keeps_its_floor(shared, module):
    entry = gate._load()[module]
    assert gate.data_faults(entry, shared) == []
    assert gate.faults(entry, gate.measured(module, shared)) == []
