"""One workspace: load lists, add documents, screen names, show what is known and why."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from crosstie.extraction.backends import ReaderSettings
from crosstie.graph.framework import Selection
from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD
from crosstie.ontology.findings import (
    Dossier,
    EntityRef,
    Exposure,
    ExposurePath,
    Neighbourhood,
    Party,
    Screening,
)
from crosstie.ontology.records import Judgement, Verdict
from crosstie.ontology.rollups import Framework, GroupTracker, UniversityRow
from crosstie.ontology.stories import Story
from crosstie.reporting.exports import ExportReport, export
from crosstie.store import Store, keeping, reading, searching
from crosstie.store.engine import Transaction
from crosstie.store.searching import Passage
from crosstie.workspace.adding import add_documents
from crosstie.workspace.contents import bad_rows, status_of
from crosstie.workspace.copies import stories_of, tell_stories
from crosstie.workspace.dossiers import dossier_of
from crosstie.workspace.exporting import contents_of
from crosstie.workspace.exposing import exposure_of
from crosstie.workspace.faces import Faces
from crosstie.workspace.forgetting import redact
from crosstie.workspace.framework import BandTie, TierView
from crosstie.workspace.judging import (
    judged_ends,
    judgement_of,
    register_judgements,
    undo_of,
)
from crosstie.workspace.loading import METHOD, load_reading, open_source
from crosstie.workspace.lookup import Found, find_entity
from crosstie.workspace.neighbours import kinds_wanted, surroundings
from crosstie.workspace.network import drop_network
from crosstie.workspace.opened import Opened
from crosstie.workspace.progress import Progress, silent
from crosstie.workspace.question import CHAINS, Question
from crosstie.workspace.reading_run import RULES
from crosstie.workspace.reports import AddReport, ForgetReport, LoadReport, Status
from crosstie.workspace.rereading import read_again
from crosstie.workspace.resolving import rebuild
from crosstie.workspace.reviewing import (
    History,
    ReviewPair,
    checked_pair,
    history_of,
    parting,
    review_queue,
)
from crosstie.workspace.screening import screening_of
from crosstie.workspace.trackers import track_companies, track_universities


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


class Workspace(Faces):
    """One database and its sources, opened for one caller.

    Everything that a workspace answers follows from what was loaded, added and judged; the clock
    (`now`, ISO 8601 in UTC) only dates records and tells the age of lists.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._store = opened.store
        self._now = opened.now
        self._progress = opened.progress

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        create: bool = True,
        now: Callable[[], str] = _now,
        progress: Progress = silent,
        settles: bool = True,
    ) -> Self:
        """Open a workspace file, making it if `create`. Raises WorkspaceError.

        With `settles` a question first works out what a stopped run left; a server answers from the
        last state in which all was worked out, so that no reader waits for an import.
        """
        store = Store.open(Path(path), create=create)
        return cls(Opened(store, now=now, progress=progress, settles=settles))

    def settle(self) -> None:
        """Work out what a stopped run left: documents that were read but not yet resolved."""
        self._opened.settle()

    def reporting_to(self, progress: Progress) -> Self:
        """Return the same workspace for one caller, whose work tells its progress to another."""
        return type(self)(self._opened.telling(progress))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    # Taking in

    def load(
        self,
        source_id: str,
        path: Path | None = None,
        *,
        as_of: str | None = None,
        mapping: Path | None = None,
        whole: bool | None = None,
        resolve: bool = True,
    ) -> LoadReport:
        """Load an edition of a source; `starter` needs no file, `table` a mapping.

        `whole` says whether the file is the whole list (True) or a part of it (False); without it
        the reader and the number of rows decide. Raises InputError, UsageError or NotFound.
        """
        source, found = open_source(source_id, path, as_of=as_of, mapping=mapping)
        report = load_reading(
            self._store,
            source,
            found,
            whole=whole,
            method=METHOD,
            at=self._now(),
            progress=self._progress,
        )
        if resolve and not report.unchanged:
            self.resolve()
        return report

    def add(
        self,
        paths: Sequence[Path],
        *,
        extractor: ReaderSettings = RULES,
        jobs: int | None = 1,
        resolve: bool = True,
    ) -> AddReport:
        """Add documents and folders of documents. Adding the same bytes again changes nothing.

        `jobs` are read at once (None: as many as suit); above 1 a script must call this under
        `if __name__ == "__main__"`. Raises NotFound, UsageError or BackEndError.
        """
        report = add_documents(
            self._store,
            paths,
            settings=extractor,
            jobs=jobs,
            at=self._now(),
            progress=self._progress,
        )
        if resolve and report.added:
            self._opened.update()
        return report

    def read_again(
        self, *, extractor: ReaderSettings | None = None, jobs: int | None = 1
    ) -> AddReport:
        """Read again the documents that an older extractor read; what it found is superseded.

        Without `extractor` the rules read again what rules read; with one, it reads every document
        whose mark is not its own.
        """
        report = read_again(
            self._store,
            settings=extractor,
            jobs=jobs,
            at=self._now(),
            progress=self._progress,
        )
        if report.added:
            self.resolve()
        return report

    def resolve(self) -> None:
        """Make stories, entities and ties anew from what was read and judged."""
        tell_stories(self._store, progress=self._progress)
        rebuild(self._store, progress=self._progress)

    # Asking

    def screen(
        self,
        parties: Sequence[Party],
        *,
        threshold: float = SURE_THRESHOLD,
        possible: float = DEFAULT_THRESHOLD,
        limit: int = 5,
        question: Question | None = None,
        set_aside: Sequence[str] = (),
        heed_dispositions: bool = True,
    ) -> Screening:
        """Screen parties against everything in the workspace.

        From `threshold` on a match is taken as made; from `possible` on a person should look.
        `question` says by which rules, on which day and with which knowledge. What people decided
        on the same matches is heeded: see `cases`.
        """
        with self._opened.asked(question) as asked:
            return screening_of(
                asked,
                parties,
                threshold=threshold,
                possible=possible,
                limit=limit,
                now=self._now(),
                set_aside=set_aside,
                progress=self._progress,
                heed=heed_dispositions,
            )

    def entity(self, name: str) -> Found:
        """Find one entity by id or name. Raises NotFound with suggestions, or Ambiguous."""
        with self._opened.asking() as (db, index):
            return find_entity(db, index, name)

    def dossier(self, name: str, *, question: Question | None = None) -> Dossier:
        """Return all that is held on an entity. Raises NotFound or Ambiguous."""
        with self._opened.asked(question) as asked:
            return dossier_of(asked.db, asked.knowledge, asked.find(name))

    def exposure(
        self, name: str, *, question: Question | None = None, affiliates: Path | None = None
    ) -> Exposure:
        """Return an entity's paths to anchors and the rules of ownership that reach it.

        `affiliates` names a file of such rules of the user's own. Raises NotFound or Ambiguous.
        """
        with self._opened.asked(question) as asked:
            return exposure_of(asked, name, affiliates=affiliates, now=self._now())

    def paths(
        self, start: str, goal: str, *, question: Question = CHAINS, limit: int = 3
    ) -> tuple[ExposurePath, ...]:
        """Return the best chains of ties between two entities, best first; empty if none."""
        with self._opened.asked(question) as asked:
            first, last = asked.find_two(start, goal)
            return asked.knowledge.chains(first.id, last.id, limit=limit)

    def neighbours(
        self,
        name: str,
        *,
        kind: str | None = None,
        mechanism: str | None = None,
        depth: int = 1,
        limit: int = 500,
        question: Question | None = None,
    ) -> Neighbourhood:
        """Return the ties around an entity, nearest first. Raises NotFound or Ambiguous."""
        with self._opened.asked(question) as asked:
            kept = kinds_wanted(kind, mechanism)
            return surroundings(asked, name, depth=depth, tie_kinds=kept, limit=limit)

    def anchors(self, *, question: Question | None = None) -> dict[EntityRef, str]:
        """Return the anchors that stand in this workspace, with their citations."""
        with self._opened.asked(question) as asked:
            reasons = asked.knowledge.anchors()
            return {ref: reasons[key] for key, ref in asked.knowledge.refs(reasons).items()}

    def framework(self, *, technology: str = "") -> Framework:
        """Return the ties, or those of one technology, rolled up by tier and mechanism."""
        with self._opened.asking() as (db, _):
            return self._tiers(db).framework(technology=technology)

    def framework_ties(
        self, wanted: Selection, *, limit: int = 20
    ) -> tuple[tuple[BandTie, ...], int]:
        """Return up to `limit` ties of a band of the framework, and how many there are."""
        with self._opened.asking() as (db, _):
            return self._tiers(db).ties(wanted, limit=limit)

    def _tiers(self, db: Transaction) -> TierView:
        return TierView(db, self._opened.knowledge(db), self._opened.keeping(db))

    def track_companies(self, group: str | None = None) -> GroupTracker:
        """Return a group's members and where they are present; by default every company's."""
        with self._opened.asking() as (db, index):
            found = None if group is None else find_entity(db, index, group).entity.id
            return track_companies(db, self._opened.knowledge(db), found)

    def track_universities(self, name: str | None = None) -> tuple[UniversityRow, ...]:
        """Return what is known of each university: supervisor, programmes, laboratories, lists."""
        with self._opened.asking() as (db, index):
            only = None if name is None else find_entity(db, index, name).entity.id
            return track_universities(db, self._opened.knowledge(db), only, today=self._now())

    def export(
        self, form: str, target: Path, *, of: str | None = None, depth: int = 1
    ) -> ExportReport:
        """Write the graph, or what stands within `depth` ties of an entity, in another format."""
        with self._opened.asking() as (db, index):
            around = None if of is None else find_entity(db, index, of).entity.id
            contents = contents_of(db, self._opened.knowledge(db), around, depth=depth)
            return export(contents, form, target)

    def find(self, words: str, *, limit: int = 20) -> list[Passage]:
        """Return passages that hold every word, Chinese or English, best first."""
        with self._store.reading() as db:
            return searching.find_passages(db, words, limit=limit)

    def stories(self) -> tuple[Story, ...]:
        """Return the stories that more than one article prints, most printings first."""
        with self._opened.asking() as (db, _):
            return tuple(sorted(stories_of(db), key=lambda one: (-len(one.printings), one.id)))

    def status(self) -> Status:
        """Return what is in the workspace, and which lists are too old."""
        with self._store.reading() as db:
            return status_of(db, path=str(self._store.path), now=self._now())

    def set_aside(self) -> list[str]:
        """Return the bad rows of every edition, a line each: list, row, reason, the row itself."""
        with self._store.reading() as db:
            return bad_rows(db)

    def verify(self) -> tuple[int, list[str]]:
        """Check every live claim's quotes against their documents; return how many, and faults."""
        with self._store.reading() as db:
            return reading.check_quotes(db)

    # Judging

    def judge(
        self, left: str, right: str | None = None, *, verdict: Verdict, by: str, because: str
    ) -> Judgement:
        """Record what a person decided: about a claim, or about whether two entities are one.

        `accepted` and `rejected` take a claim's id, `same`, `different` and `unsure` two names or
        entity ids. Judgements are only ever added; the latest on a pair counts. Raises UsageError
        or NotFound.
        """
        with self._opened.asking() as (db, index):
            ends = judged_ends(db, index, left, right, verdict)
        made = judgement_of(ends, verdict, by=by, at=self._now(), because=because)
        return self._opened.decided([made])[0]

    def undo(self, judgement: str, *, by: str, because: str, settle: bool = True) -> Judgement:
        """Take a judgement back: what it changed is as it was before. Raises NotFound."""
        with self._store.reading() as db:
            made = undo_of(db, judgement, by=by, at=self._now(), because=because)
        return self._opened.decided([made], settle=settle)[0]

    def merge_registers(self) -> list[Judgement]:
        """Let Splink merge registers: judgements by "splink". Raises ExtraMissing without it."""
        with self._store.reading() as db:
            made = register_judgements(db, at=self._now())
        return self._opened.decided(made)

    def review_queue(self, *, limit: int | None = None) -> tuple[ReviewPair, ...]:
        """Return the pairs that resolution leaves to people, likeliest first."""
        with self._opened.asking() as (db, _):
            return review_queue(db, limit=limit)

    def decide(
        self, left: str, right: str, verdict: Verdict, *, by: str, because: str, settle: bool = True
    ) -> Judgement:
        """Record a judgement on a pair of the queue, by its mentions' ids. Raises NotFound.

        Without `settle` what follows is worked out by the next `settle()`, or by who asks next.
        """
        with self._store.reading() as db:
            made = checked_pair(db, left, right, verdict, by=by, at=self._now(), because=because)
        return self._opened.decided([made], settle=settle)[0]

    def split(self, name: str, members: Sequence[str], *, by: str, because: str) -> list[Judgement]:
        """Take members (mentions, documents, sources) out of an entity. Raises NotFound."""
        with self._opened.asking() as (db, index):
            made = parting(db, index, name, members, by=by, at=self._now(), because=because)
        return self._opened.decided(made)

    def history(self, name: str) -> History:
        """Return how an entity came to be: merges with reasons, judgements, former ids."""
        with self._opened.asking() as (db, index):
            return history_of(db, index, name)

    # Keeping

    def backup(self, target: Path) -> None:
        """Write a consistent copy. Raises UsageError if the target exists."""
        keeping.backup(
            self._store, target, progress=lambda done, all_: self._progress("copying", done, all_)
        )

    def forget(
        self, document: str, *, because: str, start: int | None = None, end: int | None = None
    ) -> ForgetReport:
        """Redact a document (by id, name or title), or the passage [start, end) of it."""
        report = redact(
            self._store, document, because=because, start=start, end=end, at=self._now()
        )
        drop_network(self._store.path)
        # First the derived tables, so that no old page of theirs survives the scrubbing. A run
        # that is stopped here is finished by the next one that asks.
        self._opened.settle()
        return report

    @staticmethod
    def restore(source: Path, target: Path) -> Path | None:
        """Put a backup in a workspace's place; return where the old one was moved to, if any."""
        replaced = keeping.restore(source, target)
        Workspace.open(target, create=False).close()
        return replaced
