"""Keep arrays in a folder, a file each, and map them back into memory.

A list of the files, with the type, shape and checksum of each, stands in `index.json`: a damaged,
cut or foreign folder is refused before a compiled loop, which checks nothing, would read it.
"""

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from crosstie.ontology.errors import InputError, NotFound

_LIST = "index.json"
_REMEDY = "build it again"
_PIECE = 1 << 16
_WHOLE = 1 << 22
"""Bytes up to which all of a file is summed; of a larger one pieces are, so that opening an index
of a million organisations does not read all of it."""
_PIECES = 32
_ROUNDS = 5
"""Times to try to put a folder in its place while others do the same."""


def save(path: Path, arrays: Mapping[str, Any], meta: Mapping[str, Any]) -> None:
    """Write a folder aside, then put it in the place of the old one.

    Raises OSError when there is no room, or no right to write: the old folder then stays as it is.
    """
    aside = path.with_name(f"{path.name}.partial-{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        files = {name: _write(aside / f"{name}.npy", values) for name, values in arrays.items()}
        text = json.dumps({**meta, "files": files}, indent=1, sort_keys=True)
        (aside / _LIST).write_text(text + "\n", encoding="utf-8")
        _put(aside, path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(file: Path, values: Any) -> dict[str, Any]:
    plain = np.ascontiguousarray(values)
    np.save(file, plain, allow_pickle=False)
    return {"type": plain.dtype.str, "shape": list(plain.shape), "sum": _checksum(plain)}


def _put(aside: Path, path: Path) -> None:
    """Rename a folder to its place; another process may put its own there at the same time."""
    old = path.with_name(f"{path.name}.old-{os.getpid()}")
    for attempt in range(_ROUNDS):
        shutil.rmtree(old, ignore_errors=True)
        try:
            if path.exists():
                path.rename(old)
            aside.rename(path)
            break
        except OSError:
            if attempt == _ROUNDS - 1:
                if not path.exists() and old.exists():
                    old.rename(path)
                raise
    shutil.rmtree(old, ignore_errors=True)


def load_meta(path: Path) -> dict[str, Any]:
    """Return what `save` was told about the arrays of a folder.

    Raises NotFound when there is no folder, InputError when it is none that `save` wrote.
    """
    if not path.is_dir():
        raise NotFound("no name index here", where=str(path), remedy="build one and save it")
    try:
        meta = json.loads((path / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(path, "this folder is no name index, or a damaged one") from error
    if not isinstance(meta, dict):
        raise _refused(path, "this folder is no name index")
    return meta


def mapped(path: Path, meta: Mapping[str, Any], name: str) -> Any:
    """Return an array of a folder, read-only and mapped, so that processes share its memory.

    Raises InputError when the file is damaged, cut or another one.
    """
    file = path / f"{name}.npy"
    try:
        # mmap cannot map nothing, and numpy then reads the file as a plain array.
        values = np.load(file, mmap_mode="r", allow_pickle=False)
        plain = np.asarray(values).view(np.ndarray)
        plain.flags.writeable = False
        told = meta["files"][name]
        found = {"type": plain.dtype.str, "shape": list(plain.shape), "sum": _checksum(plain)}
    except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise _refused(file, "a file of the name index is damaged or absent") from error
    if told != found:
        raise _refused(file, "a file of the name index is damaged")
    return plain


def _refused(where: Path, problem: str) -> InputError:
    return InputError(problem, where=str(where), remedy=_REMEDY)


def _checksum(values: Any) -> int:
    """Return the CRC-32 of an array's bytes; of a large one, of pieces spread over it."""
    raw = values.reshape(-1).view(np.uint8)
    if raw.size <= _WHOLE:
        return zlib.crc32(raw)
    value = 0
    for number in range(_PIECES):
        start = (raw.size - _PIECE) * number // (_PIECES - 1)
        value = zlib.crc32(raw[start : start + _PIECE], value)
    return value
