"""A finding as facts that can be compared with those of an earlier round."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from crosstie.ontology.findings import Designation, ExposurePath, Finding, Hit, Quote
from crosstie.ontology.ids import ClaimId, DocumentId
from crosstie.ontology.watching import Fact, WatchState
from crosstie.reporting import words

PART = "; "
"""What stands between the parts of a fact's value."""
_ENTITY = re.compile(r"ent-[0-9a-f]{20}")


def state_of(finding: Finding, *, on: str) -> WatchState:
    """Return what a finding says, fact by fact; `on` is the day that listings are judged by."""
    facts: dict[str, Fact] = {}
    for hit in finding.hits:
        for fact in _facts(hit, on):
            facts.setdefault(fact.key, fact)
    return WatchState(finding.outcome, tuple(facts[key] for key in sorted(facts)))


def renamed(state: WatchState, heirs: Mapping[str, str]) -> WatchState:
    """Return a state with the ids that its entities have now."""

    def now(text: str) -> str:
        return _ENTITY.sub(lambda found: heirs.get(found[0], found[0]), text)

    return WatchState(
        state.outcome,
        tuple(
            Fact(now(f.key), f.kind, f.value, f.words, f.claims, f.documents) for f in state.facts
        ),
    )


def entities_in(states: Iterable[WatchState]) -> set[str]:
    """Return the ids of all entities that facts are about."""
    return {
        found for state in states for fact in state.facts for found in _ENTITY.findall(fact.key)
    }


def _facts(hit: Hit, on: str) -> Iterable[Fact]:
    if not (hit.designations or hit.exposures or hit.anchor):
        # Whom a name was recognised as says nothing while nothing is known of it.
        return
    if hit.disposition is not None and hit.disposition.dismisses:
        # A person said that it is another organisation.
        return
    entity = hit.match.entity
    yield Fact(
        f"match|{entity.id}",
        "match",
        hit.certainty,
        f"taken for {entity.name}" if hit.certainty == "sure" else f"may be {entity.name}",
    )
    if hit.anchor:
        yield Fact(f"anchor|{entity.id}", "anchor", "", f"{entity.name} is an anchor")
    yield from _listings(hit.designations, on)
    for path in hit.exposures:
        yield _path(path)


def _listings(designations: Iterable[Designation], on: str) -> Iterable[Fact]:
    """Yield one fact for each entity and list, however many rows name it there."""
    grouped: dict[tuple[str, str], list[Designation]] = defaultdict(list)
    for one in designations:
        owner = one.inherited_from or one.entity
        grouped[owner.id, one.list_name or one.authority].append(one)
    for (owner_id, list_name), rows in grouped.items():
        standing = [row for row in rows if row.in_force(on)]
        shown = standing or rows
        first = shown[0]
        dates = sorted({row.listed_on for row in shown if row.listed_on})
        programmes = sorted({row.programme for row in shown if row.programme})
        state = "in force" if standing else f"no longer in force ({_ended(first)})"
        whose = f" (its parent {first.inherited_from.name})" if first.inherited_from else ""
        quotes = [quote for row in shown for quote in row.quotes]
        yield Fact(
            f"listing|{owner_id}|{list_name}",
            "listing",
            PART.join([state, ", ".join(programmes).replace(PART, ", "), ", ".join(dates)]),
            f"{list_name}{whose}: {state}" + (f", since {dates[0]}" if dates else ""),
            _claims(quotes),
            _documents(quotes),
        )


def _ended(row: Designation) -> str:
    if row.removed_on:
        return f"not in the edition of {row.removed_on}"
    return f"until {row.valid_to}" if row.valid_to else "not yet begun"


def _path(path: ExposurePath) -> Fact:
    ties = [f"{step.subject.id}:{step.kind}:{step.object.id}" for step in path.steps]
    quotes = [quote for step in path.steps for quote in (*step.quotes, *step.against)]
    return Fact(
        "path|" + "|".join(ties),
        "path",
        ", ".join(step.status for step in path.steps),
        words.path_sentence(path),
        _claims(quotes),
        _documents(quotes),
    )


def _claims(quotes: Iterable[Quote]) -> tuple[ClaimId, ...]:
    return tuple(sorted({quote.claim_id for quote in quotes}))


def _documents(quotes: Iterable[Quote]) -> tuple[DocumentId, ...]:
    return tuple(sorted({quote.citation.document_id for quote in quotes}))
