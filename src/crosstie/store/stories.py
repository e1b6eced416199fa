"""Keep what articles' texts are like, and which of them tell the same story; derived."""

from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class SignedArticle:
    """An article with its text's signature, and the story that it tells with others, if any."""

    article_id: str
    document_id: str
    signature: bytes
    story: str | None = None


def add_signatures(db: Transaction, signed: Iterable[SignedArticle]) -> None:
    """Keep signatures; those of articles that have one are put in its place."""
    for one in signed:
        db.exec_driver_sql(
            "INSERT OR REPLACE INTO text_signatures (article_id, document_id, signature, story)"
            " VALUES (?,?,?,?)",
            (one.article_id, one.document_id, one.signature, one.story),
        )


def signatures(db: Transaction) -> list[SignedArticle]:
    """Return every article of a live document that has a signature, in the order of addition."""
    rows = db.exec_driver_sql(
        "SELECT t.article_id, t.document_id, t.signature, t.story FROM text_signatures t"
        " JOIN documents d ON d.id = t.document_id WHERE d.forgotten_at IS NULL"
        " ORDER BY d.seq, t.article_id"
    )
    return [SignedArticle(*row) for row in rows]


def set_stories(db: Transaction, stories: Iterable[tuple[str, str | None]]) -> None:
    """Say which story each article tells."""
    for article_id, story in stories:
        db.exec_driver_sql(
            "UPDATE text_signatures SET story = ? WHERE article_id = ?", (story, article_id)
        )


def drop_signatures(db: Transaction, document_id: str) -> None:
    """Forget what a document's articles are like."""
    db.exec_driver_sql("DELETE FROM text_signatures WHERE document_id = ?", (document_id,))
