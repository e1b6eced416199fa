"""Rebuild what follows from claims and judgements, and the index of names beside the workspace."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.errors import InputError
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity
from crosstie.resolution import key_uses, settle, tie_owned_claims, verdicts_in_force
from crosstie.store import Store, derived, reading
from crosstie.store.derived import Derived
from crosstie.store.engine import PATIENT, Transaction
from crosstie.workspace.at_hand import AtHand
from crosstie.workspace.judging import standing_judgements
from crosstie.workspace.progress import Progress
from crosstie.workspace.updating import Update, key_row, placement_row, uncertain_row, weighed_of

_STEPS = 4
_STAGE = "working out who is who"


def rebuild(store: Store, *, progress: Progress) -> None:
    """Make entities and ties anew from all live mentions, claims and judgements."""
    with store.writing(tries=PATIENT) as db:
        entities = make_anew(db, progress=progress)
        fingerprint = reading.fact(db, derived.NAMES) or ""
    save_index(index_path(store.path), entities, fingerprint, progress=progress)
    progress(_STAGE, _STEPS, _STEPS)


def make_anew(db: Transaction, *, progress: Progress) -> list[Entity]:
    """Fill the derived tables, inside a transaction; return the entities."""
    progress(_STAGE, 0, _STEPS)
    verdicts = verdicts_in_force(standing_judgements(db))
    publishers = reading.publishers(db)
    settled = settle(
        reading.live_mentions(db), verdicts, origins=reading.origins(db), publishers=publishers
    )
    entities = settled.entities()
    progress(_STAGE, 1, _STEPS)
    owner = {found.mention_id: entity.id for entity in entities for found in entity.mentions}
    ties = tie_owned_claims(
        owner, reading.live_claims(db), publishers=publishers, rejected=verdicts.rejected
    )
    progress(_STAGE, 2, _STEPS)
    tables = Derived(db, name_key=normal_name)
    tables.clear()
    tables.add_entities(entities)
    tables.add_ties(ties)
    tables.add_uncertain(map(uncertain_row, settled.queue()))
    tables.add_keys(map(key_row, key_uses(settled.atoms)))
    tables.add_placements(placement_row(*found) for found in settled.placements())
    progress(_STAGE, 3, _STEPS)
    tables.finish(weighed_of(verdicts))
    return entities


def bring_up_to_date(db: Transaction, *, progress: Progress) -> bool:
    """Change what new documents and judgements can change; False if all must be made anew."""
    before = derived.weighed(db)
    if before is None:
        return False
    progress(_STAGE, 0, 1)
    verdicts = verdicts_in_force(standing_judgements(db))
    Update(db, Derived(db, name_key=normal_name), verdicts, before).run()
    progress(_STAGE, 1, 1)
    return True


def update(store: Store, *, progress: Progress) -> None:
    """Bring entities and ties up to date with new documents and judgements.

    The outcome is that of `rebuild`; the index of names is made by whoever asks next. A new edition
    of a list, and what was forgotten or read again, makes all anew.
    """
    with store.writing(tries=PATIENT) as db:
        done = bring_up_to_date(db, progress=progress)
    if not done:
        rebuild(store, progress=progress)


def index_path(workspace: Path) -> Path:
    """Return the folder beside the workspace that holds its index of names."""
    return workspace.with_name(workspace.name + ".index")


def index_of(entities: Iterable[Entity]) -> NameIndex:
    """Build the index of the names of those that are organisations."""
    known = kinds()
    return NameIndex.build(
        (entity.id, [name.text for name in entity.names])
        for entity in entities
        if known.is_organisation(entity.kind)
    )


def save_index(
    folder: Path,
    entities: Iterable[Entity],
    fingerprint: str,
    *,
    progress: Progress,
) -> NameIndex:
    """Build the index of organisations' names and put it beside the workspace."""
    index = index_of(entities)
    # The first search on a machine compiles the matcher: better here than while a person waits.
    index.search_many(["Institute of Aeronautics", "航空研究所"], 1)
    try:
        index.save(folder)
        (folder / _OF).write_text(fingerprint, encoding="ascii")
    except OSError:
        # A full or read-only disk: the index serves this run, and the next one makes it again.
        progress("the index of names cannot be kept beside the workspace", 0, None)
    return index


def index_at_hand(
    db: Transaction, workspace: Path, at_hand: AtHand, *, progress: Progress
) -> NameIndex:
    """Return the index of the entities that the transaction sees, opened once for each state."""
    return at_hand.kept(
        derived.state(db), "index", lambda: open_index(db, workspace, progress=progress)
    )


def open_index(db: Transaction, workspace: Path, *, progress: Progress) -> NameIndex:
    """Open the index of the entities that the transaction sees.

    It is built again if it is missing, older, or made by a Crosstie with another lexicon.
    """
    folder = index_path(workspace)
    fingerprint = reading.fact(db, derived.NAMES) or ""
    mark = folder / _OF
    if mark.is_file() and mark.read_text(encoding="ascii") == fingerprint:
        with suppress(InputError):
            return NameIndex.open(folder)
    progress("indexing names", 0, None)
    return save_index(folder, reading.all_entities(db), fingerprint, progress=progress)


_OF = "made-of"
"""The file in the index's folder that says which names it was made of."""
