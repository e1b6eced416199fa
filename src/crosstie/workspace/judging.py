"""What a person decides, as a judgement on a claim or on a pair of mentions."""

from collections.abc import Iterable
from dataclasses import replace

from crosstie.matching import NameIndex
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.ids import ClaimId, JudgementId, MentionId
from crosstie.ontology.records import Judgement, Verdict
from crosstie.resolution import proposals, require_splink, settle, verdicts_in_force
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.store.heirs import heirs
from crosstie.store.writing import judgement_id
from crosstie.workspace.lookup import find_entity

ON_CLAIMS: tuple[Verdict, ...] = ("accepted", "rejected")


def standing_judgements(db: Transaction) -> list[Judgement]:
    """Return all judgements, each about the mentions that stand today where it was made.

    A new edition of a list or a new reading of a document gives its mentions new ids: what a person
    decided of the old ones holds for those in their place.
    """
    every = reading.judgements(db)
    pairs = [made for made in every if made.verdict not in ON_CLAIMS]
    place = heirs(db, [end for made in pairs for end in (made.left, made.right)])
    return [
        made
        if made.verdict in ON_CLAIMS
        else replace(
            made,
            left=place.get(MentionId(made.left), made.left),
            right=place.get(MentionId(made.right), made.right),
        )
        for made in every
    ]


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
            remedy="name two, by their ids where they share a name; to part what was merged, use"
            " `crosstie split`",
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


def undo_of(db: Transaction, judgement: str, *, by: str, at: str, because: str) -> Judgement:
    """Make the record that takes a judgement back. Raises NotFound or UsageError."""
    every = {made.id: made for made in reading.judgements(db)}
    old = every.get(JudgementId(judgement))
    if old is None:
        raise NotFound(
            f"no judgement `{judgement}`", remedy="`crosstie history ENTITY` gives the ids"
        )
    if _is_taken_back(old.id, every.values()):
        raise UsageError(f"`{judgement}` was taken back already", remedy="nothing is left to undo")
    key = JudgementId(judgement_id(old.id, "", "undo", by, at))
    return replace(old, id=key, by=by, at=at, because=because, undoes=old.id)


def _is_taken_back(key: JudgementId, every: Iterable[Judgement]) -> bool:
    made = list(every)
    return any(undo.undoes == key and not _is_taken_back(undo.id, made) for undo in made)


def register_judgements(db: Transaction, *, at: str) -> list[Judgement]:
    """Make a judgement, by "splink", of each pair that Splink takes for one and nothing forbids.

    Pairs that anyone judged before are left as they are. Raises ExtraMissing without Splink.
    """
    require_splink()
    judgements = standing_judgements(db)
    settled = settle(
        reading.live_mentions(db),
        verdicts_in_force(judgements),
        origins=reading.origins(db),
        publishers=reading.publishers(db),
    )
    judged = {frozenset((made.left, made.right)) for made in judgements}
    return [
        judgement_of(
            (min(found.left, found.right), max(found.left, found.right)),
            "same", by="splink", at=at, because=found.because,
        )
        for found in proposals(settled)
        if frozenset((found.left, found.right)) not in judged
    ]  # fmt: skip
