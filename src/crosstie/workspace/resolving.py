"""Rebuild what follows from claims and judgements, and the index of names beside the workspace."""

from contextlib import suppress
from pathlib import Path

from crosstie.matching import NameIndex
from crosstie.matching.names import normal_name
from crosstie.ontology.errors import InputError
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity, encode
from crosstie.resolution import resolve, tie_claims
from crosstie.store import Store, derived, reading
from crosstie.store.engine import Transaction
from crosstie.workspace.progress import Progress

_STEPS = 4
_STAGE = "working out who is who"


def rebuild(store: Store, *, progress: Progress) -> None:
    """Make entities and ties anew from all live mentions, claims and judgements."""
    with store.writing() as db:
        progress(_STAGE, 0, _STEPS)
        judgements = reading.judgements(db)
        publishers = reading.publishers(db)
        resolution = resolve(
            reading.live_mentions(db),
            judgements,
            origins=reading.origins(db),
            publishers=publishers,
        )
        progress(_STAGE, 1, _STEPS)
        ties = tie_claims(
            resolution.entities,
            reading.live_claims(db),
            publishers=publishers,
            judgements=judgements,
        )
        progress(_STAGE, 2, _STEPS)
        pairs = [
            (pair.left, pair.right, pair.score, encode(pair).decode()) for pair in resolution.queue
        ]
        fingerprint = derived.replace_derived(
            db, resolution.entities, ties, pairs, name_key=normal_name
        )
        progress(_STAGE, 3, _STEPS)
    save_index(index_path(store.path), resolution.entities, fingerprint, progress=progress)
    progress(_STAGE, _STEPS, _STEPS)


def index_path(workspace: Path) -> Path:
    """Return the folder beside the workspace that holds its index of names."""
    return workspace.with_name(workspace.name + ".index")


def save_index(
    folder: Path,
    entities: tuple[Entity, ...] | list[Entity],
    fingerprint: str,
    *,
    progress: Progress,
) -> NameIndex:
    """Build the index of organisations' names and put it beside the workspace."""
    known = kinds()
    index = NameIndex.build(
        (entity.id, [name.text for name in entity.names])
        for entity in entities
        if known.is_organisation(entity.kind)
    )
    # The first search on a machine compiles the matcher: better here than while a person waits.
    index.search_many(["Institute of Aeronautics", "航空研究所"], 1)
    try:
        index.save(folder)
        (folder / _OF).write_text(fingerprint, encoding="ascii")
    except OSError:
        # A full or read-only disk: the index serves this run, and the next one makes it again.
        progress("the index of names cannot be kept beside the workspace", 0, None)
    return index


def open_index(db: Transaction, workspace: Path, *, progress: Progress) -> NameIndex:
    """Open the index of the entities that the transaction sees.

    It is built again if it is missing, older, or made by a Crosstie with another lexicon.
    """
    folder = index_path(workspace)
    fingerprint = reading.fact(db, derived.FINGERPRINT) or ""
    mark = folder / _OF
    if mark.is_file() and mark.read_text(encoding="ascii") == fingerprint:
        with suppress(InputError):
            return NameIndex.open(folder)
    progress("indexing names", 0, None)
    return save_index(folder, list(reading.all_entities(db)), fingerprint, progress=progress)


_OF = "made-of"
"""The file in the index's folder that names the derived state it was made of."""
