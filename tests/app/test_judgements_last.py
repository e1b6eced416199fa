"""What a person decided outlives new editions of lists, and a run that is killed."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from crosstie.store.engine import Store
from crosstie.workspace import Question, Workspace
from tests.app.conftest import EXAMPLES, NOW

LIST = EXAMPLES / "lists" / "selimia-entity-list-2024-06-01.csv"
MAPPING = EXAMPLES / "lists" / "selimia-entity-list.yaml"


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "w.db"
    with Workspace.open(path, now=lambda: NOW) as workspace:
        workspace.load("table", LIST, mapping=MAPPING)
        yield workspace


def same(workspace, *names):
    return len({workspace.entity(name).entity.id for name in names}) == 1


def test_a_judgement_holds_for_the_row_that_a_later_edition_words_otherwise(listed, tmp_path):
    names = [entity.split(",")[1] for entity in LIST.read_text("utf-8").splitlines()[1:3]]
    assert not same(listed, *names)
    listed.judge(*names, verdict="same", by="A. Reader", because="one address")
    old = listed.entity(names[0]).entity.id
    later = tmp_path / "selimia-entity-list-2025-06-01.csv"
    text = LIST.read_text("utf-8")
    later.write_text(text.replace("Notice", "Amended notice"), "utf-8")
    assert later.read_text("utf-8") != text
    listed.load("table", later, mapping=MAPPING, as_of="2025-06-01")
    assert same(listed, *names)
    assert listed.entity(old).entity.id == listed.entity(names[0]).entity.id


def test_what_was_known_on_a_day_heeds_a_judgement_carried_to_a_new_edition(tmp_path):
    names = [entity.split(",")[1] for entity in LIST.read_text("utf-8").splitlines()[1:3]]
    later = tmp_path / "selimia-entity-list-2025-06-01.csv"
    later.write_text(LIST.read_text("utf-8").replace("Notice", "Amended notice"), "utf-8")
    letter = tmp_path / "letter.txt"
    letter.write_text("Lantian Holdings supplied the Selim Harbour Office in 2019.", "utf-8")
    clock = iter(range(1, 29))
    day = "2026-11-{:02}T00:00:00+00:00"
    with Workspace.open(tmp_path / "w.db", now=lambda: day.format(next(clock))) as workspace:
        workspace.load("table", LIST, mapping=MAPPING)
        workspace.judge(*names, verdict="same", by="A. Reader", because="one address")
        workspace.load("table", later, mapping=MAPPING, as_of="2025-06-01")
        known = day.format(next(clock))[:10]
        next(clock)
        workspace.add([letter])
        # What was added since makes that day another state than the present one.
        for asked in (Question(as_of=known), None):
            found = {workspace.dossier(name, question=asked).entity.id for name in names}
            assert len(found) == 1


def test_an_emptied_workspace_has_no_entities_left(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Lantian Holdings supplied Hexi Group with lenses in 2019.", "utf-8")
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.add([letter])
        assert workspace.status().counts["entities"]
        workspace.forget("letter.txt", because="asked to")
        counts = workspace.status().counts
    assert (counts["entities"], counts["ties"], counts["uncertain"]) == (0, 0, 0)


def test_a_run_killed_in_the_middle_is_finished_by_the_next(listed, tmp_path):
    path = tmp_path / "w.db"
    before = listed.status().counts["entities"]
    code = textwrap.dedent(
        f"""
        import os, signal
        from crosstie.store import Store, derived, writing
        from crosstie.workspace import resolving
        store = Store.open(__import__("pathlib").Path({str(path)!r}))
        with store.writing() as db:
            writing.set_fact(db, derived.FINGERPRINT, "")
        with store.writing() as db:
            db.exec_driver_sql("DELETE FROM entities")
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False)
    assert done.returncode == -signal.SIGKILL
    assert listed.review_queue() is not None
    assert listed.status().counts["entities"] == before
    Store.open(path).close()
