"""What a story tells that is new: ties and entities against what was known before; denials too."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.briefings import Contradiction, Passage, TieNews
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ArticleId, ClaimId, EntityId, MentionId, TieId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Quantity
from crosstie.reporting.briefing.story import passage_of
from crosstie.resolution.tying import STATUSES, tie_ends, tie_id
from crosstie.store import dated, reaching, reading, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.briefing.period import Period

_Pair = tuple[Literal["denial", "value"], str, Claim, Claim]
_NO_NEWS = frozenset({"person", "place", "group", "document", "event"})
_MOST_CONTRADICTIONS = 5
# Two figures nearer than this are one figure, rounded twice.
_SAME_VALUE = 0.005


@dataclass(frozen=True, slots=True)
class _TieHistory:
    """A tie's claims as known by the end of the period, and as known before it."""

    claims: tuple[Claim, ...]
    before: tuple[Claim, ...]


class News:
    """Compares the claims of a period's stories with all others; reads the store once for all."""

    def __init__(
        self, db: Transaction, period: Period, claims: Sequence[Claim], rejected: Collection[str]
    ) -> None:
        self._db = db
        self._period = period
        self._rejected = rejected
        self.owners = reaching.owners(
            db, [m for c in claims for m in (c.subject, c.object) if m is not None]
        )
        ends = {c.id: end for c in claims if (end := tie_ends(c, self.owners)) is not None}
        self._ends = ends
        self._histories = self._read_histories({tie_id(end) for end in ends.values()})
        ids = set(self.owners.values())
        self.refs = showing.entity_refs(db, ids)
        self._known = {
            key
            for key, days in dated.entity_days(db, ids).items()
            if any(period.before(period.day(found)) for found in days)
        }
        self._figures = self._read_figures({self.owners.get(c.subject) for c in claims})

    def _read_histories(self, ids: Iterable[TieId]) -> dict[TieId, _TieHistory]:
        ties = dated.ties(self._db, ids)
        wanted = [claim for tie in ties.values() for claim in tie.claims]
        claims = reading.claims(self._db, wanted)
        days = {
            key: self._period.day(found)
            for key, found in dated.claim_days(self._db, wanted).items()
        }
        return {
            tie.id: _TieHistory(
                tuple(claims[c] for c in tie.claims if self._period.by_then(days[c])),
                tuple(claims[c] for c in tie.claims if self._period.before(days[c])),
            )
            for tie in ties.values()
        }

    def _read_figures(self, subjects: Iterable[EntityId | None]) -> dict[EntityId, list[Claim]]:
        return {
            key: [
                claim
                for claim in reading.claims_about(self._db, key, "measure")
                if claim.id not in self._rejected
            ]
            for key in sorted({subject for subject in subjects if subject is not None})
        }

    def ties(self, claims: Sequence[Claim]) -> tuple[TieNews, ...]:
        """Return the ties that a story's claims speak of, changed and new ones first."""
        found: dict[TieId, TieNews] = {}
        for claim in claims:
            ends = self._ends.get(claim.id)
            if ends is None or (key := tie_id(ends)) not in self._histories:
                continue
            history = self._histories[key]
            if key not in found and history.claims:
                found[key] = TieNews(
                    tie_id=key,
                    subject=self.refs[ends[0]],
                    kind=ends[1],
                    label=kinds().tie(ends[1]).label,
                    object=self.refs[ends[2]],
                    status=_status(history.claims),
                    before=_status(history.before) if history.before else None,
                )
        return tuple(sorted(found.values(), key=_tie_order))

    def entities(self, claims: Sequence[Claim]) -> tuple[EntityRef, ...]:
        """Return the organisations and things at the ends of a story's claims, new ones alone."""
        if self._period.since is None:
            return ()
        ids = {self.owners[m] for c in claims for m in _ends_of(c) if m in self.owners}
        refs = [self.refs[key] for key in ids - self._known if key in self.refs]
        return tuple(
            sorted((r for r in refs if r.kind not in _NO_NEWS), key=lambda r: (r.name, r.id))
        )

    def contradictions(
        self, article: ArticleId, claims: Sequence[Claim]
    ) -> tuple[Contradiction, ...]:
        """Return what other passages deny of a story, what it denies, and other values."""
        pairs = [*self._denials(claims), *self._values(article, claims)]
        passages = _passages(self._db, [c for _, _, here, there in pairs for c in (here, there)])
        return tuple(
            Contradiction(kind, text, passages[here.id], passages[there.id])
            for kind, text, here, there in pairs[:_MOST_CONTRADICTIONS]
        )

    def _denials(self, claims: Sequence[Claim]) -> list[_Pair]:
        found: dict[tuple[ClaimId, ClaimId], _Pair] = {}
        seen: set[TieId] = set()
        for claim in claims:
            ends = self._ends.get(claim.id)
            if ends is None or (key := tie_id(ends)) in seen or key not in self._histories:
                continue
            seen.add(key)
            denied = claim.status == "denied"
            others = [
                other
                for other in self._histories[key].claims
                if (other.status == "denied") != denied
            ]
            if others:
                other = min(others, key=lambda c: (STATUSES.index(c.status), c.id))
                words = self._denial_words(ends, (other if denied else claim).status)
                found[claim.id, other.id] = ("denial", words, claim, other)
        return list(found.values())

    def _denial_words(self, ends: tuple[EntityId, str, EntityId], status: str) -> str:
        tie = f"{self.refs[ends[0]].name} {kinds().tie(ends[1]).label} {self.refs[ends[2]].name}"
        return f"One says ({status}), the other denies: {tie}."

    def _values(self, article: ArticleId, claims: Sequence[Claim]) -> list[_Pair]:
        found: list[_Pair] = []
        for claim in claims:
            subject = self.owners.get(claim.subject)
            if subject is None or _figure(claim) is None:
                continue
            for other in self._figures[subject]:
                if other.article_id != article and _differs(claim, other):
                    words = (
                        f"{self.refs[subject].name}, {claim.attributes['measured']}:"
                        f" {_stated(claim)} here, {_stated(other)} there."
                    )
                    found.append(("value", words, claim, other))
                    break
        return found


