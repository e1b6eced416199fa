"""Find what a person looks at who reviews: the queue, mentions with their sources, judgements."""

from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.ontology.ids import MentionId
from crosstie.ontology.records import Mention, decode
from crosstie.store.engine import Transaction
from crosstie.store.reading import chunked

_CONTEXT = 80
_COLUMNS = "m.record, d.id, d.name, d.title, d.publisher, d.origin, d.date, d.text, d.added_at"


@dataclass(frozen=True, slots=True)
class SourcedMention:
    """A mention with where it stands; `around` is its quote with the words about it."""

    mention: Mention
    document_id: str
    document: str
    publisher: str | None
    origin: str
    date: str | None
    around: str
    added_at: str


def sourced_mentions(db: Transaction, ids: Iterable[str]) -> dict[MentionId, SourcedMention]:
    """Return mentions with their sources."""
    rows = chunked(
        db,
        f"SELECT {_COLUMNS} FROM mentions m JOIN documents d ON d.id = m.document_id"
        " WHERE m.id IN ({marks})",
        ids,
    )
    found = (_sourced(row) for row in rows)
    return {item.mention.id: item for item in found}


def _sourced(row: tuple[object, ...]) -> SourcedMention:
    mention = decode(str(row[0]), Mention)
    text = str(row[7])
    start, end = max(0, mention.start - _CONTEXT), mention.end + _CONTEXT
    around = " ".join(text[start:end].split())
    return SourcedMention(
        mention=mention,
        document_id=str(row[1]),
        document=str(row[3] or row[2]),
        publisher=None if row[4] is None else str(row[4]),
        origin=str(row[5]),
        date=None if row[6] is None else str(row[6]),
        around=f"{'… ' if start else ''}{around}{' …' if end < len(text) else ''}",
        added_at=str(row[8]),
    )


def uncertain_pairs(db: Transaction, *, limit: int | None = None) -> list[str]:
    """Return the records of the review queue, best first; those a person left open come last."""
    rows = db.exec_driver_sql(
        "SELECT record FROM uncertain ORDER BY instr(record, '\"judged_unsure\"') > 0,"
        ' score DESC, "left", "right" LIMIT ?',
        (-1 if limit is None else limit,),
    )
    return [row[0] for row in rows]


def every_mention_id(db: Transaction) -> list[MentionId]:
    """Return the id of every mention that was ever read and is not forgotten."""
    return [MentionId(row[0]) for row in db.exec_driver_sql("SELECT id FROM mentions")]


def mentions_from_source(db: Transaction, source_id: str) -> set[MentionId]:
    """Return the live mentions in the rows of a list."""
    rows = db.exec_driver_sql(
        "SELECT m.id FROM mentions m JOIN documents d ON d.id = m.document_id"
        " WHERE d.source_id = ? AND d.superseded_at IS NULL",
        (source_id,),
    )
    return {MentionId(row[0]) for row in rows}


def mentions_of_document(db: Transaction, text: str) -> set[MentionId]:
    """Return the mentions of the documents of this id, name or title."""
    rows = db.exec_driver_sql(
        "SELECT m.id FROM mentions m JOIN documents d ON d.id = m.document_id"
        " WHERE ? IN (d.id, d.name, d.title)",
        (text,),
    )
    return {MentionId(row[0]) for row in rows}
