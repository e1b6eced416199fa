"""Findings in words: the same sentences in the terminal, the report and the tables."""

from crosstie.ontology.dispositions import DECISION_WORDS, Standing
from crosstie.ontology.findings import (
    Citation,
    Designation,
    ExposurePath,
    Finding,
    Hit,
    Outcome,
    Searched,
    Step,
)
from crosstie.ontology.kinds import kinds
from crosstie.text.countries import country_name

_OUTCOMES: dict[Outcome, str] = {
    "hit": "Hit",
    "possible": "Possible: review",
    "nothing_found": "Nothing found",
}

LEAD = (
    "Every finding is a lead, not a verdict: it says what a document or list says, and where. Check"
    " the quote, the source and the match before you act on it."
)
CONTEST = (
    "To contest a record, write to the list's publisher for a designation. For a tie that Crosstie"
    " read wrongly, or a match of two different organisations, note the claim or entity id shown"
    " here, and have the workspace's keeper reject it or forget the document."
)
SILENCE = (
    "Nothing found means that no record in the lists and documents below matched or carried a path;"
    " it does not mean that there is none elsewhere."
)


def outcome_label(outcome: Outcome) -> str:
    """Return the outcome as a reader sees it."""
    return _OUTCOMES[outcome]


def tie_label(kind: str, *, forward: bool) -> str:
    """Return a tie's words, read from its subject or from its object."""
    known = kinds().tie(kind)
    return known.label if forward else known.inverse


def step_sentence(step: Step) -> str:
    """Return a step as a sentence along the path: 'A supplies B (reported, until 2015)'."""
    near, far = (step.subject, step.object) if step.forward else (step.object, step.subject)
    sentence = f"{near.name} {tie_label(step.kind, forward=step.forward)} {far.name}"
    details = [d for d in (_status(step.status), period(step.valid_from, step.valid_to)) if d]
    return f"{sentence} ({', '.join(details)})" if details else sentence


def path_sentence(path: ExposurePath) -> str:
    """Return a path as one line: 'A → supplies (ended) → B → is affiliated with → C'."""
    parts = [path.start.name]
    for step in path.steps:
        far = step.object if step.forward else step.subject
        status = f" ({step.status})" if _status(step.status) else ""
        parts += [tie_label(step.kind, forward=step.forward) + status, far.name]
    return " → ".join(parts)


def designation_sentence(designation: Designation) -> str:
    """Return a designation in one line, with its dates, and whose it is if inherited."""
    sentence = designation.list_name or "a list"
    if designation.authority:
        sentence += f", {designation.authority}"
    if designation.listed_on:
        sentence += f", since {designation.listed_on}"
    if designation.valid_to:
        sentence += f", until {designation.valid_to}"
    sentence += _edition(designation)
    if designation.inherited_from:
        sentence = f"parent designated ({designation.inherited_from.name}): {sentence}"
    return sentence


def _edition(designation: Designation) -> str:
    if designation.quotes[0].citation.curated:
        # The date of the pack says nothing about the list; the citation has its own.
        return ""
    if designation.removed_on:
        return f"; no longer listed in the edition of {designation.removed_on}"
    return f"; in the edition of {designation.last_seen}" if designation.last_seen else ""


def why(finding: Finding) -> list[str]:
    """Return the overview of a finding: whom it was taken for, its lists, its best path."""
    if not finding.hits:
        return ["no name in the workspace is like enough"]
    hit = finding.hits[0]
    lines = [_decided(one) for one in finding.hits if one.disposition is not None]
    if hit.match.entity.name != finding.party.name or hit.match.score < 1:
        lines.append(f"taken for {hit.match.entity.name} ({hit.match.score:.2f})")
    if hit.anchor:
        lines.append("is itself part of a defence establishment")
    if hit.designations:
        lines.append(f"designated: {'; '.join(dict.fromkeys(map(_list_name, hit.designations)))}")
    if hit.exposures:
        lines.append(f"{path_sentence(hit.exposures[0])} ({hit.exposures[0].score:.2f})")
    if not (hit.anchor or hit.designations or hit.exposures):
        sure = hit.certainty == "sure"
        lines.append("no designation and no path known" if sure else "uncertain: no path is shown")
    if len(finding.hits) > 1:
        others = len(finding.hits) - 1
        lines.append(f"and {others} more {'record' if others == 1 else 'records'} like it")
    return lines


def _decided(hit: Hit) -> str:
    standing = hit.disposition
    assert standing is not None
    return (
        f"{hit.match.entity.name}: {decision_label(standing).casefold()} {decision_line(standing)}"
    )


def decision_label(standing: Standing) -> str:
    """Return how a person's decision on a match stands: "Dismissed", "Confirmed", "Reopened"."""
    if standing.state == "reopened":
        return f"Reopened ({DECISION_WORDS[standing.decision]})"
    labels = {"false_match": "Dismissed", "true_match": "Confirmed", "needs_more": "Needs more"}
    return labels[standing.decision]


def decision_line(standing: Standing) -> str:
    """Return who decided, when and why: "by K. Ito on 2026-11-24: another Hexi"."""
    return f"by {standing.by} on {standing.at[:10]}: {standing.note}"


def _list_name(designation: Designation) -> str:
    parent = "parent on " if designation.inherited_from else ""
    removed = " (removed)" if designation.removed_on else ""
    return f"{parent}{designation.list_name or 'a list'}{removed}"


def citation_line(citation: Citation) -> str:
    """Return a footnote: title, publisher, date, address; a curated fact says that it is one."""
    parts = [citation.title, citation.publisher, citation.date, citation.url]
    line = ", ".join(part for part in parts if part)
    return f"curated from: {line}" if citation.curated else line


def searched_line(searched: Searched) -> str:
    """Return what was searched, in which version and how old, in one line."""
    line = f"{searched.title}: {searched.records:,} records"
    if searched.as_of:
        line += f", edition of {searched.as_of}"
    if searched.other_editions:
        line += f", and {searched.other_editions:,} that only other editions hold"
    if searched.scope:
        line += f" (only {searched.scope})"
    if searched.stale_days is not None:
        line += f"; STALE: {searched.stale_days} days old, load a newer one"
    return line


def country_label(code: str | None) -> str:
    """Return the country's English name, or an empty string."""
    return country_name(code) if code else ""


def _status(status: str) -> str:
    return "" if status == "asserted" else status


def period(start: str | None, end: str | None) -> str:
    """Return a period in words: "2012 to 2016", "since 2012", "until 2015", or nothing."""
    if start and end:
        return f"{start} to {end}"
    if start:
        return f"since {start}"
    return f"until {end}" if end else ""
