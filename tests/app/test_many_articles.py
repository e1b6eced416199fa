"""Three hundred articles in one run that is killed half-way: all there, once, in flat memory."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import psutil

from crosstie.workspace import Workspace
from tests.app.watching import documents_in, wait_for_documents
from tests.eval.recombined import texts_of, write

COUNT = 300
NOWHERE = Path("/nowhere")
_MEGABYTE = 1_000_000


def started(path, folder):
    command = [sys.executable, "-m", "crosstie", "-q", "-w", path, "add", folder, "--jobs", "2"]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)


def largest(process):
    """Return the resident bytes of the largest of a process and those that it started."""
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    return max(member.memory_info().rss for member in family)


def test_three_hundred_articles_survive_a_kill_and_stand_once(tmp_path):
    folder, path = tmp_path / "articles", tmp_path / "w.db"
    write(folder, texts_of(NOWHERE), COUNT, sentences=2)
    process = started(path, folder)
    wait_for_documents(path, COUNT // 6, process)
    early = largest(process)
    wait_for_documents(path, COUNT // 2, process)
    late = largest(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = documents_in(path)
    assert COUNT // 2 <= kept < COUNT
    assert late - early < 60 * _MEGABYTE
    assert late < 1_000 * _MEGABYTE
    again = started(path, folder)
    assert again.wait(timeout=300) == 0
    with Workspace.open(path, create=False) as workspace:
        counts = workspace.status().counts
        checked, faults = workspace.verify()
    assert counts["documents"] == COUNT
    assert checked > COUNT // 4
    assert faults == []
    connection = sqlite3.connect(path)
    for table, key in (("documents", "sha256"), ("claims", "id"), ("passages_docsize", "id")):
        total, different = connection.execute(
            f"SELECT count({key}), count(DISTINCT {key}) FROM {table}"
        ).fetchone()
        assert total == different, table
    indexed = connection.execute("SELECT count(*) FROM passages_docsize").fetchone()[0]
    connection.close()
    assert indexed == COUNT
