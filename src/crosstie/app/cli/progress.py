"""Progress: a bar on a terminal, a plain line a stage elsewhere."""

import time

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

_EVERY_SECONDS = 10.0


class Reporter:
    """Takes the workspace's notes of progress and shows them on a console."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._said = 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show how far a stage is."""
        if self._quiet:
            return
        if self._console.is_terminal:
            self._draw(stage, done, total)
        else:
            self._write(stage, done, total)

    def end(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, stage: str, done: int, total: int | None) -> None:
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TimeElapsedColumn(), console=self._console, transient=True,
            )  # fmt: skip
            self._bar.start()
            self._task = self._bar.add_task(stage, total=total)
        assert self._task is not None
        self._bar.update(self._task, description=stage, completed=done, total=total)
        if total is not None and done >= total:
            self.end()

    def _write(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._said < _EVERY_SECONDS:
            return
        changed = stage != self._stage
        self._stage, self._said = stage, now
        if (changed and done == 0) or not changed:
            amount = f" ({done:,} of {total:,})" if done and total else ""
            self._console.print(f"{stage}{amount} …", markup=False, soft_wrap=True)
