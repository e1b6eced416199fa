"""A finding in plain words: what was asked, what was found or not, and how sure that is."""

from crosstie.ontology.findings import Finding, Hit
from crosstie.ontology.kinds import kinds


def summary(finding: Finding) -> tuple[str, ...]:
    """Return a finding as sentences, for a reader who has never seen one."""
    name = finding.party.name
    if not finding.hits:
        return (
            f"No organisation in this workspace has a name that is like enough to “{name}”.",
            "That is an answer about what was searched, not about the organisation.",
        )
    hit = finding.hits[0]
    lines = [_taken(name, hit), *_known(hit)]
    if hit.disposition is not None and hit.disposition.dismisses:
        lines.append("It counts for nothing here, because a person said that it is not the same.")
    others = len(finding.hits) - 1
    if others:
        lines.append(
            f"{others} more {'record has a name' if others == 1 else 'records have names'} like it:"
            " each stands below."
        )
    return tuple(lines)


def _taken(name: str, hit: Hit) -> str:
    kind = kinds().entities[hit.match.entity.kind].label if hit.match.entity.kind else ""
    whom = f"{hit.match.entity.name} ({kind})" if kind else hit.match.entity.name
    if hit.disposition is not None and hit.disposition.state == "standing":
        said = {
            "true_match": f"“{name}” is {whom}",
            "false_match": f"“{name}” is not {whom}",
            "needs_more": f"whether “{name}” is {whom} could not be decided yet",
        }[hit.disposition.decision]
        return f"{hit.disposition.by} decided: {said}."
    if hit.certainty == "sure":
        return f"“{name}” was taken for {whom}: the names agree ({hit.match.score:.2f} of 1)."
    return (
        f"“{name}” may be {whom}, or a namesake: the names agree in part"
        f" ({hit.match.score:.2f} of 1), and nobody has looked at it yet."
    )


def _known(hit: Hit) -> list[str]:
    lines = []
    if hit.anchor:
        lines.append("It is itself part of a defence establishment.")
    own = [found for found in hit.designations if found.inherited_from is None]
    if own:
        lists = list(dict.fromkeys(found.list_name or "a list without a name" for found in own))
        many = "a list" if len(lists) == 1 else f"{len(lists)} lists"
        lines.append(f"It stands on {many}: {_joined(lists)}.")
    if len(own) < len(hit.designations):
        lines.append("A parent of it stands on a list.")
    if hit.exposures:
        path = hit.exposures[0]
        ties = len(path.steps)
        how = "A single tie" if ties == 1 else f"A chain of {ties} ties"
        weakest = f"; the weakest is the {_ordinal(path.weakest)}" if ties > 1 else ""
        lines.append(f"{how} leads from it to {path.anchor.name}{weakest}.")
    if not lines and hit.certainty == "sure":
        lines.append(
            "Nothing that a screening looks for is known of it: no listing, and no chain of ties"
            " to a defence establishment."
        )
    if hit.certainty != "sure" and hit.adverse:
        lines.append(unshown(hit))
    return lines


def unshown(hit: Hit) -> str:
    """Return why what hangs on the ties of an uncertain match is not shown."""
    if hit.disposition is not None and hit.disposition.confirms:
        return "What hangs on its ties was hidden when this was saved: screen the name again."
    return "What hangs on its ties is shown once a person says that it is the same."


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _ordinal(place: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    return names[place] if place < len(names) else f"{place + 1}th"
