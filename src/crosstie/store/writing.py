"""Add what was read and decided. Nothing here changes a record that stands already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosstie.ontology.ids import content_id
from crosstie.ontology.records import (
    Article,
    Claim,
    Document,
    Judgement,
    ListRow,
    Mention,
    SetAside,
    Source,
    SourceVersion,
    encode,
)
from crosstie.store.engine import Transaction
from crosstie.store.wordings import supersede_wordings
from crosstie.text.bigrams import index_form

_BATCH = 2_000

_ADD_DOCUMENT = (
    "INSERT INTO documents (id, origin, source_id, name, text, sha256, language, media_type, title,"
    " url, publisher, date, added_at, read_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (id) DO NOTHING"
)
_ADD_ARTICLE = (
    "INSERT INTO articles (id, document_id, number, record) VALUES (?,?,?,?)"
    " ON CONFLICT (id) DO NOTHING"
)
# A later run that finds the same mention or claim again puts it back in force.
_ADD_MENTION = (
    "INSERT INTO mentions (id, document_id, record) VALUES (?,?,?)"
    " ON CONFLICT (id) DO UPDATE SET superseded_at = NULL, record = excluded.record"
)
_ADD_CLAIM = (
    "INSERT INTO claims (id, document_id, subject, predicate, object, record, recorded_at)"
    " VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET superseded_at = NULL"
)


@dataclass(frozen=True, slots=True)
class EditionCounts:
    """How an edition's rows were counted; the four add up to the rows of the file."""

    rows_in: int
    individuals: int
    out_of_scope: int
    bad: int


def add_document(
    db: Transaction,
    document: Document,
    articles: Iterable[Article],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    *,
    at: str,
    read_by: str,
) -> None:
    """Add one document with what was read from it; each quote is checked against the text."""
    for claim in claims:
        for evidence in claim.evidence:
            document.verify(evidence)
    db.exec_driver_sql(_ADD_DOCUMENT, _document_row(document, at, read_by))
    _index(db, [document.id])
    rows = [(a.id, a.document_id, a.number, encode(a).decode()) for a in articles]
    if rows:
        db.exec_driver_sql(_ADD_ARTICLE, rows)
    _add_reading(db, mentions, claims, at)


def replace_reading(
    db: Transaction,
    document: Document,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    *,
    at: str,
    read_by: str,
) -> None:
    """Supersede what an earlier run read from the document: it stays, and feeds no tie."""
    for claim in claims:
        for evidence in claim.evidence:
            document.verify(evidence)
    for table in ("mentions", "claims"):
        db.exec_driver_sql(
            f"UPDATE {table} SET superseded_at = ? WHERE document_id = ? AND superseded_at IS NULL",
            (at, document.id),
        )
    _add_reading(db, mentions, claims, at)
    db.exec_driver_sql("UPDATE documents SET read_by = ? WHERE id = ?", (read_by, document.id))
    set_fact(db, REMOVED, at)


def add_source(db: Transaction, source: Source) -> None:
    """Add or renew a source's description."""
    db.exec_driver_sql(
        "INSERT INTO sources (id, record) VALUES (?,?)"
        " ON CONFLICT (id) DO UPDATE SET record = excluded.record",
        (source.id, encode(source).decode()),
    )


def find_edition(db: Transaction, version: SourceVersion) -> int | None:
    """Return the edition that holds exactly this file of this source, if it was loaded before."""
    return db.exec_driver_sql(
        "SELECT id FROM editions WHERE source_id = ? AND sha256 = ?",
        (version.source_id, version.sha256),
    ).scalar()


def begin_edition(db: Transaction, version: SourceVersion, *, at: str) -> int:
    """Add an edition with counts of zero and return its number."""
    return int(
        db.exec_driver_sql(
            "INSERT INTO editions (source_id, as_of, file_name, sha256, layout, scope, rows_in,"
            " individuals, out_of_scope, bad, loaded_at) VALUES (?,?,?,?,?,?,0,0,0,0,?)"
            " RETURNING id",
            (
                version.source_id, version.as_of, version.file_name, version.sha256,
                version.layout, version.scope, at,
            ),
        ).scalar_one()
    )  # fmt: skip


def add_rows(
    db: Transaction, edition: int, rows: Sequence[ListRow], *, at: str, read_by: str
) -> None:
    """Add a batch of list rows: their documents, mentions and claims, and that they stood here."""
    for row in rows:
        for claim in row.claims:
            for evidence in claim.evidence:
                row.document.verify(evidence)
    ids = [row.document.id for row in rows]
    known = _known(db, ids)
    new = set(ids) - known.keys()
    kept = [row for row in rows if not known.get(row.document.id)]
    documents = {row.document.id: row.document for row in rows if row.document.id in new}
    if documents:
        db.exec_driver_sql(
            _ADD_DOCUMENT, [_document_row(d, at, read_by) for d in documents.values()]
        )
        _index(db, list(documents))
    _add_reading(
        db,
        [mention for row in kept for mention in row.mentions],
        [claim for row in kept for claim in row.claims],
        at,
    )
    db.exec_driver_sql(
        "INSERT INTO list_rows (edition_id, key, number, document_id) VALUES (?,?,?,?)",
        [(edition, row.key, row.number, row.document.id) for row in rows],
    )


