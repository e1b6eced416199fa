"""What is known of entities, for screening, dossiers and paths: read once, asked often."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from crosstie.graph import (
    ExposureMap,
    ExposureRules,
    Graph,
    IdPath,
    exposure_path,
    exposure_rules,
    parents,
)
from crosstie.ontology.findings import (
    Anchor,
    Designation,
    EntityRef,
    ExposurePath,
    Party,
    Quote,
)
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Identifier, Reason, Tie
from crosstie.screening.identifiers import official_identifier
from crosstie.store import reading, showing
from crosstie.store.engine import Transaction

_QUOTES_PER_STEP = 3
_PATHS = 3


class Knowledge:
    """Answers about entities from one moment of the workspace.

    Paths lead to the anchors and, with `also_designated`, to entities that a list names today.
    """

    def __init__(
        self,
        db: Transaction,
        anchors: Sequence[Anchor],
        *,
        rules: ExposureRules | None = None,
        max_ties: int = 3,
        also_designated: bool = False,
        today: str = "",
    ) -> None:
        self._today = today
        self._also_designated = also_designated
        self._db = db
        self._anchors = anchors
        self.rules = rules or exposure_rules()
        self._max_ties = max_ties

    @cached_property
    def graph(self) -> Graph:
        """Every tie of the workspace, as a network."""
        kinds_of = reading.entity_kinds(self._db)
        return Graph.build(reading.all_ties(self._db), kinds_of=kinds_of)

    @cached_property
    def _exposed(self) -> ExposureMap:
        goals = set(self.anchors())
        if self._also_designated:
            goals |= showing.designated_now(self._db, on=self._today)
        return ExposureMap.build(self.graph, self.rules, goals, max_ties=self._max_ties)

    @cached_property
    def _anchor_reasons(self) -> dict[EntityId, str]:
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
        above = {key: [p.entity for p in parents(self.graph, key)] for key in wanted}
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
                    if designation.in_force(self._today)
                ),
            )
            for key in wanted
        }

    def exposures(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[ExposurePath, ...]]:
        """Return each entity's best paths to anchors, with their quotes."""
        found = {key: self._exposed.paths(key, limit=_PATHS) for key in ids}
        shown = iter(self.show_paths([path for paths in found.values() for path in paths]))
        return {key: tuple(next(shown) for _ in paths) for key, paths in found.items()}

    def show_paths(self, paths: Sequence[IdPath]) -> list[ExposurePath]:
        """Add names and quotes to paths of ids, in their order."""
        ties = {step.tie.id: step.tie for path in paths for step in path.steps}
        refs = self.refs(
            {end for tie in ties.values() for end in (tie.subject, tie.object)}
            | {end for path in paths for end in (path.start, path.goal)}
        )
        quotes = self.quotes(list(ties.values()))
        return [
            exposure_path(path, describe=refs.__getitem__, quotes=lambda tie: quotes[tie.id])
            for path in paths
        ]

    def quotes(
        self, ties: Sequence[Tie], *, limit: int = _QUOTES_PER_STEP
    ) -> dict[str, tuple[Quote, ...]]:
        """Return up to `limit` claims' quotes of each tie."""
        found = showing.quotes(self._db, [claim for tie in ties for claim in tie.claims[:limit]])
        return {
            tie.id: tuple(quote for claim in tie.claims[:limit] for quote in found.get(claim, ()))
            for tie in ties
        }

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
