"""Stories of a workspace: one text is one source, in whatever order its printings came."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from crosstie.ontology.findings import TieView
from crosstie.workspace import Question, Workspace

_BODY = (
    "Northbridge University signed an agreement with Hexi Optical Institute on Monday. The "
    "two sides will build a joint laboratory for precision lenses in the old customs house by "
    "the river. Students of both places are to spend a term abroad, and the costs are shared "
    "in equal parts. The rector spoke of patience and of glass, and nobody at the ceremony "
    "asked who would own what comes of the work. A spokeswoman said that the first machines "
    "had been ordered and would come by sea."
)
_OTHER = (
    "Hexi Optical Institute has found a partner in the west. Northbridge University will "
    "build a joint laboratory with Hexi Optical Institute after two years of talks, people "
    "who sat at the table say. Money is scarce at the university, whose roof leaks, and the "
    "institute pays for the machines. Neither side wants to say what may be published and "
    "what may not. The paper has seen a draft that leaves the question to a committee of "
    "three, of whom the institute names two."
)


def _write(folder: Path, name: str, publisher: str, date: str, body: str) -> Path:
    path = folder / name
    path.write_text(
        f"<html lang='en'><head><title>Glass at {publisher}</title>"
        f"<meta property='og:site_name' content='{publisher}'>"
        f"<meta property='article:published_time' content='{date}'></head>"
        f"<body><article><h1>Glass at {publisher}</h1><p>{body}</p></article></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    cut = _BODY.rpartition(" A spokeswoman")[0]
    changed = _BODY.replace("on Monday", "on Monday last")
    return [
        _write(tmp_path, "a.html", "Northern Wire", "2024-03-04", _BODY),
        _write(tmp_path, "b.html", "Selim Daily Post", "2024-03-05", cut),
        _write(tmp_path, "c.html", "Harbour Tribune", "2024-03-06", changed),
        _write(tmp_path, "d.html", "Glass Review", "2024-03-09", _OTHER),
    ]  # fmt: skip


def _opened(path: Path, at: str = "2026-01-01T00:00:00+00:00") -> Workspace:
    return Workspace.open(path, now=lambda: at)


def _agreement(workspace: Workspace, question: Question | None = None) -> TieView:
    dossier = workspace.dossier("Hexi Optical Institute", question=question)
    return next(tie for tie in dossier.ties if tie.kind == "joint_lab")


def _told(workspace: Workspace) -> list[list[str | None]]:
    return [[p.publisher for p in story.printings] for story in workspace.stories()]


def test_a_story_that_three_papers_print_is_one_source(tmp_path: Path, papers: list[Path]) -> None:
    with _opened(tmp_path / "w.db") as workspace:
        workspace.add(papers[:3])
        assert _told(workspace) == [["Northern Wire", "Selim Daily Post", "Harbour Tribune"]]
        assert _agreement(workspace).sources == 1
        workspace.add(papers[3:])
        assert _agreement(workspace).sources == 2


def test_a_copy_says_whose_text_it_prints(tmp_path: Path, papers: list[Path]) -> None:
    with _opened(tmp_path / "w.db") as workspace:
        workspace.add(papers)
        said = {q.citation.publisher: q.same_text for q in _agreement(workspace).quotes}
    first = "the same text as “Glass at Northern Wire” (Northern Wire, 2024-03-04)"
    assert said["Northern Wire"] == "" and said["Glass Review"] == ""
    assert said["Selim Daily Post"] == first == said["Harbour Tribune"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_stories_are_the_same_added_one_by_one_or_all_at_once(
    tmp_path: Path, papers: list[Path], order: Sequence[int]
) -> None:
    with _opened(tmp_path / "whole.db") as whole:
        whole.add(papers)
        with _opened(tmp_path / "parts.db") as parts:
            for place in order:
                parts.add([papers[place]])
            assert parts.stories() == whole.stories()
            assert _agreement(parts).sources == _agreement(whole).sources
            parts.resolve()
            assert parts.stories() == whole.stories()


def test_a_copy_that_came_later_was_not_known_earlier(tmp_path: Path, papers: list[Path]) -> None:
    with _opened(tmp_path / "w.db", "2026-01-01T00:00:00+00:00") as workspace:
        workspace.add([papers[1], papers[3]])
    with _opened(tmp_path / "w.db", "2026-02-01T00:00:00+00:00") as workspace:
        workspace.add([papers[0]])
        then = _agreement(workspace, Question(as_of="2026-01-15"))
        assert not any(quote.same_text for quote in then.quotes)
        assert any(quote.same_text for quote in _agreement(workspace).quotes)


def test_a_forgotten_printing_leaves_the_story(tmp_path: Path, papers: list[Path]) -> None:
    with _opened(tmp_path / "w.db") as workspace:
        workspace.add(papers)
        workspace.forget("a.html", because="asked to")
        assert _told(workspace) == [["Selim Daily Post", "Harbour Tribune"]]
