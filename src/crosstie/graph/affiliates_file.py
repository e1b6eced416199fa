"""Read affiliates.yaml: rules of law about what the listed own, and when they stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError

_FILE = "affiliates.yaml"
STATES = ("in_force", "suspended", "presumed")
READINGS = ("cascade", "multiply")


@dataclass(frozen=True, slots=True)
class RuleState:
    """What is known of a rule from one day up to another (ISO 8601), and from which source."""

    first: str
    last: str | None
    state: str
    because: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class AffiliatesRule:
    """A rule that carries a listing on to what the listed own.

    `lists` are words of the names of the lists that it carries on, `share` the per cent from which
    on it does, `reading` how shares add up along chains.
    """

    id: str
    title: str
    authority: str
    lists: tuple[str, ...]
    share: float
    reading: str
    because: str
    states: tuple[RuleState, ...]

    def on(self, day: date) -> RuleState | None:
        """Return what is known of the rule on a day; None before it was made."""
        written = day.isoformat()
        fitting = (
            state
            for state in self.states
            if state.first <= written and (state.last is None or written <= state.last)
        )
        return next(fitting, None)

    def carries(self, list_name: str) -> bool:
        """Return whether a listing on this list is carried on."""
        return any(words.casefold() in list_name.casefold() for words in self.lists)


@cache
def affiliates_rules() -> tuple[AffiliatesRule, ...]:
    """Return the shipped rules, read and validated once."""
    return read_affiliates(load_data(resources.files("crosstie.graph") / _FILE))


def load_affiliates(path: Path) -> tuple[AffiliatesRule, ...]:
    """Read a workspace's own file. Raises DataFileError with file, line and remedy."""
    return read_affiliates(load_data(path))


def read_affiliates(data: object) -> tuple[AffiliatesRule, ...]:
    """Validate a parsed file. Raises DataFileError with file, line and remedy."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see the shipped file")
    data.allow(["version", "rules"])
    data.require("version")
    return tuple(
        _rule(section)
        for section in sections(data.require("rules", list), file=data.file, what="rules")
    )


def _rule(section: Section) -> AffiliatesRule:
    section.allow(["id", "title", "authority", "lists", "share", "reading", "because", "states"])
    share = section.require("share", (int, float))
    if isinstance(share, bool) or not 0 < share <= 100:
        raise section.fail(f"`share: {share}` is no per cent", "give 1 to 100", key="share")
    lists: Sequence[str] = section.require("lists", list)
    if not lists or not all(isinstance(words, str) and words for words in lists):
        raise section.fail("no list is named", "name one at least", key="lists")
    return AffiliatesRule(
        id=section.require("id"),
        title=section.require("title"),
        authority=section.require("authority"),
        lists=tuple(lists),
        share=float(share),
        reading=section.one_of("reading", READINGS),
        because=section.require("because"),
        states=_states(section),
    )


def _states(rule: Section) -> tuple[RuleState, ...]:
    found: list[RuleState] = []
    for section in sections(rule.require("states", list), file=rule.file, what="states"):
        section.allow(["from", "to", "state", "because", "source", "url"])
        state = RuleState(
            first=_day(section, "from"),
            last=_day(section, "to") if "to" in section else None,
            state=section.one_of("state", STATES),
            because=section.require("because"),
            source=section.require("source"),
            url=section.require("url"),
        )
        if found and (found[-1].last is None or state.first <= found[-1].last):
            raise section.fail("it begins before the one above ends", "close that one", key="from")
        found.append(state)
    return tuple(found)


def _day(section: Section, key: str) -> str:
    written = section.require(key)
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise section.fail(f"`{key}: {written}` is no date", "write YYYY-MM-DD", key=key) from error
