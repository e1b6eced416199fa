"""How sure a text is, by its words: alleged, reported, planned, denied, ended; read from data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError
from crosstie.text.scripts import has_han

_STANDINGS = ("alleged", "reported", "planned", "denied", "ended")
_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns for words of each standing, of certainty, of orders, and words that only bind."""

    standings: Mapping[str, re.Pattern[str]]
    certain: re.Pattern[str]
    orders: re.Pattern[str]
    binding: frozenset[str]

    def standings_of(self, text: str) -> frozenset[str]:
        """Return every standing that the words of a text show; an allegation is a report too."""
        found = {name for name, words in self.standings.items() if words.search(text)}
        return frozenset(found | ({"reported"} if "alleged" in found else set()))

    def certainties_in(self, text: str) -> frozenset[str]:
        """Return the words of a text that claim certainty, in small letters."""
        return frozenset(found.group().casefold() for found in self.certain.finditer(text))


@cache
def shipped_words() -> Words:
    """Return the words that ship with Crosstie, read and validated once."""
    return read_words(files("crosstie.reporting.briefing") / "standing.yaml")


def read_words(path: Traversable) -> Words:
    """Read and validate a file of words. Raises DataFileError with file, line and remedy."""
    data = load_data(path)
    if not isinstance(data, Section):
        raise DataFileError(
            "expected `standings:`", file=path.name, line=1, remedy="see the shipped file"
        )
    data.allow(["standings", "certain", "orders", "binding"])
    standings = data.require("standings", Section)
    standings.allow(_STANDINGS)
    return Words(
        standings={name: _any_of(_words(standings.require(name, Section))) for name in _STANDINGS},
        certain=_any_of(_words(data.require("certain", Section))),
        orders=_any_of(_words(data.require("orders", Section))),
        binding=frozenset(_words(data.require("binding", Section))),
    )


def _words(section: Section) -> list[str]:
    section.allow(_LANGUAGES)
    words = []
    for language in _LANGUAGES:
        for word in section.require(language, list):
            if not isinstance(word, str) or not word.strip():
                raise section.fail(
                    f"`{word}` is no word", "put it in quotation marks", key=language
                )
            words.append(word.casefold())
    return words


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    parts = [
        re.escape(word) if has_han(word) else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in sorted(set(words), key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts), re.IGNORECASE)
