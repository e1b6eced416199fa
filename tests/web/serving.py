"""A server of its own for a test, and a visitor who keeps the cookies and the proof of a form."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_PATIENCE = 60


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(workspace: Path, *, token: str = "") -> Iterator[str]:
    """Run `crosstie serve` on a workspace; yields its address and ends it."""
    port = free_port()
    command = [sys.executable, "-m", "crosstie", "-w", str(workspace), "serve", "--port", str(port)]
    # Tests ask faster than people do; what the limits do is tested where the guard is.
    command += ["--uploads-per-minute", "10000", "--searches-per-minute", "100000"]
    environment = {**os.environ, "CROSSTIE_TOKEN": token}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert process.stderr is not None
        process.stderr.close()


def _wait(process: "subprocess.Popen[str]", address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(f"the server ended at once: {process.stderr.read()}")
        try:
            httpx.get(f"{address}/static/mark.svg")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not answer in {_PATIENCE} s")


class Visitor:
    """A browser without a screen: follows redirects, keeps cookies, proves its forms."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=60)

    def get(self, path: str, **options: object) -> httpx.Response:
        """Open a page."""
        return self.client.get(path, **options)

    def json(self, path: str, **options: object) -> object:
        """Return what the JSON side answers; the answer must be good."""
        answer = self.client.get(path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **options: object) -> httpx.Response:
        """Send a form with the proof that it was meant."""
        if "crosstie_csrf" not in self.client.cookies:
            self.client.get("/about")
        proof = self.client.cookies["crosstie_csrf"]
        return self.client.post(path, params={"csrf": proof}, **options)

    def close(self) -> None:
        """End the visit."""
        self.client.close()


def words_of(page: str) -> str:
    """Return the words of a page, without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
