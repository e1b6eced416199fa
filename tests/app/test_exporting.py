import json

import pytest

from crosstie.reporting.exports import EXPORT_FORMATS
from crosstie.workspace import Workspace


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_the_demo_is_exported_in_every_format(cli, demo, tmp_path, form):
    out = tmp_path / f"out.{form}"
    answer = cli("--workspace", demo, "export", "--format", form, "--out", out, "--json")
    report = json.loads(answer.out)
    assert answer.status == 0 and report["entities"] > 300 and out.exists()
    assert all(size > 0 for size in report["files"].values())


def test_what_is_exported_as_followthemoney_can_be_loaded_again(cli, demo, tmp_path):
    cli("--workspace", demo, "export", "--format", "ftm", "--out", tmp_path / "out")
    lines = (tmp_path / "out" / "entities.ftm.json").read_text("utf-8").splitlines()
    supplies = [line for line in lines if '"role":["supplies"]' in line]
    assert len(supplies) > 3
    with Workspace.open(tmp_path / "again.db") as workspace:
        workspace.load("ftm", tmp_path / "out" / "entities.ftm.json", as_of="2026-11-24")
        dossier = workspace.dossier("Hexi Group")
        assert "赫溪集团" in {name.text for name in dossier.names}
        # A link that FollowTheMoney has no schema for comes back by its role.
        assert "collaborates_with" in {tie.kind for tie in dossier.ties}


def test_an_export_around_one_entity_holds_its_neighbours_alone(cli, demo, tmp_path):
    whole, part = tmp_path / "whole.jsonld", tmp_path / "part.jsonld"
    cli("--workspace", demo, "export", "--format", "jsonld", "--out", whole)
    cli("--workspace", demo, "export", "--format", "jsonld", "--out", part, "--of", "Hexi Group")
    assert 0 < part.stat().st_size < whole.stat().st_size / 3


def test_no_person_leaves_the_workspace(cli, demo, tmp_path):
    cli("--workspace", demo, "export", "--format", "csv", "--out", tmp_path / "out")
    assert ",person," not in (tmp_path / "out" / "entities.csv").read_text("utf-8")


def test_a_format_that_is_not_known_is_refused_with_the_known_ones(cli, demo, tmp_path):
    answer = cli("--workspace", demo, "export", "--format", "visio", "--out", tmp_path / "x")
    assert answer.status == 2 and "graphml" in answer.err
