"""A site on loopback, and fetchers whose time is made up."""

from pathlib import Path

import pytest

from crosstie.sources.fetching import Fetcher, Limits
from tests.stages.fetching import site as sites

NOW = "2026-11-24T15:00:00+00:00"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.seconds = 0.0
        self.slept: list[float] = []

    def clock(self):
        return self.seconds

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def site():
    with sites.running() as running:
        yield running


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "w.archive"


@pytest.fixture
def fetcher(archive, time):
    def make(**options):
        limits = Limits(**{"connect": 2.0, "read": 2.0, "pause": 0.5, **options.pop("limits", {})})
        values = {"now": lambda: NOW, "clock": time.clock, "sleep": time.sleep, **options}
        return Fetcher(archive, limits=limits, **values)

    made = []

    def keep(**options):
        made.append(make(**options))
        return made[-1]

    yield keep
    for one in made:
        one.close()
