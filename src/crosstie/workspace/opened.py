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
from crosstie.workspace.at_hand import AtHand, Keeping
from crosstie.workspace.copies import tell_stories, untold
from crosstie.workspace.forgetting import needs_scrub, scrub
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.network import open_network
from crosstie.workspace.progress import Progress
from crosstie.workspace.question import Question
from crosstie.workspace.resolving import index_at_hand, update


class Opened:
    """What every face of a workspace works on; `now` gives the time in ISO 8601, UTC.

    With `settles` a question first finishes what a stopped run left. A server asks without: while
    documents come in, each answer is from the last state in which all were worked out.
    """

    def __init__(
        self, store: Store, *, now: Callable[[], str], progress: Progress, settles: bool = True
    ) -> None:
        self.store = store
        self.now = now
        self.progress = progress
        self._settles = settles
        self._at_hand = AtHand()

    def telling(self, progress: Progress) -> "Opened":
        """Return the same for one caller, whose work tells its progress to another."""
        made = Opened(self.store, now=self.now, progress=progress, settles=self._settles)
        made._at_hand = self._at_hand
        return made

    @contextmanager
    def asked(self, question: Question | None = None) -> Iterator[Asked]:
        """Open one moment of the workspace for a question. Raises UsageError or DataFileError."""
        self._settled()
        question = question or Question()
        with asking(
            self.store, question, self._at_hand, now=self.now(), progress=self.progress
        ) as found:
            yield found

    @contextmanager
    def asking(self) -> Iterator[tuple[Transaction, NameIndex]]:
        """Open one moment of the workspace, and the index of the names in it."""
        self._settled()
        with self.store.reading() as db:
            yield db, index_at_hand(db, self.store.path, self._at_hand, progress=self.progress)

    def knowledge(self, db: Transaction) -> Knowledge:
        """Return what is known in a moment, on the terms of the present day."""

        def network() -> Graph:
            return open_network(db, self.store.path, self._at_hand, progress=self.progress)

        return Knowledge(
            db, read_anchors(), today=self.now(), network=network, keeping=self.keeping(db)
        )

    def keeping(self, db: Transaction) -> Keeping:
        """Return what is kept at hand for the state that the transaction sees."""
        return Keeping(self._at_hand, derived.state(db))

    def decided(self, made: Sequence[Judgement], *, settle: bool = True) -> list[Judgement]:
        """Write judgements down, and bring what follows from them up to date.

        Without `settle` that is left to `settle()`, for who decides one after another.
        """
        with self.store.writing() as db:
            for judgement in made:
                writing.add_judgement(db, judgement)
            writing.set_fact(db, derived.FINGERPRINT, "")
        if settle:
            self.update()
        return list(made)

    def update(self) -> None:
        """Bring stories, entities and ties up to date with what was read and judged."""
        # Stories first: a run that is stopped between the two is finished by the next.
        tell_stories(self.store, progress=self.progress)
        update(self.store, progress=self.progress)

    def _settled(self) -> None:
        if self._settles:
            self.settle()

    def settle(self) -> None:
        """Finish what a stopped run left: documents that were read but not yet resolved."""
        with self.store.reading() as db:
            unsettled = not reading.fact(db, derived.FINGERPRINT)
            uncompared = untold(db)
            unscrubbed = needs_scrub(db)
        if unsettled:
            self.update()
        elif uncompared:
            tell_stories(self.store, progress=self.progress)
        if unscrubbed:
            scrub(self.store)
