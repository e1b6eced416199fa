"""What follows from claims and judgements: entities, names, ties, the review queue.

All of it can be made anew at any time; a new document or judgement changes a part of it.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity, Tie, encode
from crosstie.store.engine import Transaction
from crosstie.store.reading import fact
from crosstie.store.writing import REMOVED, set_fact

FINGERPRINT = "derived"
"""The fact that names the present state of the derived tables; empty when they are out of date."""

NAMES = "derived-names"
"""The fact that names the present state of the organisations' names, which are indexed."""

STORIES = "stories"
"""The fact that names which articles tell the same story, and how that was found out."""

_SUM = "derived-sum"
_WEIGHED = "judged"
_MODULUS = 1 << 256
_TABLES = (
    "entities",
    "entity_names",
    "entity_identifiers",
    "entity_mentions",
    "ties",
    "uncertain",
    "name_keys",
    "placements",
)

UncertainRow = tuple[str, str, float, str]
"""Left mention, right mention, score, and the pair's record as JSON."""

KeyRow = tuple[str, str, str, str, bool, bool]
"""Kind, key, mention, document, whether the mention is bare, whether the key says enough."""

PlacementRow = tuple[str, str, str | None, str | None, str]
"""Mention, document, the mention that it was put onto, its group, and its reasons as JSON."""


