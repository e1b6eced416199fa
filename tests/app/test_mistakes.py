import os
import subprocess
import sys

import pytest

CASES = [
    (["show", "Hikvision"], "there is no workspace here"),
    (["load", "us-cls", "x.csv"], "no source `us-cls`"),
    (["load", "us-csl"], "`us-csl` needs a file"),
    (["load", "us-csl", "nowhere.csv"], "there is no such file"),
    (["add", "nowhere"], "there is no such file or folder"),
    (["add"], "Missing argument"),
    (["frobnicate"], "No such command"),
    (["screen", "--thrshold", "1", "x"], "No such option"),
    (["screen", "x", "--threshold", "7"], "--threshold"),
    (["screen"], "nothing to screen"),
    (["screen", "..."], "is no name"),
    (["screen", "x", "--country", "Atlantis"], "no country that Crosstie knows"),
    (["screen", "x", "--out", "report.docx"], "no report format"),
    (["screen", "x", "--out", "no/such/report.html"], "its folder does not exist"),
    (["screen", "--csv", "nowhere.csv"], "cannot be read"),
    (["restore", "nowhere.db"], "there is no such file"),
    (["--workspace", "no/such/place.db", "load", "starter"], "its folder does not exist"),
    (["load", "starter", "x.yaml"], "the starter pack ships with Crosstie"),
]


IN_A_WORKSPACE = [
    (["exposure", "caf\udce9"], "is no text in UTF-8"),
    (["exposure", "A" * 10_000], f"no entity called `{'A' * 80}…`"),
    (["history", "\x1b[31m\u202eBaidu"], "no entity called `\ufffd[31m\ufffdBaidu`"),
    (["exposure", "Baidu", "--as-of", ""], "is no date for as_of"),
    (["exposure", "Baidu", "--valid-on", ""], "is no date for valid_on"),
    (["exposure", "Baidu", "--affiliates", "absent.yaml"], "absent.yaml: it cannot be read"),
    (["exposure", "Baidu", "--rules", "latin.yaml"], "latin.yaml: it is no text"),
    (["exposure", "Baidu", "--rules", "control.yaml"], "control.yaml:2: a control character"),
    (["exposure", "Baidu", "--rules", "empty.yaml"], "empty.yaml:1: expected a mapping"),
    (["exposure", "Baidu", "--affiliates", "empty.yaml"], "empty.yaml:1: expected a mapping"),
    (["framework", "--status", "magic"], "--status magic: not known"),
    (["classify", "--file", "."], "it is a folder"),
    (["tracker", "companies", ""], "no entity called ``"),
    (["tracker", "universities", ""], "no entity called ``"),
]


@pytest.mark.parametrize(("arguments", "expected"), IN_A_WORKSPACE, ids=lambda v: repr(v)[:40])
def test_hostile_input_gets_one_line_too(cli, demo, tmp_path, arguments, expected):
    (tmp_path / "latin.yaml").write_bytes(b"version: \xff\n")
    (tmp_path / "control.yaml").write_text('version: "1"\nfloor: \x07\n', "utf-8")
    (tmp_path / "empty.yaml").touch()
    answer = cli("-q", "-w", demo, *arguments)
    assert answer.status == 2
    assert len(answer.err.splitlines()) == 1
    assert expected in answer.err
    assert not answer.out


@pytest.mark.parametrize(("arguments", "expected"), CASES, ids=lambda v: str(v)[:40])
def test_a_mistake_gets_one_line_with_the_remedy_and_status_2(cli, arguments, expected):
    answer = cli(*arguments)
    assert answer.status == 2
    complaint = [line for line in answer.err.splitlines() if line.startswith("crosstie: ")]
    assert len(complaint) == 1
    assert expected in answer.err
    assert "Traceback" not in answer.err + answer.out


def test_asking_makes_no_workspace(cli, tmp_path):
    cli("show", "Hikvision")
    assert not list(tmp_path.iterdir())


def test_an_unknown_entity_gets_suggestions(cli, demo):
    answer = cli("-w", demo, "show", "Beihang Universty of Nowhere and Everything")
    assert answer.status == 2
    assert "no entity called" in answer.err


def test_a_terminal_is_not_needed_and_a_broken_pipe_is_no_error(demo):
    command = [sys.executable, "-m", "crosstie", "-w", str(demo), "kinds"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert b"Traceback" not in process.communicate()[1]


def test_the_workspace_may_be_named_by_the_environment(demo):
    done = subprocess.run(
        [sys.executable, "-m", "crosstie", "status", "--json"],
        env={**os.environ, "CROSSTIE_WORKSPACE": str(demo)}, capture_output=True, check=True,
    )  # fmt: skip
    assert b'"documents"' in done.stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["screen", "--help"]])
def test_help_and_version_answer_at_once(cli, arguments):
    answer = cli(*arguments)
    assert answer.status == 0
    assert answer.out


def test_a_terminal_of_ascii_gets_codes_instead_of_a_crash(demo):
    done = subprocess.run(
        [sys.executable, "-m", "crosstie", "-w", str(demo), "show", "Hikvision"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"\\u6d77" in done.stdout


def test_a_closed_pipe_ends_with_status_0(demo):
    command = f"{sys.executable} -m crosstie -q -w {demo} show Hikvision"
    piped = f"{command} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_control_sequences_in_names_are_not_run(cli, demo, tmp_path):
    partners = tmp_path / "p.csv"
    partners.write_text("name\n\x1b[31mHikvision\x1b[0m\n", encoding="utf-8")
    answer = cli("-w", demo, "screen", "--csv", partners)
    assert "\x1b" not in answer.out
    assert "Hit" in answer.out


def test_a_quotation_mark_left_open_is_refused(cli, demo, tmp_path):
    partners = tmp_path / "p.csv"
    partners.write_text('name\n"Huawei\nTencent\nLenovo\n', encoding="utf-8")
    answer = cli("-w", demo, "screen", "--csv", partners)
    assert answer.status == 2
    assert "a quotation mark is not closed" in answer.err


@pytest.mark.parametrize("command", [["status"], ["show", "Hikvision"], ["screen", "Hikvision"]])
def test_a_workspace_that_cannot_be_written_can_be_asked(cli, demo_copy, monkeypatch, command):
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: mode != os.W_OK and real(p, mode))
    assert cli("-w", demo_copy, *command).status == 0
    assert cli("-w", demo_copy, "resolve").status == 2
