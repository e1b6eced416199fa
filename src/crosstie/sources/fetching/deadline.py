"""End a request when its time is up, even while its head comes byte by byte."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

# What the connection tells of when it has one, and when it has wrapped it in TLS.
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")


class Deadline:
    """While open, breaks the connection off that `trace` was told of, after so many seconds.

    A timeout between two pieces does not help against a server that sends one now and then; the
    check after each piece of a body does not see the head.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []
        self.passed = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of a connection: httpx calls this with everything that happens to one."""
        if event in _CONNECTED:
            found = info["return_value"].get_extra_info("socket")
            if isinstance(found, socket.socket):
                self._sockets.append(found)

    def _end(self) -> None:
        self.passed = True
        for one in self._sockets:
            # Whoever waits for more of it hears at once that there is no more.
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
