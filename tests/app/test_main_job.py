import json

import pytest

from tests.app.conftest import EXAMPLES


def ask(cli, demo, *arguments):
    answer = cli("--workspace", demo, *arguments)
    assert answer.status == 0, answer.err
    return answer.out


def as_json(cli, demo, *arguments):
    return json.loads(ask(cli, demo, *arguments, "--json"))


def test_a_designated_partner_is_a_hit_with_its_list_row(cli, demo):
    (finding,) = as_json(cli, demo, "screen", "Hexi Group")["findings"]
    assert finding["outcome"] == "hit"
    (designation,) = finding["hits"][0]["designations"]
    assert designation["list_name"] == "Entity list of Selimia"
    said = " ".join(quote["text"] for quote in designation["quotes"])
    assert "Hexi Group" in said and "Trade Office of Selimia" in said


def test_a_chinese_query_finds_the_entity_with_english_names(cli, demo):
    (finding,) = as_json(cli, demo, "screen", "北京理工大学")["findings"]
    assert finding["hits"][0]["match"]["entity"]["name"] == "Beijing Institute of Technology"


def test_silence_names_what_was_searched(cli, demo):
    screening = as_json(cli, demo, "screen", "Quux Bakery of Nowhere")
    assert [f["outcome"] for f in screening["findings"]] == ["nothing_found"]
    assert {s["source_id"] for s in screening["searched"]} >= {"starter", "selimia-entity-list"}
    out = ask(cli, demo, "screen", "Quux Bakery of Nowhere")
    assert "Nothing found" in out and "Searched:" in out and "lead, not a verdict" in out


def test_every_step_of_every_path_has_a_quote(cli, demo):
    screening = as_json(
        cli, demo, "screen", "--csv", EXAMPLES / "partners.csv", "--also-designated"
    )
    paths = [p for f in screening["findings"] for h in f["hits"] for p in h["exposures"]]
    assert len(paths) > 5
    for path in paths:
        assert all(step["quotes"] for step in path["steps"])


def test_the_chain_between_two_entities_joins_end_to_end(cli, demo):
    paths = as_json(cli, demo, "path", "Alibaba", "Norinco Group")
    assert paths
    for path in paths:
        here = path["start"]["id"]
        for step in path["steps"]:
            near, far = ("subject", "object") if step["forward"] else ("object", "subject")
            assert step[near]["id"] == here
            here = step[far]["id"]
        assert here == path["anchor"]["id"]


def test_two_entities_without_a_chain_are_said_to_have_none(cli, demo):
    out = ask(cli, demo, "path", "Hikvision", "Yunmen University", "--max-ties", "2")
    assert "no chain of up to 2 ties" in out


def test_show_prints_names_ties_and_quotes(cli, demo):
    out = ask(cli, demo, "show", "Hikvision")
    for expected in (
        "海康威视",
        "Designations",
        "supplies People's Liberation Army",
        "curated from",
    ):
        assert expected in out


def test_quotes_of_documents_stand_in_the_documents(cli, demo):
    dossier = as_json(cli, demo, "show", "Hexi Group")
    text = (EXAMPLES / "documents" / "selim-herald.txt").read_text(encoding="utf-8")
    quotes = [
        quote["text"]
        for tie in dossier["ties"]
        for quote in tie["quotes"]
        if quote["citation"]["publisher"] == "Selim Herald"
    ]
    assert quotes
    assert all(quote in text for quote in quotes)


def test_every_quote_can_be_checked_again(cli, demo):
    answer = as_json(cli, demo, "verify")
    assert answer["checked"] > 700
    assert answer["faults"] == []


def test_passages_are_found_in_both_languages(cli, demo):
    for words in ("Northern Fleet", "赫溪"):
        assert as_json(cli, demo, "find", words)


def test_status_counts_what_is_there_and_warns_of_old_lists(cli, demo):
    status = as_json(cli, demo, "status")
    assert status["counts"]["documents"] == 3
    assert "selimia-entity-list" in status["stale"]
    assert "STALE: selimia-entity-list is 906 days old" in ask(cli, demo, "status")


def test_anchors_are_listed_with_their_citations(cli, demo):
    anchors = as_json(cli, demo, "anchors")
    assert len(anchors) > 50
    assert all("(" in anchor["why"] for anchor in anchors)


@pytest.mark.parametrize("command", ["kinds", "sources"])
def test_what_crosstie_knows_can_be_listed(cli, command):
    assert json.loads(cli(command, "--json").out)
    assert cli(command).status == 0


def test_the_same_question_gets_the_same_answer(cli, demo):
    arguments = ("screen", "--csv", EXAMPLES / "partners.csv")
    first, second = (as_json(cli, demo, *arguments) for _ in range(2))
    assert first["findings"] == second["findings"]


def test_fail_on_turns_a_finding_into_an_exit_status(cli, demo):
    def status(name, *flags):
        return cli("-w", demo, "-q", "screen", name, *flags).status

    assert status("Hexi Group") == 0
    assert status("Hexi Group", "--fail-on", "hit") == 1
    assert status("Hexi Group", "--fail-on", "possible") == 1
    assert status("Quux Bakery of Nowhere", "--fail-on", "possible") == 0
    assert status("Hexi Group", "--fail-on", "fire") == 2
