"""What is kept for the next question changes no answer; a new state takes an old one's place."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from crosstie.ontology.records import encode
from crosstie.workspace import Workspace
from crosstie.workspace.at_hand import AtHand, keeping_nothing
from tests.app.conftest import NOW

NAMES = ("Hikvision", "Beihe Optics", "Beihang University", "People's Liberation Army")


def answers(workspace):
    """Return every kind of answer that may be at hand, as bytes."""
    found = []
    for name in NAMES:
        found.append(encode(workspace.dossier(name)))
        found.append(encode(workspace.exposure(name)))
        found.append(encode(workspace.portraits.of(name)))
    found.append(encode(workspace.paths("Hikvision", "People's Liberation Army")))
    found.append(encode(workspace.browsing.offers("海康")))
    found.append(encode(workspace.browsing.overview()))
    found.append(encode(workspace.browsing.recent()))
    return found


def test_an_answer_is_the_same_at_hand_and_anew(demo):
    with Workspace.open(demo, now=lambda: NOW) as kept:
        first = answers(kept)
        assert answers(kept) == first
    with Workspace.open(demo, now=lambda: NOW) as anew:
        assert answers(anew) == first


def test_many_threads_get_the_answers_of_one(demo):
    with Workspace.open(demo, now=lambda: NOW, settles=False) as workspace:
        alone = answers(workspace)
    with (
        Workspace.open(demo, now=lambda: NOW, settles=False) as workspace,
        ThreadPoolExecutor(6) as pool,
    ):
        every = list(pool.map(lambda _: answers(workspace), range(12)))
    assert every == [alone] * 12


def test_a_decision_shows_in_the_next_answer(demo_copy):
    with Workspace.open(demo_copy, now=lambda: NOW, settles=False) as workspace:
        before = workspace.portraits.of("Beihe Optics").ties.everything
        tie = next(t for t in workspace.dossier("Beihe Optics").ties if t.kind == "owns")
        for quote in tie.quotes:
            workspace.judge(quote.claim_id, verdict="rejected", by="test", because="a test")
        assert workspace.portraits.of("Beihe Optics").ties.everything == before - 1


def test_a_server_answers_from_the_last_state_while_documents_wait(demo_copy, tmp_path):
    path = tmp_path / "new.txt"
    path.write_text("Hexi Dynamics signed an agreement with Yunmen University in 2022.\n", "utf-8")
    with (
        Workspace.open(demo_copy, now=lambda: NOW, settles=False) as server,
        Workspace.open(demo_copy, now=lambda: NOW) as other,
    ):
        before = [encode(server.dossier(name)) for name in NAMES]
        other.add([path], resolve=False)
        assert [encode(server.dossier(name)) for name in NAMES] == before
        assert not any(o.entity.name == "Hexi Dynamics" for o in server.browsing.offers("Hexi Dyn"))
        other.settle()
        assert any("Hexi Dynamics" in o.matched_name for o in server.browsing.offers("Hexi Dyn"))


def test_each_thing_is_made_once_however_many_ask():
    at_hand, made, gate = AtHand(), [], threading.Barrier(8)

    def make():
        made.append(1)
        return "thing"

    def ask(_):
        gate.wait()
        return at_hand.kept("state", "name", make)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"thing"}
    assert len(made) == 1


def test_two_states_are_kept_and_a_third_takes_the_oldest_place():
    at_hand, made = AtHand(), []
    for state in ("one", "two", "one", "three", "one", "two"):
        at_hand.kept(state, "name", lambda state=state: made.append(state))
    assert made == ["one", "two", "three", "two"]


def test_what_fails_to_be_made_is_tried_again():
    at_hand = AtHand()
    with pytest.raises(ZeroDivisionError):
        at_hand.kept("state", "name", lambda: 1 / 0)
    assert at_hand.kept("state", "name", lambda: 2) == 2


def test_without_a_state_nothing_is_kept():
    keeping = keeping_nothing()
    assert [keeping.kept("name", lambda n=n: n) for n in (1, 2)] == [1, 2]
