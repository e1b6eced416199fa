"""One question to a workspace: what it sees, whom a name means in it, and what is known there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crosstie.graph import Graph
from crosstie.matching import NameIndex
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.records import Entity
from crosstie.sources.starter import read_anchors
from crosstie.store import Store, derived
from crosstie.store.engine import Transaction
from crosstie.workspace.at_hand import AtHand, Keeping
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.lookup import Found, find_entity, shortened
from crosstie.workspace.network import build_network, open_network
from crosstie.workspace.progress import Progress
from crosstie.workspace.question import Question
from crosstie.workspace.resolving import index_at_hand
from crosstie.workspace.then import index_then, known_at


class Asked:
    """One moment of a workspace under a question: `db` sees what was known on its day."""

    def __init__(
        self, db: Transaction, workspace: Path, knowledge: Knowledge, index: NameIndex
    ) -> None:
        self.db = db
        self.workspace = workspace
        self.knowledge = knowledge
        self.index = index

    def find(self, name: str) -> Found:
        """Find one entity by id or name. Raises NotFound with suggestions, or Ambiguous."""
        try:
            return find_entity(self.db, self.index, name)
        except NotFound as error:
            day = self.knowledge.question.known_day()
            if day is None:
                raise
            raise NotFound(
                f"nothing called `{shortened(name)}` was known on {day}",
                remedy="ask for a later day, or without --as-of",
                suggestions=error.suggestions,
            ) from error

    def find_two(self, one: str, two: str) -> tuple[Entity, Entity]:
        """Find two entities. Raises NotFound, Ambiguous, or UsageError if they are the same."""
        first, last = self.find(one).entity, self.find(two).entity
        if first.id == last.id:
            raise UsageError(f"`{one}` and `{two}` are the same entity", remedy="name two entities")
        return first, last


@contextmanager
def asking(
    store: Store, question: Question, at_hand: AtHand, *, now: str, progress: Progress
) -> Iterator[Asked]:
    """Open one moment of a workspace for a question. Raises UsageError or DataFileError."""
    day = question.known_day()
    with store.reading() as db, known_at(db, day, progress=progress) as differs:

        def network() -> Graph:
            # What was known on another day is asked seldom: it is not kept.
            if differs:
                return build_network(db, then=True)
            return open_network(db, store.path, at_hand, progress=progress)

        knowledge = Knowledge(
            db, read_anchors(), today=now, network=network, question=question,
            keeping=Keeping(at_hand, "" if differs else derived.state(db)),
        )  # fmt: skip
        if differs:
            index = index_then(db)
        else:
            index = index_at_hand(db, store.path, at_hand, progress=progress)
        yield Asked(db, store.path, knowledge, index)
