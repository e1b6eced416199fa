"""Cases: screenings that are kept, and what people decided on their matches."""

from collections.abc import Sequence
from dataclasses import replace

from crosstie.matching import DEFAULT_THRESHOLD, SURE_THRESHOLD
from crosstie.ontology.cases import Case, CaseFile, CaseId, Disposed
from crosstie.ontology.dispositions import DECISION_WORDS, Decision, Disposition, DispositionId
from crosstie.ontology.errors import Ambiguous, NotFound, UsageError
from crosstie.ontology.findings import Finding, Hit, Party, Screening
from crosstie.ontology.ids import EntityId, content_id
from crosstie.ontology.records import decode, encode
from crosstie.reporting.case_file import case_file
from crosstie.screening import Options, decided
from crosstie.store import cases, showing
from crosstie.store.engine import Transaction
from crosstie.workspace.asking import Asked
from crosstie.workspace.case_readings import CaseReadings
from crosstie.workspace.dispositions import (
    Decisions,
    in_force,
    party_key,
    read_dispositions,
    undone_by,
)
from crosstie.workspace.evidence import fingerprint
from crosstie.workspace.former import present_ids
from crosstie.workspace.opened import Opened
from crosstie.workspace.screening import screen_parties

_SLUG = 40
_LONGEST_NOTE = 2_000
_MATCHES = 50


