"""A hook is a stranger: it may hang, fork, fail, or read nothing."""

import sys
import time
from pathlib import Path

import pytest

from crosstie.app.cli.hooks import hand_over


def python(code):
    return [sys.executable, "-c", code, "{report}"]


def test_a_hook_that_hangs_in_a_child_of_its_own_is_stopped_with_it(tmp_path):
    mark = tmp_path / "child"
    code = (
        "import subprocess, sys, pathlib;"
        " p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)']);"
        f" pathlib.Path({str(mark)!r}).write_text(str(p.pid)); p.wait()"
    )
    began = time.monotonic()
    fault = hand_over(python(code), tmp_path / "r.html", b"{}", patience=3)
    assert "did not end within 3 s" in fault
    assert time.monotonic() - began < 30
    child = int(mark.read_text())
    for _ in range(100):
        if not _running(child):
            break
        time.sleep(0.05)
    assert not _running(child)


def _running(pid):
    try:
        with Path(f"/proc/{pid}/stat").open(encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_hook_that_leaves_a_child_behind_does_not_hold_the_run_up(tmp_path):
    code = (
        "import subprocess, sys;"
        " subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'])"
    )
    began = time.monotonic()
    assert hand_over(python(code), tmp_path / "r.html", b"{}", patience=15) == ""
    assert time.monotonic() - began < 15


def test_a_hook_that_reads_nothing_of_much_is_still_done(tmp_path):
    assert hand_over(python("pass"), tmp_path / "r.html", b"x" * 5_000_000) == ""


@pytest.mark.parametrize("name", ["a b; touch pwned", "$(touch pwned)", "'"])
def test_a_report_path_is_one_argument_whatever_it_holds(tmp_path, name):
    seen = tmp_path / "seen"
    code = f"import sys, pathlib; pathlib.Path({str(seen)!r}).write_text(sys.argv[1])"
    assert hand_over(python(code), tmp_path / name, b"{}") == ""
    assert seen.read_text() == str(tmp_path / name)
    assert not Path("pwned").exists()


def test_what_a_failing_hook_said_is_told(tmp_path):
    fault = hand_over(python("import sys; sys.exit('no mail today')"), tmp_path / "r.html", b"{}")
    assert fault.endswith("ended with 1: no mail today")
