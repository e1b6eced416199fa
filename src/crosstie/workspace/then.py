"""Ask a workspace as it was known at the end of a day, by what was read and judged until then."""

from collections.abc import Iterator
from contextlib import contextmanager

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.kinds import kinds
from crosstie.resolution import key_uses, settle, tie_owned_claims, verdicts_in_force
from crosstie.store import reading
from crosstie.store.derived import Derived
from crosstie.store.engine import Transaction
from crosstie.store.then import as_known_at, changed_after
from crosstie.workspace.progress import Progress
from crosstie.workspace.updating import key_row, placement_row, uncertain_row, weighed_of


@contextmanager
def known_at(db: Transaction, day: str | None, *, progress: Progress) -> Iterator[bool]:
    """Let every reader of the transaction see what was known then; give whether that differs."""
    if day is None or not changed_after(db, day):
        yield False
        return
    with as_known_at(db, day):
        progress(f"working out what was known on {day}", 0, None)
        derive(db)
        yield True


def derive(db: Transaction) -> None:
    """Fill the derived tables that the transaction sees from the records that it sees."""
    verdicts = verdicts_in_force(reading.judgements(db))
    publishers = reading.publishers(db)
    settled = settle(
        reading.live_mentions(db), verdicts, origins=reading.origins(db), publishers=publishers
    )
    entities = settled.entities()
    owner = {found.mention_id: entity.id for entity in entities for found in entity.mentions}
    ties = tie_owned_claims(
        owner, reading.live_claims(db), publishers=publishers, rejected=verdicts.rejected
    )
    tables = Derived(db, name_key=normal_name)
    tables.clear()
    tables.add_entities(entities)
    tables.add_ties(ties)
    tables.add_uncertain(map(uncertain_row, settled.queue()))
    tables.add_keys(map(key_row, key_uses(settled.atoms)))
    tables.add_placements(placement_row(*found) for found in settled.placements())
    tables.finish(weighed_of(verdicts))


def index_then(db: Transaction) -> NameIndex:
    """Index the organisations' names that the transaction sees."""
    return NameIndex.build(
        (entity.id, [name.text for name in entity.names])
        for entity in reading.all_entities(db)
        if kinds().is_organisation(entity.kind)
    )
