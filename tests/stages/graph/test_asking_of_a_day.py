"""A workspace asked as it was known on a day, and for what was true on one."""

from dataclasses import replace

import pytest

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Party
from crosstie.ontology.records import Claim as ClaimRecord
from crosstie.ontology.records import Document, Identifier, Mention, Name
from crosstie.store import Store, writing
from crosstie.workspace import Question, Workspace
from crosstie.workspace.network import network_path

FIRST, SECOND = "2024-03-01T10:00:00+00:00", "2025-06-01T10:00:00+00:00"
NOW = "2026-11-24T09:00:00+00:00"


def write(path, text, *, at, publisher, date, ties, again=None):
    """Write one document whose ties are given as (subject, kind, object, values)."""
    document = Document.of(
        origin="document", name=f"{publisher} {date}.txt", text=text, language="en",
        publisher=publisher, date=date,
    )  # fmt: skip
    mentions = {}
    claims = []
    for subject, kind, target, values in ties:
        for name in (subject, target):
            start = text.index(name)
            navy = name == "Northern Fleet"
            mentions[name] = Mention.of(
                document, start, start + len(name),
                kind="military_unit" if navy else "company",
                names=(Name(name, "en"),),
                identifiers=(Identifier("starter", "pla-navy"),) if navy else (),
            )  # fmt: skip
        values = dict(values)
        quote = values.pop("quote", text)
        start = text.index(quote)
        claims.append(
            ClaimRecord.of(
                document, mentions[subject], kind, mentions[target],
                evidence=[document.evidence(start, start + len(quote))], method="test", **values,
            )
        )  # fmt: skip
    store = Store.open(path)
    with store.writing() as db:
        if again:
            writing.replace_reading(
                db, document, list(mentions.values()), claims, at=at, read_by="test/2"
            )
        else:
            writing.add_document(
                db, document, (), list(mentions.values()), claims, at=at, read_by="test/1"
            )
        writing.set_fact(db, "derived", "")
    store.close()
    return document


@pytest.fixture
def path(tmp_path):
    """Two documents: in 2024 one says that Beihe supplies the fleet, in 2025 others say more."""
    found = tmp_path / "w.db"
    write(
        found, "Beihe Optics supplied the Northern Fleet from 2012 to 2015.", at=FIRST,
        publisher="The Selim Herald", date="2016-05-01",
        ties=[("Beihe Optics", "supplies", "Northern Fleet",
               {"valid_from": "2012", "valid_to": "2015", "ended": True})],
    )  # fmt: skip
    write(
        found, "Lantian Holdings owns Beihe Optics.", at=SECOND, publisher="Selim Business Wire",
        date="2025-05-30", ties=[("Lantian Holdings", "owns", "Beihe Optics", {})],
    )  # fmt: skip
    write(
        found, "A spokesman denied that Beihe Optics ever supplied the Northern Fleet.",
        at=SECOND, publisher="Hexi Daily", date="2025-05-31",
        ties=[("Beihe Optics", "supplies", "Northern Fleet", {"polarity": "denied"})],
    )  # fmt: skip
    return found


@pytest.fixture
def workspace(path):
    with Workspace.open(path, now=lambda: NOW) as found:
        yield found


def test_what_was_recorded_later_was_not_known(workspace):
    assert len(workspace.exposure("Lantian Holdings").paths) == 1
    with pytest.raises(NotFound):
        workspace.exposure("Lantian Holdings", question=Question(as_of="2024-12-31"))
    then = workspace.exposure("Beihe Optics", question=Question(as_of="2024-12-31"))
    assert [step.sources_against for path in then.paths for step in path.steps] == [0]
    assert (then.as_of, then.valid_on) == ("2024-12-31", "2026-11-24")


def test_before_anything_was_known_nothing_is(workspace):
    with pytest.raises(NotFound, match="nothing called `Beihe Optics` was known on 2023-12-31"):
        workspace.exposure("Beihe Optics", question=Question(as_of="2023"))


