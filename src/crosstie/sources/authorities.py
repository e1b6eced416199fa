"""The authorities that designate, by the words lists use for them (`authorities.yaml`)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.records import Name, NameKind
from crosstie.sources.listed_names import is_acronym_of
from crosstie.text.countries import country_code

_FILE = "authorities.yaml"


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority's names and country."""

    names: tuple[Name, ...]
    country: str | None


def authority_named(text: str) -> tuple[tuple[Name, ...], str | None]:
    """Return an authority's names, the list's own words among them, and its country if known."""
    known = _authorities().get(text.casefold())
    if known is None:
        return (Name(text, "en"),), None
    if text.casefold() in {name.text.casefold() for name in known.names}:
        return known.names, known.country
    return (*known.names, Name(text, "en", "alias")), known.country


@cache
def _authorities() -> dict[str, Authority]:
    return read_authorities(load_data(resources.files("crosstie.sources") / _FILE))


def read_authorities(data: object) -> dict[str, Authority]:
    """Validate a parsed file of authorities. Raises DataFileError."""
    found: dict[str, Authority] = {}
    for section in sections(data, file=_FILE, what="authorities"):
        section.allow(["written", "country", "names"])
        country = country_code(section.require("country"))
        if country is None:
            raise section.fail("no such country", "write an alpha-2 code", key="country")
        found[section.require("written").casefold()] = Authority(_names(section), country)
    return found


def _names(section: Section) -> tuple[Name, ...]:
    names: list[Name] = []
    for pair in section.require("names", list):
        if not (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
        ):
            raise section.fail(f"{pair!r} is not [language, name]", "write both", key="names")
        language, text = pair
        kind: NameKind = "alias" if names else "primary"
        if names and " " not in text and is_acronym_of(text, names[0].text):
            kind = "acronym"
        names.append(Name(text, language, kind))
    if not names:
        raise DataFileError("an authority has no name", file=section.file, line=section.line)
    return tuple(names)
