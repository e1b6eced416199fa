"""What a Wikidata item is, by its classes and what stands on it (`wikidata_classes.yaml`)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds

_FILE = "wikidata_classes.yaml"


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes that are known: by kind, of organisations in general, and of persons."""

    kinds: Mapping[str, str]
    organisations: frozenset[str]
    persons: frozenset[str]
    signs: frozenset[str]

    def is_person(self, classes: Collection[str]) -> bool:
        """Return whether an item of these classes is a person."""
        return not self.persons.isdisjoint(classes)

    def is_organisation(self, classes: Collection[str], properties: Collection[str]) -> bool:
        """Return whether its classes, or a property on it, show an organisation."""
        return (
            any(found in self.kinds for found in classes)
            or not self.organisations.isdisjoint(classes)
            or not self.signs.isdisjoint(properties)
        )

    def kind(self, classes: Collection[str]) -> str | None:
        """Return the kind that the first telling class gives, in the file's order."""
        return next((kind for found, kind in self.kinds.items() if found in classes), None)


@cache
def known_classes() -> Classes:
    """Return the shipped classes, read and validated once."""
    return read_classes(load_data(resources.files("crosstie.sources") / _FILE))


def read_classes(data: object) -> Classes:
    """Validate a parsed file. Raises DataFileError."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see the shipped file")
    data.allow(["kinds", "organisations", "persons", "signs"])
    organisations = [kind.id for kind in kinds().entities.values() if kind.organisation]
    by_class: dict[str, str] = {}
    for section in sections(data.require("kinds", list), file=data.file, what="kinds"):
        section.allow(["kind", "classes"])
        kind = section.one_of("kind", organisations)
        for found in section.require("classes", list):
            if found in by_class:
                raise section.fail(f"`{found}` stands twice", "keep it at one kind", key="classes")
            by_class[str(found)] = kind
    return Classes(
        kinds=by_class,
        organisations=frozenset(map(str, data.require("organisations", list))),
        persons=frozenset(map(str, data.require("persons", list))),
        signs=frozenset(map(str, data.require("signs", list))),
    )
