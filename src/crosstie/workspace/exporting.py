"""What of a workspace is exported: all of it, or what stands within a few ties of one entity."""

from collections.abc import Iterable
from functools import lru_cache

from crosstie.graph import Graph
from crosstie.ontology.ids import DocumentId, EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Document, Entity
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
    entities = [
        entity
        for entity in reading.all_entities(db)
        if entity.kind != "person" and (wanted is None or entity.id in wanted)
    ]
    held = {entity.id for entity in entities}
    ties = sorted(
        (tie for tie in graph.ties if tie.subject in held and tie.object in held),
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


def _presences(knowledge: Knowledge, entities: Iterable[Entity]) -> list[Presence]:
    known = kinds()
    organisations = [entity.id for entity in entities if known.is_organisation(entity.kind)]
    return presences_in(knowledge, organisations)
