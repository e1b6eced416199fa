"""All that the workspace holds on one entity, gathered for reading."""

from crosstie.ontology.findings import Dossier, TieView
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity
from crosstie.store import reading, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.lookup import Found
from crosstie.workspace.tie_views import tie_views

_TIES_SHOWN = 500


def dossier_of(db: Transaction, knowledge: Knowledge, found: Found) -> Dossier:
    """Gather names, designations, ties by mechanism, exposure, measures and merge reasons."""
    entity = found.entity
    ties = [
        (entity.id, neighbour)
        for neighbour in knowledge.graph.neighbours(entity.id)
        # Who designated the entity is told with its designations.
        if neighbour.tie.kind != "designated" or neighbour.forward
    ]
    measures = reading.claims_about(db, entity.id, "measure")
    quotes = showing.quotes(db, [claim.id for claim in measures])
    return Dossier(
        entity=showing.entity_ref(entity),
        names=entity.names,
        identifiers=entity.identifiers,
        description=entity.description,
        anchor=knowledge.anchors().get(entity.id, ""),
        designations=tuple(knowledge.designations([entity.id])[entity.id]),
        ties=tuple(sorted(tie_views(knowledge, ties[:_TIES_SHOWN]), key=_order)),
        tie_total=len(ties),
        exposures=tuple(knowledge.exposures([entity.id])[entity.id]),
        measures=tuple(quote for claim in measures for quote in quotes[claim.id]),
        merged_because=_reasons(entity),
        mentions=len(entity.mentions),
        documents=reading.documents_naming(db, entity.id),
        others=found.others,
    )


def _order(view: TieView) -> tuple[int, str, str]:
    return list(kinds().mechanisms).index(view.mechanism), view.label, view.other.name


def _reasons(entity: Entity) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(reason.text for found in entity.mentions for reason in found.reasons)
    )
