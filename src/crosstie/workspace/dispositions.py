"""Decisions on matches: of which parties they hold, which are in force, whether they stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from crosstie.matching.names import normal_name
from crosstie.ontology.dispositions import DECISION_WORDS, Disposition, DispositionId, Standing
from crosstie.ontology.findings import Finding, Hit, Party
from crosstie.ontology.ids import EntityId, content_id
from crosstie.ontology.records import Reason, decode
from crosstie.screening import decided
from crosstie.store import cases
from crosstie.store.engine import Transaction
from crosstie.workspace.evidence import CONFIRMED, news
from crosstie.workspace.former import present_ids


def party_key(party: Party) -> str:
    """Return the key under which decisions on a party are remembered.

    It is made of the name as names are compared (case, width, accents, punctuation, traditional
    characters and the spelling of legal forms fold) and of the country code. No country is a
    country of its own. Row, identifier and web domain do not count.
    """
    return content_id("party", normal_name(party.name), (party.country or "").upper())


def in_force(found: Iterable[Disposition]) -> dict[tuple[str, EntityId], Disposition]:
    """Return, by party key and entity, the latest decision that was not taken back."""
    kept = list(found)
    undone = undone_by(kept)
    return {
        (one.party_key, one.entity): one
        for one in kept
        if one.undoes is None and one.id not in undone
    }


def undone_by(found: Iterable[Disposition]) -> dict[DispositionId, Disposition]:
    """Return which dispositions were taken back, and by what."""
    return {one.undoes: one for one in found if one.undoes is not None}


def standing(disposition: Disposition, hit: Hit | None) -> Standing:
    """Return how a decision stands on what is known of the match now."""
    new = () if hit is None else news(hit, disposition.known)
    return Standing(
        disposition=disposition.id,
        decision=disposition.decision,
        note=disposition.note,
        by=disposition.by,
        at=disposition.at,
        state="reopened" if new else "standing",
        news=new,
    )


def read_dispositions(
    db: Transaction, parties: Iterable[Party] | None = None, *, until: str | None = None
) -> list[Disposition]:
    """Return the dispositions on some parties or on all, oldest first, their entities as now.

    `until` leaves out what was decided after the end of a day.
    """
    keys = None if parties is None else {party_key(party) for party in parties}
    found = [decode(record, Disposition) for record in cases.dispositions(db, keys)]
    found = [one for one in found if until is None or one.at[:10] <= until]
    present = present_ids(db, {one.entity for one in found})
    return [replace(one, entity=EntityId(present.get(one.entity, one.entity))) for one in found]


class Decisions:
    """The decisions in force on some parties."""

    def __init__(self, found: Sequence[Disposition]) -> None:
        self._by_party: dict[str, dict[EntityId, Disposition]] = defaultdict(dict)
        kept = in_force(found)
        for (key, entity), disposition in kept.items():
            self._by_party[key][entity] = disposition
        self.version = content_id("dec", *sorted(d.id for d in kept.values())) if kept else ""
        """What is in force, as a fingerprint; empty if nothing is."""

    @classmethod
    def of(
        cls, db: Transaction, parties: Iterable[Party], *, until: str | None = None
    ) -> "Decisions":
        """Read the decisions on these parties, as far as they were made by the end of a day."""
        return cls(read_dispositions(db, parties, until=until))

    def on(self, party: Party) -> Mapping[EntityId, Disposition]:
        """Return the decisions in force on a party, by entity."""
        return self._by_party.get(party_key(party), {}) if self._by_party else {}

    def confirmed(self, party: Party) -> list[tuple[EntityId, Reason]]:
        """Return the entities that a person confirmed a party to be, with who said so."""
        return [
            (entity, Reason(CONFIRMED, f"confirmed {decided_by(one)}", 1.0))
            for entity, one in self.on(party).items()
            if one.decision == "true_match"
        ]

    def over(
        self, finding: Finding, *, present: Mapping[str, str] = MappingProxyType({})
    ) -> Finding:
        """Return a finding with what was decided on its matches, and whether that still stands.

        `present` leads from ids that a saved finding names to those that entities bear now.
        """
        known = self.on(finding.party)
        if not known and all(hit.disposition is None for hit in finding.hits):
            return finding
        standings = {}
        for hit in finding.hits:
            entity = hit.match.entity.id
            one = known.get(EntityId(present.get(entity, entity)))
            if one is not None:
                standings[entity] = standing(one, hit)
        return decided(finding, standings)


def decided_by(one: Disposition | Standing) -> str:
    """Return who decided, when and why: "by K. Ito on 2026-11-24: another Hexi"."""
    return f"by {one.by} on {one.at[:10]}: {one.note}"


def decision_words(one: Disposition | Standing) -> str:
    """Return a decision in words: "false match, by K. Ito on 2026-11-24: another Hexi"."""
    return f"{DECISION_WORDS[one.decision]}, {decided_by(one)}"
