"""What was added to a list, changed in it, or removed from it, between two of its editions."""

from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.ids import ClaimId, DocumentId, SourceId

RowFate = Literal["added", "changed", "removed"]
Matched = Literal["key", "identifier", "name", "spelling"]


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A row of an edition: its place in the file, from 1, and the words that it is quoted by."""

    as_of: str
    number: int
    document_id: DocumentId
    claim_id: ClaimId | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that the rows say differently. What is empty was added, or taken away.

    `field` is one of `name`, `spelling`, `country`, `identifier`, `programme`, `address`,
    `legal basis`, `listed on`, `valid until`, `licence requirement` and `licence policy`.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is new, says something else, or is gone; `matched` is how its two forms met.

    `elsewhere` names the lists of the same source that hold an organisation of this name in the
    other edition: it may have been moved and not freed.
    """

    fate: RowFate
    list_name: str
    name: str
    countries: tuple[str, ...]
    fields: tuple[FieldChange, ...] = ()
    before: RowEvidence | None = None
    after: RowEvidence | None = None
    matched: Matched | None = None
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListCount:
    """One list of a source in two editions: `before - removed + added == after`.

    That holds where both editions cover the whole list and all countries are asked for.
    """

    list_name: str
    before: int
    after: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class EditionRef:
    """Which edition: its date, file, layout, and what it covers (empty: the whole list)."""

    as_of: str
    file_name: str
    sha256: str
    layout: str
    scope: str


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What differs between two editions of a source, by list, in the order of list and name.

    `met` counts how the rows that stand in both were found to be the same, `fields` the rows in
    which each field changed. `not_compared` names what one of the editions does not tell,
    of any list or of a single one, `uncounted` says in words what a partial edition leaves open.
    """

    source_id: SourceId
    title: str
    earlier: EditionRef
    later: EditionRef
    lists: tuple[ListCount, ...]
    rows: tuple[RowChange, ...]
    met: dict[str, int]
    fields: dict[str, int]
    not_compared: tuple[str, ...]
    uncounted: tuple[str, ...] = ()

    def count(self, fate: RowFate) -> int:
        """Return how many rows were added, changed or removed."""
        return sum(1 for row in self.rows if row.fate == fate)
