"""On which terms a workspace is asked: by which rules, on which day, with which knowledge."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crosstie.graph import (
    Terms,
    exposure_rules,
    load_exposure_rules,
    load_grades,
    source_grades,
)
from crosstie.ontology.errors import UsageError
from crosstie.text.dates import last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """On which terms a workspace is asked.

    `valid_on` asks what was true on a day, today by default; `as_of` what was known at the end of
    one (ISO 8601; a partial date means its last day). `rules` and `grades` are files of the user's
    own. `also_designated` traces paths to entities that a list names on the day, not to the anchors
    alone. `max_ties` is how long a path may be.
    """

    as_of: str | None = None
    valid_on: str | None = None
    rules: Path | None = None
    grades: Path | None = None
    max_ties: int = 3
    also_designated: bool = False

    def terms(self, *, today: str) -> Terms:
        """Read the rules and grades. Raises UsageError or InputError."""
        return Terms(
            exposure_rules() if self.rules is None else load_exposure_rules(self.rules),
            source_grades() if self.grades is None else load_grades(self.grades),
            _day(today[:10] if self.valid_on is None else self.valid_on, "valid_on"),
        )

    def known_day(self) -> str | None:
        """Return the day of `as_of`, if any. Raises UsageError."""
        return None if self.as_of is None else str(_day(self.as_of, "as_of"))


CHAINS = Question(max_ties=4)
"""What `paths` asks by default: chains may be a tie longer than exposure paths."""


def _day(written: str, what: str) -> date:
    day = last_day(written)
    if day is None:
        raise UsageError(f"`{written}` is no date for {what}", remedy="write it so: 2026-11-24")
    return day
