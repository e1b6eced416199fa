"""Kinds of entity and tie, tiers and mechanisms, as kinds.yaml defines them."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError, NotFound

V = TypeVar("V")
_FILE = "kinds.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """A tier or a mechanism: an id, a label and a one-line definition."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity; `organisation` says whether it can be screened and hold ties as one."""

    id: str
    label: str
    definition: str
    organisation: bool
    tier: str | None
    ftm: str | None


@dataclass(frozen=True, slots=True)
class TieKind:
    """A kind of tie, read subject → object; `subjects` and `objects` are entity kind ids."""

    id: str
    label: str
    inverse: str
    symmetric: bool
    subjects: frozenset[str]
    objects: frozenset[str]
    mechanism: str
    ftm: str | None
    definition: str
    example: str

    def fits(self, subject_kind: str, object_kind: str) -> bool:
        """Return whether a tie of this kind may run from one kind of entity to the other."""
        return subject_kind in self.subjects and object_kind in self.objects


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything in kinds.yaml, keyed by id in the file's order."""

    tiers: dict[str, Term]
    mechanisms: dict[str, Term]
    entities: dict[str, EntityKind]
    ties: dict[str, TieKind]
    presence_kinds: tuple[str, ...]
    transfer_directions: tuple[str, ...]

    def tie(self, kind_id: str) -> TieKind:
        """Return the kind of tie; raises NotFound with the known ones."""
        if kind_id not in self.ties:
            raise NotFound(
                f"no kind of tie `{kind_id}`",
                remedy="`crosstie kinds` lists them",
                suggestions=list(self.ties),
            )
        return self.ties[kind_id]

    def is_organisation(self, kind_id: str) -> bool:
        """Return whether entities of this kind are organisations."""
        return kind_id in self.entities and self.entities[kind_id].organisation


@cache
def kinds() -> Kinds:
    """Return the shipped kinds, read and validated once."""
    return read_kinds(load_data(resources.files("crosstie.ontology") / _FILE))


def read_kinds(data: object) -> Kinds:
    """Validate a parsed kinds file. Raises DataFileError with file, line and remedy."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see DESIGN")
    data.allow(
        [
            "tiers", "mechanisms", "presence_kinds", "transfer_directions", "entity_kinds",
            "tie_kinds",
        ]
    )  # fmt: skip
    tiers = _terms(data, "tiers")
    mechanisms = _terms(data, "mechanisms")
    entities: dict[str, EntityKind] = {}
    for section in sections(data.require("entity_kinds", list), file=data.file, what="kinds"):
        entity_kind = _entity_kind(section, tiers)
        _add(entities, entity_kind.id, entity_kind, section)
    ties: dict[str, TieKind] = {}
    for section in sections(data.require("tie_kinds", list), file=data.file, what="kinds"):
        tie_kind = _tie_kind(section, entities, mechanisms)
        _add(ties, tie_kind.id, tie_kind, section)
    return Kinds(
        tiers=tiers,
        mechanisms=mechanisms,
        entities=entities,
        ties=ties,
        presence_kinds=tuple(data.require("presence_kinds", list)),
        transfer_directions=tuple(data.require("transfer_directions", list)),
    )


def _add(known: dict[str, V], key: str, value: V, section: Section) -> None:
    if key in known:
        raise section.fail(f"`{key}` is defined twice", "remove one of the two", key="id")
    known[key] = value


def _terms(data: Section, key: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for section in sections(data.require(key, list), file=data.file, what=key):
        section.allow(["id", "label", "definition"])
        term = Term(section.require("id"), section.require("label"), section.require("definition"))
        _add(found, term.id, term, section)
    return found


def _entity_kind(section: Section, tiers: dict[str, Term]) -> EntityKind:
    section.allow(["id", "label", "definition", "organisation", "tier", "ftm"])
    return EntityKind(
        id=section.require("id"),
        label=section.require("label"),
        definition=section.require("definition"),
        organisation=section.require("organisation", bool),
        tier=section.one_of("tier", tiers) if "tier" in section else None,
        ftm=section.require("ftm", (str, type(None))),
    )


def _tie_kind(
    section: Section, entities: dict[str, EntityKind], mechanisms: dict[str, Term]
) -> TieKind:
    section.allow(
        [
            "id", "label", "inverse", "symmetric", "subject", "object", "mechanism", "ftm",
            "definition", "example",
        ]
    )  # fmt: skip
    symmetric = bool(section.get("symmetric", False))
    return TieKind(
        id=section.require("id"),
        label=section.require("label"),
        inverse=section["label"] if symmetric else section.require("inverse"),
        symmetric=symmetric,
        subjects=_ends(section, "subject", entities),
        objects=_ends(section, "object", entities),
        mechanism=section.one_of("mechanism", mechanisms),
        ftm=section.require("ftm", (str, type(None))),
        definition=section.require("definition"),
        example=section.require("example"),
    )


def _ends(section: Section, key: str, entities: dict[str, EntityKind]) -> frozenset[str]:
    found: set[str] = set()
    for end in section.require(key, list):
        if end == "any":
            found.update(entities)
        elif end == "organisation":
            found.update(k.id for k in entities.values() if k.organisation)
        elif end in entities:
            found.add(end)
        else:
            raise section.fail(
                f"no kind of entity `{end}`", f"use one of {list(entities)}", key=key
            )
    return frozenset(found)
