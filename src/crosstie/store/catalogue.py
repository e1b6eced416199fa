"""Queries of what is held: documents by the page, an edition's rows, what was set aside."""

from dataclasses import dataclass

from crosstie.ontology.ids import DocumentId
from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A document in a list of them; of a forgotten one no more than that it was."""

    id: DocumentId
    name: str
    title: str
    publisher: str | None
    date: str | None
    language: str
    added_at: str
    articles: int
    claims: int
    forgotten_at: str | None
    forgotten_because: str | None


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of an edition: its number, its small document, and how that begins."""

    number: int
    document: DocumentId
    beginning: str


@dataclass(frozen=True, slots=True)
class AsideReason:
    """Why rows were set aside: how many for one reason."""

    kind: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row that was set aside, as it stood in the file; a person's text is not kept."""

    number: int
    kind: str
    reason: str
    text: str


def documents_page(db: Transaction, *, limit: int, offset: int) -> tuple[list[HeldLine], int]:
    """Return a page of the documents that users added, the last first, and how many there are."""
    total = int(
        db.exec_driver_sql("SELECT count(*) FROM documents WHERE origin = 'document'").scalar_one()
    )
    rows = db.exec_driver_sql(
        "SELECT d.id, d.name, d.title, d.publisher, d.date, d.language, d.added_at,"
        " (SELECT count(*) FROM articles a WHERE a.document_id = d.id),"
        " (SELECT count(*) FROM claims c WHERE c.document_id = d.id AND c.superseded_at IS NULL),"
        " d.forgotten_at, d.forgotten_because FROM documents d WHERE d.origin = 'document'"
        " ORDER BY d.seq DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [HeldLine(*row) for row in rows], total


def rows_page(db: Transaction, edition: int, *, limit: int, offset: int) -> list[RowLine]:
    """Return a page of an edition's rows in the file's order."""
    rows = db.exec_driver_sql(
        "SELECT r.number, r.document_id, substr(d.text, 1, 300) FROM list_rows r"
        " JOIN documents d ON d.id = r.document_id WHERE r.edition_id = ?"
        " AND d.forgotten_at IS NULL ORDER BY r.number LIMIT ? OFFSET ?",
        (edition, limit, offset),
    )
    return [RowLine(*row) for row in rows]


def aside_reasons(db: Transaction, edition: int) -> list[AsideReason]:
    """Return for what reasons rows of an edition were set aside: mistakes first, then by number."""
    rows = db.exec_driver_sql(
        "SELECT kind, reason, count(*) FROM set_aside WHERE edition_id = ? GROUP BY 1, 2"
        " ORDER BY kind <> 'bad', 3 DESC, 2",
        (edition,),
    )
    return [AsideReason(*row) for row in rows]


def aside_rows(db: Transaction, edition: int, *, limit: int) -> list[AsideRow]:
    """Return the first rows of an edition with a mistake in them."""
    rows = db.exec_driver_sql(
        "SELECT number, kind, reason, substr(text, 1, 600) FROM set_aside WHERE edition_id = ?"
        " AND kind = 'bad' ORDER BY number LIMIT ?",
        (edition, limit),
    )
    return [AsideRow(*row) for row in rows]
