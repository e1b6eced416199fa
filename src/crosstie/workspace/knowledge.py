"""What is known of entities, for screening, dossiers and paths: read once, asked often."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from crosstie.graph import (
    ChainMap,
    ExposureMap,
    Graph,
    IdPath,
    Scales,
    TieReading,
    exposure_path,
    parents,
    read_tie,
)
from crosstie.ontology.findings import (
    Anchor,
    Designation,
    EntityRef,
    ExposurePath,
    Party,
    Quote,
)
from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.ontology.records import Identifier, Reason, Tie
from crosstie.screening.identifiers import official_identifier
from crosstie.store import reading, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.at_hand import Keeping, keeping_nothing
from crosstie.workspace.copies import Reprints, stories_of
from crosstie.workspace.grading import graded_over
from crosstie.workspace.question import Question

T = TypeVar("T")
_QUOTES_PER_STEP = 3
_PATHS = 5
_PATHS_PER_ANCHOR = 2


class Knowledge:
    """Answers about entities from one moment of the workspace.

    `network` gives the network of ties when it is first needed. Paths lead to the anchors and, if
    the question says so, to entities that a list names on its day. `keeping` holds what follows
    from the state of the workspace alone.
    """

    def __init__(
        self,
        db: Transaction,
        anchors: Sequence[Anchor],
        *,
        today: str,
        network: Callable[[], Graph],
        question: Question | None = None,
        keeping: Keeping | None = None,
    ) -> None:
        question = question or Question()
        self._db = db
        self._anchors = anchors
        self._network = network
        self._keeping = keeping or keeping_nothing()
        self.question = question
        terms = question.terms(today=today)
        given = graded_over(db, terms.grades, until=question.known_day())
        self.terms = replace(terms, grades=given)
        self.day = str(self.terms.day)
        self._read: dict[int, TieReading] = {}

    @cached_property
    def graph(self) -> Graph:
        """Every tie of the workspace, as a network."""
        return self._network()

    @cached_property
    def _exposed(self) -> ExposureMap:
        def made() -> ExposureMap:
            goals = set(self.anchors())
            if self.question.also_designated:
                goals |= showing.designated_now(self._db, on=self.day)
            return ExposureMap.build(self.graph, self.terms, goals, max_ties=self.question.max_ties)

        # What a list names on a day follows from its editions, which are no part of the state.
        if self.question.also_designated:
            return made()
        return self._kept(("exposed", self.question.max_ties), made).on(self.graph)

    @cached_property
    def _scales(self) -> Scales:
        made = self._kept("scales", lambda: Scales.of(self.graph, self.terms))
        return replace(made, graph=self.graph)

    @cached_property
    def _chains(self) -> ChainMap:
        made = self._kept("chains", lambda: ChainMap.build(self.graph, self.terms))
        return made.on(self.graph)

    def _kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """Keep what follows from the state, the day, the shipped rules and the grades given."""
        if self.question.rules is not None or self.question.grades is not None:
            return make()
        return self._keeping.kept((name, self.day, self.terms.grades.version), make)

    @cached_property
    def _anchor_reasons(self) -> dict[EntityId, str]:
        return self._keeping.kept("anchors", self._anchors_here)

    def _anchors_here(self) -> dict[EntityId, str]:
        found: dict[EntityId, str] = {}
        for anchor in self._anchors:
            for entity_id in reading.entity_identified(self._db, "starter", anchor.slug):
                found[entity_id] = (
                    f"{anchor.why} ({anchor.title}, {anchor.publisher}, {anchor.date})"
                )
        return found

    def anchors(self) -> Mapping[EntityId, str]:
        """Return the anchors that stand in the workspace, with why each is one."""
        return self._anchor_reasons

    def refs(self, ids: Iterable[EntityId]) -> Mapping[EntityId, EntityRef]:
        """Return references to the entities."""
        return showing.entity_refs(self._db, ids)

    def identifiers(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[Identifier, ...]]:
        """Return the identifiers of each entity."""
        found = reading.entities(self._db, ids)
        return {key: entity.identifiers for key, entity in found.items()}

    def designations(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[Designation, ...]]:
        """Return each entity's designations, and its parents' marked as inherited."""
        wanted = list(ids)
        above = {
            key: [p.entity for p in parents(self.graph, key, read=self.read)] for key in wanted
        }
        everyone = {*wanted, *(parent for found in above.values() for parent in found)}
        own = showing.designations(self._db, everyone)
        refs = self.refs(everyone)
        return {
            key: (
                *own.get(key, ()),
                *(
                    replace(designation, inherited_from=refs[parent])
                    for parent in above[key]
                    for designation in own.get(parent, ())
                    if designation.in_force(self.day)
                ),
            )
            for key in wanted
        }

    def exposures(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[ExposurePath, ...]]:
        """Return each entity's best paths to anchors, with their quotes."""
        found = {
            key: self._exposed.paths(key, limit=_PATHS, per_anchor=_PATHS_PER_ANCHOR) for key in ids
        }
        shown = iter(self._shown([path for paths in found.values() for path in paths]))
        return {key: tuple(next(shown) for _ in paths) for key, paths in found.items()}

    def chains(self, start: EntityId, goal: EntityId, *, limit: int) -> tuple[ExposurePath, ...]:
        """Return the best chains of ties between two entities, with their quotes."""
        found = self._chains.paths(start, goal, max_ties=self.question.max_ties, limit=limit)
        return tuple(self._shown(found))

    def _shown(self, paths: Sequence[IdPath]) -> list[ExposurePath]:
        """Add names and quotes to paths of ids, in their order."""
        steps = [step for path in paths for step in path.steps]
        refs = self.refs(
            {end for step in steps for end in (step.tie.subject, step.tie.object)}
            | {end for path in paths for end in (path.start, path.goal)}
        )
        numbers = {step.number for step in steps}
        said = self.quotes_of({str(n): self.read(n).claims for n in numbers})
        denied = self.quotes_of({str(n): self.read(n).denials for n in numbers})
        return [
            exposure_path(
                path, self.terms.rules,
                read=self.read, describe=refs.__getitem__,
                quoted=lambda number: (said[str(number)], denied[str(number)]),
            )
            for path in paths
        ]  # fmt: skip

    def read(self, number: int) -> TieReading:
        """Return what a tie of the network says on the terms of the question."""
        if number not in self._read:
            self._read[number] = read_tie(self._scales, number)
        return self._read[number]

    def quotes(
        self, ties: Sequence[Tie], *, limit: int = _QUOTES_PER_STEP
    ) -> dict[str, tuple[Quote, ...]]:
        """Return up to `limit` claims' quotes of each tie."""
        return self.quotes_of({tie.id: tie.claims for tie in ties}, limit=limit)

    def quotes_of(
        self, claims: Mapping[str, Sequence[ClaimId]], *, limit: int = _QUOTES_PER_STEP
    ) -> dict[str, tuple[Quote, ...]]:
        """Return the quotes of up to `limit` of the claims under each key."""
        wanted = {key: found[:limit] for key, found in claims.items()}
        quotes = showing.quotes(self._db, [c for found in wanted.values() for c in found])
        return {
            key: tuple(self._marked(quote) for claim in found for quote in quotes.get(claim, ()))
            for key, found in wanted.items()
        }

    def _marked(self, quote: Quote) -> Quote:
        same = self._reprints.same_text(quote)
        return replace(quote, same_text=same) if same else quote

    @cached_property
    def _reprints(self) -> Reprints:
        then = self.question.as_of is not None
        return self._keeping.kept(
            ("reprints", then), lambda: Reprints(stories_of(self._db, anew=then))
        )

    def identified(self, parties: Sequence[Party]) -> Sequence[tuple[EntityId, Reason] | None]:
        """Return, for each party, the one entity that bears its identifier, if any."""
        return [self._identified(party) for party in parties]

    def _identified(self, party: Party) -> tuple[EntityId, Reason] | None:
        identifier = official_identifier(party.id) if party.id else None
        if identifier is None:
            return None
        found = reading.entity_identified(self._db, identifier.scheme, identifier.value)
        if len(found) != 1:
            return None
        words = f"same {identifier.scheme.upper()} identifier {identifier.value}"
        return found[0], Reason("same_identifier", words, 1.0)