def test_asking_as_of_today_is_asking_now(workspace):
    for name in ("Beihe Optics", "Lantian Holdings"):
        today = workspace.exposure(name, question=Question(as_of="2026-11-24"))
        assert replace(today, as_of=None) == workspace.exposure(name)


def test_asking_as_of_the_last_change_is_asking_now(workspace):
    for day in ("2025-06-01", "2025-06"):
        then = workspace.exposure("Beihe Optics", question=Question(as_of=day))
        assert then.paths == workspace.exposure("Beihe Optics").paths


def test_a_judgement_made_later_does_not_count_then(workspace):
    (path,) = workspace.exposure("Beihe Optics").paths
    claim = path.steps[0].quotes[0].claim_id
    workspace.judge(claim, verdict="rejected", by="reviewer", because="not what it says")
    assert workspace.exposure("Beihe Optics").paths == ()
    then = workspace.exposure("Beihe Optics", question=Question(as_of="2025-12-31"))
    assert [step.status for path in then.paths for step in path.steps] == ["ended"]


def test_what_was_superseded_later_still_counts_then(workspace, path):
    write(
        path, "Beihe Optics supplied the Northern Fleet from 2012 to 2015.",
        at="2026-02-01T00:00:00+00:00", publisher="The Selim Herald", date="2016-05-01",
        ties=[("Beihe Optics", "collaborates_with", "Northern Fleet", {})], again=True,
    )  # fmt: skip

    def found(question=None):
        every = workspace.exposure("Beihe Optics", question=question).paths
        return {step.kind for path in every for step in path.steps}

    assert found() == {"collaborates_with"}
    assert found(Question(as_of="2025-12-31")) == {"supplies"}


def test_asking_of_a_day_leaves_the_workspace_as_it_is(workspace, path):
    before = workspace.exposure("Beihe Optics")
    digest = path.read_bytes()
    workspace.exposure("Beihe Optics", question=Question(as_of="2024-12-31"))
    assert path.read_bytes() == digest
    assert workspace.exposure("Beihe Optics") == before


@pytest.mark.parametrize(
    ("day", "status"),
    [("2011", None), ("2013", "asserted"), ("2015", "asserted"), ("2016", "ended")],
)
def test_what_was_true_on_a_day(workspace, day, status):
    found = workspace.exposure("Beihe Optics", question=Question(valid_on=day))
    statuses = [step.status for path in found.paths for step in path.steps]
    assert statuses == ([status] if status else [])


def test_a_denial_stands_beside_the_claim_with_its_sources(workspace):
    (path,) = workspace.exposure("Beihe Optics").paths
    (step,) = path.steps
    assert (step.sources, step.sources_against) == (1, 1)
    assert [quote.citation.publisher for quote in step.against] == ["Hexi Daily"]
    assert [quote.citation.publisher for quote in step.quotes] == ["The Selim Herald"]
    assert step.grade == "B3"


def test_a_syndicated_copy_is_no_second_source(workspace, path):
    told = "Beihe Optics supplied the Northern Fleet from 2012 to 2015."
    write(
        path, f"By the newsroom. {told}", at=SECOND, publisher="Port Times", date="2016-05-02",
        ties=[("Beihe Optics", "supplies", "Northern Fleet",
               {"valid_from": "2012", "valid_to": "2015", "ended": True, "quote": told})],
    )  # fmt: skip
    (found,) = workspace.exposure("Beihe Optics").paths
    assert found.steps[0].sources == 1
    write(
        path, "Lenses of Beihe Optics went to the Northern Fleet.", at=SECOND,
        publisher="Selim Radio", date="2014-01-01",
        ties=[("Beihe Optics", "supplies", "Northern Fleet", {})],
    )  # fmt: skip
    (found,) = workspace.exposure("Beihe Optics").paths
    assert (found.steps[0].sources, found.steps[0].grade) == (2, "B1")


