"""Claims → ties: all claims of one kind between the same two entities are one tie."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, MentionId, TieId, content_id
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Entity, Judgement, Tie
from crosstie.resolution.verdicts import verdicts_in_force

STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")
"""What a tie's claims can say, from the strongest to the weakest."""

_STRENGTH = {status: place for place, status in enumerate(STATUSES)}
_MOST_VALUES = 20
TieEnds = tuple[EntityId, str, EntityId]
"""Subject, kind and object of a tie."""


def tie_claims(
    entities: Iterable[Entity],
    claims: Iterable[Claim],
    *,
    publishers: Mapping[DocumentId, str | None],
    superseded: Container[ClaimId] = frozenset(),
    judgements: Iterable[Judgement] = (),
) -> tuple[Tie, ...]:
    """Return the ties that the live claims make, in the order of their ids.

    A claim is live unless a later run superseded it or a person rejected it. Quantities, claims
    about mentions that are in no entity, and claims whose two ends are one entity make no tie.
    """
    owner = {found.mention_id: entity.id for entity in entities for found in entity.mentions}
    return tie_owned_claims(
        owner,
        (claim for claim in claims if claim.id not in superseded),
        publishers=publishers,
        rejected=verdicts_in_force(judgements).rejected,
    )


def tie_owned_claims(
    owner: Mapping[MentionId, EntityId],
    claims: Iterable[Claim],
    *,
    publishers: Mapping[DocumentId, str | None],
    rejected: Container[ClaimId] = frozenset(),
) -> tuple[Tie, ...]:
    """Do the same where it is known which entity each mention names."""
    grouped: dict[TieEnds, dict[ClaimId, Claim]] = defaultdict(dict)
    for claim in claims:
        ends = None if claim.id in rejected else tie_ends(claim, owner)
        if ends is not None:
            # Quotes make up most of a claim, and no tie is made of them.
            grouped[ends][claim.id] = replace(claim, evidence=())
    ties = [_tie(ends, list(found.values()), publishers) for ends, found in grouped.items()]
    return tuple(sorted(ties, key=lambda tie: tie.id))


def tie_id(ends: TieEnds) -> TieId:
    """Return the id of the tie between these ends."""
    return TieId(content_id("tie", *ends))


def tie_ends(claim: Claim, owner: Mapping[MentionId, EntityId]) -> TieEnds | None:
    """Return subject, kind and object of the tie that a claim feeds; None if it feeds none."""
    if claim.quantity is not None or claim.predicate == "measure" or claim.object is None:
        return None
    subject, target = owner.get(claim.subject), owner.get(claim.object)
    if subject is None or target is None or subject == target:
        return None
    if kinds().tie(claim.predicate).symmetric and target < subject:
        subject, target = target, subject
    return (subject, claim.predicate, target)


def _tie(ends: TieEnds, claims: list[Claim], publishers: Mapping[DocumentId, str | None]) -> Tie:
    claims.sort(key=lambda claim: (_STRENGTH[claim.status], claim.id))
    status = claims[0].status
    # What denies a tie is no source for it, unless there is nothing but denial.
    behind = [claim for claim in claims if claim.status != "denied" or status == "denied"]
    subject, kind, target = ends
    return Tie(
        id=tie_id(ends),
        subject=subject,
        kind=kind,
        object=target,
        status=status,
        claims=tuple(claim.id for claim in claims),
        # Documents that name no publisher may all be one publisher's: together they count once.
        sources=len({publishers.get(claim.document_id) for claim in behind}),
        valid_from=min((c.valid_from for c in behind if c.valid_from is not None), default=None),
        valid_to=_valid_to(behind),
        attributes=_attributes(behind),
    )


def _valid_to(claims: Sequence[Claim]) -> str | None:
    """Return the latest end; None while a claim knows of none, for then the tie may go on."""
    if any(claim.valid_to is None and not claim.ended for claim in claims):
        return None
    return max((claim.valid_to for claim in claims if claim.valid_to is not None), default=None)


def _attributes(claims: Sequence[Claim]) -> dict[str, str]:
    """Return every attribute with its different values, the strongest claim's value first."""
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        for key, value in claim.attributes.items():
            values[key].setdefault(value)
    return {key: _joined(list(values[key])) for key in sorted(values)}


def _joined(values: Sequence[str]) -> str:
    # Two institutions have thousands of joint papers: each one's DOI stays with its claim.
    more = len(values) - _MOST_VALUES
    return "; ".join([*values[:_MOST_VALUES], *([f"and {more} more"] if more > 0 else [])])
