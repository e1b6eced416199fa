import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crosstie.workspace import Workspace
from tests.app.conftest import EXAMPLES

DOCUMENTS = EXAMPLES / "documents"


def counts(path):
    with Workspace.open(path, create=False) as workspace:
        return workspace.status().counts


def test_adding_the_same_bytes_twice_changes_nothing(cli, demo_copy):
    before = counts(demo_copy)
    answer = cli("-w", demo_copy, "add", DOCUMENTS, "--json")
    report = json.loads(answer.out)
    assert (report["added"], report["unchanged"]) == (0, 3)
    assert counts(demo_copy) == before


def test_loading_the_same_list_twice_changes_nothing(cli, demo_copy):
    before = counts(demo_copy)
    lists = EXAMPLES / "lists"
    answer = cli(
        "-w", demo_copy, "load", "table", lists / "selimia-entity-list-2024-06-01.csv",
        "--mapping", lists / "selimia-entity-list.yaml",
    )  # fmt: skip
    assert "loaded before: nothing changed" in answer.out
    assert counts(demo_copy) == before


def test_a_bad_document_is_named_and_the_rest_go_on(cli, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "fake.pdf").write_bytes(b"<html><body><p>hello</p></body></html>")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a zip")
    (folder / "good.txt").write_text(
        "Lantian supplied lenses to the Northern Fleet.\n", encoding="utf-8"
    )
    answer = cli("-w", tmp_path / "w.db", "add", folder, "--json")
    report = json.loads(answer.out)
    assert answer.status == 0
    assert report["added"] == 1
    assert {(Path(r["name"]).name, r["reason"]) for r in report["refused"]} >= {
        ("empty.txt", "empty"),
        ("fake.pdf", "misdeclared"),
    }
    assert len(report["refused"]) == 3


