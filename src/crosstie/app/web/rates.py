"""How often one address may ask: so many times in any minute."""

import math
from collections import OrderedDict, deque
from collections.abc import Callable

_ADDRESSES = 10_000
_MINUTE = 60.0


class Rate:
    """At most so many a minute from one address; the addresses kept are bounded too."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._most = per_minute
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, who: str) -> int:
        """Count one more; return the seconds to wait, 0 if it may go on."""
        now, times = self._clock(), self._times(who)
        if len(times) >= self._most:
            return max(1, math.ceil(times[0] + _MINUTE - now))
        times.append(now)
        return 0

    def spent(self, who: str) -> int:
        """Return the seconds to wait without counting."""
        now, times = self._clock(), self._times(who)
        return max(1, math.ceil(times[0] + _MINUTE - now)) if len(times) >= self._most else 0

    def _times(self, who: str) -> deque[float]:
        times = self._seen.setdefault(who, deque())
        self._seen.move_to_end(who)
        if len(self._seen) > _ADDRESSES:
            self._seen.popitem(last=False)
        until = self._clock() - _MINUTE
        while times and times[0] <= until:
            times.popleft()
        return times
