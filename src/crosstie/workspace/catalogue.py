"""What a workspace holds and how fresh it is: lists with their editions, and documents."""

from dataclasses import dataclass

from crosstie.ontology.errors import NotFound
from crosstie.ontology.records import Source
from crosstie.store import catalogue, reading
from crosstie.store.catalogue import AsideReason, AsideRow, HeldLine, RowLine
from crosstie.store.engine import Transaction
from crosstie.store.reading import Edition, EditionChanges
from crosstie.workspace.contents import in_force, stale_days
from crosstie.workspace.opened import Opened

PER_PAGE = 50
_ASIDE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ListState:
    """A list: the edition in force, how many are held, and its age in days if it is too old."""

    source: Source
    edition: Edition
    editions: int
    stale_days: int | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition, how it differs from the whole one before, and why rows were set aside."""

    edition: Edition
    changes: EditionChanges | None
    reasons: tuple[AsideReason, ...]
    bad_rows: tuple[AsideRow, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A list with every edition that is held, newest first, and a page of rows of one of them."""

    source: Source
    editions: tuple[EditionView, ...]
    stale_days: int | None
    shown: Edition
    rows: tuple[RowLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of the documents that users added, the last added first."""

    documents: tuple[HeldLine, ...]
    total: int
    page: int
    pages: int


class Catalogue:
    """Say what is held."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def lists(self) -> tuple[ListState, ...]:
        """Return every list, by title."""
        with self._opened.store.reading() as db:
            editions = reading.editions(db)
            now = self._opened.now()
            found = [
                ListState(
                    edition.source,
                    edition,
                    sum(other.source.id == key for other in editions),
                    stale_days(edition, now),
                )
                for key, edition in in_force(editions).items()
            ]
            return tuple(sorted(found, key=lambda state: state.source.title))

    def source(self, source_id: str, *, edition: int | None = None, page: int = 1) -> SourceView:
        """Return a list with its editions, and a page of the rows of one. Raises NotFound."""
        with self._opened.store.reading() as db:
            own = [e for e in reading.editions(db) if e.source.id == source_id]
            if not own:
                raise NotFound(
                    f"no edition of `{source_id}` is loaded", remedy="`crosstie sources` lists them"
                )
            current = in_force(own)[source_id]
            shown = next((e for e in own if e.id == edition), current)
            pages = max(1, -(-shown.rows_in // PER_PAGE))
            number = min(page, pages)
            rows = catalogue.rows_page(db, shown.id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
            return SourceView(
                source=own[-1].source,
                editions=tuple(_view(db, e, current) for e in reversed(own)),
                stale_days=stale_days(current, self._opened.now()),
                shown=shown,
                rows=tuple(rows),
                page=number,
                pages=pages,
            )

    def documents(self, *, page: int = 1) -> DocumentPage:
        """Return a page of the documents that users added, the last first."""
        with self._opened.store.reading() as db:
            found, total = catalogue.documents_page(
                db, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
            )
            return DocumentPage(tuple(found), total, page, max(1, -(-total // PER_PAGE)))


def _view(db: Transaction, edition: Edition, current: Edition) -> EditionView:
    return EditionView(
        edition=edition,
        changes=reading.edition_changes(db, edition.id),
        reasons=tuple(catalogue.aside_reasons(db, edition.id)),
        bad_rows=tuple(catalogue.aside_rows(db, edition.id, limit=_ASIDE_SHOWN)),
        in_force=edition.id == current.id,
    )
