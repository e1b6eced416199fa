"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists and documents beside the project; skips where it is absent."""
    if not _SHARED.is_dir():
        reason = "the folder `shared` does not stand beside the project"
        if os.environ.get("CROSSTIE_REQUIRE_SHARED") == "1":
            pytest.fail(f"{reason}, and CROSSTIE_REQUIRE_SHARED=1 demands it")
        pytest.skip(reason)
    return _SHARED
