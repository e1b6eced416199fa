"""Open a list's file safely: packed or plain, in any encoding, within bounds, or say why not."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec
from charset_normalizer import from_bytes

from crosstie.ontology.errors import InputError, NotFound

# The largest real list so far is a register dump of 300 MB; beyond this a file is a mistake.
MAX_BYTES = 2 << 30
# Real lists shrink to a tenth; a thousandth is a bomb.
MAX_RATIO = 200
_HEAD = 1 << 16
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of the file as it lies on disk. Raises NotFound or InputError."""
    if not path.exists():
        raise NotFound("there is no such file", where=str(path), remedy="check the path")
    if path.is_dir():
        raise InputError("this is a folder", where=str(path), remedy="name the list's file in it")
    if path.stat().st_size == 0:
        raise InputError("the file is empty", where=path.name, remedy="download it again")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open the file's content: unpacks gzip, and a ZIP that holds one file, by their bytes.

    Reading stops with InputError when the content is damaged, cut off or beyond the bounds.
    """
    with path.open("rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield _bounded(unpacked, path)
        elif magic == b"PK\x03\x04":
            with _zip_member(raw, path) as member:
                yield _bounded(member, path)
        else:
            yield _bounded(raw, path)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _bounded(stream: _Readable, path: Path) -> IO[bytes]:
    limit = min(MAX_BYTES, max(path.stat().st_size * MAX_RATIO, 1 << 20))
    return io.BufferedReader(_Bounded(stream, path.name, limit), buffer_size=1 << 18)


class _Bounded(io.RawIOBase):
    """Passes bytes on up to a limit; turns the errors of unpacking into InputError."""

    def __init__(self, stream: _Readable, name: str, limit: int) -> None:
        self._stream = stream
        self._name = name
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise InputError(
                f"the compressed file is damaged or cut off ({error})",
                where=self._name,
                remedy="download it again",
            ) from error
        self._left -= len(chunk)
        if self._left < 0:
            raise InputError(
                "the content is far larger than the file's size allows",
                where=self._name,
                remedy="unpack it yourself and check what it is",
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _zip_member(raw: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    try:
        archive = zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise InputError(
            f"the ZIP file is damaged or cut off ({error})",
            where=path.name,
            remedy="download it again",
        ) from error
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        lists = [m for m in members if m.filename.lower().endswith((".json", ".xml", ".csv"))]
        # A register's dump holds the same records as JSON and as CSV: the JSON is the whole.
        chosen = sorted(lists, key=lambda m: (not m.filename.lower().endswith(".json"), m.filename))
        if len(members) != 1 and not chosen:
            raise InputError(
                f"the ZIP file holds {len(members)} files and none is JSON, XML or CSV",
                where=path.name,
                remedy="unpack it and name the list's file",
            )
        member = chosen[0] if chosen else members[0]
        if member.flag_bits & 1:
            raise InputError("the ZIP file is encrypted", where=path.name, remedy="unpack it first")
        try:
            stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise InputError(
                f"the ZIP file cannot be unpacked ({error})",
                where=path.name,
                remedy="unpack it and name the list's file",
            ) from error
        with stream:
            yield stream


def head_of(path: Path) -> bytes:
    """Return the first 64 KiB of the content, to recognise its layout by."""
    with open_bytes(path) as stream:
        return stream.read(_HEAD)


def shown(head: bytes) -> str:
    """Return the beginning of a file for an error message: one line, 60 characters at most."""
    text = head[:240].decode("utf-8", "replace").replace("\ufffd", "?")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:60]


def encoding_notice(encoding: str) -> str:
    """Return what to tell of a guessed encoding, or nothing for Unicode."""
    if encoding.startswith("utf"):
        return ""
    return f"the file is not UTF-8; it is read as {encoding}, a guess: check names with accents"


def encoding_of(path: Path) -> str:
    """Return the text encoding: a byte-order mark, UTF-8 if the file is, else the best guess."""
    head = head_of(path)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    try:
        with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding="utf-8") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        guess = from_bytes(head).best()
        if guess is None:
            raise InputError(
                "the text's encoding is not known", where=path.name, remedy="save it as UTF-8"
            ) from None
        return guess.encoding
    return "utf-8"


def load_json(path: Path) -> Any:
    """Parse the whole file as JSON. Raises InputError with the place of the mistake."""
    with open_bytes(path) as stream:
        raw = stream.read()
    return parse_json(raw.removeprefix(_BOMS[0][0]), where=path.name)


def parse_json(raw: bytes, *, where: str) -> Any:
    """Parse JSON bytes. Raises InputError."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"not valid JSON: {error}", where=where, remedy="download the file again"
        ) from error


def json_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not blank with its number among those, from 1."""
    number = 0
    with open_bytes(path) as stream:
        for line in stream:
            text = line.removeprefix(_BOMS[0][0]).strip()
            if text:
                number += 1
                yield number, text


@contextmanager
def csv_rows(
    path: Path, *, encoding: str = "utf-8-sig", delimiter: str = ","
) -> Iterator[Iterator[list[str]]]:
    """Open a CSV file and give its rows, header included. Long cells are let through."""
    csv.field_size_limit(MAX_BYTES)
    with (
        open_bytes(path) as stream,
        io.TextIOWrapper(stream, encoding=encoding, newline="", errors="replace") as text,
    ):
        yield csv.reader(text, delimiter=delimiter)
