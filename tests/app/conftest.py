import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from crosstie.app.cli.run import run
from crosstie.workspace import Workspace

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOW = "2026-11-24T00:00:00+00:00"


@dataclass
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def _built(tmp_path_factory):
    """The demo's workspace: the starter pack, a fictional list, three fictional documents."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Workspace.open(path, now=lambda: NOW) as workspace:
        workspace.load("starter", resolve=False)
        lists = EXAMPLES / "lists"
        workspace.load(
            "table",
            lists / "selimia-entity-list-2024-06-01.csv",
            mapping=lists / "selimia-entity-list.yaml",
            resolve=False,
        )
        workspace.add([EXAMPLES / "documents"])
    return path


@pytest.fixture(scope="session")
def demo(_built):
    """The demo's workspace, for tests that only ask."""
    return _built


@pytest.fixture
def demo_copy(_built, tmp_path):
    """A copy of the demo's workspace, for tests that change it."""
    path = tmp_path / "copy.db"
    shutil.copy(_built, path)
    return path


@pytest.fixture
def cli(capsys, monkeypatch, tmp_path):
    """Run one command in an empty folder; returns what it printed and its status."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CROSSTIE_WORKSPACE", raising=False)

    def call(*arguments):
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return call
