"""What a person decides, as a judgement on a claim or on a pair of mentions."""

from crosstie.matching import NameIndex
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.ids import ClaimId, JudgementId
from crosstie.ontology.records import Judgement, Verdict
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.store.writing import judgement_id
from crosstie.workspace.lookup import find_entity

ON_CLAIMS: tuple[Verdict, ...] = ("accepted", "rejected")


def judged_ends(
    db: Transaction, index: NameIndex, left: str, right: str | None, verdict: Verdict
) -> tuple[str, str]:
    """Return what a verdict is about: a claim and nothing, or two entities' mentions, in order."""
    if verdict in ON_CLAIMS:
        if right is not None:
            raise UsageError(f"`{verdict}` is about one claim", remedy="name its id alone")
        if not reading.claims(db, [ClaimId(left)]):
            raise NotFound(f"no claim `{left}`", remedy="`crosstie show NAME --json` gives the ids")
        return left, ""
    if right is None:
        raise UsageError(f"`{verdict}` is about two entities", remedy="name both")
    first, second = (find_entity(db, index, text).entity for text in (left, right))
    if first.id == second.id:
        raise UsageError(
            f"`{left}` and `{right}` are the same entity already",
            remedy="name two, by their ids where they share a name",
        )
    # One mention of each stands for its entity; resolution takes the whole with it.
    ends = sorted((first.mentions[0].mention_id, second.mentions[0].mention_id))
    return ends[0], ends[1]


def judgement_of(
    ends: tuple[str, str], verdict: Verdict, *, by: str, at: str, because: str
) -> Judgement:
    """Make the record."""
    key = JudgementId(judgement_id(*ends, verdict, by, at))
    return Judgement(key, *ends, verdict=verdict, by=by, at=at, because=because)