def add_set_aside(db: Transaction, edition: int, rows: Sequence[SetAside]) -> None:
    """Keep the rows that were not taken in, with their reasons; a person's row keeps no text."""
    if not rows:
        return
    db.exec_driver_sql(
        "INSERT INTO set_aside (edition_id, number, kind, reason, text) VALUES (?,?,?,?,?)",
        [
            (
                edition,
                row.number,
                row.kind,
                row.reason,
                "" if row.kind == "individual" else row.text,
            )
            for row in rows
        ],
    )


def set_scope(db: Transaction, edition: int, scope: str) -> None:
    """Write what part of its list an edition covers, where that shows only at its end."""
    db.exec_driver_sql("UPDATE editions SET scope = ? WHERE id = ?", (scope, edition))


def set_date(db: Transaction, edition: int, as_of: str) -> None:
    """Correct the date of an edition that was loaded under another one."""
    db.exec_driver_sql("UPDATE editions SET as_of = ? WHERE id = ?", (as_of, edition))


def end_edition(
    db: Transaction, edition: int, source_id: str, counts: EditionCounts, *, at: str
) -> None:
    """Write the counts, and supersede the older wordings of rows that stand in several editions."""
    db.exec_driver_sql(
        "UPDATE editions SET rows_in = ?, individuals = ?, out_of_scope = ?, bad = ? WHERE id = ?",
        (counts.rows_in, counts.individuals, counts.out_of_scope, counts.bad, edition),
    )
    supersede_wordings(db, source_id, at=at)
    set_fact(db, REMOVED, at)


def add_judgement(db: Transaction, judgement: Judgement) -> None:
    """Append what a person or a rule decided."""
    db.exec_driver_sql(
        "INSERT INTO judgements (id, record) VALUES (?,?) ON CONFLICT (id) DO NOTHING",
        (judgement.id, encode(judgement).decode()),
    )


def judgement_id(left: str, right: str, verdict: str, by: str, at: str) -> str:
    """Return the id of a judgement: the same decision at the same moment is one."""
    return content_id("jdg", left, right, verdict, by, at)


REMOVED = "removed"
"""The fact that says that something read before is gone, or reads otherwise, since `derived`."""


def set_fact(db: Transaction, key: str, value: str) -> None:
    """Write a fact about the workspace itself."""
    db.exec_driver_sql(
        "INSERT INTO facts (key, value) VALUES (?,?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _document_row(document: Document, at: str, read_by: str) -> tuple[str | None, ...]:
    return (
        document.id, document.origin, document.source_id, document.name, document.text,
        document.sha256, document.language, document.media_type, document.title, document.url,
        document.publisher, document.date, at, read_by,
    )  # fmt: skip


def _add_reading(
    db: Transaction, mentions: Sequence[Mention], claims: Sequence[Claim], at: str
) -> None:
    if mentions:
        db.exec_driver_sql(
            _ADD_MENTION, [(m.id, m.document_id, encode(m).decode()) for m in mentions]
        )
    if claims:
        db.exec_driver_sql(
            _ADD_CLAIM,
            [
                (c.id, c.document_id, c.subject, c.predicate, c.object, encode(c).decode(), at)
                for c in claims
            ],
        )


def _known(db: Transaction, ids: Sequence[str]) -> dict[str, bool]:
    """Return which of the documents are held, each with whether it was forgotten."""
    found: dict[str, bool] = {}
    for start in range(0, len(ids), _BATCH):
        part = tuple(ids[start : start + _BATCH])
        marks = ",".join("?" * len(part))
        rows = db.exec_driver_sql(
            f"SELECT id, forgotten_at IS NOT NULL FROM documents WHERE id IN ({marks})", part
        )
        found.update((row[0], bool(row[1])) for row in rows)
    return found


def _index(db: Transaction, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _BATCH):
        part = tuple(ids[start : start + _BATCH])
        marks = ",".join("?" * len(part))
        rows = db.exec_driver_sql(
            f"SELECT seq, title, text FROM documents WHERE id IN ({marks})", part
        ).fetchall()
        db.exec_driver_sql(
            "INSERT INTO passages (rowid, body) VALUES (?,?)",
            [(seq, index_form(f"{title}\n{body}")) for seq, title, body in rows],
        )
