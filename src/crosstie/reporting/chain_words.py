"""Chains, grades and rules of ownership in words."""

from crosstie.ontology.findings import AffiliateFinding, Exposure, ExposurePath, Screening, Step
from crosstie.text.dates import last_day

_STATES = {
    "in_force": "in force",
    "suspended": "suspended",
    "presumed": "in force by the texts read",
}


def counted_sources(count: int, *, independent: bool = False) -> str:
    """Return a count of sources in words: "1 source", "3 independent sources"."""
    kind = "independent " if independent and count > 1 else ""
    return f"{count} {kind}source{'' if count == 1 else 's'}"


def factors_line(step: Step) -> str:
    """Return what a step's weight is made of: '0.34 = 0.75 tie × 0.85 status × 0.53 age'."""
    product = " × ".join(f"{factor.weight:.2f} {factor.code}" for factor in step.factors)
    return f"{step.weight:.2f} = {product}" if len(step.factors) > 1 else product


def standing(step: Step) -> str:
    """Return how a step's tie stands: status, period, grade and independent sources."""
    start, end = step.valid_from, step.valid_to
    period = f"{start or '?'} to {end}" if end else f"since {start}" if start else ""
    parts = [
        step.status,
        period,
        f"grade {step.grade}" if step.grade else "",
        counted_sources(step.sources, independent=True),
    ]
    return " · ".join(part for part in parts if part)


def denied_by(step: Step) -> str:
    """Return who denies a step's tie: 'denied by 2 sources', or nothing."""
    return f"denied by {counted_sources(step.sources_against)}" if step.sources_against else ""


def weighed_steps(path: ExposurePath) -> str:
    """Return on one line how each tie of a path stands and what its weight is made of."""
    parts = (
        "; ".join(part for part in (standing(step), factors_line(step), denied_by(step)) if part)
        for step in path.steps
    )
    return " | ".join(f"{place}. {part}" for place, part in enumerate(parts, 1))


def asked_line(asked: Exposure | Screening) -> str:
    """Return on which terms was asked: the two days, and the versions of rules and grades."""
    known = f", from what was known on {asked.as_of}" if asked.as_of else ""
    day = last_day(asked.valid_on) or asked.valid_on
    holds = f"what holds on {day}{known}; " if day else ""
    grades = f", grades {asked.grades_version}" if asked.grades_version else ""
    return f"{holds}rules {asked.rules_version}{grades}"


def affiliate_sentence(finding: AffiliateFinding) -> str:
    """Return in one sentence how far a rule of ownership reaches."""
    reach = f"{finding.share:g} % of it counts as held by listed owners"
    if finding.covered:
        verdict = f"at or above the {finding.threshold:g} % of the rule"
    elif finding.unknown:
        verdict = (
            f"and more by listed owners whose share no source states; the rule asks"
            f" {finding.threshold:g} %"
        )
    else:
        verdict = f"below the {finding.threshold:g} % of the rule"
    return f"{finding.title} ({_STATES[finding.state]}): {reach}, {verdict}"
