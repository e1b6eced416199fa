"""With whom an institution published: partners, joint works, and what is known of each partner."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.findings import Designation, EntityRef, ExposurePath, Quote, Searched

Standing = Literal["anchor", "designated", "exposed", "formerly_designated", "nothing_found"]
"""What is known of a partner, by its weightiest finding; in the order in which partners stand."""


@dataclass(frozen=True, slots=True)
class WorkTechnology:
    """A technology that a work's title or topic speaks of, with the words that say so."""

    technology: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JointWork:
    """A work that both institutions stand on.

    `work` is its DOI, else its address; `co_affiliated` says that one of its authors gives both
    institutions. Nothing is known here of who that is.
    """

    work: str
    title: str
    date: str | None
    year: int | None
    topic: str
    field: str
    technologies: tuple[WorkTechnology, ...]
    co_affiliated: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution that published with the one asked about, in the years asked about.

    Counts are of works. `part_of` says that one of the two is part of the other. `works` are the
    newest first.
    """

    entity: EntityRef
    identifiers: Mapping[str, str]
    standing: Standing
    works: tuple[JointWork, ...]
    by_year: Mapping[str, int]
    by_topic: Mapping[str, int]
    by_technology: Mapping[str, int]
    co_affiliated: int
    part_of: bool
    anchor: str
    designations: tuple[Designation, ...]
    exposures: tuple[ExposurePath, ...]


@dataclass(frozen=True, slots=True)
class Partnerships:
    """The answer: partners with findings first, then those of whom nothing is known.

    `newest` is the newest year of a joint work that is loaded, `first` the earliest that counts.
    `works` counts the different joint works of these years. `left_out` says in words what is
    loaded and does not count, `silent` how many of the partners nothing is known of.
    """

    institution: EntityRef
    first: int
    newest: int
    technology: str | None
    partners: tuple[Partner, ...]
    works: int
    silent: int
    left_out: tuple[str, ...]
    as_of: str | None
    valid_on: str
    rules_version: str
    searched: tuple[Searched, ...]
    others: tuple[str, ...] = ()
