"""Each thing that can go wrong: nothing is lost, and what is shown says what and what to do."""

from pathlib import Path

import pytest

from tests.stages.fetching import faults
from tests.stages.fetching.faults import FAULTS, PAGE

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return faults.base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def shown():
    return faults.documented((ROOT / PAGE).read_text(encoding="utf-8")).splitlines()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_ends_as_it_should_and_the_page_shows_its_message(fault, workspace, shown):
    found = faults.tried(fault, workspace)
    assert (found.ends, found.reason) == (fault.ends, fault.reason), found.message
    rows = 44 if fault.ends == "loaded" else 40
    assert found.rows == rows, "the edition in force is not the one that should be"
    if fault.ends == "failed":
        assert ";" in found.message, "it says no remedy"
        if fault.kind != "page":
            assert "stays in force" in found.message or "nothing is loaded" in found.message
    assert any(found.message.replace("|", ",") in line for line in shown), found.message


def test_the_page_shows_no_fault_that_is_not_tried(shown):
    rows = [line.split("|")[1].strip() for line in shown[2:]]
    assert rows == [fault.name for fault in FAULTS]


def test_the_page_shows_the_recipes_as_they_are():
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    assert faults.documented(text, "recipes") == faults.recipes_table()
