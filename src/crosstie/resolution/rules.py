"""Read identity.yaml: identifier schemes, kinds that may be confused, and their order."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds

_FILE = "identity.yaml"


@dataclass(frozen=True, slots=True)
class Scheme:
    """What an identifier scheme proves: `merges` equal values, `single` value per entity.

    `exceptions` says that an entity may have two values all the same: worth a question. `supports`
    is what equal values that do not merge add where names are alike.
    """

    id: str
    merges: bool
    single: bool
    exceptions: bool
    supports: float
    because: str


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """Everything in identity.yaml. `compatible` holds ordered pairs of different kinds.

    `merging` are the schemes whose equal values make two records one entity, `single` those of
    which an entity has at most one value, `settling` those of them without exceptions.
    """

    version: str
    schemes: dict[str, Scheme]
    merging: frozenset[str]
    single: frozenset[str]
    settling: frozenset[str]
    compatible: frozenset[tuple[str, str]]
    kind_order: dict[str, int]
    plain_name_kinds: frozenset[str]
    one_per_country_kinds: frozenset[str]
    telling_forms: frozenset[str]
    droppable: frozenset[str]
    unit_words: frozenset[str]
    unit_endings: tuple[str, ...]

    def supports(self, scheme: str) -> float:
        """Return how much a shared value of a scheme that does not merge speaks for one entity."""
        found = self.schemes.get(scheme)
        return found.supports if found is not None else 0.0

    def kinds_agree(self, left: str, right: str) -> bool:
        """Return whether records of these two kinds may be the same entity."""
        return left == right or (left, right) in self.compatible


@cache
def identity_rules() -> IdentityRules:
    """Return the shipped rules, read and validated once."""
    return read_identity_rules(load_data(resources.files("crosstie.resolution") / _FILE))


def read_identity_rules(data: object) -> IdentityRules:
    """Validate a parsed identity file. Raises DataFileError with file, line and remedy."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see the shipped file")
    data.allow(
        [
            "version", "schemes", "kind_groups", "kind_priority", "plain_name_kinds",
            "one_per_country_kinds", "telling_forms", "droppable_words", "droppable_endings",
            "unit_words", "unit_endings",
        ]
    )  # fmt: skip
    order = _kind_list(data, "kind_priority")
    missing = set(kinds().entities) - set(order)
    if missing:
        raise data.fail(f"{sorted(missing)} are missing", "add them", key="kind_priority")
    schemes = _schemes(data)
    return IdentityRules(
        version=data.require("version"),
        schemes=schemes,
        merging=frozenset(scheme.id for scheme in schemes.values() if scheme.merges),
        single=frozenset(scheme.id for scheme in schemes.values() if scheme.single),
        settling=frozenset(s.id for s in schemes.values() if s.single and not s.exceptions),
        compatible=_compatible(data),
        kind_order={kind: place for place, kind in enumerate(order)},
        plain_name_kinds=frozenset(_kind_list(data, "plain_name_kinds")),
        one_per_country_kinds=frozenset(_kind_list(data, "one_per_country_kinds")),
        telling_forms=frozenset(data.require("telling_forms", list)),
        droppable=frozenset(
            [*data.require("droppable_words", list), *data.require("droppable_endings", list)]
        ),
        unit_words=frozenset(data.require("unit_words", list)),
        unit_endings=tuple(data.require("unit_endings", list)),
    )


def _schemes(data: Section) -> dict[str, Scheme]:
    found: dict[str, Scheme] = {}
    for section in sections(data.require("schemes", list), file=data.file, what="schemes"):
        section.allow(["id", "merges", "single", "exceptions", "supports", "because"])
        scheme = Scheme(
            section.require("id"),
            section.require("merges", bool),
            section.require("single", bool),
            "exceptions" in section and bool(section.require("exceptions", bool)),
            _share(section, "supports"),
            section.require("because"),
        )
        if scheme.id in found:
            raise section.fail(f"`{scheme.id}` stands twice", "remove one of the two", key="id")
        found[scheme.id] = scheme
    return found


def _share(section: Section, key: str) -> float:
    value = float(section.get(key, 0.0))
    if not 0 <= value < 1:
        raise section.fail(f"{value} is no share", "write a number from 0 to 1", key=key)
    return value


def _compatible(data: Section) -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for section in sections(data.require("kind_groups", list), file=data.file, what="groups"):
        section.allow(["kinds", "because"])
        section.require("because")
        members = _kind_list(section, "kinds")
        pairs.update((left, right) for left in members for right in members if left != right)
    return frozenset(pairs)


def _kind_list(section: Section, key: str) -> list[str]:
    listed: list[str] = section.require(key, list)
    for kind in listed:
        if kind not in kinds().entities:
            raise section.fail(
                f"no kind of entity `{kind}`", f"use one of {list(kinds().entities)}", key=key
            )
    return listed
