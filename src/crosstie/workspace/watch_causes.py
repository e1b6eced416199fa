"""Why a fact of a watched name is new, other or gone: what was taken in or decided since."""

from collections.abc import Iterable
from functools import cached_property

from crosstie.ontology.dispositions import DECISION_WORDS
from crosstie.ontology.findings import Finding
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.records import Judgement
from crosstie.ontology.watching import Cause, CauseKind, Change, ChangeKind, Fact, Terms, WatchState
from crosstie.store import reaching, reading, watching
from crosstie.store.engine import Transaction
from crosstie.store.reading import Edition
from crosstie.workspace.watch_states import PART

_SHOWN = 3


def differs(old: str, new: str) -> bool:
    """Return whether two values of a fact say different things.

    What one of them leaves out is no difference: layouts of one list tell more or less.
    """
    for one, two in zip(old.split(PART), new.split(PART), strict=False):
        left, right = set(one.split(", ")), set(two.split(", "))
        if one and two and not (left <= right or right <= left):
            return True
    return False


class Since:
    """What has happened since a round, looked up when a change asks for it."""

    def __init__(self, db: Transaction, at: str, before: Terms, now: Terms) -> None:
        self._db = db
        # Times are to the second: what was recorded in the second of the round may be later. It
        # only tells why something differs that was found to differ.
        self._at = at
        self._before = before
        self._now = now
        self._dispositions: tuple[Cause, ...] = ()

    def changes(
        self, old: WatchState, new: WatchState, finding: Finding | None = None
    ) -> tuple[Change, ...]:
        """Return what differs between two states of a name, with the reasons.

        `finding` is what the new state was made of: it bears what people decided on its matches.
        """
        self._dispositions = _decided_on(finding, self._at) if finding is not None else ()
        were = {fact.key: fact for fact in old.facts}
        found = []
        for fact in new.facts:
            earlier = were.pop(fact.key, None)
            if earlier is None:
                found.append(self._change("new", fact, "", fact.claims))
            elif differs(earlier.value, fact.value):
                fresh = set(fact.claims) - set(earlier.claims)
                found.append(self._change("changed", fact, earlier.words, sorted(fresh)))
            elif fact.kind == "path" and (told := self._told_since(fact, earlier)):
                found.append(self._change("changed", fact, earlier.words, told))
        for gone in were.values():
            found.append(self._change("gone", gone, gone.words, ()))
        return tuple(found)

    def _told_since(self, fact: Fact, earlier: Fact) -> list[ClaimId]:
        """Return the claims on which a path rests now and did not before.

        A list's row that a new edition words otherwise says nothing new.
        """
        known = watching.sources_of(self._db, earlier.documents)
        fresh = self._fresh(set(fact.claims) - set(earlier.claims))
        lists = watching.lists_of_claims(self._db, fresh)
        return sorted(claim for claim in fresh if lists.get(claim) not in known)

    def _fresh(self, claims: Iterable[ClaimId]) -> set[ClaimId]:
        return {key for key, at in watching.recorded_at(self._db, claims).items() if at >= self._at}

    def _change(
        self, kind: ChangeKind, fact: Fact, before: str, claims: Iterable[ClaimId]
    ) -> Change:
        causes = [
            *self._dispositions,
            *self._claims(fact, claims),
            *self._rows(fact),
            *self._judgements(fact),
        ]
        return Change(
            kind=kind,
            fact=fact.kind,
            words=fact.words,
            before=before if kind == "changed" else "",
            causes=tuple(dict.fromkeys(causes)) or self._general(),
            documents=fact.documents,
        )

    def _claims(self, fact: Fact, claims: Iterable[ClaimId]) -> Iterable[Cause]:
        if fact.kind != "path":
            return
        fresh = sorted(self._fresh(claims))
        for claim in fresh[:_SHOWN]:
            yield Cause("claim", "a claim that was recorded since", claim)

    def _rows(self, fact: Fact) -> Iterable[Cause]:
        sources = watching.sources_of(self._db, fact.documents)
        for edition in self._editions:
            if str(edition.source.id) in sources or (not fact.documents and fact.kind == "match"):
                yield Cause(
                    "row",
                    f"{edition.source.title}, edition of {edition.as_of},"
                    f" loaded {edition.loaded_at[:10]}",
                )

    def _judgements(self, fact: Fact) -> Iterable[Cause]:
        entities = {part for part in fact.key.replace(":", "|").split("|") if part[:4] == "ent-"}
        for judgement in self._decided:
            if self._touches(judgement, entities, fact):
                yield Cause(
                    "judgement",
                    f"{judgement.by} judged {judgement.verdict} on {judgement.at[:10]}:"
                    f" {judgement.because}",
                )

    def _touches(self, judgement: Judgement, entities: set[str], fact: Fact) -> bool:
        if judgement.left in fact.claims:
            return True
        ends = [end for end in (judgement.left, judgement.right) if end]
        return bool(entities & set(reaching.owners(self._db, ends).values()))

    def _general(self) -> tuple[Cause, ...]:
        """Return what has changed for all names alike."""
        versions: tuple[tuple[CauseKind, str, str, str], ...] = (
            ("rules", "exposure rules", self._before.rules, self._now.rules),
            ("grades", "grades of sources", self._before.grades, self._now.grades),
            ("program", "version of Crosstie", self._before.program, self._now.program),
        )
        found = [
            Cause(kind, f"other {name}: {before} before, {now} now")
            for kind, name, before, now in versions
            if before != now
        ]
        return tuple(found) or (
            Cause("worked_out", "who is who was worked out anew from what was taken in since"),
        )

    @cached_property
    def _editions(self) -> list[Edition]:
        return [e for e in reading.editions(self._db) if e.loaded_at >= self._at]

    @cached_property
    def _decided(self) -> list[Judgement]:
        return [j for j in reading.judgements(self._db) if j.at >= self._at]


def _decided_on(finding: Finding, at: str) -> tuple[Cause, ...]:
    """Return what people decided since on the matches of a name."""
    decided = (hit.disposition for hit in finding.hits if hit.disposition is not None)
    return tuple(
        Cause(
            "judgement",
            f"{one.by} decided {DECISION_WORDS[one.decision]} on {one.at[:10]}: {one.note}",
        )
        for one in decided
        if one.at >= at
    )
