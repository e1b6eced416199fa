"""Grades that people gave to publishers, with reasons."""

from dataclasses import dataclass
from typing import NewType

GradeId = NewType("GradeId", str)


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """An Admiralty grade ("B2") that a person gave to a publisher; append-only, the latest counts.

    With `undoes` it takes an earlier one back, and gives none itself.
    """

    id: GradeId
    publisher: str
    grade: str
    because: str
    by: str
    at: str
    undoes: GradeId | None = None


@dataclass(frozen=True, slots=True)
class GradeChange:
    """A grade that was given, or taken back, and whether it is in force."""

    given: GivenGrade
    in_force: bool


@dataclass(frozen=True, slots=True)
class PublisherGrade:
    """How a publisher of this workspace is graded, and why; `given` if a person graded it.

    `kind` is what kind of source it was taken for, where its kind decides.
    """

    publisher: str
    grade: str
    because: str
    articles: int
    kind: str = ""
    given: GivenGrade | None = None
