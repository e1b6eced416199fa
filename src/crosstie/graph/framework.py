"""Roll ties up by tier, mechanism and technology: the framework of who is tied to whom and how."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie
from crosstie.ontology.rollups import Band, Framework, TechnologyBand

OUTSIDE = "outside"
"""The tier of media, courts, places and others that stand in none of the three."""


@dataclass(frozen=True, slots=True)
class TieFacts:
    """What the roll-up counts of one tie: its publishers and the technologies it speaks of."""

    tie: Tie
    publishers: frozenset[str]
    technologies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which ties a reader asks for; an empty field asks for all."""

    subject_tier: str = ""
    object_tier: str = ""
    mechanism: str = ""
    technology: str = ""
    status: str = ""


Tiers = Callable[[EntityId], str | None]


def roll_up(
    facts: Iterable[TieFacts], *, tier_of: Tiers, kinds_of: Mapping[EntityId, str]
) -> Framework:
    """Return the roll-up of ties; `kinds_of` gives the kind of every entity, also of the untied.

    Independent of the order of the ties.
    """
    listed = list(facts)
    bands: dict[tuple[str, str, str], list[TieFacts]] = defaultdict(list)
    named: dict[str, list[TieFacts]] = defaultdict(list)
    for fact in listed:
        bands[_band(fact.tie, tier_of)].append(fact)
        for technology in fact.technologies:
            named[technology].append(fact)
    return Framework(
        tiers=_tiers(kinds_of, tier_of),
        bands=tuple(
            sorted(
                (
                    Band(*key, len(found), _entities(found), _sources(found), _statuses(found))
                    for key, found in bands.items()
                ),
                key=lambda b: (-b.ties, b.subject_tier, b.mechanism, b.object_tier),
            )
        ),
        technologies=tuple(
            sorted(
                (_technology_band(key, found) for key, found in named.items()),
                key=lambda band: (-band.ties, band.technology),
            )
        ),
        ties=len(listed),
        sources=_sources(listed),
    )


def select(facts: Iterable[TieFacts], wanted: Selection, *, tier_of: Tiers) -> tuple[TieFacts, ...]:
    """Return the ties of one band, those with the most publishers first."""
    found = [fact for fact in facts if _is_wanted(fact, wanted, tier_of)]
    return tuple(sorted(found, key=lambda fact: (-len(fact.publishers), fact.tie.id)))


def _is_wanted(fact: TieFacts, wanted: Selection, tier_of: Tiers) -> bool:
    subject_tier, mechanism, object_tier = _band(fact.tie, tier_of)
    return (
        wanted.subject_tier in ("", subject_tier)
        and wanted.object_tier in ("", object_tier)
        and wanted.mechanism in ("", mechanism)
        and wanted.status in ("", fact.tie.status)
        and (not wanted.technology or wanted.technology in fact.technologies)
    )


def _band(tie: Tie, tier_of: Tiers) -> tuple[str, str, str]:
    """Return the tie's band; a symmetric tie reads from the higher tier to the lower."""
    kind = kinds().tie(tie.kind)
    ends = tier_of(tie.subject) or OUTSIDE, tier_of(tie.object) or OUTSIDE
    if kind.symmetric:
        order = [*kinds().tiers, OUTSIDE]
        ends = (ends[0], ends[1]) if order.index(ends[0]) <= order.index(ends[1]) else ends[::-1]
    return ends[0], kind.mechanism, ends[1]


def _tiers(kinds_of: Mapping[EntityId, str], tier_of: Tiers) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {tier: Counter() for tier in (*kinds().tiers, OUTSIDE)}
    for entity, kind in kinds_of.items():
        counts[tier_of(entity) or OUTSIDE][kind] += 1
    order = list(kinds().entities)
    return {
        tier: dict(sorted(found.items(), key=lambda item: (-item[1], order.index(item[0]))))
        for tier, found in counts.items()
    }


def _technology_band(technology: str, found: list[TieFacts]) -> TechnologyBand:
    mechanisms = Counter(kinds().tie(fact.tie.kind).mechanism for fact in found)
    ordered = {key: mechanisms[key] for key in kinds().mechanisms if key in mechanisms}
    return TechnologyBand(technology, len(found), _entities(found), _sources(found), ordered)


def _entities(found: Iterable[TieFacts]) -> int:
    return len({end for fact in found for end in (fact.tie.subject, fact.tie.object)})


def _sources(found: Iterable[TieFacts]) -> int:
    return len({publisher for fact in found for publisher in fact.publishers})


def _statuses(found: Iterable[TieFacts]) -> dict[str, int]:
    return dict(sorted(Counter(fact.tie.status for fact in found).items()))
