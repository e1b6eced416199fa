"""Ties as one of their ends shows them, with what they say on the terms of a question."""

from collections.abc import Sequence

from crosstie.graph import Neighbour
from crosstie.ontology.findings import TieView
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.workspace.knowledge import Knowledge

_QUOTES_PER_TIE = 5
NOT_YET = "not yet"
"""The status of a tie of which every claim speaks of a later time."""


def tie_views(
    knowledge: Knowledge,
    ties: Sequence[tuple[EntityId, Neighbour]],
    *,
    quotes_each: int = _QUOTES_PER_TIE,
) -> tuple[TieView, ...]:
    """Return each tie as seen from the entity beside it, in their order, with its first quotes."""
    readings = [knowledge.read(neighbour.number) for _, neighbour in ties]
    quotes = knowledge.quotes_of(
        {n.tie.id: (*r.claims, *r.denials) for (_, n), r in zip(ties, readings, strict=True)},
        limit=quotes_each,
    )
    refs = knowledge.refs({neighbour.other for _, neighbour in ties})
    views = []
    for (_, neighbour), reading in zip(ties, readings, strict=True):
        tie = neighbour.tie
        kind = kinds().tie(tie.kind)
        standing = reading.status if reading.claims else "denied" if reading.denials else NOT_YET
        views.append(
            TieView(
                kind=tie.kind,
                label=kind.label if neighbour.forward else kind.inverse,
                mechanism=kind.mechanism,
                other=refs[neighbour.other],
                status=standing,
                sources=reading.sources or (reading.against if reading.denials else 0),
                quotes=quotes[tie.id],
                valid_from=tie.valid_from,
                valid_to=tie.valid_to,
                attributes=tie.attributes,
                grade=reading.grade,
                sources_against=reading.against if reading.claims else 0,
            )
        )
    return tuple(views)
