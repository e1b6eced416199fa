"""Patterns of what lists write into one name (`name_parts.yaml`), read and validated once."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError

_FILE = "name_parts.yaml"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in a name that tells what the party is; the pattern may capture a country."""

    pattern: re.Pattern[str]
    means: Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class ParentPattern:
    """A way of writing a parent into a name; `whole` if the child's name is the whole text."""

    id: str
    pattern: re.Pattern[str]
    tie: str
    whole: bool
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """Everything in name_parts.yaml; examples are (text, name) or (text, parent, child)."""

    clauses: tuple[re.Pattern[str], ...]
    notes: tuple[Note, ...]
    parents: tuple[ParentPattern, ...]
    examples: tuple[tuple[str, str], ...]


@cache
def name_patterns() -> NamePatterns:
    """Return the shipped patterns."""
    return read_patterns(load_data(resources.files("crosstie.sources") / _FILE))


def read_patterns(data: object) -> NamePatterns:
    """Validate a parsed file of patterns. Raises DataFileError."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see the shipped file")
    data.allow(["clauses", "notes", "parents"])
    clauses, notes, parents, examples = [], [], [], []
    for section in _listed(data, "clauses"):
        section.allow(["pattern", "example"])
        clauses.append(_pattern(section, ()))
        examples.append(_example(section))
    for section in _listed(data, "notes"):
        section.allow(["pattern", "means", "example"])
        means = section.one_of("means", ["person", "organisation"])
        notes.append(Note(_pattern(section, ()), "person" if means == "person" else "organisation"))
        examples.append(_example(section))
    for section in _listed(data, "parents"):
        parents.append(_parent(section))
    return NamePatterns(tuple(clauses), tuple(notes), tuple(parents), tuple(examples))


def _listed(data: Section, key: str) -> list[Section]:
    return sections(data.require(key, list), file=data.file, what=key)


def _pattern(section: Section, groups: tuple[str, ...]) -> re.Pattern[str]:
    try:
        pattern = re.compile(_any_space(section.require("pattern")))
    except re.error as error:
        raise section.fail(f"no pattern: {error}", "correct it", key="pattern") from error
    for group in groups:
        if group not in pattern.groupindex:
            raise section.fail(
                f"the pattern has no `{group}`", f"add (?P<{group}>…)", key="pattern"
            )
    return pattern


def _any_space(pattern: str) -> str:
    """Let a space in a pattern stand for any run of blanks, but not in a character class."""
    return re.sub(r"(\\.|\[(?:\\.|[^\]])*\])| ", lambda m: m[1] or r"\s+", pattern)


def _example(section: Section) -> tuple[str, str]:
    example = section.require("example", Section)
    return example.require("text"), example.require("name")


def _parent(section: Section) -> ParentPattern:
    section.allow(["id", "pattern", "tie", "name", "examples"])
    examples = sections(section.require("examples", list), file=section.file, what="examples")
    return ParentPattern(
        id=section.require("id"),
        pattern=_pattern(section, ("parent", "child")),
        tie=section.one_of("tie", ["affiliated_with", "owns"]),
        whole=section.one_of("name", ["whole", "child"], "child") == "whole",
        examples=tuple(
            (example.require("text"), example.require("parent"), example.require("child"))
            for example in examples
        ),
    )
