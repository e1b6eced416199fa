"""The documentation against the program."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crosstie.app.cli.run import app
from crosstie.ontology import errors
from crosstie.ontology.kinds import kinds
from crosstie.sources import SOURCES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").rglob("*.md"),
]
TUTORIAL = ROOT / "docs" / "tutorial" / "main-job.md"


def text_of(*parts):
    return (ROOT / "docs").joinpath(*parts).read_text(encoding="utf-8")


def test_every_command_has_its_section():
    page = text_of("reference", "commands.md")
    names = [command.name for command in app.registered_commands]
    for group in app.registered_groups:
        names += [
            f"{group.typer_instance.info.name} {c.name}"
            for c in group.typer_instance.registered_commands
        ]
    assert len(names) > 10
    assert [name for name in names if f"\n## {name}\n" not in page] == []


def test_every_kind_is_documented():
    page = text_of("reference", "kinds.md")
    known = [*kinds().entities, *kinds().ties, *kinds().mechanisms, *kinds().tiers]
    assert [kind for kind in known if f"`{kind}`" not in page] == []


def test_every_error_is_documented():
    page = text_of("reference", "errors.md")
    classes = [
        n
        for n, v in vars(errors).items()
        if isinstance(v, type) and v.__module__ == errors.__name__
    ]
    assert [name for name in classes if name not in page] == []
    for reason in errors.DocumentRefused.REFUSALS:
        assert reason in page


def test_every_source_is_documented():
    page = text_of("reference", "sources.md")
    assert [r.source.id for r in SOURCES if f"`{r.source.id}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    body = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", body):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_no_page_names_a_path_of_a_machine():
    for page in PAGES:
        assert not re.search(
            r"(?<![\w.])/(?:work|home|root|tmp)/", page.read_text(encoding="utf-8")
        ), page


def test_the_tutorial_runs_as_it_stands(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    commands = [
        line
        for block in re.findall(r"```sh\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.strip().splitlines()
    ]
    assert len(commands) > 10
    program = f"{sys.executable} -m crosstie --quiet"
    environment = {**os.environ, "CROSSTIE_WORKSPACE": str(tmp_path / "w.db")}
    for command in commands:
        done = subprocess.run(
            command.replace("crosstie", program, 1), shell=True, cwd=tmp_path, env=environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert (tmp_path / "findings.xlsx").stat().st_size > 5_000


def test_the_python_of_the_how_to_runs(tmp_path):
    page = text_of("how-to", "use-from-python.md")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Hikvision hit" in done.stdout


def test_every_public_name_has_a_docstring():
    import crosstie

    assert crosstie.__all__
    for name in crosstie.__all__:
        if not name.startswith("__"):
            assert getattr(crosstie, name).__doc__
