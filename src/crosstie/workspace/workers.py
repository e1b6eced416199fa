"""Read documents in several processes at once: the same answers, in the same order, as in one."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from crosstie.extraction.backends import BackEnd, BackEndName
from crosstie.ontology.errors import BackEndError, CrosstieError
from crosstie.workspace.reader import Reader
from crosstie.workspace.reports import Refusal
from crosstie.workspace.tasks import Outcome, Task, perform

_READY = "ready"
# A process that died over a document gets one more try: the machine may have been short of memory.
_TRIES = 2
# Documents that may wait, read, for one before them: it bounds what is held in memory.
_AHEAD = 4
_FEW_FILES = 40
_MOST_JOBS = 4


def default_jobs(files: int, extractor: BackEndName) -> int:
    """Return how many documents suit to be read at once.

    By rules: a process for each core, up to four, and only one for few files, which are read
    before a second process has started. A server is asked four questions at once; a local model
    uses all cores by itself.
    """
    if extractor == "llm":
        return max(1, min(_MOST_JOBS, files))
    if extractor == "gliner" or files < _FEW_FILES:
        return 1
    return min(_MOST_JOBS, _cores())


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Stop:
    """An error after which nothing more can be read, in the parts that can travel."""

    problem: str
    where: str
    remedy: str


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection
    ready: bool = False
    number: int | None = None
    """Which task it is at."""


class Workers:
    """A crew of processes that read documents; `run` yields outcomes in the order of the tasks.

    A process that is killed is replaced, its document tried once more, and then reported. Those
    that start it are the only ones that write: a worker has no workspace.
    """

    def __init__(self, reader: Reader, jobs: int) -> None:
        self._reader = reader
        self._crew = [self._start() for _ in range(jobs)]
        self._tasks: dict[int, Task] = {}
        self._deaths: dict[int, int] = {}
        self._again: deque[int] = deque()
        self._done: dict[int, Outcome] = {}

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what came of each task, in order. Raises BackEndError if no worker can start."""
        source = enumerate(tasks)
        first, more = 0, True
        try:
            while more or self._tasks or self._done:
                more = self._hand_out(source, more=more)
                while first in self._done:
                    yield self._done.pop(first)
                    first += 1
                if self._tasks and first not in self._done:
                    self._listen()
        finally:
            self.close()

    def close(self) -> None:
        """End every process at once."""
        for worker in self._crew:
            worker.process.terminate()
        for worker in self._crew:
            worker.process.join()
            worker.line.close()
        self._crew = []

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._reader), daemon=True)
        with _interrupts_ignored():
            process.start()
        there.close()
        return _Worker(process, here)

    def _hand_out(self, source: Iterator[tuple[int, Task]], *, more: bool) -> bool:
        """Give every free worker a task; return whether there may be more."""
        for worker in self._crew:
            if worker.number is not None:
                continue
            number = self._again.popleft() if self._again else None
            if number is None and more and len(self._done) < _AHEAD * len(self._crew):
                following = next(source, None)
                if following is None:
                    more = False
                else:
                    number, task = following
                    self._tasks[number] = task
            if number is not None:
                worker.number = number
                with suppress(OSError):
                    # Who died meanwhile is found out by listening.
                    worker.line.send(self._tasks[number])
        return more

    def _listen(self) -> None:
        """Wait until some worker answers, or dies."""
        lines = {worker.line: worker for worker in self._crew if worker.number is not None}
        for line in wait(list(lines)):
            assert isinstance(line, Connection)
            worker = lines[line]
            try:
                said = line.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if said == _READY:
                worker.ready = True
            elif isinstance(said, _Stop):
                raise BackEndError(said.problem, where=said.where, remedy=said.remedy)
            else:
                assert worker.number is not None
                self._done[worker.number] = said
                del self._tasks[worker.number]
                worker.number = None

    def _replace(self, worker: _Worker) -> None:
        worker.process.join()
        worker.line.close()
        if not worker.ready:
            raise BackEndError(
                f"a reading process could not start ({_ended(worker.process.exitcode)})",
                remedy="use --jobs 1; a script must call under `if __name__ == '__main__'`",
            )
        number = worker.number
        assert number is not None
        self._deaths[number] = self._deaths.get(number, 0) + 1
        if self._deaths[number] < _TRIES:
            self._again.append(number)
        else:
            task = self._tasks.pop(number)
            why = f"{task.label}: the process that read it {_ended(worker.process.exitcode)}"
            remedy = "perhaps it is too large for the memory: read it with --jobs 1, or split it"
            self._done[number] = Outcome(
                task.label, failed=Refusal(task.label, "crashed", f"{why}; {remedy}")
            )
        self._crew[self._crew.index(worker)] = self._start()


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by signal {-code}"
    return f"ended with status {code}"


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let a process that starts inherit deafness to Ctrl-C, which reaches the whole terminal.

    The one process that writes hears it and ends the others.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(line: Connection, reader: Reader) -> None:
    """Read what comes in until the line is closed: what a worker does."""
    with suppress(EOFError, OSError):
        try:
            back_end = reader.open()
            line.send(_READY)
            while True:
                task = line.recv()
                line.send(perform(task, back_end))
        except CrosstieError as error:
            line.send(_Stop(error.problem, error.where, error.remedy))


def in_threads(tasks: Iterable[Task], back_end: BackEnd, jobs: int) -> Iterator[Outcome]:
    """Read in threads of this process, in order: for a back end that waits for a server."""
    waiting: deque[Future[Outcome]] = deque()
    pool = ThreadPoolExecutor(jobs)
    try:
        for task in tasks:
            waiting.append(pool.submit(perform, task, back_end))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
