"""The period of a briefing, and what was known before it: by documents' own days, or records'."""

from dataclasses import dataclass

from crosstie.ontology.briefings import Reckoning
from crosstie.ontology.errors import UsageError
from crosstie.store.dated import Days
from crosstie.text.dates import last_day, read_date


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (None: the beginning) to `until`, both days included, ISO 8601."""

    since: str | None
    until: str
    reckoning: Reckoning

    def day(self, days: Days) -> str:
        """Return the day by which a thing is placed: its own, or that of its record."""
        own = None
        if self.reckoning == "document" and days.own is not None:
            # A thing of "2019-02" was out by the end of that month.
            own = last_day(days.own)
        return days.recorded if own is None else own.isoformat()

    def holds(self, day: str) -> bool:
        """Return whether a day lies in the period."""
        return (self.since is None or self.since <= day) and day <= self.until

    def before(self, day: str) -> bool:
        """Return whether what has this day was known before the period."""
        return self.since is not None and day < self.since

    def by_then(self, day: str) -> bool:
        """Return whether what has this day is known by the period's end."""
        return day <= self.until


def first_day(written: str | None, option: str) -> str | None:
    """Return the first day of a partial date: '2019-02' → '2019-02-01'. Raises UsageError."""
    if written is None:
        return None
    value = _read(written, option)
    return value + "-01" * (2 - value.count("-"))


def final_day(written: str, option: str) -> str:
    """Return the last day of a partial date: '2019-02' → '2019-02-28'. Raises UsageError."""
    day = last_day(_read(written, option))
    assert day is not None
    return day.isoformat()


def _read(written: str, option: str) -> str:
    found = read_date(written).value
    if found is None:
        raise UsageError(
            f"`{written}` is no date", where=option, remedy="write it so: 2026-11-24 or 2026-11"
        )
    return found
