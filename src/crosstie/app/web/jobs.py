"""Long work in the background: what it is at, how to stop it, and where its outcome stands."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from fastapi import Request

from crosstie.ontology.errors import CrosstieError, NotFound, UsageError
from crosstie.workspace.progress import Progress

State = Literal["waiting", "running", "done", "failed", "stopped"]
Work = Callable[[Progress], str]
"""What a job does: it tells its progress, and returns the address of its outcome."""

_KEPT = 200
_LOG = logging.getLogger(__name__)


class Stopped(CrosstieError):
    """A person stopped the job."""


@dataclass(slots=True)
class Job:
    """One piece of work; its worker alone writes it, pages read it."""

    key: str
    title: str
    total: int
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    outcome: str = ""
    error: CrosstieError | None = None
    asked_to_stop: bool = False

    @property
    def going(self) -> bool:
        """Return whether there is anything to wait for."""
        return self.state in ("waiting", "running")

    def progress(self, stage: str, done: int, total: int | None) -> None:
        """Note how far the work is. Raises Stopped where a person asked for that."""
        if self.asked_to_stop:
            raise Stopped("stopped", where=self.title, remedy="start it again")
        self.stage = stage
        if total == self.total:
            # Other stages count something else: rows of an index, steps.
            self.done = done


class Jobs:
    """A few jobs at once; the rest wait in turn. The last ones are kept, in memory alone."""

    def __init__(self, *, at_once: int = 2, waiting: int = 20) -> None:
        self._workers = ThreadPoolExecutor(at_once, thread_name_prefix="job")
        self._waiting = waiting
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, title: str, total: int, work: Work) -> Job:
        """Start a job, or put it in the queue. Raises UsageError where the queue is full."""
        if sum(job.state == "waiting" for job in self._jobs.values()) >= self._waiting:
            raise UsageError(
                f"{self._waiting} jobs wait already", where=title, remedy="try again in a while"
            )
        job = Job(secrets.token_urlsafe(12), title, total)
        self._jobs[job.key] = job
        while len(self._jobs) > _KEPT and not next(iter(self._jobs.values())).going:
            self._jobs.popitem(last=False)
        self._workers.submit(self._run, job, work).add_done_callback(_settled(job))
        return job

    def find(self, key: str) -> Job:
        """Return a job. Raises NotFound."""
        if key not in self._jobs:
            raise NotFound(
                "no such piece of work", where=key, remedy="it may be over: look in the saved ones"
            )
        return self._jobs[key]

    def stop(self, key: str) -> Job:
        """Ask a job to stop; it does at its next step."""
        job = self.find(key)
        job.asked_to_stop = True
        return job

    def close(self) -> None:
        """Stop everything, and wait for it."""
        for job in self._jobs.values():
            job.asked_to_stop = True
        self._workers.shutdown(cancel_futures=True)

    @staticmethod
    def _run(job: Job, work: Work) -> None:
        job.state = "running"
        try:
            job.progress("starting", 0, None)
            job.outcome = work(job.progress)
            job.state = "done"
        except Stopped:
            job.state = "stopped"
        except CrosstieError as error:
            job.error = error
            job.state = "failed"


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of the application that a request came to."""
    jobs = request.app.state.jobs
    assert isinstance(jobs, Jobs)
    return jobs


def _settled(job: Job) -> Callable[[Future[None]], None]:
    """Have a job that a mistake of ours ended say so, rather than seem to go on."""

    def settled(future: Future[None]) -> None:
        if future.cancelled():
            job.state = "stopped"
        elif (error := future.exception()) is not None:
            _LOG.error("%s failed", job.title, exc_info=error)
            job.error = CrosstieError("something went wrong", remedy="the server's log says what")
            job.state = "failed"

    return settled
