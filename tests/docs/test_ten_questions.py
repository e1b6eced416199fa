"""The ten questions answer what the tutorial says they answer."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial" / "ten-questions.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```sh(?: needs (\w+))?\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def blocks(needs):
    """Return the commands that need these names in the environment, with what they answer."""
    return [
        (commands.strip().splitlines(), (answer or "").strip().splitlines())
        for need, commands, answer in _BLOCK.findall(PAGE)
        if need in needs
    ]


def ask(commands, folder, **environment):
    """Run commands and return what they print, every space single."""
    program = f"{sys.executable} -m crosstie --quiet"
    printed = []
    for command in commands:
        done = subprocess.run(
            command.replace("crosstie", program, 1), shell=True, cwd=folder, check=False,
            capture_output=True, text=True,
            env={**os.environ, "CROSSTIE_WORKSPACE": str(folder / "w.db"), **environment},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
        printed.append(done.stdout.replace("│", " "))
    return " ".join(" ".join(printed).split())


@pytest.fixture
def folder(tmp_path):
    # A folder for each test: two processes may run them, and neither may rest on the other.
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def check(needs, folder, **environment):
    found = blocks(needs)
    for commands, answer in found:
        printed = ask(commands, folder, **environment)
        for line in answer:
            assert " ".join(line.split()) in printed, f"{commands}: {line}"
    return len(found)


def test_there_are_ten_questions():
    assert re.findall(r"^## (\d+)\.", PAGE, re.MULTILINE) == [str(n) for n in range(1, 11)]


def test_the_questions_to_what_ships_are_answered_as_the_page_says(folder):
    assert check([""], folder) >= 8


def test_the_questions_to_real_lists_and_documents_are_answered_too(folder, shared):
    seeds = folder / "seeds"
    seeds.mkdir()
    for text in sorted((shared / "corpus" / "seeds").glob("*.txt")):
        shutil.copy(text, seeds)
    csl = shared / "data" / "lists" / "csl_compact_2026-07-31.json"
    asked = check(["", "CSL", "SEEDS"], folder, CSL=str(csl), SEEDS=str(seeds))
    assert asked >= 13
