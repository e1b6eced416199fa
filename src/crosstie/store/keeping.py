"""Back up, restore and forget."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from crosstie.ontology.errors import UsageError, WorkspaceError
from crosstie.ontology.records import Article, Claim, Document, Mention, Span, decode, encode
from crosstie.store.cases import redact_cases
from crosstie.store.engine import Store, Transaction, explained
from crosstie.store.stories import drop_signatures
from crosstie.store.watching import redact_watch
from crosstie.store.writing import REMOVED, set_fact
from crosstie.text.bigrams import index_form

_PAGES = 2_000
REDACTED = "[forgotten]"
_BLOCK = "\u2588"
T = TypeVar("T")


def backup(
    store: Store, target: Path, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> None:
    """Write a consistent copy of the workspace, also while another process writes to it."""
    if target.exists():
        raise UsageError(
            "there is a file already", where=str(target), remedy="name another, or remove it"
        )
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with explained(target), store.raw() as source:
            copy = sqlite3.connect(partial)
            try:
                source.backup(
                    copy,
                    pages=_PAGES,
                    progress=lambda _s, left, total: progress(total - left, total),
                )
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def check_backup(path: Path) -> None:
    """Raise WorkspaceError unless the file is a whole, undamaged workspace."""
    with explained(path):
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
            known = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('claims', 'alembic_version')"
            ).fetchone()[0]
        finally:
            connection.close()
    if verdict != "ok" or known != 2:
        raise WorkspaceError(
            "this file is not a whole Crosstie backup", where=str(path), remedy="choose another"
        )


def restore(source: Path, target: Path) -> Path | None:
    """Put a backup in the place of the workspace; return where the old one was moved to, if any.

    A workspace too damaged to be opened is moved aside as it is, its log beside it.
    """
    if not source.is_file():
        raise UsageError("there is no such file", where=str(source), remedy="name a backup file")
    if not target.parent.is_dir():
        raise UsageError(
            "its folder does not exist", where=str(target), remedy=f"make {target.parent} first"
        )
    check_backup(source)
    partial = target.with_name(target.name + ".restoring")
    try:
        shutil.copyfile(source, partial)
        replaced = _move_aside(target) if target.exists() else None
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return replaced


def _move_aside(path: Path) -> Path:
    with suppress(WorkspaceError):
        _settle(path)
    number = 1
    aside = path.with_name(f"{path.name}.before-restore")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.before-restore-{number}")
    for log in ("-wal", "-shm"):
        beside = path.with_name(path.name + log)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + log))
    return path.replace(aside)


def forget(
    db: Transaction, document: Document, *, at: str, because: str, span: Span | None = None
) -> int:
    """Redact a document, or one passage of it; a tombstone stays.

    Text, quotes, names and index entries go. In a passage every character becomes a block, so that
    the offsets of what remains still hold. Returns how many claims were removed with their quotes.
    Run `scrub` after the transaction ends, so that the file's free pages hold nothing either.
    """
    seq, title = db.exec_driver_sql(
        "SELECT seq, title FROM documents WHERE id = ?", (document.id,)
    ).one()
    db.exec_driver_sql(
        "INSERT INTO passages (passages, rowid, body) VALUES ('delete', ?, ?)",
        (seq, index_form(f"{title}\n{document.text}")),
    )
    set_fact(db, REMOVED, at)
    redact_cases(db, document.id, span, mark=REDACTED)
    redact_watch(db, document.id, mark=REDACTED)
    drop_signatures(db, document.id)
    if span is None:
        return _forget_whole(db, document, at, because)
    return _forget_passage(db, document, span, seq=seq, at=at, because=because)


def _forget_whole(db: Transaction, document: Document, at: str, because: str) -> int:
    claims = db.exec_driver_sql("DELETE FROM claims WHERE document_id = ?", (document.id,)).rowcount
    db.exec_driver_sql("DELETE FROM mentions WHERE document_id = ?", (document.id,))
    db.exec_driver_sql("DELETE FROM articles WHERE document_id = ?", (document.id,))
    db.exec_driver_sql(
        "UPDATE documents SET text = ?, title = ?, name = ?, url = NULL, publisher = NULL,"
        " forgotten_at = ?, forgotten_because = ? WHERE id = ?",
        (REDACTED, REDACTED, REDACTED, at, because, document.id),
    )
    return int(claims)


def _forget_passage(
    db: Transaction, document: Document, span: Span, *, seq: int, at: str, because: str
) -> int:
    hidden = document.text[span.start : span.end]
    tombstone = f"{at}: [{span.start}, {span.end}) {because}"
    text = document.text[: span.start] + _BLOCK * len(hidden) + document.text[span.end :]
    title, before = db.exec_driver_sql(
        "SELECT title, forgotten_because FROM documents WHERE id = ?", (document.id,)
    ).one()
    articles = _of_document(db, "articles", document.id, Article)
    titles = [document.text.find(article.title) for article in articles if article.title]
    met = any(
        start >= 0 and start < span.end and span.start < start + len(article.title)
        for start, article in zip(titles, [a for a in articles if a.title], strict=True)
    )
    title = _without(title, hidden, met=met)
    doomed_mentions = [
        m.id
        for m in _of_document(db, "mentions", document.id, Mention)
        if m.start < span.end and span.start < m.end
    ]
    doomed_claims = [
        c.id
        for c in _of_document(db, "claims", document.id, Claim)
        if c.subject in doomed_mentions
        or c.object in doomed_mentions
        or any(e.start < span.end and span.start < e.end for e in c.evidence)
    ]
    for table, doomed in (("claims", doomed_claims), ("mentions", doomed_mentions)):
        for key in doomed:
            db.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (key,))
    for article in articles:
        kept = replace(article, title=_without(article.title, hidden, met=met))
        db.exec_driver_sql(
            "UPDATE articles SET record = ? WHERE id = ?", (encode(kept).decode(), article.id)
        )
    db.exec_driver_sql(
        "UPDATE documents SET text = ?, title = ?, forgotten_because = ? WHERE id = ?",
        (text, title, "; ".join([*([before] if before else []), tombstone]), document.id),
    )
    db.exec_driver_sql(
        "INSERT INTO passages (rowid, body) VALUES (?,?)", (seq, index_form(f"{title}\n{text}"))
    )
    return len(doomed_claims)


def _without(title: str, hidden: str, *, met: bool) -> str:
    """Redact a title that stands in the passage, even in part, or that repeats words of it."""
    if met or (title and title in hidden):
        return REDACTED
    return title.replace(hidden, REDACTED)


def _of_document(db: Transaction, table: str, document_id: str, kind: type[T]) -> list[T]:
    rows = db.exec_driver_sql(f"SELECT record FROM {table} WHERE document_id = ?", (document_id,))
    return [decode(row[0], kind) for row in rows]


def scrub(store: Store) -> None:
    """Rewrite the file and its index, so that no page or log still holds what was forgotten."""
    with store.raw() as connection:
        connection.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _settle(path: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the workspace."""
    with explained(path):
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
