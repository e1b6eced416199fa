"""Paths by ids → paths to show, with the names and quotes that the caller looks up."""

from collections.abc import Callable
from math import isclose, prod

from crosstie.graph.paths import IdPath, IdStep
from crosstie.graph.reading import TieReading
from crosstie.graph.rules import ExposureRules
from crosstie.ontology.findings import EntityRef, ExposurePath, Quote, Step
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Reason

Quoted = Callable[[int], tuple[tuple[Quote, ...], tuple[Quote, ...]]]
"""Returns, for the tie at a place of the graph, the quotes for it and those against it."""


def exposure_path(
    path: IdPath,
    rules: ExposureRules,
    *,
    read: Callable[[int], TieReading],
    describe: Callable[[EntityId], EntityRef],
    quoted: Quoted,
) -> ExposurePath:
    """Return the path with every entity described and every tie quoted, graded and explained."""
    return ExposurePath(
        start=describe(path.start),
        anchor=describe(path.goal),
        steps=tuple(_step(step, read(step.number), rules, describe, quoted) for step in path.steps),
        score=path.score,
        weakest=path.weakest,
    )


def _step(
    step: IdStep,
    reading: TieReading,
    rules: ExposureRules,
    describe: Callable[[EntityId], EntityRef],
    quoted: Quoted,
) -> Step:
    tie, forward = step.tie, step.forward
    # A chain read against the way in which a tie carries is explained by the way it does.
    worth = prod(factor.weight for factor in reading.factors)
    if not isclose(step.weight, rules.carries(tie.kind, forward=forward) * worth, rel_tol=1e-3):
        forward = not forward
    quotes, against = quoted(step.number)
    return Step(
        subject=describe(tie.subject),
        kind=tie.kind,
        object=describe(tie.object),
        forward=step.forward,
        status=reading.status,
        weight=step.weight,
        why=rules.why(tie.kind, reading.status, forward=forward),
        quotes=quotes,
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        grade=reading.grade,
        sources=reading.sources,
        factors=(
            Reason("tie", rules.because(tie.kind, forward=forward),
                   rules.carries(tie.kind, forward=forward)),
            *reading.factors,
        ),
        against=against,
        sources_against=reading.against,
    )  # fmt: skip
