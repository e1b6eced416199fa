"""How one entity is exposed: its paths to anchors, and the rules of ownership that reach it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from crosstie.graph.affiliates import Holding, Reached, holdings_above, reach_of_rule
from crosstie.graph.affiliates_file import (
    AffiliatesRule,
    RuleState,
    affiliates_rules,
    load_affiliates,
)
from crosstie.ontology.findings import (
    AffiliateFinding,
    EntityRef,
    Exposure,
    HoldingView,
    Quote,
)
from crosstie.ontology.ids import EntityId
from crosstie.store import showing
from crosstie.store.engine import Transaction
from crosstie.workspace.asking import Asked
from crosstie.workspace.contents import searched_in
from crosstie.workspace.knowledge import Knowledge


def exposure_of(asked: Asked, name: str, *, now: str, affiliates: Path | None = None) -> Exposure:
    """Return an entity's best paths to anchors, and how far rules of ownership reach it."""
    knowledge, found = asked.knowledge, asked.find(name)
    entity = found.entity
    return Exposure(
        entity=showing.entity_ref(entity),
        anchor=knowledge.anchors().get(entity.id, ""),
        paths=knowledge.exposures([entity.id])[entity.id],
        affiliates=affiliates_of(asked.db, knowledge, entity.id, affiliates),
        as_of=knowledge.question.known_day(),
        valid_on=knowledge.day,
        max_ties=knowledge.question.max_ties,
        rules_version=knowledge.terms.rules.version,
        grades_version=knowledge.terms.grades.version,
        searched=searched_in(asked.db, now=now),
        others=found.others,
        anchors=len(knowledge.anchors()),
    )


def affiliates_of(
    db: Transaction, knowledge: Knowledge, entity: EntityId, own: Path | None = None
) -> tuple[AffiliateFinding, ...]:
    """Return a finding for each rule by which a listed owner matters, also below its share."""
    rules = load_affiliates(own) if own is not None else affiliates_rules()
    holdings = holdings_above(knowledge.graph, entity, read=knowledge.read)
    if not holdings:
        return ()
    listings = showing.designations(db, {end for h in holdings for end in (h.owner, h.owned)})
    found = []
    for rule in rules:
        listed = {
            key
            for key, every in listings.items()
            if any(
                d.in_force(knowledge.day) and rule.carries(d.list_name, d.authority) for d in every
            )
        }
        state = rule.on(knowledge.terms.day) if knowledge.terms.day else None
        reached = reach_of_rule(entity, holdings, listed, rule)
        if entity not in listed and state and (reached.share > 0 or reached.unknown):
            found.append(_finding(knowledge, rule, state, reached, listed))
    return tuple(found)


def _finding(
    knowledge: Knowledge,
    rule: AffiliatesRule,
    state: RuleState,
    reached: Reached,
    listed: set[EntityId],
) -> AffiliateFinding:
    every = (*reached.holdings, *reached.unknown)
    refs = knowledge.refs({end for h in every for end in (h.owner, h.owned)})
    quotes = knowledge.quotes_of({str(h.number): knowledge.read(h.number).claims for h in every})
    return AffiliateFinding(
        rule=rule.id,
        title=rule.title,
        authority=rule.authority,
        state=state.state,
        because=state.because,
        source=state.source,
        url=state.url,
        share=reached.share,
        threshold=rule.share,
        covered=reached.covered,
        holdings=_views(reached.holdings, refs, listed, quotes),
        unknown=_views(reached.unknown, refs, listed, quotes),
    )


def _views(
    holdings: Sequence[Holding],
    refs: Mapping[EntityId, EntityRef],
    listed: set[EntityId],
    quotes: Mapping[str, tuple[Quote, ...]],
) -> tuple[HoldingView, ...]:
    return tuple(
        HoldingView(refs[h.owner], refs[h.owned], h.share, h.owner in listed, quotes[str(h.number)])
        for h in holdings
    )
