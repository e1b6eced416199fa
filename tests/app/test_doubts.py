"""What waits for people: merges that leave the queue when decided, worked out now or later."""

from pathlib import Path

import pytest

from crosstie.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
NOW = "2026-11-24T00:00:00+00:00"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW, settles=False) as made:
        lists = EXAMPLES / "lists"
        made.load(
            "table",
            lists / "selimia-entity-list-2024-06-01.csv",
            mapping=lists / "selimia-entity-list.yaml",
            resolve=False,
        )
        made.add([EXAMPLES / "documents"])
        yield made


def ends(pair):
    return pair.left.mention_id, pair.right.mention_id


def queue(workspace):
    return [ends(pair) for pair in workspace.doubts.merges(limit=100)]


@pytest.mark.parametrize("settle", [True, False])
@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_decided_pair_leaves_the_queue_whether_it_was_worked_out_or_not(
    workspace, verdict, settle
):
    before = queue(workspace)
    assert before
    made = workspace.decide(*before[0], verdict, by="Mei", because="why", settle=settle)
    assert before[0] not in queue(workspace)
    assert workspace.doubts.waiting().merges == len(queue(workspace))
    workspace.undo(made.id, by="Mei", because="not so", settle=settle)
    assert queue(workspace) == before


def test_what_was_left_is_worked_out_when_the_workspace_settles(workspace):
    first = queue(workspace)[0]
    entities = workspace.status().counts["entities"]
    workspace.decide(*first, "same", by="Mei", because="why", settle=False)
    assert workspace.status().counts["entities"] == entities
    workspace.settle()
    assert workspace.status().counts["entities"] == entities - 1
    assert first not in queue(workspace)


def test_an_unsure_pair_comes_back_as_the_last(workspace):
    first = queue(workspace)[0]
    workspace.decide(*first, "unsure", by="Mei", because="why", settle=False)
    assert first not in queue(workspace)
    workspace.settle()
    assert queue(workspace)[-1] == first


def test_a_judged_claim_is_asked_about_no_more(workspace):
    doubted = workspace.doubts.claims(limit=100)
    assert len(doubted) == workspace.doubts.waiting().claims
    first = doubted[0]
    assert first.confidence < 0.75
    assert first.quotes
    made = workspace.judge(first.id, verdict="rejected", by="Mei", because="not said")
    assert first.id not in [claim.id for claim in workspace.doubts.claims(limit=100)]
    workspace.undo(made.id, by="Mei", because="it is said")
    assert [claim.id for claim in workspace.doubts.claims(limit=100)] == [c.id for c in doubted]


def test_the_queues_are_given_a_piece_at_a_time(workspace):
    every = workspace.doubts.claims(limit=100)
    pieces = [workspace.doubts.claims(start=place)[0] for place in range(len(every))]
    assert tuple(pieces) == every
    assert workspace.doubts.claims(start=len(every)) == ()