class Derived:
    """Writes the derived tables within one transaction, and keeps their fingerprint.

    The fingerprint is a sum over the digests of all entities and ties, so that it is the same
    whether they were made at once or in parts. `name_key` gives the form names are looked up by.
    """

    def __init__(self, db: Transaction, *, name_key: Callable[[str], str]) -> None:
        self._db = db
        self._name_key = name_key
        self._sum = int(fact(db, _SUM) or "0", 16)
        self._names = int(fact(db, NAMES) or "0", 16)

    def clear(self) -> None:
        """Empty every derived table."""
        for table in _TABLES:
            self._db.exec_driver_sql(f"DELETE FROM {table}")
        self._sum = self._names = 0

    def add_entities(self, entities: Iterable[Entity]) -> None:
        """Add entities with their names, identifiers and mentions."""
        rows: list[tuple[str | None, ...]] = []
        names: list[tuple[str, ...]] = []
        mentions: list[tuple[str, ...]] = []
        identifiers: list[tuple[str, ...]] = []
        for entity in entities:
            record = self._counted(entity, 1)
            rows.append((entity.id, entity.name, entity.kind, entity.country, entity.tier, record))
            keys = {self._name_key(name.text): name.text for name in reversed(entity.names)}
            names.extend((key, entity.id, text) for key, text in keys.items() if key)
            mentions.extend((m.mention_id, entity.id) for m in entity.mentions)
            identifiers.extend(
                (i.scheme, i.value.casefold(), entity.id) for i in entity.identifiers
            )
        self._insert("entities (id, name, kind, country, tier, record)", rows)
        self._insert("entity_names (key, entity_id, text)", names)
        self._insert("entity_identifiers (scheme, value, entity_id)", identifiers)
        self._insert("entity_mentions (mention_id, entity_id)", mentions)

    def drop_entities(self, entities: Sequence[Entity]) -> None:
        """Remove entities with their names, identifiers and mentions."""
        ids = [entity.id for entity in entities]
        for entity in entities:
            self._counted(entity, -1)
            keys = {key for name in entity.names if (key := self._name_key(name.text))}
            self._delete(
                "entity_names WHERE key = ? AND entity_id = ?",
                [(key, entity.id) for key in sorted(keys)],
            )
            self._delete(
                "entity_identifiers WHERE scheme = ? AND value = ? AND entity_id = ?",
                [(i.scheme, i.value.casefold(), entity.id) for i in entity.identifiers],
            )
        self._delete("entities WHERE id = ?", [(key,) for key in ids])
        self._delete("entity_mentions WHERE entity_id = ?", [(key,) for key in ids])

    def add_ties(self, ties: Iterable[Tie]) -> None:
        """Add ties."""
        rows = [
            (tie.id, tie.subject, tie.kind, tie.object, tie.status, self._counted(tie, 1))
            for tie in ties
        ]
        self._insert("ties (id, subject, kind, object, status, record)", rows)

    def drop_ties(self, ties: Sequence[Tie]) -> None:
        """Remove ties."""
        for tie in ties:
            self._counted(tie, -1)
        self._delete("ties WHERE id = ?", [(tie.id,) for tie in ties])

    def add_uncertain(self, pairs: Iterable[UncertainRow]) -> None:
        """Add pairs to the review queue."""
        self._insert('uncertain ("left", "right", score, record)', list(pairs))

    def drop_uncertain(self, mentions: Iterable[str]) -> None:
        """Take the pairs of these mentions from the review queue."""
        keys = [(key,) for key in mentions]
        self._delete('uncertain WHERE "left" = ?', keys)
        self._delete('uncertain WHERE "right" = ?', keys)

    def add_keys(self, rows: Iterable[KeyRow]) -> None:
        """Add what mentions share with others."""
        self._insert(
            "name_keys (kind, key, mention_id, document_id, bare, strong)",
            [(*row[:4], int(row[4]), int(row[5])) for row in rows],
        )

    def drop_keys(self, mentions: Iterable[str]) -> None:
        """Remove the keys of mentions."""
        self._delete("name_keys WHERE mention_id = ?", [(key,) for key in mentions])

    def add_placements(self, rows: Iterable[PlacementRow]) -> None:
        """Add where bare mentions were put."""
        self._insert("placements (mention_id, document_id, onto, in_group, reasons)", list(rows))

    def drop_placements(self, documents: Iterable[str]) -> None:
        """Remove where the bare mentions of documents were put."""
        self._delete("placements WHERE document_id = ?", [(key,) for key in documents])

    def finish(self, judged: str) -> None:
        """Write the fingerprint, and `judged`: what of the judgements was weighed."""
        fingerprint = f"{self._sum:064x}"
        for key, value in (
            (_SUM, fingerprint),
            (NAMES, f"{self._names:064x}"),
            (FINGERPRINT, fingerprint),
            (_WEIGHED, judged),
            (REMOVED, ""),
        ):
            set_fact(self._db, key, value)

    def _counted(self, record: Entity | Tie, sign: int) -> str:
        raw = encode(record)
        self._sum = (self._sum + sign * _number(raw)) % _MODULUS
        if isinstance(record, Entity) and kinds().is_organisation(record.kind):
            named = "\n".join([record.id, *(name.text for name in record.names)])
            self._names = (self._names + sign * _number(named.encode())) % _MODULUS
        return raw.decode()

    def _insert(self, target: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ",".join("?" * len(rows[0]))
            self._db.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", list(rows))

    def _delete(self, what: str, keys: Sequence[tuple[str, ...]]) -> None:
        if keys:
            self._db.exec_driver_sql(f"DELETE FROM {what}", list(keys))


def _number(raw: bytes) -> int:
    return int.from_bytes(hashlib.sha256(raw).digest())


def state(db: Transaction) -> str:
    """Return the name of what the derived tables hold, also while newer documents wait for them.

    Which articles tell the same story is a part of it: sources are counted by their stories.
    """
    derived, told = fact(db, _SUM) or "", fact(db, STORIES)
    return hashlib.sha256(f"{derived} {told}".encode()).hexdigest() if derived and told else derived


def weighed(db: Transaction) -> str | None:
    """Return which judgements the derived tables weigh; None when they must be made as a whole.

    That is so in a new workspace, and after something was taken away or reads otherwise: a new
    edition of a list, a document that was read again or forgotten.
    """
    return None if fact(db, REMOVED) else fact(db, _WEIGHED)
