"""The page on figures says what the program prints, and its Python runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/series.md"


def test_the_page_holds_what_the_program_prints():
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "-I", "docs", str(PAGE)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_and_the_python_of_the_page_run(tmp_path):
    body = PAGE.read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", body, re.DOTALL)
    (code,) = re.findall(r"```python\n(.*?)```", body, re.DOTALL)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    program = f"{sys.executable} -m crosstie -q"
    for command in commands.strip().splitlines():
        done = subprocess.run(
            command.replace("crosstie", program, 1), shell=True, cwd=tmp_path,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
    for name in ("revenue.svg", "dispute.png", "dispute.csv", "agreements.geojson"):
        assert (tmp_path / name).stat().st_size > 500
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "2012 Selimian newspapers 41000000.0 EUR" in done.stdout
