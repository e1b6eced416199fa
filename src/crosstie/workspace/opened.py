"""An open workspace as its faces share it: one store, one clock, one way to ask and to decide."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from crosstie.graph import Graph
from crosstie.matching import NameIndex
from crosstie.ontology.records import Judgement
from crosstie.sources.starter import read_anchors
from crosstie.store import Store, derived, reading, writing
from crosstie.store.engine import Transaction
from crosstie.workspace.asking import Asked, asking
from crosstie.workspace.forgetting import needs_scrub, scrub
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.network import open_network
from crosstie.workspace.progress import Progress
from crosstie.workspace.question import Question
from crosstie.workspace.resolving import open_index, update


class Opened:
    """What every face of a workspace works on; `now` gives the time in ISO 8601, UTC."""

    def __init__(self, store: Store, *, now: Callable[[], str], progress: Progress) -> None:
        self.store = store
        self.now = now
        self.progress = progress

    @contextmanager
    def asked(self, question: Question | None = None) -> Iterator[Asked]:
        """Open one moment of the workspace for a question. Raises UsageError or DataFileError."""
        self.settle()
        with asking(
            self.store, question or Question(), now=self.now(), progress=self.progress
        ) as found:
            yield found

    @contextmanager
    def asking(self) -> Iterator[tuple[Transaction, NameIndex]]:
        """Open one moment of the workspace, and the index of the names in it."""
        self.settle()
        with self.store.reading() as db:
            yield db, open_index(db, self.store.path, progress=self.progress)

    def knowledge(self, db: Transaction) -> Knowledge:
        """Return what is known in a moment, on the terms of the present day."""

        def network() -> Graph:
            return open_network(db, self.store.path, progress=self.progress)

        return Knowledge(db, read_anchors(), today=self.now(), network=network)

    def decided(self, made: Sequence[Judgement]) -> list[Judgement]:
        """Write judgements down, and bring what follows from them up to date."""
        with self.store.writing() as db:
            for judgement in made:
                writing.add_judgement(db, judgement)
            writing.set_fact(db, derived.FINGERPRINT, "")
        self.update()
        return list(made)

    def update(self) -> None:
        """Bring entities and ties up to date with what was read and judged."""
        update(self.store, progress=self.progress)

    def settle(self) -> None:
        """Finish what a stopped run left: documents that were read but not yet resolved."""
        with self.store.reading() as db:
            unsettled = not reading.fact(db, derived.FINGERPRINT)
            unscrubbed = needs_scrub(db)
        if unsettled:
            self.update()
        if unscrubbed:
            scrub(self.store)
