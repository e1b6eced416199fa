"""With whom an institution published, and what is known of each partner."""

import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys

import pytest

from crosstie.workspace import Workspace
from tests.app.conftest import EXAMPLES
from tests.unit.sources.openalex_made import AUTHORS, SELIM, YUNMEN, institution, lines, ror, work

NOW = "2026-11-24T00:00:00+00:00"
OPTICS = institution("Beihe Optics", 503, country=None, type_="company", with_ror=False)
PARTS = {**institution("Selim Hospital", 504, country="DE", above=(103,)), "type": "healthcare"}


def beihang():
    """A real institution with its real ROR id: the starter pack knows what lists say of it."""
    made = institution("Beihang University", 501, country="CN")
    return {**made, "ror": "https://ror.org/00wk2mp56"}


WORKS = (
    work(1, [SELIM], [beihang()]),
    work(2, [SELIM, beihang()], publication_date="2022-02-02"),
    work(3, [SELIM], [OPTICS], title="Lidar lenses", primary_topic=None),
    work(4, [SELIM], [YUNMEN], title="Soil", primary_topic=None),
    work(
        5, [SELIM], [YUNMEN], title="Soil again", publication_date="2020-05-05", primary_topic=None
    ),
    work(6, [SELIM], [YUNMEN], publication_date="2010-01-01"),
    work(7, [SELIM], [YUNMEN], publication_date="2031-01-01"),
    work(8, [SELIM], [YUNMEN], publication_date=None, publication_year=None),
    work(9, [SELIM], [PARTS], [beihang()], title="Hospital beds", primary_topic=None),
    # A second record of the first work: it counts once.
    work(10, [SELIM], [beihang()], doi="https://doi.org/10.5555/MADE.1"),
)


@pytest.fixture(scope="module")
def papers(_built, tmp_path_factory):
    """The demo's workspace with the works of an invented university."""
    folder = tmp_path_factory.mktemp("papers")
    shutil.copy(_built, folder / "w.db")
    with Workspace.open(folder / "w.db", now=lambda: NOW) as workspace:
        workspace.load("openalex", lines(folder / "works.jsonl", *WORKS))
    return folder / "w.db"


@pytest.fixture
def ask(cli, papers):
    def call(*arguments):
        answer = cli("-q", "-w", papers, "partners", *arguments)
        assert answer.status == 0, answer.err
        return answer.out

    return call


def asked(ask, *arguments):
    found = json.loads(ask(*arguments, "--json"))
    return found, {partner["entity"]["name"]: partner for partner in found["partners"]}


def test_partners_with_findings_come_first_and_silence_is_counted(ask):
    found, partners = asked(ask, "Selim University")
    assert [(p["entity"]["name"], p["standing"]) for p in found["partners"]] == [
        ("Beihang University", "designated"),
        ("Beihe Optics", "designated"),
        ("Yunmen University", "nothing_found"),
        ("Selim Hospital", "nothing_found"),
    ]
    assert found["silent"] == 2
    assert (found["first"], found["newest"], found["works"]) == (2020, 2024, 6)
    assert partners["Beihang University"]["exposures"]


def test_a_work_with_two_records_counts_once(ask):
    _, partners = asked(ask, "Selim University")
    works = [work_["work"] for work_ in partners["Beihang University"]["works"]]
    assert sorted(works) == [f"https://doi.org/10.5555/made.{n}" for n in (1, 2, 9)]
    assert partners["Beihang University"]["by_year"] == {"2024": 2, "2022": 1}


def test_what_is_loaded_and_does_not_count_is_said(ask):
    found, _ = asked(ask, "Selim University")
    assert found["left_out"] == [
        "1 joint work before 2020",
        "1 joint work dated after 2026-11-24",
        "1 joint work without a year",
    ]


def test_years_are_counted_back_from_the_newest_work_loaded(ask):
    found, partners = asked(ask, "Selim University", "--years", "2")
    assert (found["first"], found["newest"]) == (2023, 2024)
    assert len(partners["Beihang University"]["works"]) == 2
    out = ask("Selim University", "--years", "1")
    assert "2024; years are counted back from the newest joint paper" in " ".join(out.split())


