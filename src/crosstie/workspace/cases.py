"""Cases: screenings that are kept, and what people decided on their matches."""

from collections.abc import Sequence

from crosstie.ontology.cases import Case, CaseFile, Disposed
from crosstie.ontology.dispositions import Decision, Disposition
from crosstie.ontology.findings import Party, Screening
from crosstie.workspace.opened import Opened


class Cases:
    """The cases of a workspace. Nothing is ever deleted: a later disposition takes its place."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def save(self, screening: Screening, *, title: str, by: str, file_name: str = "") -> Case:
        """Keep a screening as a case; saving the same under the same title again changes nothing.

        Raises UsageError for an empty title or no name of who saves.
        """
        raise NotImplementedError

    def all(self) -> Sequence[Case]:
        """Return every case, the newest first."""
        raise NotImplementedError

    def open(self, name: str) -> CaseFile:
        """Return a case by id, address or title. Raises NotFound or Ambiguous."""
        raise NotImplementedError

    def dispose(
        self, case: str, finding: int, entity: str, decision: Decision, *, note: str, by: str
    ) -> Disposition:
        """Decide on a match of a case: the finding's place in it (from 1) and the entity's id.

        Raises NotFound if the finding has no such match, UsageError without a note or a name.
        """
        raise NotImplementedError

    def decide(
        self, party: Party, entity: str, decision: Decision, *, note: str, by: str
    ) -> Disposition:
        """Decide, outside any case, whether a party is an entity (by name or id)."""
        raise NotImplementedError

    def undo(self, disposition: str, *, note: str, by: str) -> Disposition:
        """Take a disposition back; an earlier one on the same match stands again.

        Raises NotFound, or UsageError if it was taken back already.
        """
        raise NotImplementedError

    def dispositions(self, party: Party | None = None) -> tuple[Disposed, ...]:
        """Return every disposition, or those on a party, oldest first."""
        raise NotImplementedError

    def file(self, name: str, form: str) -> bytes:
        """Return a case file as `html` (prints to PDF), `xlsx` or `json`. Raises UsageError."""
        raise NotImplementedError
