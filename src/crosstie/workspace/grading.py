"""Grades of sources that people give in a workspace, laid over those of the files."""

from collections.abc import Iterable
from dataclasses import replace

from crosstie.graph.grades import (
    FIGURES,
    LETTERS,
    Grade,
    Grades,
    Publication,
    normal_publisher,
)
from crosstie.graph.grades_file import source_grades
from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.grading import GivenGrade, GradeChange, GradeId, PublisherGrade
from crosstie.ontology.ids import content_id
from crosstie.ontology.records import decode, encode
from crosstie.store import Store, grading, printings
from crosstie.store.engine import Transaction


class Grading:
    """The grades that people gave; nothing is deleted, a later grade takes an earlier one's place.

    `now` gives the time in ISO 8601, UTC.
    """

    def __init__(self, store: Store, now: str) -> None:
        self._store = store
        self._now = now

    def set(self, publisher: str, grade: str, *, because: str, by: str) -> GivenGrade:
        """Grade a publisher. Raises UsageError for no grade, no name or no reason."""
        publisher = _said(publisher, "publisher")
        written = grade.strip().upper()
        if not _is_grade(written):
            raise UsageError(f"`{grade}` is no grade", remedy="give A to F and 1 to 6, such as B2")
        return self._add(publisher, written, because=because, by=by)

    def undo(self, grade_id: str, *, because: str, by: str) -> GivenGrade:
        """Take a grade back; an earlier one of the same publisher is in force again."""
        with self._store.reading() as db:
            changes = _changes(_given(db))
        found = [c.given for c in changes if c.given.id == grade_id and c.given.undoes is None]
        if not found:
            raise NotFound(f"no grade `{grade_id}`", remedy="`crosstie grade history` names them")
        if any(change.given.undoes == found[0].id for change in changes):
            raise UsageError(f"`{grade_id}` was taken back already")
        return self._add(
            found[0].publisher, found[0].grade, because=because, by=by, undoes=found[0].id
        )

    def history(self, publisher: str = "") -> tuple[GradeChange, ...]:
        """Return every grade that was given, or those of a publisher, oldest first."""
        with self._store.reading() as db:
            changes = _changes(_given(db))
        wanted = normal_publisher(publisher)
        return tuple(
            change
            for change in changes
            if not wanted or normal_publisher(change.given.publisher) == wanted
        )

    def all(self) -> tuple[PublisherGrade, ...]:
        """Return the grade of each publisher here, and of those graded ahead, most articles first.

        The grades are those of the shipped file with what people gave laid over them.
        """
        with self._store.reading() as db:
            counted = printings.publishers_of_articles(db)
            given = _in_force(_given(db))
            grades = graded_over(db, source_grades())
        here = set(map(normal_publisher, counted))
        ahead = {one.publisher: 0 for key, one in given.items() if key not in here}
        found = [
            _publisher_grade(name, articles, grades, given)
            for name, articles in {**counted, **ahead}.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.articles, one.publisher)))

    def _add(
        self, publisher: str, grade: str, *, because: str, by: str, undoes: GradeId | None = None
    ) -> GivenGrade:
        because, by = _said(because, "reason"), _said(by, "name of who grades")
        with self._store.writing() as db:
            place = len(grading.given_grades(db))
            made = GivenGrade(
                id=GradeId(content_id("grd", publisher, grade, because, by, self._now, place)),
                publisher=publisher,
                grade=grade,
                because=because,
                by=by,
                at=self._now,
                undoes=undoes,
            )
            grading.add_grade(db, made.id, encode(made).decode())
        return made


def graded_over(db: Transaction, grades: Grades, *, until: str | None = None) -> Grades:
    """Return the grades with what people gave laid over them, as far as it was given by a day.

    The version names what was given by a digest, so that two answers can be compared.
    """
    found = _in_force(one for one in _given(db) if until is None or one.at[:10] <= until)
    if not found:
        return grades
    digest = content_id("g", *sorted(one.id for one in found.values())).partition("-")[2][:8]
    return replace(
        grades,
        version=f"{grades.version} with {len(found)} given here ({digest})",
        publishers={**grades.publishers, **{key: _grade(one) for key, one in found.items()}},
    )


def _given(db: Transaction) -> list[GivenGrade]:
    return [decode(record, GivenGrade) for record in grading.given_grades(db)]


def _in_force(given: Iterable[GivenGrade]) -> dict[str, GivenGrade]:
    """Return the grade in force of each publisher, by its normal name."""
    kept = list(given)
    undone = {one.undoes for one in kept}
    return {
        normal_publisher(one.publisher): one
        for one in kept
        if one.undoes is None and one.id not in undone
    }


def _changes(given: list[GivenGrade]) -> list[GradeChange]:
    standing = {one.id for one in _in_force(given).values()}
    return [GradeChange(one, one.id in standing) for one in given]


def _grade(one: GivenGrade) -> Grade:
    because = f"Graded {one.grade} by {one.by} on {one.at[:10]}: {one.because}"
    return Grade(one.grade[0], int(one.grade[1]), because, given=True)


def _publisher_grade(
    name: str, articles: int, grades: Grades, given: dict[str, GivenGrade]
) -> PublisherGrade:
    key = normal_publisher(name)
    publication = Publication(name)
    found = grades.of(publication)
    kind = "" if key in grades.publishers else grades.kind_of(publication).kind
    return PublisherGrade(name, str(found), found.because, articles, kind, given.get(key))


def _is_grade(written: str) -> bool:
    return len(written) == 2 and written[0] in LETTERS and written[1] in map(str, FIGURES)


def _said(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise UsageError(f"there is no {what}", remedy="give one: it is kept with the grade")
    return said
