"""Which addresses may be asked, where an answer may lead, and what of an address may be shown."""

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit, urlunsplit

from crosstie.ontology.errors import FetchFailed

Resolve = Callable[[str], list[str]]
"""Gives the network addresses of a host; none if it has none."""

_SCHEMES = ("http", "https")
_SHOWN = 200
_KEYS = re.compile(r"(?i)([?&](?:api_?key|key|(?:access_?)?token|subscription-key|auth)=)[^&#]*")


def addresses_of(host: str) -> list[str]:
    """Return the network addresses of a host, by the system's resolver."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        # Behind a proxy a host may be known to the proxy alone; else connecting will say so.
        return []
    return [str(item[4][0]) for item in found]


def discreet(url: str) -> str:
    """Return an address as it may be shown and kept: a user's key in it is left out."""
    return _KEYS.sub(r"\1[key]", url)


def shown(url: str) -> str:
    """Return an address for a message: without a key, printable, not longer than a line."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in discreet(url))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def checked(url: str) -> str:
    """Return a web address without its fragment. Raises FetchFailed for anything else."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _no_address(url, "is no address") from None
    if parts.scheme.lower() not in _SCHEMES:
        kind = f"`{parts.scheme}:` is not fetched" if parts.scheme else "is no web address"
        raise _no_address(url, kind)
    if not host or any(c.isspace() or not c.isprintable() for c in url.strip()):
        raise _no_address(url, "names no host, or holds characters that no address has")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(
            "address",
            "holds a user's name or password, which would be kept with the fetch",
            where=f"{parts.scheme}://…@{host}",
            remedy="fetch it yourself, then load or add the file",
        )
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))


def _no_address(url: str, problem: str) -> FetchFailed:
    return FetchFailed(
        "address", problem, where=shown(url), remedy="use an address that begins with https://"
    )


def host_of(url: str) -> str:
    """Return the host and port of an address, which is what is asked politely."""
    return urlsplit(url).netloc.lower()


def robots_of(url: str) -> str:
    """Return where the robots.txt of an address stands."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def is_public(url: str, resolve: Resolve) -> bool:
    """Return whether an address lies on the open internet, not on this machine or its network."""
    host = urlsplit(url).hostname or ""
    try:
        found = [str(ipaddress.ip_address(host))]
    except ValueError:
        found = resolve(host)
    return all(_is_global(address) for address in found)


def _is_global(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped.is_global
    return parsed.is_global


def led_to(
    source: str, target: str, resolve: Resolve, *, origin: str = "", secure: bool = False
) -> str:
    """Return where a redirect or a link of a fetched page leads.

    Raises FetchFailed if that is no web address, or if it lies in a private network and the address
    that the user gave (`origin`, else `source`) does not: whoever writes a page must not be able to
    make this machine ask its own network. With `secure` no way leads from https to http either,
    where anybody on the way could change what is sent.
    """
    try:
        joined = urljoin(source, target.strip())
    except ValueError:
        joined = target
    try:
        address = checked(joined)
    except FetchFailed as failure:
        raise FetchFailed(
            "address",
            f"leads to {shown(joined)}: {failure.problem}",
            where=shown(source),
            remedy="nothing was fetched from there; check the address in a browser",
        ) from failure
    if not is_public(address, resolve) and is_public(origin or source, resolve):
        raise FetchFailed(
            "address",
            f"leads from a public address into a private network ({shown(address)})",
            where=shown(source),
            remedy="nothing was fetched from there; name that address yourself if you trust it",
        )
    if secure and source.startswith("https:") and not address.startswith("https:"):
        raise FetchFailed(
            "address",
            f"leads from https to {shown(address)}, which anybody on the way could change",
            where=shown(source),
            remedy="nothing was fetched from there; ask the publisher",
        )
    return address
