"""Decisions one after another: kept at once, worked out at once or in the next pause."""

import threading
import time

import pytest

from crosstie.app.web.settling import Settling
from crosstie.ontology.errors import WorkspaceError
from crosstie.ontology.ids import JudgementId
from crosstie.ontology.records import Judgement

MADE = Judgement(JudgementId("j"), "a", "b", "same", "Mei", "2026", "why")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Desk:
    """Notes what is asked of it; working out takes as long as the clock is moved."""

    def __init__(self, clock, takes=0.0):
        self.clock, self.takes = clock, takes
        self.asked, self.settled = [], threading.Event()

    def make(self, settle):
        self.asked.append(settle)
        if settle:
            self.clock.now += self.takes
        return MADE

    def settle(self):
        self.settled.set()


@pytest.fixture
def pair():
    def build(takes, pause=60.0):
        clock = Clock()
        desk = Desk(clock, takes)
        made = Settling(desk.settle, pause=pause, clock=clock)
        kept.append(made)
        return made, desk

    kept = []
    yield build
    for settling in kept:
        settling.close()


def test_in_a_small_workspace_every_decision_is_worked_out_at_once(pair):
    settling, desk = pair(takes=0.1)
    for _ in range(3):
        assert settling.keep(desk.make) is MADE
    assert desk.asked == [True, True, True]
    assert not settling.waiting


def test_in_a_large_one_only_the_first_is_waited_for(pair):
    settling, desk = pair(takes=6.0)
    for _ in range(3):
        settling.keep(desk.make)
    assert desk.asked == [True, False, False]
    assert settling.waiting


def test_what_was_worked_out_is_put_back_at_once_and_what_waits_waits_on(pair):
    settling, desk = pair(takes=6.0)
    settling.keep(desk.make)
    settling.keep(desk.make, at_once=True)
    settling.keep(desk.make)
    settling.keep(desk.make, at_once=True)
    assert desk.asked == [True, True, False, False]


def test_a_pause_works_out_what_waits(pair):
    settling, desk = pair(takes=6.0, pause=0.02)
    settling.keep(desk.make)
    settling.keep(desk.make)
    assert desk.settled.wait(5)
    until = time.monotonic() + 5
    while settling.waiting and time.monotonic() < until:
        time.sleep(0.005)
    assert not settling.waiting


def test_a_workspace_that_does_not_answer_is_told_of_and_tried_again(pair, caplog):
    settling, desk = pair(takes=6.0, pause=0.02)
    tried = threading.Event()

    def locked():
        tried.set()
        raise WorkspaceError("is locked")

    settling._settle = locked
    settling.keep(desk.make)
    settling.keep(desk.make)
    assert tried.wait(5)
    until = time.monotonic() + 5
    while settling.waiting and time.monotonic() < until:
        time.sleep(0.005)
    assert "is locked" in caplog.text
    assert settling.keep(desk.make) is MADE


def test_nothing_is_left_running_when_it_is_closed(pair):
    settling, desk = pair(takes=6.0, pause=0.05)
    settling.keep(desk.make)
    settling.keep(desk.make)
    settling.close()
    assert not desk.settled.wait(0.2)
