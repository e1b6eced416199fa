"""`add` and `extract` with other readers: what they report, keep, stop at and read again."""

import json
import sqlite3

import pytest

from crosstie.extraction.backends import prompt, reply_cache
from tests.unit.extraction.llm_server import Reply, reply, serving, tie

SAYS = "Hexi Group supplied lenses to Lantian Holdings."
GOOD = reply(tie("Hexi Group", "supplies", "Lantian Holdings", SAYS))
LIE = reply(tie("Hexi Group", "owns", "Lantian Holdings", "Hexi Group owns Lantian Holdings."))


@pytest.fixture
def endpoint(monkeypatch, tmp_path):
    """Set what a user sets to reach a server; replies are kept below the test's own folder."""
    monkeypatch.setattr(reply_cache, "user_cache_path", lambda _name: tmp_path / "cache")
    monkeypatch.delenv("CROSSTIE_LLM_PRICES", raising=False)

    def point(server, key="s3cret-key"):
        monkeypatch.setenv("CROSSTIE_LLM_URL", server.url)
        monkeypatch.setenv("CROSSTIE_LLM_MODEL", "m1")
        monkeypatch.setenv("CROSSTIE_LLM_KEY", key)

    return point


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"{SAYS} Note {number}.\n", encoding="utf-8")
    return folder


def read_by(path):
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT read_by FROM documents")}
    finally:
        connection.close()


def test_what_a_model_proposes_is_counted_kept_and_shown(cli, tmp_path, papers, endpoint):
    both = {**GOOD, "ties": GOOD["ties"] + LIE["ties"]}
    with serving(Reply(both, tokens=(1000, 100))) as server:
        endpoint(server)
        answer = cli("-w", tmp_path / "w.db", "add", papers, "--extractor", "llm")
    assert answer.status == 0, answer.err
    assert "5 documents added" in answer.out
    assert "rejected by the verifier: 5 quote_not_found" in answer.out
    assert "5 questions asked, 0 answered before: 5,000 tokens in, 500 out" in answer.out
    assert read_by(tmp_path / "w.db") == {"llm/1 m1 extract-1"}
    shown = json.loads(cli("-w", tmp_path / "w.db", "show", "Hexi Group", "--json").out)
    assert "llm/1:m1:extract-1" in json.dumps(shown) or shown["entity"]["name"] == "Hexi Group"
    held = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"s3cret-key" not in held
    assert "s3cret-key" not in answer.out + answer.err


def test_a_spent_budget_stops_cleanly_and_the_next_run_goes_on(cli, tmp_path, papers, endpoint):
    path = tmp_path / "w.db"
    with serving(Reply(GOOD, tokens=(1500, 300))) as server:
        endpoint(server)
        command = ("-w", path, "add", papers, "--extractor", "llm", "--jobs", "1")
        stopped = cli(*command, "--budget", "10k", "--json")
        report = json.loads(stopped.out)
        assert stopped.status == 1
        assert 0 < report["added"] < 5
        assert report["added"] + report["left"] == 5
        assert report["usage"]["tokens_in"] + report["usage"]["tokens_out"] <= 10_000
        said = cli(*command, "--budget", "3k")
        assert f"not read: {report['left']} (the budget is spent)" in said.out
        done = cli(*command, "--json")
    report = json.loads(done.out)
    assert done.status == 0
    assert (report["left"], report["added"] + report["unchanged"]) == (0, 5)
    assert len(server.requests) == 5


def test_money_is_a_budget_too(cli, tmp_path, papers, endpoint, monkeypatch):
    with serving(Reply(GOOD, tokens=(1000, 0))) as server:
        endpoint(server)
        command = ("-w", tmp_path / "w.db", "add", papers, "--extractor", "llm", "--budget", "$5")
        assert "CROSSTIE_LLM_PRICES" in cli(*command).err
        monkeypatch.setenv("CROSSTIE_LLM_PRICES", "2/10")
        report = json.loads(cli(*command, "--json").out)
    assert report["usage"]["cost"] == pytest.approx(0.01)


def test_a_document_that_gets_no_answer_is_named_and_read_by_the_next_run(
    cli, tmp_path, papers, endpoint
):
    def answer(request):
        return Reply("{" if "Note 2" in request["messages"][1]["content"] else GOOD)

    path = tmp_path / "w.db"
    with serving(answer=answer) as server:
        endpoint(server)
        command = ("-w", path, "add", papers, "--extractor", "llm", "--jobs", "2")
        first = cli(*command)
        assert first.status == 1
        assert "failed (unanswered): 2.txt: the model gives no JSON" in first.out
        assert "not read: 1 (they failed)" in first.out
        asked = len(server.requests)
        server.answer = lambda _request: Reply(GOOD)
        second = json.loads(cli(*command, "--json").out)
    assert (second["added"], second["unchanged"]) == (1, 4)
    assert len(server.requests) == asked + 1


