"""Paths by ids → paths to show, with the names and quotes that the caller looks up."""

from collections.abc import Callable

from crosstie.graph.paths import IdPath, IdStep
from crosstie.ontology.findings import EntityRef, ExposurePath, Quote, Step
from crosstie.ontology.ids import EntityId
from crosstie.ontology.records import Tie


def exposure_path(
    path: IdPath,
    *,
    describe: Callable[[EntityId], EntityRef],
    quotes: Callable[[Tie], tuple[Quote, ...]],
) -> ExposurePath:
    """Return the path with every entity described and every tie quoted."""
    return ExposurePath(
        start=describe(path.start),
        anchor=describe(path.goal),
        steps=tuple(_step(step, describe, quotes) for step in path.steps),
        score=path.score,
        weakest=path.weakest,
    )


def _step(
    step: IdStep,
    describe: Callable[[EntityId], EntityRef],
    quotes: Callable[[Tie], tuple[Quote, ...]],
) -> Step:
    return Step(
        subject=describe(step.tie.subject),
        kind=step.tie.kind,
        object=describe(step.tie.object),
        forward=step.forward,
        status=step.tie.status,
        weight=step.weight,
        why=step.why,
        quotes=quotes(step.tie),
        valid_from=step.tie.valid_from,
        valid_to=step.tie.valid_to,
    )
