"""How the web application is run: where it listens, who may come in, and how much at once."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from crosstie.ontology.errors import UsageError

TOKEN_LENGTH = 16
"""The least number of characters of a token; a shorter one can be guessed."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What `crosstie serve` was asked for.

    `token` is asked of everybody who comes in; without one only this machine may be served.
    `upload_bytes` bounds one upload; `per_minute` the searches and uploads of one address.
    `origins` are further hosts by which the pages are reached (behind a proxy of one's own).
    """

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8400
    token: str = ""
    upload_bytes: int = 10_000_000
    searches_per_minute: int = 600
    uploads_per_minute: int = 20
    readers: int = 8
    origins: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise UsageError for an address that others reach without a token, or a weak token."""
        if self.token and len(self.token) < TOKEN_LENGTH:
            raise UsageError(
                f"a token of {len(self.token)} characters can be guessed",
                remedy=f"use {TOKEN_LENGTH} or more: openssl rand -hex 16",
            )
        if not self.token and not is_loopback(self.host):
            raise UsageError(
                f"{self.host} can be reached from other machines, and there is no token",
                remedy="serve on 127.0.0.1, or set CROSSTIE_TOKEN to a secret of 16 characters",
            )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
