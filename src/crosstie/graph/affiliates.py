"""What a list reaches through ownership: shares add up over owners, and pass on down the chain."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from crosstie.graph.affiliates_file import AffiliatesRule
from crosstie.graph.network import Graph, stated_share
from crosstie.graph.reading import TieReading
from crosstie.ontology.ids import EntityId

_STATED = ("asserted", "reported")
_ROUNDS = 1_000
# A share below this, in per cent, no longer moves an outcome.
_SMALL = 1e-9
# Thirds and sixths add up to whole numbers but for their last digits.
_CLOSE = 1e-6

Read = Callable[[int], TieReading]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one entity holds of another, in per cent; None where no source states a share.

    `number` is the tie's place in the graph.
    """

    owner: EntityId
    owned: EntityId
    share: float | None
    number: int


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a rule reaches an entity: `share` is what counts, `holdings` what it is made of.

    `unknown` are holdings by listed or reached owners whose share no source states. `covered` says
    whether the share is as high as the rule asks.
    """

    share: float
    covered: bool
    holdings: tuple[Holding, ...]
    unknown: tuple[Holding, ...]


def holdings_above(graph: Graph, entity: EntityId, *, read: Read) -> tuple[Holding, ...]:
    """Return every holding by which the entity is owned, directly or through others.

    Only what a source asserts or reports as present counts; cycles are followed once.
    """
    found: list[Holding] = []
    seen, waiting = {entity}, [entity]
    while waiting:
        owned = waiting.pop()
        for neighbour in graph.neighbours(owned, tie_kinds=("owns",)):
            if neighbour.forward:
                continue
            reading = read(neighbour.number)
            if reading.status not in _STATED or not reading.claims:
                continue
            share = stated_share(neighbour.tie)
            found.append(Holding(neighbour.other, owned, share, neighbour.number))
            if neighbour.other not in seen:
                seen.add(neighbour.other)
                waiting.append(neighbour.other)
    return tuple(sorted(found, key=lambda holding: holding.number))


def reach_of_rule(
    entity: EntityId,
    holdings: Iterable[Holding],
    listed: Collection[EntityId],
    rule: AffiliatesRule,
) -> Reached:
    """Return how far the rule reaches an entity through these holdings, of which some are listed.

    The outcome does not hang on the order of the holdings, and cycles are safe: what counts is the
    least that the holdings and the listed owners make necessary.
    """
    every = list(holdings)
    held = (_cascaded if rule.reading == "cascade" else _multiplied)(every, listed, rule.share)
    counting = [h for h in every if held(h.owner) > 0]
    share = min(100.0, sum((h.share or 0) * held(h.owner) for h in counting if h.owned == entity))
    return Reached(
        share=round(share, 6),
        covered=share >= rule.share - _CLOSE,
        holdings=tuple(h for h in counting if h.share is not None),
        unknown=tuple(h for h in counting if h.share is None and h.owned == entity),
    )


Held = Callable[[EntityId], float]
"""Returns how much of a listed owner an entity counts as, from 0 to 1."""


def _cascaded(holdings: list[Holding], listed: Collection[EntityId], share: float) -> Held:
    """An entity counts in full once those who count hold enough of it, else not at all."""
    counts = set(listed)
    while True:
        sums: dict[EntityId, float] = defaultdict(float)
        for holding in holdings:
            if holding.owner in counts and holding.share is not None:
                sums[holding.owned] += holding.share
        more = {owned for owned, held in sums.items() if held >= share - _CLOSE} - counts
        if not more:
            return lambda entity: float(entity in counts)
        counts |= more


def _multiplied(holdings: list[Holding], listed: Collection[EntityId], _: float) -> Held:
    """An entity counts as far as it is held, all chains together; the sums only grow."""
    held: dict[EntityId, float] = dict.fromkeys(listed, 1.0)
    for _round in range(_ROUNDS):
        sums: dict[EntityId, float] = defaultdict(float)
        for holding in holdings:
            if holding.owned not in listed and holding.share is not None:
                sums[holding.owned] += holding.share / 100 * held.get(holding.owner, 0.0)
        new = {owned: min(1.0, total) for owned, total in sums.items()}
        moved = max((abs(v - held.get(k, 0.0)) for k, v in new.items()), default=0.0)
        held.update(new)
        if moved < _SMALL:
            break
    return lambda entity: held.get(entity, 0.0)
