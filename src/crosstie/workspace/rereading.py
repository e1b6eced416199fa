"""Read stored documents again that an older extractor, or one with other names, had read."""

from collections import Counter
from collections.abc import Iterable, Iterator

from crosstie.extraction.backends import ReaderSettings, back_end_of, is_outdated
from crosstie.ontology.records import Document
from crosstie.store import Store, reading, writing
from crosstie.store.engine import Transaction
from crosstie.store.reading import DocumentState
from crosstie.workspace.progress import Progress
from crosstie.workspace.reader import present_mark
from crosstie.workspace.reading_run import RULES, Run, Tally
from crosstie.workspace.reports import AddReport
from crosstie.workspace.tasks import Outcome, Task


def read_again(
    store: Store,
    *,
    settings: ReaderSettings | None,
    jobs: int | None,
    at: str,
    progress: Progress,
) -> AddReport:
    """Read again the stored documents whose mark is not the reader's; the old is superseded.

    Without settings it is the rules, and they read again what rules read: a document that a model
    read stays as it is, and is counted in `outdated` if that model's back end reads otherwise now.
    """
    tally = Tally()
    with store.reading() as db:
        states = [s for s in reading.document_states(db) if not s.forgotten_at]
        rules = present_mark(db)
    run = Run(store, settings or RULES, jobs=jobs, progress=progress, tally=tally)
    if settings is None:
        old = [s for s in states if back_end_of(s.read_by) == "rules" and s.read_by != rules]
        others = (back_end_of(s.read_by) for s in states if is_outdated(s.read_by, rules=rules))
        tally.outdated = dict(sorted(Counter(name for name in others if name != "rules").items()))
    else:
        mark = run.mark()
        old = [s for s in states if s.read_by != mark]
    tally.unchanged = len(states) - len(old)

    def keep(db: Transaction, outcome: Outcome, document: Document) -> bool:
        writing.replace_reading(
            db, document, outcome.mentions, outcome.claims, at=at, read_by=tally.read_by
        )
        return True

    if old:
        run.through(_held(store, old), len(old), keep)
    progress("reading again", len(old), len(old))
    return tally.report()


def _held(store: Store, states: Iterable[DocumentState]) -> Iterator[Task]:
    for state in states:
        with store.reading() as db:
            document = reading.document(db, state.id)
            articles = tuple(reading.articles(db, state.id))
        if document is not None:
            yield Task(state.name, held=(document, articles))
