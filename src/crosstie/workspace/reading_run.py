"""One run of a reader over documents: what is read is written down at once, in order."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crosstie.extraction.backends import BackEnd, ReaderSettings, Usage
from crosstie.ontology.records import Document
from crosstie.store import Store, derived, writing
from crosstie.store.engine import PATIENT, Transaction
from crosstie.workspace.progress import Progress
from crosstie.workspace.reader import Reader, reader_of
from crosstie.workspace.reports import AddReport, Refusal
from crosstie.workspace.tasks import Outcome, Task, perform
from crosstie.workspace.workers import Workers, default_jobs, in_threads

RULES = ReaderSettings()
Keep = Callable[[Transaction, Outcome, Document], bool]
"""Writes what came of one document inside a transaction; returns whether it was new."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    unchanged: int = 0
    added: int = 0
    articles: int = 0
    mentions: int = 0
    claims: int = 0
    left: int = 0
    jobs: int = 1
    read_by: str = ""
    usage: Usage | None = None
    refused: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    outdated: dict[str, int] = field(default_factory=dict)

    def note(self, outcome: Outcome) -> None:
        """Count a document that was read and kept."""
        self.added += 1
        self.articles += len(outcome.articles)
        self.mentions += len(outcome.mentions)
        self.claims += len(outcome.claims)
        self.rejected.update(outcome.rejected)

    def report(self) -> AddReport:
        """Return the counts as they stand."""
        return AddReport(
            added=self.added,
            unchanged=self.unchanged,
            articles=self.articles,
            mentions=self.mentions,
            claims=self.claims,
            refused=tuple(self.refused),
            rejected=dict(sorted(self.rejected.items())),
            failed=tuple(self.failed),
            left=self.left,
            jobs=self.jobs,
            read_by=self.read_by,
            usage=self.usage,
            outdated=self.outdated,
        )


def outcomes(
    tasks: Iterable[Task], reader: Reader, back_end: BackEnd, jobs: int
) -> Generator[Outcome, None, None]:
    """Yield what came of each task, in order, with `jobs` of them read at once."""
    if jobs == 1:
        yield from (perform(task, back_end) for task in tasks)
    elif reader.settings.name == "llm":
        # The questions wait for a server, and share one budget.
        yield from in_threads(tasks, back_end, jobs)
    else:
        yield from Workers(reader, jobs).run(tasks)


class Run:
    """A reader at work on a workspace. The reader is opened once, when there is work for it."""

    def __init__(
        self,
        store: Store,
        settings: ReaderSettings,
        *,
        jobs: int | None,
        progress: Progress,
        tally: Tally,
    ) -> None:
        self._store, self._settings, self._jobs = store, settings, jobs
        self._progress, self._tally = progress, tally
        self._opened: tuple[Reader, BackEnd] | None = None

    def mark(self) -> str:
        """Return what the documents will bear. Raises BackEndError for what the reader lacks."""
        reader, back_end = self._reader()
        return reader.mark(back_end)

    def through(self, tasks: Iterable[Task], total: int, keep: Keep) -> None:
        """Read every task and keep what comes of it, until all are read or the budget is spent."""
        reader, back_end = self._reader()
        jobs = self._jobs or default_jobs(total, self._settings.name)
        self._tally.jobs, self._tally.read_by = jobs, self.mark()
        self._progress("reading documents", 0, total)
        # Closed outright, so that no process outlives a run that is stopped.
        with closing(outcomes(tasks, reader, back_end, jobs)) as found:
            for done, outcome in enumerate(found, start=1):
                if outcome.out_of_budget:
                    self._tally.left = total - done + 1
                    break
                self._keep(outcome, keep)
                self._progress(f"read {Path(outcome.label).name}", done, total)
        self._tally.usage = getattr(back_end, "usage", None)

    def _keep(self, outcome: Outcome, keep: Keep) -> None:
        if outcome.refused is not None:
            self._tally.refused.append(outcome.refused)
        elif outcome.failed is not None:
            self._tally.failed.append(outcome.failed)
        elif outcome.document is not None:
            with self._store.writing(tries=PATIENT) as db:
                new = keep(db, outcome, outcome.document)
                if new:
                    writing.set_fact(db, derived.FINGERPRINT, "")
            if new:
                self._tally.note(outcome)

    def _reader(self) -> tuple[Reader, BackEnd]:
        if self._opened is None:
            self._progress("preparing to read", 0, None)
            with self._store.reading() as db:
                reader = reader_of(db, self._settings)
            self._opened = reader, reader.open()
        return self._opened