def test_threads_leave_the_same_workspace_as_one(cli, tmp_path, papers, endpoint):
    with serving(Reply(GOOD, delay=0.02)) as server:
        endpoint(server)
        for name, jobs in (("one.db", 1), ("four.db", 4)):
            cli("-w", tmp_path / name, "add", papers, "--extractor", "llm", "--jobs", jobs)
    ids = []
    for name in ("one.db", "four.db"):
        connection = sqlite3.connect(tmp_path / name)
        ids.append(connection.execute("SELECT id FROM claims ORDER BY rowid").fetchall())
        ids.append(connection.execute("SELECT name FROM documents ORDER BY seq").fetchall())
        connection.close()
    assert ids[:2] == ids[2:]
    assert len(ids[0]) == 5


def test_only_what_another_prompt_read_is_read_again(cli, tmp_path, papers, endpoint, monkeypatch):
    path = tmp_path / "w.db"
    with serving(Reply(GOOD)) as server:
        endpoint(server)
        cli("-w", path, "add", papers, "--extractor", "llm")
        again = ("-w", path, "extract", "--again", "--json")
        # The rules leave alone what a model read.
        assert json.loads(cli(*again).out)["added"] == 0
        assert json.loads(cli(*again, "--extractor", "llm").out)["added"] == 0
        status = json.loads(cli("-w", path, "status", "--json").out)
        assert status["outdated"] == 0
        newer = prompt.Prompt("extract-2", prompt.shipped_prompt().instructions)
        for module in ("llm", "marks"):
            monkeypatch.setattr(
                f"crosstie.extraction.backends.{module}.shipped_prompt", lambda: newer
            )
        assert json.loads(cli("-w", path, "status", "--json").out)["outdated"] == 5
        said = cli("-w", path, "extract", "--again").out
        assert "5 documents that llm read are outdated" in said
        assert json.loads(cli(*again, "--extractor", "llm").out)["added"] == 5
        assert read_by(path) == {"llm/1 m1 extract-2"}
        # Asked for by name, the rules read everything.
        assert json.loads(cli(*again, "--extractor", "rules").out)["added"] == 5


def test_forgetting_takes_the_kept_replies_along(cli, tmp_path, papers, endpoint):
    path = tmp_path / "w.db"
    with serving(Reply(GOOD)) as server:
        endpoint(server)
        cli("-w", path, "add", papers, "--extractor", "llm")
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 5
    assert cli("-w", path, "forget", "3.txt", "--because", "asked").status == 0
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 4


def test_extract_reads_through_an_endpoint_too(cli, papers, endpoint):
    with serving(Reply(GOOD)) as server:
        endpoint(server)
        answer = cli("extract", papers / "0.txt", "--json", "--extractor", "llm")
    (found,) = [json.loads(line) for line in answer.out.splitlines()]
    assert [t["type"] for t in found["ties"]] == ["supplies"]
    assert found["ties"][0]["method"] == "llm/1:m1:extract-1"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--extractor", "magic"), "use rules, gliner or llm"),
        (("--extractor", "llm"), "CROSSTIE_LLM_URL"),
        (("--extractor", "gliner"), "gliner"),
        (("--budget", "5"), "only --extractor llm"),
        (("--extractor", "llm", "--budget", "much"), "give tokens"),
        (("--jobs", "0"), "jobs"),
    ],
)
def test_what_is_missing_is_said_at_once(cli, tmp_path, papers, monkeypatch, options, said):
    for name in ("URL", "MODEL", "KEY"):
        monkeypatch.delenv(f"CROSSTIE_LLM_{name}", raising=False)
    answer = cli("-w", tmp_path / "w.db", "add", papers, *options)
    assert answer.status == 2
    assert said in answer.err


def test_a_server_that_is_down_ends_the_run_with_one_line(cli, tmp_path, papers, endpoint):
    with serving(Reply(status=401, raw=b"no")) as server:
        endpoint(server)
        answer = cli("-w", tmp_path / "w.db", "add", papers, "--extractor", "llm")
    assert answer.status == 2
    assert answer.err.strip().splitlines()[-1].startswith("crosstie: http://127.0.0.1")
    assert "Traceback" not in answer.err