def _status(claims: Sequence[Claim]) -> str:
    return min((claim.status for claim in claims), key=STATUSES.index)


def _tie_order(tie: TieNews) -> tuple[bool, bool, str, str, str, str]:
    return (
        not tie.changed, not tie.is_new, tie.subject.name, tie.kind, tie.object.name, tie.tie_id,
    )  # fmt: skip


def _ends_of(claim: Claim) -> list[MentionId]:
    """Return the ends of a tie's claim; the subject of a figure is often only the nearest name."""
    return [] if claim.object is None else [claim.subject, claim.object]


def _figure(claim: Claim) -> Quantity | None:
    """Return a quantity that can be compared: exact, and with words for what it measures."""
    quantity = claim.quantity
    measured = claim.attributes.get("measured", "")
    if quantity is None or quantity.comparator != "=" or claim.modality != "actual":
        return None
    # "30 years" of one thing and "25 years" of another contradict nothing.
    return None if not measured or measured == quantity.unit else quantity


def _differs(claim: Claim, other: Claim) -> bool:
    """Return whether two claims give one figure, of one time, different values."""
    one, two = _figure(claim), _figure(other)
    if one is None or two is None or _about(claim, one) != _about(other, two):
        return False
    return abs(one.value - two.value) > _SAME_VALUE * max(abs(one.value), abs(two.value))


def _about(claim: Claim, quantity: Quantity) -> tuple[str | None, ...]:
    attributes: Mapping[str, str] = claim.attributes
    return (
        quantity.measure, quantity.unit, quantity.as_of, quantity.by,
        attributes["measured"].casefold(), attributes.get("edition"), attributes.get("edition_of"),
    )  # fmt: skip


def _stated(claim: Claim) -> str:
    quantity = claim.quantity
    assert quantity is not None
    return f"{quantity.value:,.10g} {quantity.unit}".strip()


def _passages(db: Transaction, claims: Sequence[Claim]) -> dict[ClaimId, Passage]:
    """Return the words that each claim rests on first, as passages."""
    quotes = showing.quotes(db, [claim.id for claim in claims])
    return {
        claim.id: passage_of(
            claim.evidence[0].start,
            claim.evidence[0].end,
            claim.evidence[0].quote,
            quotes[claim.id][0].citation,
            (claim,),
        )
        for claim in claims
    }
