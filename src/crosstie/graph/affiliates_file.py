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

    `lists` are the names of the lists that it carries on, and `authorities` words of the names of
    those who keep them; `share` is the per cent from which on it does, `reading` how shares add up
    along chains.
    """

    id: str
    title: str
    authority: str
    lists: tuple[str, ...]
    authorities: tuple[str, ...]
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

    def carries(self, list_name: str, authority: str) -> bool:
        """Return whether a listing on this list of this authority is carried on.

        Other authorities keep lists of the same name; where none is known the name decides.
        """
        named = list_name.casefold() in {name.casefold() for name in self.lists}
        keeper = authority.casefold()
        return named and (not keeper or any(w.casefold() in keeper for w in self.authorities))


@cache
def affiliates_rules() -> tuple[AffiliatesRule, ...]:
    """Return the shipped rules, read and validated once."""
    return read_affiliates(load_data(resources.files("crosstie.graph") / _FILE))


def load_affiliates(path: Path) -> tuple[AffiliatesRule, ...]:
    """Read a workspace's own file. Raises DataFileError with file, line and remedy."""
    return read_affiliates(load_data(path), file=path.name)


def read_affiliates(data: object, *, file: str = _FILE) -> tuple[AffiliatesRule, ...]:
    """Validate a parsed file. Raises DataFileError with file, line and remedy."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=file, line=1, remedy="see the shipped file")
    data.allow(["version", "rules"])
    data.require("version")
    return tuple(
        _rule(section)
        for section in sections(data.require("rules", list), file=data.file, what="rules")
    )


def _rule(section: Section) -> AffiliatesRule:
    section.allow(
        [
            "id", "title", "authority", "lists", "authorities", "share", "reading", "because",
            "states",
        ]
    )  # fmt: skip
    share = section.require("share", (int, float))
    if isinstance(share, bool) or not 0 < share <= 100:
        raise section.fail(f"`share: {share}` is no per cent", "give 1 to 100", key="share")
    return AffiliatesRule(
        id=section.require("id"),
        title=section.require("title"),
        authority=section.require("authority"),
        lists=_names(section, "lists"),
        authorities=_names(section, "authorities"),
        share=float(share),
        reading=section.one_of("reading", READINGS),
        because=section.require("because"),
        states=_states(section),
    )


def _names(section: Section, key: str) -> tuple[str, ...]:
    names: Sequence[str] = section.require(key, list)
    if not names or not all(isinstance(name, str) and name for name in names):
        raise section.fail("nothing is named", "name one at least", key=key)
    return tuple(names)


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
