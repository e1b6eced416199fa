"""Read one tie in words: its status, dates and grade on a day, and each factor of its weight."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from crosstie.graph.backing import UNKNOWN, Backing, independent_count
from crosstie.graph.grades import Grade
from crosstie.graph.network import STATUSES, Graph
from crosstie.graph.worth import YEAR, ClaimWorths, Scales, Terms, claim_worths
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Reason


@dataclass(frozen=True, slots=True)
class TieReading:
    """A tie on the terms of a question.

    `status` is that of the claim that speaks for it; `grade` that claim's ("B2"), empty where
    nothing is known of sources. `sources` counts the independent sources that affirm the tie,
    `against` those that deny it. `factors` multiply to the tie's worth; `claims` holds those that
    affirm it on the day, the one that speaks first.
    """

    status: str
    grade: str
    sources: int
    against: int
    factors: tuple[Reason, ...]
    claims: tuple[ClaimId, ...]
    denials: tuple[ClaimId, ...] = ()


def read_tie(scales: Scales, number: int) -> TieReading:
    """Read the tie at this place of the graph that the scales were made for."""
    graph, terms = scales.graph, scales.terms
    tie = graph.ties[number]
    share = _share(graph, number, terms)
    if graph.backing is None:
        denied = tie.status == "denied"
        factors = (*_status(terms, tie.status), *share)
        said, unsaid = ((), tie.claims) if denied else (tie.claims, ())
        return TieReading(
            tie.status, "", 0 if denied else tie.sources, int(denied), factors, said, unsaid
        )
    worths = claim_worths(scales, graph.backing, number, number + 1)
    order = np.lexsort((np.arange(len(worths.totals)), -worths.totals))
    best, row = int(order[0]), int(graph.backing.rows[number])
    status = STATUSES[worths.statuses[best]]
    source = int(graph.backing.sources[row + best])
    publication, grade = graph.backing.publications[source], scales.given[source]
    if worths.confirmed[best]:
        grade = terms.grades.confirm(grade)
    pairs = graph.backing.pairs(number)
    denials = worths.statuses == STATUSES.index("denied")
    listed = [int(place) for place in order if place < len(tie.claims)]
    return TieReading(
        status=status,
        grade=str(grade),
        sources=independent_count(np.flatnonzero(worths.holds).tolist(), pairs),
        against=independent_count(np.flatnonzero(denials).tolist(), pairs),
        factors=(
            *_status(terms, status),
            *_age(terms, graph.backing, worths, best, row),
            *_graded(terms, grade, publication.publisher, confirmed=bool(worths.confirmed[best])),
            *share,
        ),
        claims=tuple(tie.claims[place] for place in listed if worths.holds[place]),
        denials=tuple(tie.claims[place] for place in listed if denials[place]),
    )


def _status(terms: Terms, status: str) -> tuple[Reason, ...]:
    carrier = terms.rules.statuses[status]
    if carrier.weight == 1:
        return ()
    return (Reason("status", f"{status}: {carrier.because}", carrier.weight),)


def _age(
    terms: Terms, backing: Backing, worths: ClaimWorths, best: int, row: int
) -> tuple[Reason, ...]:
    weight = round(float(worths.ages[best]), 6)
    if terms.day is None or weight == 1:
        return ()
    since = int(worths.since[best])
    if since == UNKNOWN:
        return (Reason("age", "no date is known of it", weight),)
    ended = worths.statuses[best] == STATUSES.index("ended") and since != backing.dated[row + best]
    years = (terms.day.toordinal() - since) / YEAR
    told = "ended by" if ended else "last vouched for"
    words = f"{told} {date.fromordinal(since)}, {years:.1f} years before {terms.day}"
    return (Reason("age", f"{words}: {terms.rules.ageing.because}", weight),)


def _graded(
    terms: Terms, grade: Grade, publisher: str | None, *, confirmed: bool
) -> tuple[Reason, ...]:
    weight = terms.grades.weight(grade)
    if weight == 1 and not grade.given:
        return ()
    letter, figure = (
        terms.grades.reliability[grade.letter].meaning,
        terms.grades.credibility[grade.figure].meaning,
    )
    also = f" {terms.grades.confirmed.because}" if confirmed else ""
    who = publisher or "no publisher named"
    words = f"{who}: {grade} ({letter}; {figure}). {grade.because}{also}"
    return (Reason("source", words, weight),)


def _share(graph: Graph, number: int, terms: Terms) -> tuple[Reason, ...]:
    stated = float(graph.columns.shares[number])
    kind = list(kinds().ties)[graph.columns.kinds[number]]
    band = None if np.isnan(stated) else terms.rules.band(kind, stated)
    if band is None or band.weight == 1:
        return ()
    return (Reason("share", f"a share of {stated:g} per cent: {band.because}", band.weight),)
