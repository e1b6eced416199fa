"""Decisions one after another: each is kept at once, what follows waits until the person pauses.

In a large workspace it takes seconds to work out who is who after a decision. Nobody who reviews a
queue waits for that: it is done in a pause, and by the next start at the latest.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock, Timer

from crosstie.ontology.errors import CrosstieError
from crosstie.ontology.records import Judgement

Make = Callable[[bool], Judgement]
"""Keep a judgement; told whether what follows from it is to be worked out at once."""

_LOG = logging.getLogger(__name__)


class Settling:
    """Keep decisions for one workspace. `settle` works out what follows from those that wait."""

    def __init__(
        self,
        settle: Callable[[], None],
        *,
        pause: float = 4.0,
        quick: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settle = settle
        self._pause = pause
        self._quick = quick
        self._clock = clock
        self._turn = Lock()
        self._timer: Timer | None = None
        self._took = 0.0

    @property
    def waiting(self) -> bool:
        """Return whether decisions were kept from which nothing follows yet."""
        return self._timer is not None

    def keep(self, make: Make, *, at_once: bool = False) -> Judgement:
        """Keep a judgement, and work out what follows now if that is quick, or `at_once`.

        Where others wait already, it waits with them.
        """
        if not self.waiting and (at_once or self._took <= self._quick):
            begun = self._clock()
            made = make(True)
            self._took = self._clock() - begun
            return made
        made = make(False)
        self._later()
        return made

    def close(self) -> None:
        """Wait for nothing any more: the next start works out what is left."""
        with self._turn:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _later(self) -> None:
        with self._turn:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = Timer(self._pause, self._run)
            self._timer.daemon = True
            self._timer.start()

    def _run(self) -> None:
        mine, begun = self._timer, self._clock()
        try:
            self._settle()
        except CrosstieError as error:
            _LOG.error("what was decided is not worked out yet: %s", error)
        self._took = self._clock() - begun
        with self._turn:
            # A decision that came meanwhile has set a timer of its own.
            if self._timer is mine:
                self._timer = None
