"""Technologies, with their critical-technology area and control-list entries, from one file.

The file is `lexicons/technology_areas.yaml`; it says what each key means and cites both lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crosstie.extraction.lexicon import load_lexicon, word_set
from crosstie.ontology.datafiles import Section, sections

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Cited:
    """The list that areas or control entries are taken from."""

    title: str
    publisher: str
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class ControlEntry:
    """An entry of the Commerce Control List: its number, and its subject in short words."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class Technology:
    """A technology with its labels and words by language, its area and its control entries."""

    id: str
    labels: Mapping[str, str]
    area: str | None
    eccn: tuple[ControlEntry, ...]
    terms: Mapping[str, frozenset[str]]
    signs: Mapping[str, frozenset[str]]

    @property
    def label(self) -> str:
        """Return the English label."""
        return self.labels["en"]


@dataclass(frozen=True, slots=True)
class Technologies:
    """Every technology by id, in the file's order, and what the two lists are."""

    by_id: Mapping[str, Technology]
    areas: Mapping[str, str]
    cited: Mapping[str, Cited]

    def area_label(self, technology: Technology) -> str | None:
        """Return the area in the words of the list of areas, or None where it has none."""
        return self.areas[technology.area] if technology.area else None


@cache
def technologies() -> Technologies:
    """Return the shipped technologies, read and validated once."""
    return read_technologies(load_lexicon("technology_areas"))


def read_technologies(data: Section) -> Technologies:
    """Validate a parsed file. Raises DataFileError with file, line and remedy."""
    data.allow(["cited", "areas", "eccn", "technologies"])
    areas: Section = data.require("areas", Section)
    entries: Section = data.require("eccn", Section)
    found: dict[str, Technology] = {}
    seen: dict[tuple[str, str], str] = {}
    for section in sections(data.require("technologies", list), file=data.file, what="technology"):
        technology = _technology(section, areas, entries)
        if technology.id in found:
            raise section.fail(f"`{technology.id}` is defined twice", "remove one", key="id")
        _claim_words(technology, seen, section)
        found[technology.id] = technology
    return Technologies(found, dict(areas), _cited(data.require("cited", Section)))


def _technology(section: Section, areas: Section, entries: Section) -> Technology:
    section.allow(["id", "label", "area", "eccn", "terms", "signs"])
    labels: Section = section.require("label", Section)
    labels.allow(LANGUAGES)
    codes = section.require("eccn", list) if "eccn" in section else []
    for code in codes:
        if code not in entries:
            raise section.fail(f"`{code}` is not in the table `eccn`", "add it there", key="eccn")
    return Technology(
        id=section.require("id"),
        labels={language: labels.require(language) for language in LANGUAGES},
        area=section.one_of("area", areas) if "area" in section else None,
        eccn=tuple(ControlEntry(code, str(entries[code])) for code in codes),
        terms=_words(section, "terms"),
        signs=_words(section, "signs") if "signs" in section else {},
    )


def _words(section: Section, key: str) -> dict[str, frozenset[str]]:
    part: Section = section.require(key, Section)
    part.allow(LANGUAGES)
    return {language: word_set(part, language) for language in part}


def _claim_words(
    technology: Technology, seen: dict[tuple[str, str], str], section: Section
) -> None:
    """Let each word speak for one technology: two would make the answer depend on their order."""
    for words in (technology.terms, technology.signs):
        for language in words:
            for word in sorted(words[language]):
                other = seen.setdefault((language, word), technology.id)
                if other != technology.id:
                    raise section.fail(f"`{word}` also stands at `{other}`", "keep it at one")


def _cited(data: Section) -> dict[str, Cited]:
    data.allow(["areas", "eccn"])
    found = {}
    for key in ("areas", "eccn"):
        part: Section = data.require(key, Section)
        part.allow(["title", "publisher", "date", "url"])
        found[key] = Cited(*(str(part.require(field)) for field in Cited.__slots__))
    return found
