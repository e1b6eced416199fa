"""What was fetched last from each address: its body, what it said of itself, a download cut short.

A folder for each address; the entry is written last and names its body by hash, so that whatever
stops a run leaves either the old entry or the new one, and a `.part` to go on from.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from crosstie.ontology.errors import FetchFailed
from crosstie.sources.fetching.addresses import discreet, shown

if sys.platform != "win32":
    import fcntl

T = TypeVar("T")
_HEX_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Archived:
    """Where the evidence of a fetch stands: a WARC file of the archive, and the record's id."""

    file: str
    record: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The last good answer of an address. `sha256` is that of the body as it is used."""

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    sha256: str
    size: int
    fetched_at: str
    archived: Archived


@dataclass(frozen=True, slots=True)
class Part:
    """A download that was cut short: from where, and by what the server knows its version."""

    url: str
    validator: str
    total: int | None


class Kept:
    """The folder of one address. Only one process at a time has it open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.part_path = folder / "body.part"

    def entry(self) -> Entry | None:
        """Return the last good answer, if it and its body are still whole."""
        entry = _read(self.folder / "entry.json", Entry)
        if entry is None:
            return None
        body = self.body_path(entry.sha256)
        if not body.is_file() or body.stat().st_size != entry.size:
            return None
        return entry if digest_of(body) == entry.sha256 else None

    def body_path(self, sha256: str) -> Path:
        """Return where the body with this hash is kept."""
        return self.folder / f"body-{sha256[:16]}"

    def part(self) -> Part | None:
        """Return what is known of a download that was cut short, if it can be gone on with."""
        part = _read(self.folder / "part.json", Part)
        if part is None or not part.validator or not self.part_path.is_file():
            return None
        return part if self.part_path.stat().st_size else None

    def begin_part(self, part: Part) -> IO[bytes]:
        """Open a new download in the place of any other."""
        self.drop_part()
        self._write("part.json", part)
        return self.part_path.open("wb")

    def go_on(self) -> IO[bytes]:
        """Open the download that was cut short, at its end."""
        return self.part_path.open("ab")

    def drop_part(self) -> None:
        """Remove the download that was cut short, if any."""
        self.part_path.unlink(missing_ok=True)
        (self.folder / "part.json").unlink(missing_ok=True)

    def keep(self, entry: Entry, body: Path) -> Path:
        """Put a body and its entry in the place of the last; return where the body stands."""
        target = self.body_path(entry.sha256)
        body.replace(target)
        self._write("entry.json", entry)
        for old in self.folder.glob("body-*"):
            if old != target:
                old.unlink(missing_ok=True)
        self.drop_part()
        return target

    def renew(self, entry: Entry) -> None:
        """Write down that the address still answers the same."""
        self._write("entry.json", entry)

    def _write(self, name: str, value: object) -> None:
        partial = self.folder / f"{name}.new"
        partial.write_bytes(msgspec.json.encode(value))
        partial.replace(self.folder / name)


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def cached_folders(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each address's folder, the address as it may be shown, and the hash of its body."""
    for path in sorted(folder.glob("*/address")):
        entry = _read(path.parent / "entry.json", Entry)
        yield path.parent, path.read_text(encoding="utf-8").strip(), entry.sha256 if entry else ""


class Cache:
    """The folder of all addresses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def opened(self, url: str) -> Iterator[Kept]:
        """Open the folder of an address. Raises FetchFailed while another run has it open."""
        folder = self._of(url)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "address").write_text(discreet(url) + "\n", encoding="utf-8")
        with _locked(folder / "lock", url):
            yield Kept(folder)

    def known(self, url: str) -> Entry | None:
        """Return the last good answer of an address without asking it."""
        return _read(self._of(url) / "entry.json", Entry)

    def _of(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()[:_HEX_DIGITS]


@contextmanager
def _locked(path: Path, url: str) -> Iterator[None]:
    # The system lets go of the lock when the process ends, however it ends.
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FetchFailed(
                    "busy",
                    "another run is fetching this address",
                    where=shown(url),
                    remedy="wait until it has ended",
                ) from error
        yield
    finally:
        with suppress(OSError):
            os.close(handle)