def test_each_work_has_its_quotes_and_each_quote_names_both(ask):
    _, partners = asked(ask, "Selim University")
    for partner in partners.values():
        for work_ in partner["works"]:
            said = "\n".join(quote["text"] for quote in work_["quotes"])
            assert "Selim University" in said
            assert partner["entity"]["name"] in said
            assert work_["title"] in said


def test_a_technology_is_told_by_words_that_are_shown(ask):
    found, partners = asked(ask, "Selim University", "--technology", "satellite_navigation")
    assert list(partners) == ["Beihang University"]
    first = partners["Beihang University"]["works"][0]
    words = {t["technology"]: t["words"] for t in first["technologies"]}
    assert "BeiDou" in words["satellite_navigation"]
    assert found["works"] == 2
    assert "satellite navigation (BeiDou" in " ".join(ask("Selim University").split())


def test_an_author_at_both_and_a_part_of_the_institution_are_told(ask):
    _, partners = asked(ask, "Selim University")
    assert partners["Beihang University"]["co_affiliated"] == 1
    assert partners["Selim Hospital"]["part_of"]
    assert not partners["Beihang University"]["part_of"]


def test_an_institution_is_found_by_its_ror_id(ask):
    by_name, _ = asked(ask, "Selim University")
    by_ror, _ = asked(ask, f"https://ror.org/{ror(103)}")
    assert by_ror["institution"] == by_name["institution"]


def test_the_answer_says_that_joint_papers_are_weak_and_what_silence_means(ask):
    out = " ".join(ask("Selim University").split())
    assert "Joint papers are a weak tie" in out
    assert "says nothing of a common project" in out
    assert "Nothing is known of 2 partners" in out
    assert "silence, not a clearance" in out
    assert "Selim Hospital: 1 joint paper" in out


def test_joint_papers_carry_no_exposure(cli, papers):
    answer = cli("-q", "-w", papers, "exposure", "Selim University", "--also-designated", "--json")
    assert json.loads(answer.out)["paths"] == []


def test_paths_to_listed_organisations_are_asked_for(ask):
    _, partners = asked(ask, "Selim University", "--also-designated")
    assert partners["Yunmen University"]["standing"] == "exposed"


