"""One document to be read, and what came of it: what travels between processes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.documents import document_bytes, read_document
from crosstie.extraction import Extraction
from crosstie.extraction.backends import BackEnd
from crosstie.ontology.errors import BudgetSpent, DocumentRefused, Unanswered
from crosstie.ontology.records import Article, Claim, Document, Mention
from crosstie.workspace.reports import Refusal


@dataclass(frozen=True, slots=True)
class Task:
    """A file's bytes, or a document that is held already. `label` is what messages call it."""

    label: str
    name: str = ""
    raw: bytes = b""
    held: tuple[Document, tuple[Article, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document with what each article says; or why it was refused, failed, or not begun."""

    label: str
    document: Document | None = None
    articles: tuple[Article, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    refused: Refusal | None = None
    failed: Refusal | None = None
    out_of_budget: bool = False

    @property
    def mentions(self) -> list[Mention]:
        """Return the mentions of all articles."""
        return [mention for found in self.extractions for mention in found.mentions]

    @property
    def claims(self) -> list[Claim]:
        """Return the claims of all articles."""
        return [claim for found in self.extractions for claim in found.claims]

    @property
    def rejected(self) -> Counter[str]:
        """Return what the verifier turned away, by reason."""
        total: Counter[str] = Counter()
        for found in self.extractions:
            total.update(found.rejected)
        return total


def perform(task: Task, back_end: BackEnd) -> Outcome:
    """Read one document. Raises BackEndError when nothing more can be read."""
    try:
        document, articles = task.held or read_document(task.raw, name=task.name)
        found = tuple(back_end.extract(document, article) for article in articles)
    except DocumentRefused as refusal:
        return Outcome(task.label, refused=Refusal(task.label, refusal.reason, str(refusal)))
    except Unanswered as error:
        return Outcome(task.label, failed=Refusal(task.label, "unanswered", str(error)))
    except BudgetSpent:
        return Outcome(task.label, out_of_budget=True)
    return Outcome(task.label, document, articles, found)


def file_tasks(files: Iterable[Path], unread: list[Refusal]) -> Iterator[Task]:
    """Yield each file with its bytes; one that went away meanwhile is noted in `unread`."""
    for path in files:
        try:
            yield Task(str(path), path.name, document_bytes(path))
        except DocumentRefused as refusal:
            unread.append(Refusal(str(path), refusal.reason, str(refusal)))
