"""Deciding who is who at the command line: the queue, merging, parting, histories."""

import io
import json

import pytest

from crosstie.workspace import Workspace


@pytest.fixture
def ask(cli, demo_copy, monkeypatch):
    """Run a command on a copy of the demo's workspace, with keys typed into it."""
    monkeypatch.setenv("USER", "A. Reader")

    def call(*arguments, keys=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(keys))
        return cli("--workspace", demo_copy, *arguments)

    return call


def queue(ask):
    return json.loads(ask("review", "--json").out)


def test_the_queue_shows_both_sides_with_reasons_and_quotes(ask):
    pair = queue(ask)[0]
    assert pair["reasons"]
    assert all(pair[side]["quotes"] and pair[side]["names"] for side in ("left", "right"))


def test_a_key_decides_a_pair_and_keeps_the_reason(ask):
    before = queue(ask)
    answer = ask("review", keys="s the herald says so\nq\n")
    assert answer.status == 0
    assert "because:" in answer.out
    assert len(queue(ask)) < len(before)
    found = json.loads(ask("history", before[0]["right"]["entity"]["id"], "--json").out)
    assert found["judgements"][-1]["judgement"]["because"] == "the herald says so"


def test_undo_in_the_queue_restores_it(ask):
    before = queue(ask)
    assert len(before) > 1
    ask("review", keys="d\nz\nq\n")
    assert queue(ask) == before


def test_an_unknown_key_asks_again_and_the_end_of_a_pipe_ends(ask):
    before = queue(ask)
    answer = ask("review", keys="x\n\n")
    assert answer.status == 0
    assert "no key" in answer.err
    assert queue(ask) == before


def test_unsure_goes_to_the_end_of_the_queue(ask):
    before = queue(ask)
    ask("review", keys="u\nq\n")
    after = queue(ask)
    assert len(after) == len(before)
    assert after[-1]["reasons"][-1]["code"] == "judged_unsure"


def test_merge_and_undo_restore_exactly_what_was(ask, demo_copy):
    with Workspace.open(demo_copy) as workspace:
        before = workspace.status().counts["entities"]
    made = json.loads(
        ask("merge", "岚天集团", "Lantian Holdings", "--because", "test",
            "--json").out
    )  # fmt: skip
    one = json.loads(ask("history", "Lantian Holdings", "--json").out)
    other = json.loads(ask("history", "岚天集团", "--json").out)
    assert one["entity"] == other["entity"]
    assert ask("judge", "undo", made["id"], "--because", "a mistake").status == 0
    with Workspace.open(demo_copy) as workspace:
        assert workspace.status().counts["entities"] == before
    twice = ask("judge", "undo", made["id"], "--because", "again")
    assert twice.status == 2
    assert "taken back already" in twice.err


def test_a_former_id_leads_to_the_entity_that_took_it_in(ask):
    names = ("岚天集团", "Lantian Holdings")
    ids = {json.loads(ask("history", name, "--json").out)["entity"]["id"] for name in names}
    ask("merge", *names, "--because", "test")
    now = {json.loads(ask("history", old, "--json").out)["entity"]["id"] for old in ids}
    assert len(now) == 1
    assert now < ids
    assert "is now part of it" in ask("history", (ids - now).pop()).out


def test_split_takes_out_what_a_document_says(ask):
    listed = ask("split", "Hexi Group")
    assert "selim-herald" in listed.out
    before = json.loads(ask("history", "Hexi Group", "--json").out)
    inside = {item["document"] for item in before["merges"]}
    assert len(inside) > 1
    leaving = next(item for item in before["merges"] if "selim-herald" in item["document"])
    done = ask("split", before["entity"]["id"], leaving["document_id"], "--because", "a namesake")
    assert done.status == 0
    after = json.loads(ask("history", before["entity"]["id"], "--json").out)
    assert leaving["document"] not in {item["document"] for item in after["merges"]}
    assert inside - {item["document"] for item in after["merges"]} == {leaving["document"]}


def test_split_by_a_name_parts_what_a_merge_joined(ask):
    ask("merge", "岚天集团", "Lantian Holdings", "--because", "test")
    assert ask("split", "Lantian Holdings", "岚天集团", "--because", "two after all").status == 0
    one = json.loads(ask("history", "Lantian Holdings", "--json").out)
    other = json.loads(ask("history", "岚天集团", "--json").out)
    assert one["entity"] != other["entity"]
    assert {item["judgement"]["verdict"] for item in one["judgements"]} >= {"different"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "Lantian Holdings", "Lantian Holdings", "--because", "x"), "crosstie split"),
        (("merge", "Lantian Holdings", "岚天集团"), "give --because"),
        (("split", "Hexi Group", "no such.txt", "--because", "x"), "lists what it is made of"),
        (("judge", "undo", "jdg-0", "--because", "x"), "crosstie history"),
    ],
)
def test_a_mistake_says_what_to_do(ask, arguments, words):
    answer = ask(*arguments)
    assert answer.status == 2
    assert words in answer.err
