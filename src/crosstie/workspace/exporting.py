"""What of a workspace is exported: all of it, or what stands within a few ties of one entity."""

from collections.abc import Iterable
from functools import lru_cache

from crosstie.graph import Graph
from crosstie.ontology.ids import DocumentId, EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Document, Entity, Tie
from crosstie.ontology.rollups import Presence
from crosstie.reporting.exports import Contents
from crosstie.store import reading, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.trackers import presences_in


def contents_of(
    db: Transaction, knowledge: Knowledge, around: EntityId | None, *, depth: int
) -> Contents:
    """Gather what is exported; `around` and `depth` ties of it, or everything.

    Persons are left out, and the ties to them: an export goes where no one can forget them.
    """
    graph = knowledge.graph
    wanted = set(_within(graph, around, depth)) if around else None
    every = reading.all_entities(db) if wanted is None else reading.entities(db, wanted).values()
    entities = [entity for entity in every if entity.kind != "person"]
    held = {entity.id for entity in entities}
    near = graph.ties if wanted is None else _among(graph, held)
    ties = sorted(
        (tie for tie in near if tie.subject in held and tie.object in held),
        key=lambda tie: tie.id,
    )
    return Contents(
        entities=sorted(entities, key=lambda entity: entity.id),
        ties=ties,
        quantities=[
            claim for claim in reading.live_claims(db) if claim.predicate == "measure"
        ] if wanted is None else [],
        presences=_presences(knowledge, entities),
        quotes=lambda claims: showing.quotes(db, claims),
        claims=lambda claims: reading.claims(db, claims),
        document=lru_cache(maxsize=256)(lambda key: _document(db, key)),
    )  # fmt: skip


def _document(db: Transaction, key: DocumentId) -> Document | None:
    return reading.document(db, key)


def _within(graph: Graph, start: EntityId, depth: int) -> Iterable[EntityId]:
    found, edge = {start}, [start]
    for _ in range(depth):
        edge = [n.other for key in edge for n in graph.neighbours(key) if n.other not in found]
        found.update(edge)
    return found


def _among(graph: Graph, held: Iterable[EntityId]) -> Iterable[Tie]:
    found = (neighbour for key in held for neighbour in graph.neighbours(key))
    return {neighbour.number: neighbour.tie for neighbour in found}.values()


def _presences(knowledge: Knowledge, entities: Iterable[Entity]) -> list[Presence]:
    known = kinds()
    organisations = [entity.id for entity in entities if known.is_organisation(entity.kind)]
    return presences_in(knowledge, organisations)