def test_a_grade_of_ones_own_lowers_a_source(workspace, tmp_path):
    own = tmp_path / "ours.yaml"
    own.write_text(
        'version: "1"\npublishers:\n  - {publisher: The Selim Herald, grade: D4, because: "No."}\n',
        encoding="utf-8",
    )
    shipped, ours = (
        workspace.exposure("Beihe Optics", question=Question(grades=grades))
        for grades in (None, own)
    )
    assert ours.paths[0].steps[0].grade == "D4"
    assert ours.paths[0].score < shipped.paths[0].score
    assert "ours.yaml" in ours.grades_version


def test_the_network_is_kept_beside_the_workspace_for_one_state(workspace, path):
    workspace.exposure("Beihe Optics")
    (first,) = network_path(path).iterdir()
    workspace.exposure("Beihe Optics")
    assert [first] == list(network_path(path).iterdir())
    write(
        path, "Lantian Holdings owns Tianlu Maps.", at=SECOND, publisher="Port Times",
        date="2025", ties=[("Lantian Holdings", "owns", "Tianlu Maps", {})],
    )  # fmt: skip
    assert [t.tie.other.name for t in workspace.neighbours("Tianlu Maps").ties] == [
        "Lantian Holdings"
    ]
    (second,) = network_path(path).iterdir()
    assert first.name != second.name


def test_a_damaged_network_is_made_again(workspace, path):
    before = workspace.exposure("Beihe Optics")
    (folder,) = network_path(path).iterdir()
    (folder / "claims.sources.npy").unlink()
    # What is open keeps its network at hand; who opens the workspace anew finds the damage.
    with Workspace.open(path, now=lambda: NOW) as another:
        assert another.exposure("Beihe Optics") == before
    assert (folder / "claims.sources.npy").is_file()


def test_a_disk_that_takes_no_network_is_told_and_the_answer_comes(path):
    network_path(path).write_text("in the way")
    told = []
    with Workspace.open(path, now=lambda: NOW, progress=lambda s, *_: told.append(s)) as workspace:
        assert len(workspace.exposure("Beihe Optics").paths) == 1
    assert any("cannot be kept" in line for line in told)


def test_neighbours_are_told_once_nearest_first(workspace):
    found = workspace.neighbours("Lantian Holdings", depth=3)
    assert [(item.distance, item.near.name, item.tie.kind) for item in found.ties] == [
        (1, "Lantian Holdings", "owns"),
        (2, "Beihe Optics", "supplies"),
    ]
    assert found.ties[1].tie.sources_against == 1
    kept = workspace.neighbours("Lantian Holdings", depth=3, mechanism="supply")
    assert kept.ties == ()


def test_a_day_that_is_none_is_refused(workspace):
    with pytest.raises(UsageError, match="no date for valid_on"):
        workspace.exposure("Beihe Optics", question=Question(valid_on="yesterday"))
    with pytest.raises(UsageError, match="no date for as_of"):
        workspace.exposure("Beihe Optics", question=Question(as_of="2026-13"))


def test_the_answer_says_how_many_anchors_there_are(tmp_path):
    found = tmp_path / "none.db"
    write(
        found, "Lantian Holdings owns Beihe Optics.", at=FIRST, publisher="Selim Business Wire",
        date="2024", ties=[("Lantian Holdings", "owns", "Beihe Optics", {})],
    )  # fmt: skip
    with Workspace.open(found, now=lambda: NOW) as workspace:
        answer = workspace.exposure("Beihe Optics")
    assert (answer.anchors, answer.paths) == (0, ())


def test_a_screening_as_of_a_day_knows_no_more_than_was_known(workspace):
    party = Party("Lantian Holdings")
    now = workspace.screen([party])
    then = workspace.screen([party], question=Question(as_of="2024-12-31"))
    assert [f.outcome for f in (*now.findings, *then.findings)] == ["hit", "nothing_found"]
    assert (now.as_of, then.as_of) == (None, "2024-12-31")
