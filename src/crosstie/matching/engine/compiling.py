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


@cache
def _folder() -> Path:
    digest = hashlib.sha256()
    for source in sorted(files(__package__).iterdir(), key=lambda item: item.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return user_cache_path("crosstie") / f"engine-{digest.hexdigest()[:12]}"


def compiled(function: Callable[..., Any]) -> Any:
    """Return the function compiled to machine code at its first call, and cached on disk."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(_folder())
    try:
        return njit(cache=True, nogil=True)(function)
    finally:
        config.CACHE_DIR = before
