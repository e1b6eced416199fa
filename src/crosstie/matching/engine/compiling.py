"""Compile the loops, and keep what was compiled under a digest of their source.

Numba's own cache looks at the file of one function only: a change to a function that it calls,
in another file, would go unnoticed and stale code would run.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from numba import config, njit
from platformdirs import user_cache_path

# The highest level takes a seventh longer to compile loops that then run no faster (measured).
config.OPT = type(config.OPT)(1)


@cache
def _folder() -> Path:
    digest = hashlib.sha256()
    for source in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return user_cache_path("crosstie") / f"engine-{digest.hexdigest()[:12]}"


def part(function: Callable[..., Any]) -> Any:
    """Return a function that is compiled into the loops that call it.

    Nothing else calls it, and the doors that numba makes for Python and C cost a third of the time.
    """
    return njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function
    )


def compiled(function: Callable[..., Any]) -> Any:
    """Return a loop compiled to machine code at its first call, with its parts, and kept on disk.

    It gets plain arrays, each always of one type: numba compiles anew for every other type, and a
    tuple of arrays costs it as much as all of its arrays wherever one is used.
    """
    before = config.CACHE_DIR
    config.CACHE_DIR = str(_folder())
    try:
        return njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)
    finally:
        config.CACHE_DIR = before
