"""Work in the background: its turn, its progress, its end, and how it is stopped."""

import threading
import time

import pytest

from crosstie.app.web.jobs import Jobs
from crosstie.ontology.errors import InputError, NotFound, UsageError


@pytest.fixture
def jobs():
    made = Jobs(at_once=1, waiting=2)
    yield made
    made.close()


def ended(job):
    until = time.monotonic() + 5
    while job.going and time.monotonic() < until:
        time.sleep(0.005)
    return job.state


def test_a_job_ends_with_the_address_of_its_outcome(jobs):
    def work(progress):
        progress("screening", 3, 7)
        return "/cases/a"

    job = jobs.start("a", 7, work)
    assert ended(job) == "done"
    assert (job.outcome, job.done, job.stage) == ("/cases/a", 3, "screening")
    assert jobs.find(job.key) is job


def test_steps_of_another_kind_are_not_counted_as_names(jobs):
    def work(progress):
        progress("indexing names", 4, 100)
        return "/"

    job = jobs.start("a", 7, work)
    ended(job)
    assert job.done == 0


def test_an_error_ends_a_job_and_is_kept(jobs):
    def work(progress):
        raise InputError("is no table", where="p.csv", remedy="save it as CSV")

    job = jobs.start("a", 1, work)
    assert ended(job) == "failed"
    assert job.error.remedy == "save it as CSV"


def test_a_mistake_of_ours_ends_a_job_and_goes_to_the_log(jobs, caplog):
    job = jobs.start("a", 1, lambda progress: 1 / 0)
    assert ended(job) == "failed"
    assert "log" in job.error.remedy
    assert "ZeroDivisionError" in caplog.text


def test_a_running_job_stops_at_its_next_step_and_the_next_has_its_turn(jobs):
    begun = threading.Event()

    def endless(progress):
        begun.set()
        while True:
            progress("screening", 0, 1)
            time.sleep(0.001)

    first = jobs.start("first", 1, endless)
    second = jobs.start("second", 1, lambda progress: "/second")
    assert begun.wait(5)
    assert second.state == "waiting"
    jobs.stop(first.key)
    assert ended(first) == "stopped"
    assert ended(second) == "done"


def test_a_waiting_job_that_is_stopped_does_nothing(jobs):
    gate, done = threading.Event(), []

    def held(progress):
        gate.wait(5)
        return "/"

    jobs.start("first", 1, held)
    second = jobs.start("second", 1, lambda progress: done.append(1) or "/")
    jobs.stop(second.key)
    gate.set()
    assert ended(second) == "stopped"
    assert done == []


def test_a_full_queue_takes_no_more(jobs):
    gate = threading.Event()

    def held(progress):
        gate.wait(5)
        return "/"

    running = jobs.start("0", 1, held)
    until = time.monotonic() + 5
    while running.state == "waiting" and time.monotonic() < until:
        time.sleep(0.005)
    for number in range(2):
        jobs.start(str(number), 1, held)
    with pytest.raises(UsageError, match="2 jobs wait already"):
        jobs.start("more", 1, held)
    gate.set()


def test_a_key_cannot_be_guessed_and_an_unknown_one_is_not_found(jobs):
    one, two = (jobs.start("a", 1, lambda progress: "/") for _ in range(2))
    assert one.key != two.key
    assert len(one.key) >= 16
    with pytest.raises(NotFound):
        jobs.find("1")
