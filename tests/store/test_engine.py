import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading

import pytest

from crosstie.ontology.errors import WorkspaceError
from crosstie.store import Store, reading, upgrading, writing
from crosstie.store.engine import HEAD
from tests.store.conftest import AT, read_document


def test_the_newest_migration_is_the_one_the_store_asks_for():
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(upgrading.migrations()).get_current_head() == HEAD


def test_migrations_make_exactly_the_tables_of_the_schema(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from crosstie.store.schema import metadata

    def ours(_object, name, kind, _reflected, _compared):
        return not (kind == "table" and name and name.startswith("passages"))

    with store.reading() as db:
        context = MigrationContext.configure(db, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_a_file_that_is_no_workspace_is_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    with pytest.raises(WorkspaceError, match="not a Crosstie workspace"):
        Store.open(path)
    assert path.read_text() == "my notes"


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(WorkspaceError, match="not a Crosstie workspace"):
        Store.open(path)
    tables = sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("mine",)]


def test_a_workspace_of_a_newer_crosstie_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "w.db"
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(WorkspaceError, match=r"format 9999.*use the Crosstie that made it"):
        Store.open(path)


def test_a_missing_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceError, match="crosstie load starter"):
        Store.open(tmp_path / "none.db", create=False)


def test_a_damaged_file_is_reported_with_the_remedy(tmp_path):
    path = tmp_path / "w.db"
    Store.open(path).close()
    raw = bytearray(path.read_bytes())
    raw[100:] = os.urandom(len(raw) - 100)
    path.write_bytes(bytes(raw))
    with pytest.raises(WorkspaceError, match="crosstie restore"):
        Store.open(path)


def test_a_full_disk_leaves_the_workspace_as_it_was(store):
    with store.writing() as db:
        writing.add_document(db, *_added(read_document()), at=AT, read_by="t")
    with store.raw() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        # SQLite then answers as it does when the device has no room.
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    text = "Lantian supplied lenses to the Northern Fleet. " + "x" * 200_000
    with (
        pytest.raises(WorkspaceError, match="make room; the workspace is as it was"),
        store.writing() as db,
    ):
        writing.add_document(db, *_added(read_document(text)), at=AT, read_by="t")
    with store.reading() as db:
        assert reading.counts(db)["documents"] == 1


def test_two_writers_wait_for_each_other(tmp_path):
    path = tmp_path / "w.db"
    Store.open(path).close()

    def write(number):
        store = Store.open(path)
        for item in range(10):
            with store.writing() as db:
                held = reading.fact(db, "count") or "0"
                writing.set_fact(db, "count", str(int(held) + 1))
                writing.set_fact(db, f"w{number}-{item}", "x")
        store.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store.open(path)
    with store.reading() as db:
        assert reading.fact(db, "count") == "30"
    store.close()


def test_a_process_killed_in_the_middle_leaves_no_half_of_its_work(tmp_path):
    path = tmp_path / "w.db"
    script = textwrap.dedent(
        f"""
        import sys, time
        from pathlib import Path
        from crosstie.store import Store, writing
        from tests.store.conftest import SOURCE, row, version
        store = Store.open(Path({str(path)!r}))
        with store.writing() as db:
            writing.add_source(db, SOURCE)
            edition = writing.begin_edition(db, version("2026-01-01", "a"), at="t")
            for start in range(0, 100_000, 500):
                rows = [row(str(n), f"Lantian {{n}}", n) for n in range(start, start + 500)]
                writing.add_rows(db, edition, rows, at="t", read_by="t")
                print(start, flush=True)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=_root(),
        env={**os.environ, "PYTHONPATH": str(_root())},
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 2_000:
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    store = Store.open(path)
    with store.reading() as db:
        assert reading.counts(db)["list_rows"] == 0
        assert reading.editions(db) == []
    store.close()


def _added(read):
    document, mentions, claims = read
    return document, [], mentions, claims


def _root():
    from pathlib import Path

    return Path(__file__).resolve().parents[2]
