"""From the append-only judgements to the verdicts that are in force."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crosstie.ontology.errors import InputError
from crosstie.ontology.ids import ClaimId, JudgementId, MentionId
from crosstie.ontology.records import Judgement, Verdict

Pair = tuple[MentionId, MentionId]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The judgement in force on each pair of mentions, and on each claim."""

    pairs: dict[Pair, Judgement]
    claims: dict[ClaimId, Judgement]

    def pairs_judged(self, verdict: Verdict) -> list[Pair]:
        """Return the pairs with this verdict, in order."""
        return sorted(pair for pair, found in self.pairs.items() if found.verdict == verdict)

    def told_apart(self) -> Counter[MentionId]:
        """Return from how many others each mention was judged to be different."""
        return Counter(mention for pair in self.pairs_judged("different") for mention in pair)

    @property
    def rejected(self) -> frozenset[ClaimId]:
        """Return the claims that a person rejected."""
        return frozenset(c for c, found in self.claims.items() if found.verdict == "rejected")


def pair_of(left: str, right: str) -> Pair:
    """Return the two mention ids in order: a pair has no sides."""
    return (MentionId(min(left, right)), MentionId(max(left, right)))


def verdicts_in_force(judgements: Iterable[Judgement]) -> Verdicts:
    """Return the latest judgement on each pair or claim that no undo has taken back.

    An undo carries no verdict of its own, and can be undone. Of two judgements made at the same
    moment on one pair, the more careful wins: `different` before `unsure` before `same`, and
    `rejected` before `accepted`.
    """
    by_id = {judgement.id: judgement for judgement in judgements}
    undone = _undone(by_id)
    verdicts = Verdicts({}, {})
    for judgement in sorted(by_id.values(), key=_precedence):
        if judgement.undoes is not None or judgement.id in undone:
            continue
        if judgement.verdict in ("accepted", "rejected"):
            verdicts.claims[ClaimId(judgement.left)] = judgement
        elif judgement.left != judgement.right:
            verdicts.pairs[pair_of(judgement.left, judgement.right)] = judgement
    return verdicts


_CARE = {"same": 0, "accepted": 0, "unsure": 1, "different": 2, "rejected": 2}


def _precedence(judgement: Judgement) -> tuple[str, int, str]:
    return (judgement.at, _CARE[judgement.verdict], judgement.id)


def _undone(by_id: dict[JudgementId, Judgement]) -> set[JudgementId]:
    """Return the judgements that an undo in force takes back."""
    undoers: dict[JudgementId, list[JudgementId]] = {}
    for judgement in by_id.values():
        if judgement.undoes is not None:
            undoers.setdefault(judgement.undoes, []).append(judgement.id)
    waiting = {key: len(undoers.get(key, ())) for key in by_id}
    ready = sorted(key for key, count in waiting.items() if count == 0)
    undone: set[JudgementId] = set()
    settled = 0
    while ready:
        key = ready.pop()
        settled += 1
        target = by_id[key].undoes
        if target is None or target not in by_id:
            continue
        if key not in undone:
            undone.add(target)
        waiting[target] -= 1
        if waiting[target] == 0:
            ready.append(target)
    if settled < len(by_id):
        stuck = min(key for key, count in waiting.items() if count > 0)
        raise InputError(
            "judgements undo each other in a circle",
            where=f"judgement {stuck}",
            remedy="remove the later of them: an undo can only name an earlier judgement",
        )
    return undone