def test_the_table_holds_every_partner_and_runs_no_formula(ask, tmp_path):
    ask("Selim University", "--out", tmp_path / "p.csv")
    text = (tmp_path / "p.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["partner"] for row in rows][-1] == "Selim Hospital"
    assert rows[0]["standing"] == "Designated"
    assert "10.5555/made.1" in rows[0]["dois"]
    assert all("weak tie" in row["note"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Nobody University"], "no entity called"),
        (["Huawei"], "no joint work of Huawei"),
        ([f"https://ror.org/{ror(999)}"], "ROR identifier"),
        (["Selim University", "--technology", "magic"], "satellite_navigation"),
        (["Selim University", "--out", "p.docx"], ".csv"),
        (["Selim University", "--out", "nowhere/p.csv"], "nowhere"),
        (["Selim University", "--years", "0"], "--years"),
    ],
)
def test_mistakes_end_with_the_remedy(cli, papers, arguments, said):
    answer = cli("-q", "-w", papers, "partners", *arguments)
    assert answer.status == 2
    assert said in answer.err


def test_a_day_before_a_paper_does_not_know_it(ask):
    found, partners = asked(ask, "Selim University", "--valid-on", "2023-06-30")
    assert found["newest"] == 2022
    assert len(partners["Beihang University"]["works"]) == 1


def test_no_author_stands_anywhere_in_the_workspace(papers):
    with sqlite3.connect(papers) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = b"".join(path.read_bytes() for path in papers.parent.glob("w.db*") if path.is_file())
    assert b"Beihang University" in raw
    assert not [name for name in AUTHORS if name.encode() in raw]


def test_two_institutions_with_a_thousand_joint_papers_are_shown(cli, tmp_path):
    path = lines(tmp_path / "w.jsonl", *(work(n, [SELIM], [YUNMEN]) for n in range(1_100)))
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.load("openalex", path)
        (partner,) = workspace.collaborations.partners("Selim University").partners
    assert len(partner.works) == 1_100
    answer = cli("-q", "-w", tmp_path / "w.db", "neighbours", "Selim University")
    assert answer.status == 0
    assert "1 source" in answer.out


def test_both_sides_count_the_same_papers(ask):
    _, ours = asked(ask, "Selim University")
    for name in ("Beihang University", "Beihe Optics", "Selim Hospital"):
        _, theirs = asked(ask, name)
        mine = {work_["work"] for work_ in ours[name]["works"]}
        assert {work_["work"] for work_ in theirs["Selim University"]["works"]} == mine


def test_the_order_in_which_works_are_loaded_changes_nothing(tmp_path):
    answers = []
    for number, order in enumerate((WORKS, WORKS[::-1])):
        with Workspace.open(tmp_path / f"{number}.db", now=lambda: NOW) as workspace:
            halves = order[:5], order[5:]
            for part, works in enumerate(halves):
                path = lines(tmp_path / f"{number}-{part}.jsonl", *works)
                workspace.load("openalex", path, as_of=f"2026-01-0{part + 1}")
            answers.append(workspace.collaborations.partners("Selim University"))
    one, two = answers
    assert one.partners == two.partners
    assert (one.works, one.left_out) == (two.works, two.left_out)


def test_a_name_that_is_a_formula_is_no_formula_in_the_table(cli, tmp_path):
    trap = institution("=HYPERLINK(1) Institute", 505)
    path = lines(tmp_path / "w.jsonl", work(1, [SELIM], [trap]))
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.load("openalex", path)
    out = tmp_path / "p.csv"
    assert (
        cli("-q", "-w", tmp_path / "w.db", "partners", "Selim University", "--out", out).status == 0
    )
    (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))
    assert row["partner"].startswith("'=")


def test_statements_that_name_no_work_are_counted_apart(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("Selim University published papers with Hexi Group.\n", encoding="utf-8")
    path = lines(tmp_path / "w.jsonl", work(1, [SELIM], [YUNMEN]))
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.load("openalex", path)
        workspace.add([article])
        told = [
            tie.tie for tie in workspace.neighbours("Selim University", kind="co_published").ties
        ]
        found = workspace.collaborations.partners("Selim University")
    assert {tie.other.name for tie in told} == {"Yunmen University", "Hexi Group"}
    assert [partner.entity.name for partner in found.partners] == ["Yunmen University"]
    assert found.left_out == (
        "1 statement of joint papers without a work: crosstie neighbours NAME --kind co_published",
    )


def test_two_editions_of_one_work_count_once(tmp_path):
    first = lines(tmp_path / "a-2026-01-01.jsonl", work(1, [SELIM], [YUNMEN]))
    second = lines(
        tmp_path / "b-2026-02-01.jsonl", work(1, [SELIM], [YUNMEN], title="A corrected title")
    )
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.load("openalex", first)
        workspace.load("openalex", second)
        (partner,) = workspace.collaborations.partners("Selim University").partners
    assert [work_.title for work_ in partner.works] == ["A corrected title"]


def test_the_how_to_runs_as_it_stands(cli, tmp_path):
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    page = (EXAMPLES.parent / "docs" / "how-to" / "partners.md").read_text("utf-8")
    (commands,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    answers = [cli(*shlex.split(line)[1:]) for line in commands.strip().splitlines()]
    assert [answer.status for answer in answers] == [0] * 6, [answer.err for answer in answers]
    assert "Designated: Hexi Group 99th Research Institute" in answers[3].out
    assert "Beihe Optics" not in answers[4].out
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "designated Beihe Optics 1" in done.stdout, done.stderr
