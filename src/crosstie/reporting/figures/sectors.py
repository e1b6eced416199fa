"""Which sector a text speaks of, that a figure counts agreements, and that a list has no end."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.figures import SectorReading

_FILE = "agreements.yaml"
_LANGUAGES = ("en", "zh")
TechnologiesOf = Callable[[str], Iterable[tuple[str, tuple[str, ...]]]]
"""Gives, of a text, the id of each technology that it speaks of, with the words that say so."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector with its words by language, and the technologies that belong to it."""

    id: str
    label: str
    label_zh: str
    words: Mapping[str, re.Pattern[str]]
    technologies: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """What agreements.yaml holds."""

    sectors: tuple[Sector, ...]
    acts: Mapping[str, re.Pattern[str]]
    counted: frozenset[str]
    open_list: Mapping[str, re.Pattern[str]]


@cache
def agreement_words() -> AgreementWords:
    """Read agreements.yaml. Raises DataFileError at the line of a mistake."""
    data = load_data(resources.files("crosstie.reporting.figures") / _FILE)
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="write `sectors:`")
    data.allow(("sectors", "acts", "counted", "open_list"))
    listed = sections(data.require("sectors", list), file=_FILE, what="sectors")
    found = tuple(_sector(entry) for entry in listed)
    if len({sector.id for sector in found}) < len(found):
        raise data.fail("a sector stands twice", "keep one of the two", key="sectors")
    counted = _words_of(data, "counted")
    return AgreementWords(
        sectors=found,
        acts=_patterns(data.require("acts", Section)),
        counted=frozenset(word for words in counted.values() for word in words),
        open_list=_patterns(data.require("open_list", Section)),
    )


def sectors_of(
    quote: str, paragraph: str, technologies: TechnologiesOf
) -> tuple[SectorReading, ...]:
    """Return the sectors that a quote speaks of, else those of its paragraph; best first."""
    return _sectors(quote, technologies, "quote") or _sectors(paragraph, technologies, "paragraph")


def counts_agreements(near: str, counted: str) -> bool:
    """Return whether a figure counts agreements, by the words near it and what it counts."""
    known = agreement_words()
    things = counted.casefold()
    fits = any(things == word or things.endswith(word) for word in known.counted)
    return fits and any(pattern.search(near) for pattern in known.acts.values())


def is_open(quote: str) -> bool:
    """Return whether a sentence says that those whom it names are not all."""
    return any(pattern.search(quote) for pattern in agreement_words().open_list.values())


def _sectors(
    text: str, technologies: TechnologiesOf, where: Literal["quote", "paragraph"]
) -> tuple[SectorReading, ...]:
    spoken = list(technologies(text))
    found: list[tuple[int, int, SectorReading]] = []
    for place, sector in enumerate(agreement_words().sectors):
        words = [m.group() for p in sector.words.values() for m in p.finditer(text)]
        words += [w for key, said in spoken if key in sector.technologies for w in said]
        if words:
            distinct = tuple(dict.fromkeys(" ".join(word.split()) for word in words))
            reading = SectorReading(sector.id, sector.label, distinct, where)
            found.append((-len(words), place, reading))
    if where == "paragraph" and found:
        # A paragraph touches on much: only what it speaks of most tells what its sentences mean.
        most = min(found)[0]
        found = [item for item in found if item[0] == most]
    return tuple(reading for *_, reading in sorted(found, key=lambda item: item[:2]))


def _sector(entry: Section) -> Sector:
    entry.allow(("id", "label", "label_zh", "technologies", *_LANGUAGES))
    return Sector(
        id=entry.require("id"),
        label=entry.require("label"),
        label_zh=entry.require("label_zh"),
        words=_patterns(entry),
        technologies=frozenset(map(str, entry.require("technologies", list))),
    )


def _words_of(section: Section, key: str) -> Mapping[str, Sequence[str]]:
    inside = section.require(key, Section)
    inside.allow(_LANGUAGES)
    return {language: list(map(str, inside.require(language, list))) for language in _LANGUAGES}


def _patterns(section: Section) -> Mapping[str, re.Pattern[str]]:
    def ordered(language: str) -> str:
        words = map(str, section.require(language, list))
        return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))

    return {
        "en": re.compile(rf"\b(?:{ordered('en')})s?\b", re.IGNORECASE),
        "zh": re.compile(ordered("zh")),
    }
