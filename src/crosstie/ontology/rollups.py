"""The framework rolled up, and the trackers: what readers compare across many entities."""

from collections.abc import Mapping
from dataclasses import dataclass

from crosstie.ontology.findings import EntityRef


@dataclass(frozen=True, slots=True)
class Band:
    """All ties of one mechanism from one tier to another.

    `sources` counts different publishers; `statuses` ties by their status.
    """

    subject_tier: str
    mechanism: str
    object_tier: str
    ties: int
    entities: int
    sources: int
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TechnologyBand:
    """All ties that speak of one technology, with their number by mechanism."""

    technology: str
    ties: int
    entities: int
    sources: int
    mechanisms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Framework:
    """The whole roll-up. `tiers` counts entities by tier and kind; bands are the largest first."""

    tiers: Mapping[str, Mapping[str, int]]
    bands: tuple[Band, ...]
    technologies: tuple[TechnologyBand, ...]
    ties: int
    sources: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Where a company is present, and how: one line for each place and kind of presence.

    `country` is an ISO 3166-1 alpha-2 code, or None where no source says in which country the place
    lies. `status` is the strongest of its ties; `ties` are their ids.
    """

    company: EntityRef
    place: EntityRef
    country: str | None
    kind: str
    status: str
    sources: int
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTracker:
    """A group with its named members and where they are present.

    `stated` is the number of members that the group's name gives ("27 companies"), `completeness`
    the share of them that is named, or None without such a number.
    """

    group: EntityRef | None
    members: tuple[EntityRef, ...]
    stated: int | None
    presences: tuple[Presence, ...]

    @property
    def completeness(self) -> float | None:
        """Return named members per stated member, at most 1."""
        return min(1.0, len(self.members) / self.stated) if self.stated else None


@dataclass(frozen=True, slots=True)
class UniversityRow:
    """A university as the tracker shows it; `designations` counts those in force."""

    university: EntityRef
    supervisors: tuple[EntityRef, ...]
    programmes: tuple[EntityRef, ...]
    alliances: tuple[EntityRef, ...]
    laboratories: tuple[EntityRef, ...]
    transfer_centres: tuple[EntityRef, ...]
    designations: int
