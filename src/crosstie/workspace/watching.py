"""Names that are watched: what has changed for them since the last round, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosstie import __version__
from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD
from crosstie.matching.names import normal_name
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Party, Quote, Screening
from crosstie.ontology.ids import ClaimId, content_id
from crosstie.ontology.records import decode, encode
from crosstie.ontology.watching import (
    NameChanges,
    Rescreening,
    Terms,
    Watched,
    WatchState,
)
from crosstie.store import showing, watching
from crosstie.store.engine import Transaction
from crosstie.workspace.former import present_ids
from crosstie.workspace.opened import Opened
from crosstie.workspace.question import Question
from crosstie.workspace.screening import screening_of
from crosstie.workspace.watch_causes import Since
from crosstie.workspace.watch_states import entities_in, renamed, state_of

_MATCHES = 5
_TRIES = 3


class Watching:
    """Watch names, and tell what has changed for them since they were last looked at."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def add(self, parties: Sequence[Party], *, note: str = "") -> list[Watched]:
        """Watch parties; return those that were not watched before. Raises UsageError."""
        made = [_watched(party, note, self._opened.now()) for party in parties]
        with self._opened.store.writing() as db:
            return [
                one
                for one in made
                if watching.add_watched(db, one.id, encode(one).decode(), at=one.added_at)
            ]

    def remove(self, name: str) -> list[Watched]:
        """Watch a name (or an id) no longer, in whatever country. Raises NotFound."""
        key = normal_name(name)
        found = [w for w in self.all() if name == w.id or normal_name(w.party.name) == key]
        if not found:
            raise NotFound(
                f"`{name}` is not watched",
                remedy="`crosstie watch list` shows what is",
                suggestions=[w.party.name for w in self.all()[:5]],
            )
        with self._opened.store.writing() as db:
            for one in found:
                watching.remove_watched(db, one.id, at=self._opened.now())
        return found

    def all(self) -> list[Watched]:
        """Return what is watched, in the order in which it was added."""
        with self._opened.store.reading() as db:
            return [decode(row.record, Watched) for row in watching.watched(db)]

    def rescreen(self, *, question: Question | None = None, deliver: bool = False) -> Rescreening:
        """Screen what is watched again, and keep what has changed since the last round.

        Names that are new are a baseline: nothing has changed for them. A round is written whole or
        not at all. With `deliver` it counts as handed over only once `delivered` says so. Raises
        UsageError if nothing is watched.
        """
        for _ in range(_TRIES):
            found = self._round(question, deliver=deliver)
            if found is not None:
                return found
        raise UsageError(
            "other rounds were written while this one ran", remedy="run one rescreen at a time"
        )

    def rounds(self, *, since: str = "") -> list[Rescreening]:
        """Return earlier rounds as they were reported, oldest first."""
        with self._opened.store.reading() as db:
            return [decode(one.record, Rescreening) for one in watching.rounds(db, since=since)]

    def undelivered(self) -> list[tuple[int, Rescreening]]:
        """Return the rounds that were never handed over, with their numbers."""
        with self._opened.store.reading() as db:
            return [(r.id, decode(r.record, Rescreening)) for r in watching.undelivered(db)]

    def delivered(self, number: int) -> None:
        """Note that a round was handed over."""
        with self._opened.store.writing() as db:
            watching.set_delivered(db, number, at=self._opened.now())

    def quotes(self, found: Rescreening) -> Mapping[ClaimId, tuple[Quote, ...]]:
        """Return the words of the claims that changes rest on, as they stand now."""
        claims = [
            cause.claim
            for name in found.affected
            for change in name.changes
            for cause in change.causes
            if cause.claim is not None
        ]
        with self._opened.store.reading() as db:
            return showing.quotes(db, claims)

    def _round(self, question: Question | None, *, deliver: bool) -> Rescreening | None:
        everyone = self.all()
        if not everyone:
            raise UsageError("no name is watched", remedy="crosstie watch add NAME")
        # The time is taken first: what is recorded while a round runs is new to the next one.
        at = self._opened.now()
        with self._opened.asked(question) as asked:
            screening = screening_of(
                asked,
                [one.party for one in everyone],
                threshold=SURE_THRESHOLD,
                possible=DEFAULT_THRESHOLD,
                limit=_MATCHES,
                now=at,
                set_aside=(),
                progress=self._opened.progress,
                heed=True,
            )
            last = _last(asked.db)
            found, states = _compared(asked.db, everyone, screening, last, at)
        with self._opened.store.writing() as db:
            if _last(db) != last:
                return None
            number = watching.add_round(
                db, encode(found).decode(), at=at, delivered_at=None if deliver else at
            )
            for key, state in states.items():
                watching.add_state(db, key, number, encode(state).decode())
        return found


def _watched(party: Party, note: str, at: str) -> Watched:
    if not party.name.strip():
        raise UsageError("a name without letters cannot be watched", remedy="give a name")
    # The same organisation under the same name, country and identifier is watched once.
    key = content_id("wat", normal_name(party.name) or party.name, party.country, party.id)
    return Watched(key, replace(party, row=None), note, at)


def _last(db: Transaction) -> watching.Round | None:
    every = watching.rounds(db)
    return every[-1] if every else None


def _compared(
    db: Transaction,
    everyone: Sequence[Watched],
    screening: Screening,
    last: watching.Round | None,
    at: str,
) -> tuple[Rescreening, dict[str, WatchState]]:
    """Return the round, and the states that differ from those that are kept."""
    terms = Terms(__version__, screening.rules_version, screening.grades_version)
    kept = {key: decode(record, WatchState) for key, record in watching.latest_states(db).items()}
    heirs = present_ids(db, entities_in(kept.values()))
    before = decode(last.record, Rescreening) if last else None
    since = Since(db, last.at, before.terms, terms) if last and before else None
    affected: list[NameChanges] = []
    states: dict[str, WatchState] = {}
    for one, finding in zip(everyone, screening.findings, strict=True):
        state = state_of(finding, on=screening.valid_on)
        old = kept.get(one.id)
        if old is None or since is None:
            states[one.id] = state
            continue
        earlier = renamed(old, heirs)
        changes = since.changes(earlier, state, finding)
        if changes:
            affected.append(NameChanges(one, old.outcome, state.outcome, changes))
        if state != old:
            states[one.id] = state
    found = Rescreening(
        at=at,
        since=last.at if last else None,
        watched=len(everyone),
        baseline=sum(1 for one in everyone if one.id not in kept),
        affected=tuple(affected),
        terms=terms,
    )
    return found, states
