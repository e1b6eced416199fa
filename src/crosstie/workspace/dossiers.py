"""All that the workspace holds on one entity, gathered for reading."""

from collections.abc import Sequence

from crosstie.ontology.findings import Dossier, Quote, TieView
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity, Tie
from crosstie.store import reading, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.lookup import Found

_QUOTES_PER_TIE = 5
_TIES_SHOWN = 500


def dossier_of(db: Transaction, knowledge: Knowledge, found: Found) -> Dossier:
    """Gather names, designations, ties by mechanism, exposure, measures and merge reasons."""
    entity = found.entity
    ties = [
        tie
        for tie in reading.ties_of(db, entity.id)
        # Who designated the entity is told with its designations.
        if not (tie.kind == "designated" and tie.object == entity.id)
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
        ties=_views(entity.id, ties[:_TIES_SHOWN], knowledge),
        tie_total=len(ties),
        exposures=tuple(knowledge.exposures([entity.id])[entity.id]),
        measures=tuple(quote for claim in measures for quote in quotes[claim.id]),
        merged_because=_reasons(entity),
        mentions=len(entity.mentions),
        documents=reading.documents_naming(db, entity.id),
        others=found.others,
    )


def _views(entity_id: EntityId, ties: Sequence[Tie], knowledge: Knowledge) -> tuple[TieView, ...]:
    quotes: dict[str, tuple[Quote, ...]] = knowledge.quotes(ties, limit=_QUOTES_PER_TIE)
    refs = knowledge.refs({end for tie in ties for end in (tie.subject, tie.object)})
    order = list(kinds().mechanisms)
    views = []
    for tie in ties:
        kind = kinds().tie(tie.kind)
        forward = tie.subject == entity_id
        views.append(
            TieView(
                kind=tie.kind,
                label=kind.label if forward else kind.inverse,
                mechanism=kind.mechanism,
                other=refs[tie.object if forward else tie.subject],
                status=tie.status,
                sources=tie.sources,
                quotes=quotes[tie.id],
                valid_from=tie.valid_from,
                valid_to=tie.valid_to,
                attributes=tie.attributes,
            )
        )
    return tuple(sorted(views, key=lambda v: (order.index(v.mechanism), v.label, v.other.name)))


def _reasons(entity: Entity) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(reason.text for found in entity.mentions for reason in found.reasons)
    )
