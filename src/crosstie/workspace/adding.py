"""Add documents: read, extract, store, one transaction each, so that a stopped run resumes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crosstie.documents import document_bytes, find_documents, read_document
from crosstie.extraction import Extractor
from crosstie.extraction.gold_schema import to_gold
from crosstie.ontology.errors import DocumentRefused, NotFound
from crosstie.ontology.ids import bytes_digest
from crosstie.ontology.records import Article, Claim, Document, Mention
from crosstie.store import Store, derived, reading, writing
from crosstie.workspace.progress import Progress
from crosstie.workspace.reader import Reader, present_mark
from crosstie.workspace.reports import AddReport, Refusal


@dataclass(slots=True)
class _Tally:
    added: int = 0
    unchanged: int = 0
    articles: int = 0
    mentions: int = 0
    claims: int = 0
    refused: list[Refusal] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)

    def report(self) -> AddReport:
        return AddReport(
            added=self.added,
            unchanged=self.unchanged,
            articles=self.articles,
            mentions=self.mentions,
            claims=self.claims,
            refused=tuple(self.refused),
            rejected=dict(sorted(self.rejected.items())),
        )


def add_documents(
    store: Store,
    paths: Sequence[Path],
    *,
    reader: Callable[[], Reader],
    at: str,
    progress: Progress,
) -> AddReport:
    """Add every document at the paths. A refused one is named and counted; the rest go on.

    `reader` is called at the first document that is new: its models are slow to load.
    """
    for path in paths:
        if not path.exists():
            raise NotFound(
                "there is no such file or folder", where=str(path), remedy="check the path"
            )
    tally = _Tally()
    found = list(find_documents(paths))
    for done, path in enumerate(found):
        progress(f"reading {path.name}", done, len(found))
        try:
            _add_one(store, path, reader, at, tally)
        except DocumentRefused as refusal:
            tally.refused.append(Refusal(str(path), refusal.reason, str(refusal)))
    progress("reading documents", len(found), len(found))
    return tally.report()


def _add_one(
    store: Store, path: Path, reader: Callable[[], Reader], at: str, tally: _Tally
) -> None:
    raw = document_bytes(path)
    with store.reading() as db:
        known = reading.document_by_sha256(db, bytes_digest(raw))
    if known is not None and known.forgotten_at:
        raise DocumentRefused(
            "forgotten", f"it was forgotten on {known.forgotten_at}: {known.forgotten_because}",
            where=path.name, remedy="a forgotten document is not added again",
        )  # fmt: skip
    if known is not None:
        tally.unchanged += 1
        return
    document, articles = read_document(raw, name=path.name)
    extractor, mark = reader().extractor, reader().mark
    mentions, claims = read_articles(extractor, document, articles, tally.rejected)
    with store.writing() as db:
        writing.add_document(db, document, articles, mentions, claims, at=at, read_by=mark)
        writing.set_fact(db, derived.FINGERPRINT, "")
    tally.added += 1
    tally.articles += len(articles)
    tally.mentions += len(mentions)
    tally.claims += len(claims)


def read_again(
    store: Store, *, reader: Callable[[], Reader], at: str, progress: Progress
) -> AddReport:
    """Read again the stored documents that another extractor, or one with other names, read.

    What that one found is superseded, not lost. `added` counts the documents read.
    """
    with store.reading() as db:
        states = reading.document_states(db)
        mark = present_mark(db)
    old = [s.id for s in states if s.read_by != mark and not s.forgotten_at]
    tally = _Tally(unchanged=len(states) - len(old))
    for done, document_id in enumerate(old):
        progress("reading again", done, len(old))
        with store.reading() as db:
            document = reading.document(db, document_id)
            articles = reading.articles(db, document_id)
        if document is None:
            continue
        mentions, claims = read_articles(reader().extractor, document, articles, tally.rejected)
        with store.writing() as db:
            writing.replace_reading(db, document, mentions, claims, at=at, read_by=mark)
            writing.set_fact(db, derived.FINGERPRINT, "")
        tally.added += 1
        tally.articles += len(articles)
        tally.mentions += len(mentions)
        tally.claims += len(claims)
    progress("reading again", len(old), len(old))
    return tally.report()


def extract_files(
    paths: Sequence[Path], *, progress: Progress
) -> Iterator[tuple[dict[str, Any], Refusal | None]]:
    """Read files without a workspace: one object a file in the layout of the labelled corpus.

    Its `id` is the file's name without the suffix; offsets count characters of the decoded text.
    A refused file yields an empty object and the refusal.
    """
    extractor = Extractor()
    found = list(find_documents(paths))
    for done, path in enumerate(found):
        progress(f"reading {path.name}", done, len(found))
        try:
            document, articles = read_document(document_bytes(path), name=path.name)
        except DocumentRefused as refusal:
            yield {}, Refusal(str(path), refusal.reason, str(refusal))
            continue
        extractions = [extractor.extract(document, article) for article in articles]
        yield {"id": path.stem, **to_gold(document, articles, extractions)}, None
    progress("reading", len(found), len(found))


def read_articles(
    extractor: Extractor,
    document: Document,
    articles: Iterable[Article],
    rejected: Counter[str],
) -> tuple[list[Mention], list[Claim]]:
    """Extract from each article; count what the verifier rejected, by reason."""
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for article in articles:
        extraction = extractor.extract(document, article)
        mentions.extend(extraction.mentions)
        claims.extend(extraction.claims)
        rejected.update(extraction.rejected)
    return mentions, claims
