"""Decide, for each party, what was found: hit, possible, or nothing.

A hit needs a sure match and something known of the entity. Over an unreviewed, uncertain match no
exposure is shown: it would tie an organisation to what a namesake did.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from crosstie.ontology.findings import (
    Designation,
    EntityRef,
    ExposurePath,
    Finding,
    Hit,
    Match,
    Party,
)
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Identifier, Reason
from crosstie.screening.decided import outcome_of
from crosstie.text.countries import country_name

Candidates = Sequence[tuple[EntityId, str, float, tuple[Reason, ...]]]
"""For one name: entity, the name of it that matched, score in [0, 1], reasons; best first."""

Certain = tuple[EntityId, Reason]
"""An entity that a party is for certain, and why."""

Search = Callable[[Sequence[str]], Sequence[Candidates]]


@dataclass(frozen=True, slots=True)
class Options:
    """How sure a match must be, the day on which listings must stand, how many matches to show.

    At or above `threshold` a match is taken as made; between `possible` and it, a person decides.
    """

    threshold: float
    possible: float
    today: str
    limit: int = 5


class Known(Protocol):
    """What screening asks of the workspace, for many entities at a time."""

    def refs(self, ids: Iterable[EntityId]) -> Mapping[EntityId, EntityRef]:
        """Return references to the entities."""

    def identifiers(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[Identifier, ...]]:
        """Return the identifiers of each entity."""

    def designations(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[Designation, ...]]:
        """Return each entity's designations, and its parents' marked as inherited."""

    def exposures(self, ids: Iterable[EntityId]) -> Mapping[EntityId, tuple[ExposurePath, ...]]:
        """Return each entity's best paths to anchors."""

    def anchors(self) -> Mapping[EntityId, str]:
        """Return the anchors, with why each is one."""

    def identified(self, parties: Sequence[Party]) -> Sequence[tuple[EntityId, Reason] | None]:
        """Return, for each party, the one entity that bears its identifier, if any."""


@dataclass(frozen=True, slots=True)
class _Facts:
    designations: Mapping[EntityId, tuple[Designation, ...]]
    exposures: Mapping[EntityId, tuple[ExposurePath, ...]]
    anchors: Mapping[EntityId, str]
    today: str

    def adverse(self, entity_id: EntityId) -> bool:
        """Return whether anything is known that a screening looks for, shown or hidden."""
        return bool(
            any(d.in_force(self.today) for d in self.designations.get(entity_id, ()))
            or self.exposures.get(entity_id)
            or self.anchors.get(entity_id)
        )


def screen(
    parties: Sequence[Party],
    *,
    search: Search,
    known: Known,
    options: Options,
    confirmed: Callable[[Party], Sequence[Certain]] = lambda _party: (),
) -> Iterator[Finding]:
    """Answer for each party, in the order given; `confirmed` says what a person confirmed of it."""
    candidates = search([party.name for party in parties])
    identified = [
        [*confirmed(party), *([found] if found else [])]
        for party, found in zip(parties, known.identified(parties), strict=True)
    ]
    ids = {c[0] for found in candidates for c in found[: options.limit]}
    ids.update(certain[0] for row in identified for certain in row)
    refs, identifiers = known.refs(ids), known.identifiers(ids)
    matches = [
        _matches(party, found, certain, refs, identifiers, options)
        for party, found, certain in zip(parties, candidates, identified, strict=True)
    ]
    wanted = {m.entity.id for row in matches for m in row}
    facts = _Facts(
        known.designations(wanted), known.exposures(wanted), known.anchors(), options.today
    )
    for party, row in zip(parties, matches, strict=True):
        hits = tuple(_hit(match, facts, options) for match in row)
        yield Finding(party, outcome_of(hits), hits, _notes(hits))


def _matches(
    party: Party,
    found: Candidates,
    certain: Sequence[Certain],
    refs: Mapping[EntityId, EntityRef],
    identifiers: Mapping[EntityId, tuple[Identifier, ...]],
    options: Options,
) -> list[Match]:
    matches: dict[EntityId, Match] = {}
    for entity_id, name, score, reasons in found[: options.limit]:
        if score < options.possible or entity_id not in refs:
            continue
        match = Match(refs[entity_id], name, score, reasons)
        match = _weigh_country(party, match, options)
        matches[entity_id] = _weigh_domain(party, match, identifiers.get(entity_id, ()))
    for entity_id, reason in certain:
        if entity_id not in refs:
            continue
        before = matches.get(entity_id)
        reasons = (reason, *before.reasons) if before else (reason,)
        matches[entity_id] = Match(refs[entity_id], refs[entity_id].name, 1.0, reasons)
    return sorted(matches.values(), key=lambda m: (-m.score, m.entity.id))


def _weigh_country(party: Party, match: Match, options: Options) -> Match:
    """A country tells namesakes apart: it can make a match uncertain, never surer."""
    if not party.country or not match.entity.country or party.country == match.entity.country:
        return match
    reason = Reason(
        "country_differs",
        f"the file says {country_name(party.country)}, the record says"
        f" {country_name(match.entity.country)}: perhaps a namesake",
    )
    doubtful = min(match.score, max(options.possible, options.threshold - 0.01))
    return replace(match, score=doubtful, reasons=(*match.reasons, reason))


def _weigh_domain(party: Party, match: Match, identifiers: tuple[Identifier, ...]) -> Match:
    if not party.domain:
        return match
    mine = _host(party.domain)
    theirs = {_host(item.value) for item in identifiers if item.scheme == "domain"}
    if mine not in theirs:
        return match
    reason = Reason("same_domain", f"both use the web domain {mine}")
    return replace(match, score=max(match.score, 0.99), reasons=(*match.reasons, reason))


def _host(address: str) -> str:
    text = address.strip().casefold()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or text
    except ValueError:
        host = text
    return host.removeprefix("www.")


def _hit(match: Match, facts: _Facts, options: Options) -> Hit:
    sure = match.score >= options.threshold
    key = match.entity.id
    return Hit(
        match=match,
        certainty="sure" if sure else "possible",
        # What hangs on a chain of ties hangs on the match too: it waits for a person's look.
        designations=tuple(
            d for d in facts.designations.get(key, ()) if sure or d.inherited_from is None
        ),
        exposures=facts.exposures.get(key, ()) if sure else (),
        anchor=facts.anchors.get(key, "") if sure else "",
        adverse=facts.adverse(key),
    )


def _notes(hits: Sequence[Hit]) -> tuple[str, ...]:
    if not hits:
        return ("no name in the workspace is like enough",)
    sure = [hit for hit in hits if hit.certainty == "sure"]
    notes = []
    if len(sure) > 1:
        notes.append(f"{len(sure)} records fit the name: compare country and identifiers")
    if sure and not any(hit.designations or hit.exposures or hit.anchor for hit in sure):
        notes.append(
            f"recognised as {sure[0].match.entity.name}; no designation and no path to a"
            " defence establishment is known"
        )
    if any(hit.certainty == "possible" for hit in hits):
        notes.append("an uncertain match shows no exposure until a person has reviewed it")
    return tuple(notes)
