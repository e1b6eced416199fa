"""What people decided on matches, laid over a finding: a dismissed match counts no more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosstie.ontology.dispositions import Standing
from crosstie.ontology.findings import Finding, Hit, Outcome
from crosstie.ontology.ids import EntityId


def decided(finding: Finding, standings: Mapping[EntityId, Standing]) -> Finding:
    """Return the finding with the decision in force on each match, and its outcome told anew.

    The decisions that it bore before are replaced, so that one that was taken back leaves no trace.
    """
    hits = tuple(
        replace(hit, disposition=standings.get(hit.match.entity.id)) for hit in finding.hits
    )
    if hits == finding.hits:
        return finding
    return replace(finding, outcome=outcome_of(hits), hits=hits)


def outcome_of(hits: Sequence[Hit]) -> Outcome:
    """Return what the matches amount to: those that were dismissed count for nothing.

    A possible match that a person confirmed counts as sure.
    """
    counting = [
        hit
        for hit in hits
        if hit.adverse and not (hit.disposition is not None and hit.disposition.dismisses)
    ]
    if any(hit.certainty == "sure" or _confirmed(hit) for hit in counting):
        return "hit"
    return "possible" if counting else "nothing_found"


def _confirmed(hit: Hit) -> bool:
    return hit.disposition is not None and hit.disposition.confirms
