"""Cases: a screening that is kept, what people decide on it, and what opens a decision again."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Finding, Hit, Party, Screening
from crosstie.workspace import Question, Workspace

DAY = "2026-11-24T09:00:00+00:00"
LATER = "2026-12-01T09:00:00+00:00"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def _opened(path: Path, at: str = DAY) -> Workspace:
    return Workspace.open(path, create=False, now=lambda: at)


def _screened(workspace: Workspace, *names: str, **options: object) -> Screening:
    return workspace.screen([Party(name) for name in names], **options)


def _first(screening: Screening) -> tuple[Finding, Hit]:
    return screening.findings[0], screening.findings[0].hits[0]


@pytest.fixture
def dismissed(demo_copy: Path) -> Path:
    """A workspace in which a person said that a party called Hexi Group is another one."""
    with _opened(demo_copy) as workspace:
        found = _screened(workspace, "Hexi Group", "Nobody Knows Ltd")
        case = workspace.cases.save(found, title="Partners", by="K. Ito", file_name="p.csv")
        entity = _first(found)[1].match.entity.id
        workspace.cases.dispose(
            case.address, 1, entity, "false_match", note="another Hexi", by="K. Ito"
        )
    return demo_copy


def test_a_saved_case_is_found_by_address_id_and_title(demo_copy: Path) -> None:
    with _opened(demo_copy) as workspace:
        found = _screened(workspace, "Hexi Group", "Nobody Knows Ltd")
        case = workspace.cases.save(found, title="Partners 伙伴", by="K. Ito", file_name="p.csv")
        assert case.address.startswith("2026-11-24-partners-伙伴-")
        assert (case.parties, case.hits, case.nothing_found) == (2, 1, 1)
        for name in (case.id, case.address, case.title):
            assert workspace.cases.open(name).screening == found
        assert list(workspace.cases.all()) == [case]


def test_saving_the_same_again_makes_no_second_case(demo_copy: Path) -> None:
    with _opened(demo_copy) as workspace:
        found = _screened(workspace, "Hexi Group")
        once = workspace.cases.save(found, title="Partners", by="K. Ito")
        assert workspace.cases.save(found, title="Partners", by="K. Ito") == once
        assert len(workspace.cases.all()) == 1


def test_a_dismissed_match_counts_no_more_in_later_screenings(dismissed: Path) -> None:
    with _opened(dismissed, LATER) as workspace:
        finding, hit = _first(_screened(workspace, "Hexi Group"))
    assert finding.outcome == "nothing_found"
    assert hit.disposition is not None and hit.disposition.dismisses
    assert hit.designations, "what is known is shown all the same"


@pytest.mark.parametrize("spelling", ["HEXI  GROUP", "ＨＥＸＩ Group", "hexi group."])
def test_a_decision_holds_for_another_spelling(dismissed: Path, spelling: str) -> None:
    with _opened(dismissed) as workspace:
        assert _first(_screened(workspace, spelling))[0].outcome == "nothing_found"


def test_a_decision_holds_for_no_other_country(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        found = workspace.screen([Party("Hexi Group", country="FR")])
    assert all(hit.disposition is None for hit in found.findings[0].hits)


def test_decisions_can_be_left_out_and_say_so(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        heeded = _screened(workspace, "Hexi Group")
        bare = _screened(workspace, "Hexi Group", heed_dispositions=False)
    assert (heeded.dispositions_version != "", bare.dispositions_version) == (True, "")
    assert _first(bare)[0].outcome == "hit"


def test_what_was_not_decided_yet_on_a_day_is_not_heeded_on_it(dismissed: Path) -> None:
    with _opened(dismissed, "2026-12-24T00:00:00+00:00") as workspace:
        entity = _first(_screened(workspace, "Hexi Group"))[1].match.entity.id
        workspace.cases.decide(Party("Hexi Group"), entity, "true_match", note="seen", by="M")
        now = _first(_screened(workspace, "Hexi Group"))[0]
        then = _first(_screened(workspace, "Hexi Group", question=Question(as_of="2026-12-01")))[0]
    assert (now.outcome, then.outcome) == ("hit", "nothing_found")


def test_a_decision_is_taken_back_and_an_earlier_one_stands_again(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        cases = workspace.cases
        entity = _first(_screened(workspace, "Hexi Group"))[1].match.entity.id
        later = cases.dispose("Partners", 1, entity, "needs_more", note="ask them", by="M. Roy")
        assert _first(cases.open("Partners").screening)[0].outcome == "hit"
        cases.undo(later.id, note="they answered", by="M. Roy")
        assert _first(cases.open("Partners").screening)[0].outcome == "nothing_found"
        history = cases.open("Partners").dispositions
        assert [one.in_force for one in history] == [True, False, False]
        with pytest.raises(UsageError, match=r"was taken back by M\. Roy"):
            cases.undo(later.id, note="again", by="M. Roy")
        with pytest.raises(NotFound):
            cases.undo("dis-nothing", note="again", by="M. Roy")


def test_the_same_decision_can_be_made_again_after_it_was_taken_back(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        cases = workspace.cases
        first = cases.open("Partners").dispositions[0].disposition
        cases.undo(first.id, note="wrong row", by="K. Ito")
        cases.dispose("Partners", 1, first.entity, "false_match", note=first.note, by=first.by)
        assert _first(_screened(workspace, "Hexi Group"))[0].outcome == "nothing_found"


@pytest.mark.parametrize(("note", "by"), [("", "K. Ito"), ("  ", "K. Ito"), ("because", " ")])
def test_a_decision_needs_a_reason_and_a_name(dismissed: Path, note: str, by: str) -> None:
    with _opened(dismissed) as workspace:
        entity = _first(_screened(workspace, "Hexi Group"))[1].match.entity.id
        with pytest.raises(UsageError, match="give one"):
            workspace.cases.dispose("Partners", 1, entity, "needs_more", note=note, by=by)


def test_a_match_that_a_case_does_not_hold_cannot_be_decided_in_it(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        for number, entity in ((1, "ent-nothing"), (2, "ent-nothing"), (3, "x"), (0, "x")):
            with pytest.raises(NotFound):
                workspace.cases.dispose("Partners", number, entity, "needs_more", note="a", by="b")


def test_new_evidence_opens_a_dismissed_match_again(dismissed: Path, tmp_path: Path) -> None:
    lists = EXAMPLES / "lists"
    table = tmp_path / "ban-2026-11-25.csv"
    head, *rows = (lists / "selimia-entity-list-2024-06-01.csv").read_text("utf-8").splitlines()
    hexi = next(row for row in rows if "Hexi Group" in row).replace("Entity list", "Export ban")
    table.write_text(f"{head}\n{hexi}\n", encoding="utf-8")
    mapping = tmp_path / "ban.yaml"
    shipped = (lists / "selimia-entity-list.yaml").read_text("utf-8")
    mapping.write_text(
        shipped.replace("id: selimia-entity-list", "id: selimia-ban").replace(
            "list_name: Entity list of Selimia", "list_name: Export ban of Selimia"
        ),
        encoding="utf-8",
    )
    with _opened(dismissed, LATER) as workspace:
        workspace.load("table", table, mapping=mapping, as_of="2026-11-25")
        finding, hit = _first(_screened(workspace, "Hexi Group"))
        file = workspace.cases.open("Partners")
    assert finding.outcome == "hit"
    assert hit.disposition is not None and hit.disposition.state == "reopened"
    assert any("new designation" in line for line in hit.disposition.news)
    assert file.dismissed == 1, "the case holds the evidence on which it was decided"


def test_screening_again_without_news_opens_nothing(dismissed: Path) -> None:
    """A later day, a rebuilt workspace and a longer reach of paths are no new evidence."""
    with _opened(dismissed, "2027-11-24T00:00:00+00:00") as workspace:
        workspace.resolve()
        finding, hit = _first(_screened(workspace, "Hexi Group"))
    assert finding.outcome == "nothing_found"
    assert hit.disposition is not None and hit.disposition.news == ()


def test_a_decision_keeps_no_word_of_a_document(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        made = workspace.cases.open("Partners").dispositions[0].disposition
    assert made.known
    assert all(key.partition("-")[2].isalnum() and len(key) < 40 for key in made.known)


def test_the_case_file_holds_what_a_reader_needs(dismissed: Path) -> None:
    with _opened(dismissed) as workspace:
        entity = _first(_screened(workspace, "Hexi Group"))[1].match.entity.id
        workspace.cases.dispose("Partners", 1, entity, "needs_more", note="ask them", by="M. Roy")
        page = workspace.cases.file("Partners", "html").decode()
        again = workspace.cases.file("Partners", "html").decode()
        book = load_workbook(io.BytesIO(workspace.cases.file("Partners", "xlsx")))
        whole = json.loads(workspace.cases.file("Partners", "json"))
    assert page == again
    for part in (
        "Partners", "p.csv", "K. Ito", "Nobody Knows Ltd", "Mitigation plan", "Residual risk",
        "ask them", "lead, not a verdict", "To contest a record", "Entity list of Selimia",
    ):  # fmt: skip
        assert part in page
    assert "<script" not in page and "http-equiv" in page
    assert book.sheetnames == [
        "Case", "Findings", "Quotes", "Decisions", "Mitigation plan (draft)", "Searched",
    ]  # fmt: skip
    plan = list(book["Mitigation plan (draft)"].values)
    assert plan[0][3:] == ("Measure", "Owner", "Date", "Residual risk")
    assert plan[1][0] == "1" and plan[1][3:] == (None, None, None, None)
    hashes = {row[10] for row in list(book["Quotes"].values)[1:]}
    assert hashes and all(len(str(digest)) == 64 for digest in hashes)
    assert [row["finding"] for row in whole["mitigation_plan_draft"]] == [1]
    assert whole["totals"]["nothing found"] == 1


def test_a_forgotten_documents_words_leave_the_cases(demo_copy: Path) -> None:
    with _opened(demo_copy) as workspace:
        found = _screened(workspace, "Northbridge University", "Selim University", "Hexi Group")
        workspace.cases.save(found, title="Partners", by="K. Ito")
        quote = _first(_screened(workspace, "Hexi Group"))[1].designations[0].quotes[-1]
        assert quote.text in workspace.cases.file("Partners", "html").decode()
        workspace.forget(quote.citation.document_id, because="a test")
        forms = [workspace.cases.file("Partners", form) for form in ("html", "json")]
        held = list(_quotes(workspace.cases.open("Partners").screening))
    assert all(q.text == "[forgotten]" for q in held if q.citation == quote.citation)
    assert not [q for q in held if q.text == quote.text]
    assert all("[forgotten]" in form.decode() for form in forms)
    assert quote.text.encode() not in demo_copy.read_bytes()


def _quotes(screening):
    for finding in screening.findings:
        for hit in finding.hits:
            for designation in hit.designations:
                yield from designation.quotes


def test_the_command_line_keeps_shows_decides_and_takes_back(demo_copy, cli) -> None:
    kept = cli("-w", demo_copy, "screen", "Hexi Group", "--save", "Partners", "--by", "K. Ito")
    assert kept.status == 0 and "saved as a case: " in kept.err
    listed = json.loads(cli("-w", demo_copy, "case", "list", "--json").out)
    entity = json.loads(cli("-w", demo_copy, "case", "show", "Partners", "--json").out)[
        "screening"
    ]["findings"][0]["hits"][0]["match"]["entity"]["id"]
    made = json.loads(
        cli(
            "-w", demo_copy, "case", "dispose", listed[0]["address"], "1", entity, "false_match",
            "--because", "another Hexi", "--by", "K. Ito", "--json",
        ).out
    )  # fmt: skip
    screened = cli("-w", demo_copy, "screen", "Hexi Group", "--fail-on", "hit")
    assert screened.status == 0
    assert "dismissed by K. Ito on " in screened.out and "another Hexi" in screened.out
    assert "1 of the matches dismissed by people" in screened.out
    bare = cli("-w", demo_copy, "screen", "Hexi Group", "--fail-on", "hit", "--ignore-dispositions")
    assert bare.status == 1
    undone = cli("-w", demo_copy, "case", "undo", made["id"], "--because", "oh", "--by", "K. Ito")
    assert undone.status == 0
    assert cli("-w", demo_copy, "screen", "Hexi Group", "--fail-on", "hit").status == 1
    assert cli("-w", demo_copy, "case", "export", "Partners", "case.html").status == 0
    assert Path("case.html").read_text(encoding="utf-8").count("oh") >= 1
    assert cli("-w", demo_copy, "case", "show", "Nowhere").status == 2
    assert cli("-w", demo_copy, "case", "export", "Partners", "case.docx").status == 2
