"""What ties are worth on a day: the status of their claims, their age, their sources, their share.

A claim weighs status × age × grade. Of the claims of a tie the best one speaks; what says that a
tie ended, or denies it, takes nothing from claims that go on vouching for it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.backing import UNKNOWN, Backing
from crosstie.graph.grades import LETTERS, Grade, Grades
from crosstie.graph.grades_file import source_grades
from crosstie.graph.network import STATUSES, Graph
from crosstie.graph.rules import ExposureRules
from crosstie.graph.rules_file import exposure_rules
from crosstie.ontology.kinds import kinds

YEAR = 365.25
_ENDED, _DENIED = STATUSES.index("ended"), STATUSES.index("denied")
# Ties are weighed in parts, so that what is put up on the way needs little memory.
_PART = 500_000
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms ties are weighed: by which rules and grades, on which day.

    Without a day all claims count as of now, whatever their dates.
    """

    rules: ExposureRules
    grades: Grades
    day: date | None = None

    @classmethod
    def shipped(cls, day: date | None = None) -> Self:
        """Return the rules and grades that ship with Crosstie."""
        return cls(exposure_rules(), source_grades(), day)


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """The terms made ready for one graph: what each publication weighs is worked out once.

    `given` holds each publication's grade; `good` says which can confirm each other; `alone` is
    what a claim of each weighs by its grade, `joined` what it weighs when another confirms it.
    """

    graph: Graph
    terms: Terms
    given: tuple[Grade, ...]
    good: NDArray[np.bool_]
    alone: Floats
    joined: Floats

    @classmethod
    def of(cls, graph: Graph, terms: Terms) -> Self:
        """Grade every publication of the graph."""
        grades = terms.grades
        given = [grades.of(p) for p in graph.backing.publications] if graph.backing else []
        enough = LETTERS[: LETTERS.index(grades.confirmed.at_least) + 1]
        return cls(
            graph,
            terms,
            tuple(given),
            np.array([grade.letter in enough for grade in given], np.bool_),
            np.array([grades.weight(grade) for grade in given], np.float64),
            np.array([grades.weight(grades.confirm(grade)) for grade in given], np.float64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class ClaimWorths:
    """Columns over the claims of some ties: `owners` says whose each is, counted from the first.

    `since` is the day from which age counts. `holds` leaves out what was not yet so, and denials.
    """

    owners: NDArray[np.int64]
    starts: NDArray[np.int64]
    statuses: NDArray[np.int8]
    since: NDArray[np.int32]
    holds: NDArray[np.bool_]
    ages: Floats
    confirmed: NDArray[np.bool_]
    totals: Floats


def tie_factors(scales: Scales) -> Floats:
    """Return what each tie is worth, in [0, 1], but for its direction."""
    graph, rules = scales.graph, scales.terms.rules
    factors = np.zeros(len(graph.columns), np.float64)
    for first in range(0, len(factors), _PART):
        last = min(first + _PART, len(factors))
        if graph.backing is None:
            found = _status_weights(rules)[graph.columns.statuses[first:last]]
        else:
            claims = claim_worths(scales, graph.backing, first, last)
            found = np.maximum.reduceat(claims.totals, claims.starts)
        factors[first:last] = found * share_weights(graph, rules, first, last)
    return factors


def share_weights(graph: Graph, rules: ExposureRules, first: int, last: int) -> Floats:
    """Return what the stated shares of these ties make of their weight; 1 where none counts."""
    found = np.ones(last - first, np.float64)
    known = list(kinds().ties)
    stated = graph.columns.shares[first:last]
    for kind, bands in rules.shares.items():
        here = (graph.columns.kinds[first:last] == known.index(kind)) & ~np.isnan(stated)
        for band in reversed(bands):
            found[here & (stated >= band.at_least)] = band.weight
    return found


def claim_worths(scales: Scales, backing: Backing, first: int, last: int) -> ClaimWorths:
    """Weigh the claims of the ties from `first` up to `last`."""
    terms = scales.terms
    row = slice(int(backing.rows[first]), int(backing.rows[last]))
    starts = np.asarray(backing.rows[first:last]) - row.start
    counts = np.diff(backing.rows[first : last + 1])
    owners = np.repeat(np.arange(last - first), counts)
    statuses, since, begun = _timed(backing, terms, row, owners, starts)
    holds = begun & (statuses != _DENIED)
    ages = _ages(terms, since, scales.graph.columns.kinds[first:last][owners])
    sources = backing.sources[row]
    confirmed = _confirmed(backing, first, last, starts, holds & scales.good[sources])[owners]
    totals = _status_weights(terms.rules)[statuses] * ages * holds
    totals *= np.where(confirmed, scales.joined[sources], scales.alone[sources])
    return ClaimWorths(owners, starts, statuses, since, holds, ages, confirmed, totals)


def _timed(
    backing: Backing,
    terms: Terms,
    row: slice,
    owners: NDArray[np.int64],
    starts: NDArray[np.int64],
) -> tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.bool_]]:
    """Return each claim's status on the day, the day its age counts from, whether it had begun."""
    statuses, ended = backing.statuses[row], backing.ended[row]
    if terms.day is None:
        begun = np.ones(len(statuses), np.bool_)
        over = ended & (statuses != _DENIED)
        return np.where(over, np.int8(_ENDED), statuses), np.zeros(len(statuses), np.int32), begun
    day = terms.day.toordinal()
    began, ends, dated = backing.starts[row], backing.ends[row], backing.dated[row]
    begun = began <= day
    over = (ends != UNKNOWN) & (ends < day)
    # What a source tells of the end holds for claims from before it, which could not know.
    told = np.where(over & (statuses != _DENIED), ends, UNKNOWN)
    last_end = np.maximum.reduceat(told, starts)[owners] if len(told) else told
    vouched = np.maximum(dated, began)
    before = (ends == UNKNOWN) & (vouched != UNKNOWN) & (vouched <= last_end)
    end = np.where(over, ends, np.where(before, last_end, UNKNOWN))
    over = over | before | (ended & (ends == UNKNOWN))
    since = np.where(end != UNKNOWN, end, vouched)
    found = np.where(over & (statuses != _DENIED), np.int8(_ENDED), statuses)
    return found, since, begun


def _ages(terms: Terms, since: NDArray[np.int32], tie_kinds: NDArray[np.int16]) -> Floats:
    if terms.day is None:
        return np.ones(len(since), np.float64)
    ageing = terms.rules.ageing
    half_lives = np.array([ageing.half_lives.get(kind, np.inf) for kind in kinds().ties])
    years = np.maximum(0, terms.day.toordinal() - since) / YEAR
    ages = np.maximum(ageing.least, np.exp2(-years / half_lives[tie_kinds]))
    return np.where(since == UNKNOWN, ageing.undated, ages)


def _confirmed(
    backing: Backing,
    first: int,
    last: int,
    starts: NDArray[np.int64],
    counting: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return for each tie whether two of the counting claims are independent of each other."""
    pairs = slice(int(backing.pair_rows[first]), int(backing.pair_rows[last]))
    owners = np.repeat(np.arange(last - first), np.diff(backing.pair_rows[first : last + 1]))
    both = counting[starts[owners] + backing.ones[pairs]]
    both &= counting[starts[owners] + backing.twos[pairs]]
    found = np.zeros(last - first, np.bool_)
    found[owners[both]] = True
    return found


def _status_weights(rules: ExposureRules) -> Floats:
    return np.array([rules.statuses[status].weight for status in STATUSES])
