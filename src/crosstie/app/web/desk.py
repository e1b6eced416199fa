"""The one workspace that the pages ask, a few readers at a time."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Request

from crosstie.workspace import Workspace

T = TypeVar("T")


class Desk:
    """Run questions to the workspace in threads, so that one slow answer holds up no other.

    `readers` are served at once; the rest wait in turn. Writes are told apart by the store itself.
    """

    def __init__(self, workspace: Workspace, *, readers: int) -> None:
        self.workspace = workspace
        self._readers = readers
        self._limiter: CapacityLimiter | None = None

    async def ask(self, question: Callable[[Workspace], T]) -> T:
        """Return what the workspace answers; errors come through as they are."""
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._readers)
        return await to_thread.run_sync(question, self.workspace, limiter=self._limiter)


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk
