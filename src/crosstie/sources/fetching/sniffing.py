"""Tell a web page from data, and whether a packed or JSON file is whole, before it is used."""

import re
from pathlib import Path

from crosstie.ontology.errors import FetchFailed, InputError
from crosstie.sources.files import open_bytes

_HEAD = 4_096
_PIECE = 1 << 20
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_AGAIN = "run the command again later; nothing of it was used"


def refuse_page(path: Path, accept: tuple[str, ...], *, where: str) -> None:
    """Raise FetchFailed for a web page where none was asked for: an error page sent with 200."""
    if not accept or any("html" in media or media.endswith("/*") for media in accept):
        return
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not _PAGE.search(head[:1_024]):
        return
    found = _TITLE.search(head)
    words = " ".join(found[1].decode("utf-8", "replace").split())[:80] if found else ""
    called = f" titled “{words}”" if words else ""
    raise FetchFailed(
        "misdeclared",
        f"answers with a web page{called} where {accept[0]} was asked for",
        where=where,
        remedy="open it in a browser: it may say why; nothing of it was used",
    )


def refuse_cut(path: Path, *, where: str) -> None:
    """Raise FetchFailed for an empty file, or a gzip, ZIP or JSON file that breaks off."""
    with path.open("rb") as stream:
        head = stream.read(4)
    if not head:
        raise FetchFailed("cut_off", "the answer is empty", where=where, remedy=_AGAIN)
    if head[:2] in (b"\x1f\x8b", b"PK"):
        _check_packed(path, where)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        _check_json(path, where)


def _check_packed(path: Path, where: str) -> None:
    """Unpack it all, within bounds, and throw it away."""
    try:
        with open_bytes(path) as stream:
            while stream.read(_PIECE):
                pass
    except InputError as error:
        raise FetchFailed("cut_off", error.problem, where=where, remedy=_AGAIN) from error


def _check_json(path: Path, where: str) -> None:
    """JSON ends as it begins: with a bracket; so do JSON lines."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - _HEAD))
        tail = stream.read().rstrip(b" \t\r\n\x00")
    if tail[-1:] not in (b"}", b"]"):
        raise FetchFailed(
            "cut_off",
            "the JSON is cut off (its last bracket is missing)",
            where=where,
            remedy=_AGAIN,
        )