class Cases:
    """The cases of a workspace. Nothing is ever deleted: a later disposition takes its place."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def save(self, screening: Screening, *, title: str, by: str, file_name: str = "") -> Case:
        """Keep a screening as a case; saving the same under the same title again changes nothing.

        Raises UsageError for an empty title or no name of who saves.
        """
        title, by = _said(title, "title"), _said(by, "name of who saves it")
        # Decisions are laid over it whenever it is opened; only the evidence is kept.
        bare = replace(screening, findings=tuple(decided(f, {}) for f in screening.findings))
        record = encode(bare)
        key = content_id("case", title, by, file_name, record.decode())
        at = self._opened.now()
        outcomes = [finding.outcome for finding in screening.findings]
        case = Case(
            id=CaseId(key),
            address=_address(at, title, key),
            title=title,
            by=by,
            at=at,
            file_name=file_name,
            parties=len(outcomes),
            hits=outcomes.count("hit"),
            possible=outcomes.count("possible"),
            nothing_found=outcomes.count("nothing_found"),
        )
        with self._opened.store.writing() as db:
            cases.add_screening(
                db, key, at=at, summary=encode(case).decode(), record=record.decode()
            )
            kept = cases.screening(db, key)
        return case if kept is None else decode(kept.summary, Case)

    def all(self) -> Sequence[Case]:
        """Return every case, the newest first."""
        with self._opened.store.reading() as db:
            return _all(db)

    def open(self, name: str) -> CaseFile:
        """Return a case by id, address or title. Raises NotFound or Ambiguous."""
        with self._opened.store.reading() as db:
            return _opened(db, name, self._readings(db))

    def _readings(self, db: Transaction) -> CaseReadings:
        return self._opened.keeping(db).kept("case readings", CaseReadings)

    def dispose(
        self, case: str, finding: int, entity: str, decision: Decision, *, note: str, by: str
    ) -> Disposition:
        """Decide on a match of a case: the finding's place in it (from 1) and the entity's id.

        Raises NotFound if the finding has no such match, UsageError without a note or a name.
        """
        with self._opened.asked() as asked:
            file = _opened(asked.db, case, self._readings(asked.db))
            party, hit = _match_of(file, finding, entity)
            known = set(fingerprint(hit))
            if hit.certainty == "possible":
                # What an uncertain match keeps back was known too.
                known.update(_known_now(asked, party, hit.match.entity.id))
        return self._add(
            party, hit.match.entity.id, decision, note=note, by=by, known=known, case=file.case.id
        )

    def decide(
        self, party: Party, entity: str, decision: Decision, *, note: str, by: str
    ) -> Disposition:
        """Decide, outside any case, whether a party is an entity (by name or id)."""
        with self._opened.asked() as asked:
            found = asked.find(entity).entity.id
            known = _known_now(asked, party, found)
        return self._add(party, found, decision, note=note, by=by, known=known)

    def undo(self, disposition: str, *, note: str, by: str) -> Disposition:
        """Take a disposition back; an earlier one on the same match stands again.

        Raises NotFound, or UsageError if it was taken back already.
        """
        note, by = _said(note, "reason"), _said(by, "name of who decides")
        with self._opened.store.writing() as db:
            found = read_dispositions(db)
            made = [one for one in found if one.id == disposition and one.undoes is None]
            if not made:
                raise NotFound(
                    f"no disposition `{disposition}`", remedy="`crosstie case show` names them"
                )
            taken = undone_by(found).get(made[0].id)
            if taken is not None:
                raise UsageError(f"`{disposition}` was taken back by {taken.by} on {taken.at[:10]}")
            at = self._opened.now()
            undoing = replace(
                made[0],
                id=DispositionId(content_id("dis", "undo", made[0].id, by, at)),
                note=note,
                by=by,
                at=at,
                known=(),
                undoes=made[0].id,
            )
            cases.add_disposition(db, undoing.id, undoing.party_key, encode(undoing).decode())
        return undoing

    def dispositions(self, party: Party | None = None) -> tuple[Disposed, ...]:
        """Return every disposition, or those on a party, oldest first."""
        with self._opened.store.reading() as db:
            return _disposed(db, read_dispositions(db, None if party is None else [party]))

    def file(self, name: str, form: str) -> bytes:
        """Return a case file as `html` (prints to PDF), `xlsx` or `json`. Raises UsageError."""
        return case_file(self.open(name), form)

    def _add(
        self, party: Party, entity: EntityId, decision: Decision, *, note: str, by: str,
        known: set[str], case: str = "",
    ) -> Disposition:  # fmt: skip
        if decision not in DECISION_WORDS:
            raise UsageError(
                f"`{decision}` is no decision", remedy=f"use {', '.join(DECISION_WORDS)}"
            )
        note, by = _said(note, "note that says why"), _said(by, "name of who decides")
        at, key = self._opened.now(), party_key(party)
        with self._opened.store.writing() as db:
            place = len(cases.dispositions(db, [key]))
            made = Disposition(
                id=DispositionId(
                    content_id("dis", key, entity, decision, note, by, at, case, place)
                ),
                party_key=key,
                party=party.name,
                country=party.country,
                entity=entity,
                decision=decision,
                note=note,
                by=by,
                at=at,
                known=tuple(sorted(known)),
                case=case,
            )
            cases.add_disposition(db, made.id, key, encode(made).decode())
        return made


def _all(db: Transaction) -> list[Case]:
    return [decode(summary, Case) for summary in cases.summaries(db)]


def _opened(db: Transaction, name: str, readings: CaseReadings) -> CaseFile:
    case = _find(_all(db), name)
    row = cases.screening(db, case.id)
    assert row is not None  # the summary and the record are one row
    screening = readings.read(case.id, row.record)
    parties = [finding.party for finding in screening.findings]
    decisions = Decisions.of(db, parties)
    ids = {hit.match.entity.id for finding in screening.findings for hit in finding.hits}
    present = present_ids(db, ids)
    findings = tuple(decisions.over(finding, present=present) for finding in screening.findings)
    matches = {
        (party_key(finding.party), present.get(hit.match.entity.id, hit.match.entity.id))
        for finding in findings
        for hit in finding.hits
    }
    made = [one for one in read_dispositions(db, parties) if (one.party_key, one.entity) in matches]
    return CaseFile(case, replace(screening, findings=findings), _disposed(db, made))


def _find(known: Sequence[Case], name: str) -> Case:
    found = [case for case in known if name in (case.id, case.address)]
    found = found or [case for case in known if case.title == name]
    if not found:
        raise NotFound(
            f"no case `{name}`", remedy="`crosstie case list` names them",
            suggestions=[case.address for case in known[:5]],
        )  # fmt: skip
    if len(found) > 1:
        choices = [case.address for case in found]
        raise Ambiguous(
            f"several cases are called `{name}`",
            remedy=f"name one: {', '.join(choices)}",
            choices=choices,
        )
    return found[0]


def _match_of(file: CaseFile, number: int, entity: str) -> tuple[Party, Hit]:
    findings = file.screening.findings
    if not 1 <= number <= len(findings):
        raise NotFound(
            f"no finding {number} in `{file.case.address}`", remedy=f"it has {len(findings)}"
        )
    finding: Finding = findings[number - 1]
    for hit in finding.hits:
        if hit.match.entity.id == entity:
            return finding.party, hit
    raise NotFound(
        f"finding {number} has no match `{entity}`",
        remedy="give the entity id that the finding shows",
        suggestions=[hit.match.entity.id for hit in finding.hits],
    )


def _known_now(asked: Asked, party: Party, entity: EntityId) -> set[str]:
    """Return the keys of all that is known of a match, also what it keeps back while uncertain."""
    options = Options(
        threshold=SURE_THRESHOLD,
        possible=DEFAULT_THRESHOLD,
        today=asked.knowledge.day,
        limit=_MATCHES,
    )
    taken = Disposition(
        id=DispositionId(""), party_key=party_key(party), party=party.name, country=party.country,
        entity=entity, decision="true_match", note="", by="", at="",
    )  # fmt: skip
    known: set[str] = set()
    for decisions in (Decisions([]), Decisions([taken])):
        for finding in screen_parties(
            [party], asked.index, asked.knowledge, options,
            decisions=decisions, progress=lambda _stage, _done, _total: None,
        ):  # fmt: skip
            for hit in finding.hits:
                if hit.match.entity.id == entity:
                    known.update(fingerprint(hit))
    return known


def _disposed(db: Transaction, found: Sequence[Disposition]) -> tuple[Disposed, ...]:
    refs = showing.entity_refs(db, {one.entity for one in found})
    standing = {one.id for one in in_force(found).values()}
    return tuple(Disposed(one, refs.get(one.entity), one.id in standing) for one in found)


def _said(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise UsageError(f"there is no {what}", remedy="give one: it is kept with the record")
    if len(said) > _LONGEST_NOTE:
        raise UsageError(
            f"the {what} has {len(said):,} characters", remedy=f"at most {_LONGEST_NOTE:,}"
        )
    return said


def _address(at: str, title: str, key: str) -> str:
    """Return an address for people: the day, the title's letters and figures, a part of the id."""
    letters = "".join(c.casefold() if c.isalnum() else " " for c in title)
    slug = "-".join(letters.split())[:_SLUG].strip("-")
    return "-".join(part for part in (at[:10], slug, key.partition("-")[2][:6]) if part)
