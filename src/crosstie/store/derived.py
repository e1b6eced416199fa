"""Replace what follows from claims and judgements: entities, names, ties, the review queue."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from crosstie.ontology.records import Entity, Tie, encode
from crosstie.store.engine import Transaction
from crosstie.store.writing import set_fact

FINGERPRINT = "derived"
"""The fact that names the present state of the derived tables."""

_DERIVED = (
    "entities",
    "entity_names",
    "entity_identifiers",
    "entity_mentions",
    "ties",
    "uncertain",
)

UncertainRow = tuple[str, str, float, str]
"""Left mention, right mention, score, and the pair's record as JSON."""


def replace_derived(
    db: Transaction,
    entities: Sequence[Entity],
    ties: Sequence[Tie],
    uncertain: Iterable[UncertainRow],
    *,
    name_key: Callable[[str], str],
) -> str:
    """Put new entities and ties in the place of the old; return their fingerprint.

    `name_key` gives the normal form under which names are looked up.
    """
    for table in _DERIVED:
        db.exec_driver_sql(f"DELETE FROM {table}")
    digest = hashlib.sha256()
    rows: list[tuple[str | None, ...]] = []
    names: list[tuple[str, ...]] = []
    mentions: list[tuple[str, ...]] = []
    identifiers: list[tuple[str, ...]] = []
    for entity in entities:
        record = encode(entity)
        digest.update(record)
        rows.append(
            (entity.id, entity.name, entity.kind, entity.country, entity.tier, record.decode())
        )
        keys = {name_key(name.text): name.text for name in reversed(entity.names)}
        names.extend((key, entity.id, text) for key, text in keys.items() if key)
        mentions.extend((m.mention_id, entity.id) for m in entity.mentions)
        identifiers.extend((i.scheme, i.value.casefold(), entity.id) for i in entity.identifiers)
    tie_rows = []
    for tie in ties:
        record = encode(tie)
        digest.update(record)
        tie_rows.append((tie.id, tie.subject, tie.kind, tie.object, tie.status, record.decode()))
    _insert(db, "entities (id, name, kind, country, tier, record)", rows)
    _insert(db, "entity_names (key, entity_id, text)", names)
    _insert(db, "entity_identifiers (scheme, value, entity_id)", identifiers)
    _insert(db, "entity_mentions (mention_id, entity_id)", mentions)
    _insert(db, "ties (id, subject, kind, object, status, record)", tie_rows)
    _insert(db, 'uncertain ("left", "right", score, record)', list(uncertain))
    fingerprint = digest.hexdigest()
    set_fact(db, FINGERPRINT, fingerprint)
    return fingerprint


def _insert(db: Transaction, target: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        marks = ",".join("?" * len(rows[0]))
        db.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", list(rows))
