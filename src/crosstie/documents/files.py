"""Find the files to read among paths that a user names, and read their bytes within bounds."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from crosstie.documents.refusals import MAX_BYTES, huge, unreadable
from crosstie.ontology.errors import NotFound

# What programs leave beside a document that is open, and what systems leave in folders.
_LEFTOVERS = ("~$", "~", "._")
_LOCKS = (".lock", ".lck", ".part", ".crdownload", ".tmp", ".swp")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


def find_documents(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files among the paths and below the folders among them, each file once.

    Folders are walked in name order; hidden files and folders, lock files and half-finished
    downloads in them are left out, links in a circle are walked once. A file of an unknown kind is
    yielded too, and so is a folder that cannot be listed, so that reading them refuses them by name
    and nothing is dropped in silence. A path that the caller names outright is always yielded.
    Raises NotFound for one that is not there.
    """
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise NotFound("there is no such file or folder", where=str(path), remedy="check it")
        for file in [path] if not path.is_dir() else _below(path, set()):
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                yield file


def _below(folder: Path, walked: set[Path]) -> Iterator[Path]:
    # A stack instead of recursion: a tree of folders may be deeper than Python's.
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        if current.is_file():
            yield current
            continue
        real = current.resolve()
        if real in walked or not current.is_dir():
            continue
        walked.add(real)
        try:
            entries = sorted(current.iterdir(), key=lambda entry: entry.name, reverse=True)
        except OSError:
            # Reading it refuses it by name; the other files go on.
            yield current
            continue
        waiting += [entry for entry in entries if not _left_out(entry.name)]


def _left_out(name: str) -> bool:
    lower = name.lower()
    return (
        name.startswith(".")
        or name.startswith(_LEFTOVERS)
        or lower.endswith(_LOCKS)
        or lower in _SYSTEM
    )


def document_bytes(path: Path) -> bytes:
    """Return a file's bytes, refusing one over the limit before it is read.

    Raises DocumentRefused (huge, unreadable).
    """
    name = path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise huge(
                name, f"is {size / 1e6:,.0f} MB, over the limit of {MAX_BYTES / 1e6:,.0f} MB"
            )
        if not path.is_file():
            raise unreadable(name, "is no file that can be read", "check your right to read it")
        with path.open("rb") as file:
            # A file may grow while it is read.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(
            name,
            f"cannot be opened ({os.strerror(error.errno or 0)})",
            "check your right to read it",
        ) from error
