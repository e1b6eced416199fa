"""Read grades.yaml, and a user's file over it: strictly, naming file and line."""

from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from crosstie.graph.grades import (
    FIGURES,
    LETTERS,
    Confirmation,
    Grade,
    Grades,
    Level,
    SourceKind,
    normal_publisher,
)
from crosstie.graph.rules_file import fraction
from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError

_FILE = "grades.yaml"


@cache
def source_grades() -> Grades:
    """Return the shipped grades, read and validated once."""
    return read_grades(load_data(resources.files("crosstie.graph") / _FILE))


def load_grades(path: Path) -> Grades:
    """Read a user's file over the shipped grades. Raises DataFileError with file and line.

    Its kinds take the place of the shipped kinds of the same name, its publishers come first.
    """
    data = _mapping(load_data(path), path.name)
    data.allow(["version", "kinds", "publishers"])
    shipped = source_grades()
    own = {kind.kind: kind for kind in _kinds(data)}
    known = [kind.kind for kind in shipped.kinds]
    for section in sections(data.get("kinds", []), file=data.file, what="kinds"):
        section.one_of("kind", known)
    return replace(
        shipped,
        version=f"{shipped.version} with {path.name} {data.require('version')}",
        kinds=tuple(_over(kind, own.get(kind.kind)) for kind in shipped.kinds),
        publishers={**shipped.publishers, **_publishers(data)},
    )


def read_grades(data: object) -> Grades:
    """Validate a parsed grades file. Raises DataFileError with file, line and remedy."""
    found = _mapping(data, _FILE)
    found.allow(["version", "reliability", "credibility", "confirmed", "kinds", "publishers"])
    kinds = _kinds(found)
    if not kinds or kinds[-1].words or kinds[-1].domains or kinds[-1].origin:
        raise found.fail("the last kind does not fit all", "end with a kind alone", key="kinds")
    return Grades(
        version=found.require("version"),
        reliability=_levels(found, "reliability", LETTERS),
        credibility={
            int(figure): level
            for figure, level in _levels(found, "credibility", FIGURES).items()
        },
        confirmed=_confirmed(found.require("confirmed", Section)),
        kinds=kinds,
        publishers=_publishers(found),
    )  # fmt: skip


def _mapping(data: object, file: str) -> Section:
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=file, line=1, remedy="see the shipped file")
    return data


def _over(shipped: SourceKind, own: SourceKind | None) -> SourceKind:
    """Return the user's kind; what it does not say of words and domains stays as shipped."""
    if own is None:
        return shipped
    return replace(
        own,
        words=own.words or shipped.words,
        domains=own.domains or shipped.domains,
        origin=own.origin or shipped.origin,
    )


def _levels(data: Section, key: str, wanted: tuple[int, ...] | str) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for section in sections(data.require(key, list), file=data.file, what="grades"):
        section.allow(["grade", "weight", "meaning"])
        grade = section.one_of("grade", map(str, wanted))
        found[grade] = Level(fraction(section, "weight"), section.require("meaning"))
    missing = [str(grade) for grade in wanted if str(grade) not in found]
    if missing:
        raise data.fail(f"no weight for {missing}", "add them", key=key)
    return found


def _confirmed(section: Section) -> Confirmation:
    section.allow(["at_least", "because"])
    return Confirmation(section.one_of("at_least", LETTERS), section.require("because"))


def _kinds(data: Section) -> tuple[SourceKind, ...]:
    found = []
    for section in sections(data.get("kinds", []), file=data.file, what="kinds"):
        section.allow(["kind", "grade", "origin", "words", "domains", "because"])
        found.append(
            SourceKind(
                kind=section.require("kind"),
                grade=_grade(section),
                words=tuple(str(word).casefold() for word in section.get("words", [])),
                domains=tuple(str(domain).casefold() for domain in section.get("domains", [])),
                origin=section.one_of("origin", ("list", "document", "starter"), ""),
            )
        )
    return tuple(found)


def _publishers(data: Section) -> dict[str, Grade]:
    found: dict[str, Grade] = {}
    for section in sections(data.get("publishers", []), file=data.file, what="publishers"):
        section.allow(["publisher", "grade", "because"])
        found[normal_publisher(section.require("publisher"))] = _grade(section)
    return found


def _grade(section: Section) -> Grade:
    written = section.require("grade")
    letter, figure = written[:1], written[1:]
    if letter not in LETTERS or figure not in map(str, FIGURES) or len(written) != 2:
        raise section.fail(
            f"`grade: {written}` is no grade", "give A to F and 1 to 6, such as B2", key="grade"
        )
    return Grade(letter, int(figure), section.require("because"))
