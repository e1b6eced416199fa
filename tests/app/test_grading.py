"""Grades of sources that people give: kept with reasons, laid over the file, as of a day."""

import json
from pathlib import Path

import pytest

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Step
from crosstie.workspace import Question, Workspace

_STORY = (
    "<html lang='en'><head><title>Glass by the river</title>"
    "<meta property='og:site_name' content='Selim Daily Post'>"
    "<meta property='article:published_time' content='2025-03-04'></head><body><article>"
    "<h1>Glass by the river</h1><p>Northbridge University runs a joint laboratory with Hexi Optical"
    " Institute. The rector spoke of patience and of glass, and nobody asked who would own what"
    " comes of the work.</p></article></body></html>"
)
EARLY, LATE = "2026-01-01T08:00:00+00:00", "2026-02-01T08:00:00+00:00"


@pytest.fixture
def glass(tmp_path: Path) -> Path:
    """A workspace with one article of one newspaper."""
    page = tmp_path / "glass.html"
    page.write_text(_STORY, encoding="utf-8")
    with _opened(tmp_path / "w.db", EARLY) as workspace:
        workspace.add([page])
    return tmp_path / "w.db"


def _opened(path: Path, at: str = LATE) -> Workspace:
    return Workspace.open(path, now=lambda: at)


def _step(workspace: Workspace, as_of: str | None = None) -> Step:
    question = Question(as_of=as_of, max_ties=4)
    found = workspace.paths("Northbridge University", "Hexi Optical Institute", question=question)
    return found[0].steps[0]


def _because(step: Step) -> str:
    return " ".join(factor.text for factor in step.factors if factor.code == "source")


def test_a_grade_that_a_person_gave_weighs_and_says_why(glass: Path) -> None:
    with _opened(glass) as workspace:
        before = _step(workspace)
        workspace.grading.set("selim  DAILY post", "e4", because="it invents quotes", by="K. Ito")
        after = _step(workspace)
    assert (before.grade, after.grade) == ("B3", "E4")
    assert after.weight < before.weight
    assert "Graded E4 by K. Ito on 2026-02-01: it invents quotes" in _because(after)


def test_a_grade_of_full_weight_still_says_who_gave_it(glass: Path) -> None:
    with _opened(glass) as workspace:
        workspace.grading.set("Selim Daily Post", "A1", because="we saw the papers", by="K. Ito")
        assert "Graded A1 by K. Ito" in _because(_step(workspace))


def test_a_grade_given_later_changes_nothing_that_was_known_earlier(glass: Path) -> None:
    with _opened(glass) as workspace:
        workspace.grading.set("Selim Daily Post", "E4", because="it invents quotes", by="K. Ito")
        then, now = _step(workspace, "2026-01-15"), _step(workspace)
    assert (then.grade, now.grade) == ("B3", "E4")


def test_answers_name_the_grades_they_rest_on(glass: Path) -> None:
    def version(workspace: Workspace) -> str:
        return workspace.screen([]).grades_version

    with _opened(glass) as workspace:
        seen = [version(workspace)]
        first = workspace.grading.set("Selim Daily Post", "E4", because="a", by="b")
        seen.append(version(workspace))
        workspace.grading.set("Selim Daily Post", "D3", because="a", by="b")
        seen.append(version(workspace))
        workspace.grading.undo(workspace.grading.history()[-1].given.id, because="c", by="d")
        assert version(workspace) == seen[1]
        workspace.grading.undo(first.id, because="c", by="d")
        assert version(workspace) == seen[0]
    assert len(set(seen)) == 3


def test_a_grade_is_taken_back_and_its_history_stays(glass: Path) -> None:
    with _opened(glass) as workspace:
        grading = workspace.grading
        made = grading.set("Selim Daily Post", "E4", because="it invents quotes", by="K. Ito")
        grading.undo(made.id, because="it did not", by="M. Roy")
        assert _step(workspace).grade == "B3"
        assert [c.in_force for c in grading.history("selim daily post")] == [False, False]
        with pytest.raises(UsageError, match="taken back already"):
            grading.undo(made.id, because="again", by="M. Roy")
        with pytest.raises(NotFound):
            grading.undo("grd-none", because="again", by="M. Roy")


@pytest.mark.parametrize("grade", ["", "B", "G1", "B7", "B22", "2B"])
def test_what_is_no_grade_is_refused(glass: Path, grade: str) -> None:
    with _opened(glass) as workspace, pytest.raises(UsageError, match="is no grade"):
        workspace.grading.set("Selim Daily Post", grade, because="a", by="b")


def test_the_list_tells_each_publishers_grade_and_what_it_was_taken_for(glass: Path) -> None:
    with _opened(glass) as workspace:
        default = workspace.grading.all()
        workspace.grading.set("Selim Daily Post", "C2", because="so", by="K. Ito")
        workspace.grading.set("Nobody's Gazette", "D3", because="so", by="K. Ito")
        found = {one.publisher: one for one in workspace.grading.all()}
    assert [(one.publisher, one.grade, one.kind, one.articles) for one in default] == [
        ("Selim Daily Post", "B3", "newspaper", 1)
    ]
    assert (found["Selim Daily Post"].grade, found["Selim Daily Post"].kind) == ("C2", "")
    assert found["Nobody's Gazette"].articles == 0


def test_the_command_line_grades_lists_and_takes_back(glass, cli) -> None:
    made = json.loads(
        cli(
            "-w", glass, "grade", "set", "Selim Daily Post", "C2",
            "--because", "slow to correct", "--by", "K. Ito", "--json",
        ).out
    )  # fmt: skip
    assert "C2" in cli("-w", glass, "grade", "list").out
    assert "slow to correct" in cli("-w", glass, "grade", "history").out
    undone = cli("-w", glass, "grade", "undo", made["id"], "--because", "oh", "--by", "K. Ito")
    assert undone.status == 0
    assert "no longer in force" in cli("-w", glass, "grade", "history").out
    bad = cli("-w", glass, "grade", "set", "X", "Z9", "--because", "a", "--by", "b")
    assert bad.status == 2 and "such as B2" in bad.err
    assert "no two articles" in cli("-w", glass, "stories").out
