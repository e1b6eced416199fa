"""An entity's surroundings, tie by tie, out to some ties' distance."""

from collections.abc import Collection, Container

from crosstie.graph import Neighbour
from crosstie.ontology.findings import Neighbourhood, Surrounding
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.store.showing import entity_ref
from crosstie.workspace.asking import Asked
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.tie_views import tie_views

_Seen = tuple[int, EntityId, Neighbour]


def surroundings(
    asked: Asked,
    name: str,
    *,
    depth: int = 1,
    tie_kinds: Container[str] | None = None,
    limit: int = 500,
) -> Neighbourhood:
    """Return up to `limit` ties around an entity, nearest first, and how many there are.

    `tie_kinds` keeps to some kinds of tie. Each tie is shown once, from its nearer end. Raises
    NotFound or Ambiguous.
    """
    knowledge, entity = asked.knowledge, asked.find(name).entity
    found = _walk(knowledge, entity.id, depth, tie_kinds)
    shown = found[:limit]
    refs = knowledge.refs([near for _, near, _ in shown])
    views = tie_views(knowledge, [(near, neighbour) for _, near, neighbour in shown])
    return Neighbourhood(
        entity=entity_ref(entity),
        ties=tuple(
            Surrounding(distance, refs[near], view)
            for (distance, near, _), view in zip(shown, views, strict=True)
        ),
        total=len(found),
        as_of=knowledge.question.known_day(),
        valid_on=knowledge.day,
    )


def _walk(
    knowledge: Knowledge, entity: EntityId, depth: int, tie_kinds: Container[str] | None
) -> list[_Seen]:
    found: list[_Seen] = []
    told: set[int] = set()
    known, edge = {entity}, [entity]
    for distance in range(1, depth + 1):
        further: set[EntityId] = set()
        for near in edge:
            for neighbour in knowledge.graph.neighbours(near):
                if tie_kinds is not None and neighbour.tie.kind not in tie_kinds:
                    continue
                if neighbour.number not in told:
                    told.add(neighbour.number)
                    found.append((distance, near, neighbour))
                    further.add(neighbour.other)
        edge = sorted(further - known)
        known |= further
    return found


def kinds_wanted(kind: str | None, mechanism: str | None) -> frozenset[str] | None:
    """Return the kinds of tie that a kind and a mechanism leave; None for all."""
    if kind is None and mechanism is None:
        return None
    return frozenset(
        tie.id
        for tie in kinds().ties.values()
        if kind in (None, tie.id) and mechanism in (None, tie.mechanism)
    )


def mechanism_kinds(mechanisms: Collection[str]) -> frozenset[str] | None:
    """Return the kinds of tie of some mechanisms; None for all where none is named."""
    if not mechanisms:
        return None
    return frozenset(tie.id for tie in kinds().ties.values() if tie.mechanism in mechanisms)