def test_nothing_but_refusals_is_bad_input(cli, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert cli("-w", tmp_path / "w.db", "add", tmp_path / "empty.txt").status == 2


def test_a_forgotten_document_is_gone_and_not_added_again(cli, demo_copy):
    name = "selim-herald.txt"
    assert cli("-w", demo_copy, "find", "Selim Herald").status == 0
    answer = cli("-w", demo_copy, "forget", name, "--because", "the publisher asked")
    assert answer.status == 0, answer.err
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    sentence = max(text.split("\n"), key=len)[:60].encode()
    assert sentence not in demo_copy.read_bytes()
    again = cli("-w", demo_copy, "add", DOCUMENTS / name)
    assert again.status == 2
    assert "forgotten" in again.out
    states = json.loads(cli("-w", demo_copy, "status", "--json").out)["documents"]
    assert [s["forgotten_because"] for s in states if s["forgotten_at"]] == ["the publisher asked"]
    assert cli("-w", demo_copy, "verify").status == 0


def test_backup_and_restore_bring_the_same_answers_back(cli, demo_copy, tmp_path):
    question = ("-w", demo_copy, "show", "Hexi Group", "--json")
    before = cli(*question).out
    copy = tmp_path / "kept.db"
    assert cli("-w", demo_copy, "backup", copy).status == 0
    for state in ("selim-herald.txt", "lantian.md", "yunmen-university.html"):
        cli("-w", demo_copy, "forget", state, "--because", "test")
    assert cli(*question).out != before
    assert cli("-w", demo_copy, "restore", copy).status == 0
    assert cli(*question).out == before


@pytest.mark.parametrize("delay", [0.2, 1.0])
def test_a_killed_add_resumes_and_adds_nothing_twice(tmp_path, delay):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(
            f"Beihe Optics Ltd. signed agreement {number} with Hexi Group Corporation.\n" * 20,
            encoding="utf-8",
        )
    path = tmp_path / "w.db"
    command = [sys.executable, "-m", "crosstie", "-w", str(path), "add", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists() and _documents(path) >= 2:
            time.sleep(delay / 10)
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.02)
    process.wait()
    subprocess.run(command, check=True, capture_output=True)
    held = counts(path)
    assert held["documents"] == 12
    assert held["entities"] > 0 and held["ties"] > 0
    fresh = tmp_path / "fresh.db"
    command[4] = str(fresh)
    subprocess.run(command, check=True, capture_output=True)
    assert counts(fresh) == held


def _documents(path):
    import sqlite3

    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return 0


def test_extract_prints_one_object_a_file_in_the_corpus_layout(cli, tmp_path):
    text = "Beihe Optics Ltd. signed an agreement with Hexi Group Corporation in May 2020.\n"
    (tmp_path / "001.txt").write_text(text, encoding="utf-8")
    (tmp_path / "002.txt").write_bytes(b"")
    answer = cli("extract", tmp_path / "001.txt", tmp_path / "002.txt", "--json")
    assert answer.status == 0
    (found,) = [json.loads(line) for line in answer.out.splitlines()]
    assert set(found) == {"id", "articles", "entities", "ties", "quantities"}
    assert found["id"] == "001"
    mentions = [m for entity in found["entities"] for m in entity["mentions"]]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
    (tie,) = found["ties"]
    assert tie["type"] == "signed_agreement"
    evidence = tie["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]
    assert "002.txt" in answer.err
    assert not list(tmp_path.glob("*.db"))


def test_only_what_an_older_extractor_read_is_read_again(cli, demo_copy):
    import sqlite3

    assert "0 documents added, 3 known already" in cli("-w", demo_copy, "extract", "--again").out
    before = counts(demo_copy)
    connection = sqlite3.connect(demo_copy)
    connection.execute("UPDATE documents SET read_by = 'rules/0' WHERE name = 'lantian.md'")
    connection.commit()
    connection.close()
    assert "1 documents added, 2 known already" in cli("-w", demo_copy, "extract", "--again").out
    assert counts(demo_copy) == before


def test_a_list_loaded_by_a_stopped_run_is_there_for_the_next_question(cli, tmp_path):
    path, lists = tmp_path / "w.db", EXAMPLES / "lists"
    with Workspace.open(path) as workspace:
        workspace.load(
            "table",
            lists / "selimia-entity-list-2024-06-01.csv",
            mapping=lists / "selimia-entity-list.yaml",
            resolve=False,
        )
    found = json.loads(cli("-w", path, "screen", "Hexi Group", "--json").out)
    assert found["findings"][0]["outcome"] == "hit"


def test_a_wrong_date_of_an_edition_can_be_corrected(cli, demo_copy):
    lists = EXAMPLES / "lists"
    command = ("-w", demo_copy, "load", "table", lists / "selimia-entity-list-2024-06-01.csv")
    mapping = ("--mapping", lists / "selimia-entity-list.yaml")
    assert "was corrected" in cli(*command, *mapping, "--as-of", "2024-07").out
    editions = json.loads(cli("-w", demo_copy, "status", "--json").out)["editions"]
    assert "2024-07" in {edition["as_of"] for edition in editions}


def test_documents_read_before_a_list_are_named_and_can_be_read_again(cli, tmp_path):
    path = tmp_path / "w.db"
    cli("-w", path, "add", DOCUMENTS / "selim-herald.txt")
    assert json.loads(cli("-w", path, "status", "--json").out)["outdated"] == 0
    cli("-w", path, "load", "starter")
    assert "1 documents were read before the present lists" in cli("-w", path, "status").out
    cli("-w", path, "extract", "--again")
    assert json.loads(cli("-w", path, "status", "--json").out)["outdated"] == 0


def test_a_rejected_claim_feeds_no_tie_and_no_designation(cli, demo_copy):
    def designations():
        answer = json.loads(cli("-w", demo_copy, "show", "Hexi Group", "--json").out)
        return answer["designations"]

    claim = designations()[0]["quotes"][0]["claim_id"]
    said = ("--by", "an officer", "--because", "a namesake")
    assert cli("-w", demo_copy, "judge", "rejected", claim, *said).status == 0
    assert designations() == []
    assert cli("-w", demo_copy, "judge", "accepted", claim, *said).status == 0
    assert len(designations()) == 1
    assert cli("-w", demo_copy, "judge", "rejected", "clm-none", *said).status == 2
    assert cli("-w", demo_copy, "judge", "rejected", claim).status == 2


def test_two_entities_judged_the_same_become_one(cli, demo_copy):
    said = ("--by", "an officer", "--because", "translation")
    left, right = "岚天集团", "Lantian Holdings"
    assert cli("-w", demo_copy, "judge", "same", left, right, *said).status == 0
    ids = {
        json.loads(cli("-w", demo_copy, "show", name, "--json").out)["entity"]["id"]
        for name in (left, right)
    }
    assert len(ids) == 1


def test_names_that_look_like_emoji_codes_are_printed_as_they_are(cli, demo):
    for flags in ((), ("--json",)):
        assert "urn:id:100:" in cli("-w", demo, "screen", "urn:id:100:", *flags).out
