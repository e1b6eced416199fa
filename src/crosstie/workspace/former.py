"""An entity's id is made from the mention that represents it: an old id still leads to its heir."""

from collections.abc import Collection

from crosstie.ontology.ids import content_id
from crosstie.ontology.records import Entity
from crosstie.store import reaching, reading, reviewing
from crosstie.store.engine import Transaction
from crosstie.store.heirs import heirs

_PREFIX = "ent-"


def entity_formerly(db: Transaction, entity_id: str) -> Entity | None:
    """Return the entity to which the mention belongs that once gave an entity this id."""
    if not entity_id.startswith(_PREFIX):
        return None
    made = (m for m in reviewing.every_mention_id(db) if content_id("ent", m) == entity_id)
    mention = next(made, None)
    if mention is None:
        return None
    mention = heirs(db, [mention]).get(mention, mention)
    owner = reaching.owners(db, [mention]).get(mention)
    return None if owner is None else reading.entities(db, [owner]).get(owner)


def present_ids(db: Transaction, entity_ids: Collection[str]) -> dict[str, str]:
    """Return, for ids that no entity bears any more, the id of the entity that took its place."""
    gone = set(entity_ids) - set(reading.entities(db, entity_ids))
    if not gone:
        return {}
    made = {content_id("ent", m): m for m in reviewing.every_mention_id(db)}
    first = {key: made[key] for key in gone if key in made}
    after = heirs(db, first.values())
    last = {key: after.get(mention, mention) for key, mention in first.items()}
    owners = reaching.owners(db, last.values())
    return {key: owners[mention] for key, mention in last.items() if mention in owners}
