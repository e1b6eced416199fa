"""Several processes at once: the same answers as one, and nothing lost when one of them dies."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from crosstie.workspace import ReaderSettings, Workspace, workers
from crosstie.workspace.reader import Reader
from crosstie.workspace.tasks import Task
from crosstie.workspace.workers import Workers, default_jobs
from tests.app.conftest import NOW
from tests.app.watching import documents_in, wait_for_documents

FIRMS = ["Hexi Group", "Lantian Holdings", "Beihe Optics", "Yunmen Marine", "Qingming Steel"]


def text_of(number):
    left, right = FIRMS[number % 5], FIRMS[(number * 3 + 1) % 5]
    return (
        f"{left} Ltd. signed agreement {number} with {right} Corp. in 2019.\n\n"
        f"{right} Corp. denied that it supplied lenses to {left} Ltd.\n"
    )


@pytest.fixture
def folder(tmp_path):
    """Twelve small documents, one of them refused."""
    place = tmp_path / "in"
    place.mkdir()
    for number in range(12):
        (place / f"{number:02}.txt").write_text(text_of(number), encoding="utf-8")
    (place / "06.txt").write_bytes(b"")
    return place


def state(path):
    """All that a workspace holds of its documents, in the order in which they were added."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        tables = ("documents", "articles", "mentions", "claims", "entities", "ties")
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}
    finally:
        connection.close()


def added(path, folder, jobs):
    with Workspace.open(path, now=lambda: NOW) as workspace:
        return workspace.add([folder], jobs=jobs)


def test_two_processes_leave_the_very_workspace_that_one_leaves(tmp_path, folder):
    one = added(tmp_path / "one.db", folder, 1)
    two = added(tmp_path / "two.db", folder, 2)
    assert (one.added, one.jobs, two.jobs) == (11, 1, 2)
    assert state(tmp_path / "one.db") == state(tmp_path / "two.db")
    assert one.refused == two.refused
    assert "06.txt" in two.refused[0].message


def test_extract_prints_the_same_lines_in_the_same_order(cli, folder):
    alone = cli("extract", folder, "--json")
    together = cli("extract", folder, "--json", "--jobs", "2")
    assert alone.out == together.out
    ids = [json.loads(line)["id"] for line in together.out.splitlines()]
    assert ids == [f"{n:02}" for n in range(12) if n != 6]


def test_few_files_are_read_by_one_process(monkeypatch):
    monkeypatch.setattr(workers, "_cores", lambda: 16)
    assert [default_jobs(n, "rules") for n in (1, 39, 40, 10_000)] == [1, 1, 4, 4]
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    assert default_jobs(10_000, "rules") == 2
    assert [default_jobs(n, "llm") for n in (0, 2, 100)] == [1, 2, 4]
    assert default_jobs(10_000, "gliner") == 1


def tasks(count):
    return [Task(f"{n}.txt", f"{n}.txt", text_of(n).encode()) for n in range(count)]


def _mortal(settings, gazetteer):
    from crosstie.extraction.backends import open_back_end

    class Mortal:
        mark = "rules/mortal"

        def __init__(self):
            self._inner = open_back_end(ReaderSettings(), gazetteer)

        def extract(self, document, article):
            if "agreement 3 " in document.text:
                os.kill(os.getpid(), signal.SIGKILL)
            return self._inner.extract(document, article)

    return Mortal()


class MortalReader(Reader):
    """Opens the mortal back end, in whatever process it is unpickled."""

    def open(self):
        from crosstie.extraction import Gazetteer

        return _mortal(self.settings, Gazetteer.build(self.names))


def test_a_document_that_kills_its_reader_twice_is_named_and_the_rest_go_on(monkeypatch):
    # A process finds this module by its name.
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2]))
    crew = Workers(MortalReader(ReaderSettings()), 2)
    found = crew.run(tasks(9))
    outcomes = [next(found) for _ in range(8)]
    assert [outcome.label for outcome in outcomes] == [f"{n}.txt" for n in range(8)]
    (failed,) = [outcome.failed for outcome in outcomes if outcome.failed]
    assert (failed.name, failed.reason) == ("3.txt", "crashed")
    assert "killed by signal 9" in failed.message
    assert sum(outcome.document is not None for outcome in outcomes) == 7
    # A crew that is left early leaves no process behind.
    processes = [worker.process for worker in crew._crew]
    found.close()
    assert processes
    assert all(not process.is_alive() for process in processes)


def _children(process):
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def many(tmp_path, count):
    place = tmp_path / "many"
    place.mkdir()
    for number in range(count):
        (place / f"{number:03}.txt").write_text(text_of(number) * 12, encoding="utf-8")
    return place


def started(*arguments):
    command = [sys.executable, "-m", "crosstie", "-q", *map(str, arguments)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_leaves_no_process_and_the_next_goes_on(tmp_path, number):
    place, path = many(tmp_path, 30), tmp_path / "w.db"
    process = started("-w", path, "add", place, "--jobs", "2")
    wait_for_documents(path, 3, process)
    children = _children(process)
    # A terminal sends Ctrl-C to the whole group; a killer picks one process.
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, err = process.communicate(timeout=120)
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert "Traceback" not in err
        assert "run the command again to go on" in err
    assert 0 < documents_in(path) < 30
    again = started("-w", path, "add", place, "--json")
    out, _ = again.communicate(timeout=240)
    report = json.loads(out)
    assert report["added"] + report["unchanged"] == 30
    assert documents_in(path) == 30


def test_two_commands_at_once_add_everything_once(tmp_path):
    place, path = many(tmp_path, 16), tmp_path / "w.db"
    added(path, place / "000.txt", 1)
    pair = [started("-w", path, "add", place, "--json") for _ in range(2)]
    reports = []
    for process in pair:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        reports.append(json.loads(out))
    assert sum(report["added"] for report in reports) == 15
    assert documents_in(path) == 16
    with Workspace.open(path, now=lambda: NOW) as workspace:
        assert workspace.verify()[1] == []
        assert workspace.find("agreement")
    fresh = tmp_path / "fresh.db"
    added(fresh, place, 1)
    held, alone = state(path), state(fresh)
    for table in ("claims", "mentions", "entities", "ties"):
        assert {row[0] for row in held[table]} == {row[0] for row in alone[table]}
