"""Add documents: read, extract, store, one transaction each, so that a stopped run resumes."""

from collections.abc import Sequence
from pathlib import Path

from crosstie.documents import document_bytes, find_documents
from crosstie.extraction.backends import ReaderSettings
from crosstie.ontology.errors import DocumentRefused, NotFound
from crosstie.ontology.ids import bytes_digest
from crosstie.ontology.records import Document
from crosstie.store import Store, reading, writing
from crosstie.store.engine import Transaction
from crosstie.store.reading import DocumentState
from crosstie.workspace.progress import Progress
from crosstie.workspace.reading_run import Run, Tally
from crosstie.workspace.reports import AddReport, Refusal
from crosstie.workspace.tasks import Outcome, file_tasks


def add_documents(
    store: Store,
    paths: Sequence[Path],
    *,
    settings: ReaderSettings,
    jobs: int | None,
    at: str,
    progress: Progress,
) -> AddReport:
    """Add every document at the paths. A refused one is named and counted; the rest go on.

    `jobs` documents are read at once, as many as suit if it is None. Raises NotFound for a path
    that is not there, BackEndError when the reader cannot go on: what was read is kept.
    """
    for path in paths:
        if not path.exists():
            raise NotFound(
                "there is no such file or folder", where=str(path), remedy="check the path"
            )
    tally = Tally()
    new = _new_files(store, paths, tally, progress)

    def keep(db: Transaction, outcome: Outcome, document: Document) -> bool:
        # Another process may have added the same bytes since this one looked.
        known = reading.document_by_sha256(db, document.sha256)
        if known is not None:
            tally.unchanged += 1
            return False
        writing.add_document(
            db, document, outcome.articles, outcome.mentions, outcome.claims,
            at=at, read_by=tally.read_by,
        )  # fmt: skip
        return True

    if new:
        run = Run(store, settings, jobs=jobs, progress=progress, tally=tally)
        run.through(file_tasks(new, tally.refused), len(new), keep)
    progress("reading documents", len(new), len(new))
    return tally.report()


def _new_files(store: Store, paths: Sequence[Path], tally: Tally, progress: Progress) -> list[Path]:
    """Return the files whose bytes are not held yet; count and name the others."""
    new: list[Path] = []
    for done, path in enumerate(find_documents(paths)):
        progress("looking for new documents", done, None)
        try:
            digest = bytes_digest(document_bytes(path))
            with store.reading() as db:
                known = reading.document_by_sha256(db, digest)
            if known is None:
                new.append(path)
            elif known.forgotten_at:
                raise _forgotten(path, known)
            else:
                tally.unchanged += 1
        except DocumentRefused as refusal:
            tally.refused.append(Refusal(str(path), refusal.reason, str(refusal)))
    return new


def _forgotten(path: Path, known: DocumentState) -> DocumentRefused:
    return DocumentRefused(
        "forgotten",
        f"it was forgotten on {known.forgotten_at}: {known.forgotten_because}",
        where=path.name,
        remedy="a forgotten document is not added again",
    )
