"""A screening that was saved as a case, with the decisions of people on its matches."""

from dataclasses import dataclass
from typing import NewType

from crosstie.ontology.dispositions import Disposition
from crosstie.ontology.findings import EntityRef, Screening

CaseId = NewType("CaseId", str)


@dataclass(frozen=True, slots=True)
class Case:
    """A saved screening as a list of cases shows it.

    `id` follows from the content; `address` is for people to read, such as
    `2026-11-24-chair-of-optics-3f2a91`. The counts are those of the moment of saving.
    """

    id: CaseId
    address: str
    title: str
    by: str
    at: str
    file_name: str
    parties: int
    hits: int
    possible: int
    nothing_found: int


@dataclass(frozen=True, slots=True)
class Disposed:
    """A disposition with the entity's present name, and whether a later one took its place.

    `in_force` is False where it was undone or decided anew; `entity` is None where the entity is
    no longer known.
    """

    disposition: Disposition
    entity: EntityRef | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it stands now.

    `screening` holds the evidence as it was saved, and on each hit the disposition in force now;
    outcomes are told anew with it. `dispositions` are all that were made on the matches of this
    case, oldest first, those that are no longer in force too.
    """

    case: Case
    screening: Screening
    dispositions: tuple[Disposed, ...] = ()

    @property
    def dismissed(self) -> int:
        """Return how many matches stand dismissed."""
        found = (hit.disposition for row in self.screening.findings for hit in row.hits)
        return sum(1 for standing in found if standing is not None and standing.dismisses)

    @property
    def reopened(self) -> int:
        """Return how many matches were decided, and are open again on new evidence."""
        found = (hit.disposition for row in self.screening.findings for hit in row.hits)
        return sum(1 for standing in found if standing is not None and standing.state == "reopened")
