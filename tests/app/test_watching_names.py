"""Names that are watched: who is affected by what was taken in or decided, and nobody else."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crosstie.ontology.errors import NotFound, UsageError
from crosstie.ontology.findings import Party
from crosstie.workspace import Workspace

LIST = "examples/lists/selimia-entity-list.yaml"
ROOT = Path(__file__).resolve().parents[2]


class Clock:
    """A clock that goes on by an hour whenever it is asked."""

    def __init__(self):
        self.hours = 0

    def __call__(self):
        self.hours += 1
        return f"2026-11-{1 + self.hours // 24:02d}T{self.hours % 24:02d}:00:00+00:00"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "w.db", now=Clock()) as opened:
        opened.load("starter")
        yield opened


def edition(folder, day, names):
    """A fictional list of a day."""
    source = (ROOT / "examples/lists/selimia-entity-list-2024-06-01.csv").read_text("utf-8")
    head = source.splitlines()[0]
    columns = next(csv.reader([head]))
    rows = next(csv.DictReader(io.StringIO(source)))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for number, name in enumerate(names):
        name_column = next(c for c in columns if "name" in c.lower())
        key = {c: f"{rows[c]}{number}" for c in columns if c.lower() in ("id", "number", "no")}
        writer.writerow({**rows, **key, name_column: name})
    path = folder / f"selimia-entity-list-{day}.csv"
    path.write_text(out.getvalue(), "utf-8")
    return path


def load(workspace, path):
    workspace.load("table", path, mapping=ROOT / LIST, whole=True)


def affected(found):
    return {name.watched.party.name for name in found.affected}


def test_the_first_round_is_a_baseline_and_changes_nothing(workspace):
    workspace.watching.add([Party("Hikvision"), Party("Northwestern University")])
    found = workspace.watching.rescreen()
    assert (found.baseline, found.affected, found.since) == (2, (), None)


def test_with_nothing_between_a_round_reports_nothing(workspace):
    workspace.watching.add([Party("Hikvision"), Party("Beihang University"), Party("清华大学")])
    workspace.watching.rescreen()
    assert workspace.watching.rescreen().affected == ()


def test_a_new_row_affects_only_whom_it_names(workspace, tmp_path):
    load(workspace, edition(tmp_path, "2024-06-01", ["Lantian Dynamics", "Beihe Optics"]))
    workspace.watching.add([Party("Yunmen Photonics"), Party("Lantian Dynamics"), Party("DJI")])
    workspace.watching.rescreen()
    names = ["Lantian Dynamics", "Beihe Optics", "Yunmen Photonics"]
    load(workspace, edition(tmp_path, "2025-06-01", names))
    found = workspace.watching.rescreen()
    assert affected(found) == {"Yunmen Photonics"}
    (name,) = found.affected
    assert (name.before, name.after) == ("nothing_found", "hit")
    listing = next(change for change in name.changes if change.fact == "listing")
    assert listing.kind == "new"
    assert any("edition of 2025-06-01" in cause.words for cause in listing.causes)


def test_a_removed_row_affects_whom_it_named(workspace, tmp_path):
    load(workspace, edition(tmp_path, "2024-06-01", ["Lantian Dynamics", "Beihe Optics"]))
    workspace.watching.add([Party("Beihe Optics"), Party("Lantian Dynamics")])
    workspace.watching.rescreen()
    load(workspace, edition(tmp_path, "2025-06-01", ["Lantian Dynamics"]))
    found = workspace.watching.rescreen()
    assert affected(found) == {"Beihe Optics"}
    words = " ".join(change.words for change in found.affected[0].changes)
    assert "not in the edition of 2025-06-01" in words


def test_a_new_document_affects_whom_it_ties_and_is_quoted(workspace, tmp_path):
    workspace.watching.add([Party("Zhuque Optics"), Party("Northwestern University")])
    workspace.watching.rescreen()
    story = tmp_path / "story.txt"
    sentence = "Zhuque Optics supplied periscope lenses to the People's Liberation Army in 2019."
    story.write_text(f"Optics for the army\n\n{sentence}\n", "utf-8")
    workspace.add([story])
    found = workspace.watching.rescreen()
    assert affected(found) == {"Zhuque Optics"}
    quotes = workspace.watching.quotes(found)
    assert any(sentence in quote.text for said in quotes.values() for quote in said)


def test_a_judgement_is_named_as_the_reason(workspace, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(
        "Optics\n\nZhuque Optics supplied lenses to the People's Liberation Army in 2019.\n",
        "utf-8",
    )
    workspace.add([story])
    workspace.watching.add([Party("Zhuque Optics"), Party("Hikvision")])
    workspace.watching.rescreen()
    claim = workspace.exposure("Zhuque Optics").paths[0].steps[0].quotes[0].claim_id
    workspace.judge(claim, verdict="rejected", by="Ada", because="another Zhuque")
    found = workspace.watching.rescreen()
    assert affected(found) == {"Zhuque Optics"}
    (change,) = [c for c in found.affected[0].changes if c.fact == "path"]
    assert change.kind == "gone"
    assert any("Ada" in c.words and "another Zhuque" in c.words for c in change.causes)


def test_a_match_that_a_person_dismissed_is_not_told_of(workspace, tmp_path):
    party = Party("Lantian Dynamics")
    workspace.watching.add([party])
    load(workspace, edition(tmp_path, "2024-06-01", ["Lantian Dynamics"]))
    workspace.watching.rescreen()
    hit = workspace.screen([party]).findings[0].hits[0]
    workspace.cases.decide(party, hit.match.entity.id, "false_match", note="a namesake", by="Ada")
    found = workspace.watching.rescreen()
    changes = found.affected[0].changes
    assert {change.kind for change in changes} == {"gone"}
    assert all("Ada decided false match" in change.causes[0].words for change in changes)
    assert workspace.watching.rescreen().affected == ()


def test_a_name_is_watched_once_and_can_be_taken_off(workspace):
    assert len(workspace.watching.add([Party("Hikvision"), Party("HIKVISION")])) == 1
    assert workspace.watching.add([Party("Hikvision")]) == []
    assert [one.party.name for one in workspace.watching.remove("hikvision")] == ["Hikvision"]
    with pytest.raises(NotFound):
        workspace.watching.remove("Hikvision")
    with pytest.raises(UsageError, match="no name is watched"):
        workspace.watching.rescreen()


def test_what_is_forgotten_stands_in_no_round(workspace, tmp_path):
    workspace.watching.add([Party("Zhuque Optics")])
    workspace.watching.rescreen()
    story = tmp_path / "story.txt"
    story.write_text(
        "Optics\n\nZhuque Optics supplied lenses to the Quiet Harbour Fleet of the People's"
        " Liberation Army in 2019.\n",
        "utf-8",
    )
    workspace.add([story])
    workspace.watching.rescreen()
    workspace.forget("story.txt", because="asked to")
    files = b"".join(p.read_bytes() for p in tmp_path.rglob("w.db*") if p.is_file())
    assert b"Quiet Harbour" not in files


# From the command line


@pytest.fixture
def watched(cli, demo_copy):
    """A copy of the demo's workspace that watches two names, with a baseline."""

    def call(*arguments):
        return cli("-w", str(demo_copy), *arguments)

    assert call("watch", "add", "Hikvision", "Zhuque Optics").status == 0
    assert call("rescreen").status == 0
    return call


def news(call, folder):
    story = folder / "news.txt"
    story.write_text(
        "Optics\n\nZhuque Optics supplied lenses to the People's Liberation Army in 2019.\n",
        "utf-8",
    )
    assert call("add", str(story)).status == 0


def test_the_status_tells_cron_whether_anything_changed(watched, tmp_path):
    assert watched("-q", "rescreen", "--fail-on", "change").status == 0
    news(watched, tmp_path)
    answer = watched("-q", "rescreen", "--fail-on", "change")
    assert answer.status == 1
    assert "Zhuque Optics" in answer.out
    assert "Hikvision" not in answer.out
    assert watched("-q", "rescreen", "--fail-on", "change").status == 0


def test_reports_say_who_and_why(watched, tmp_path):
    news(watched, tmp_path)
    outs = [tmp_path / f"r.{form}" for form in ("html", "csv", "json")]
    answer = watched("rescreen", *(a for out in outs for a in ("--out", str(out))))
    assert answer.status == 0
    page, table, data = (out.read_text("utf-8") for out in outs)
    assert "Zhuque Optics supplied lenses" in page
    assert any("supplied lenses" in row["quote"] for row in csv.DictReader(io.StringIO(table)))
    assert json.loads(data)["affected"][0]["watched"]["party"]["name"] == "Zhuque Optics"


def test_earlier_rounds_can_be_shown_again(watched, tmp_path):
    news(watched, tmp_path)
    watched("rescreen")
    watched("rescreen")
    assert "Zhuque Optics" in watched("rescreen", "--since", "2020-01-01").out


def test_a_hook_gets_the_page_and_json_without_a_shell(watched, tmp_path):
    news(watched, tmp_path)
    took = tmp_path / "took.json"
    hook = tmp_path / "hook.py"
    hook.write_text(
        "import sys, pathlib, json\n"
        "took = json.load(sys.stdin)\n"
        "page = pathlib.Path(sys.argv[1]).read_text('utf-8')\n"
        f"pathlib.Path({str(took)!r}).write_text(json.dumps([took, page, sys.argv[2]]))\n"
    )
    answer = watched("rescreen", "--run", f"{sys.executable} {hook} {{report}} '$(touch /x); | &'")
    assert answer.status == 0
    data, page, odd = json.loads(took.read_text())
    assert data["affected"][0]["after"] == "hit"
    assert "<h1>What has changed" in page
    assert odd == "$(touch /x); | &"


def test_what_a_hook_did_not_take_is_handed_over_by_the_next_round(watched, tmp_path):
    news(watched, tmp_path)
    took = tmp_path / "took"
    hook = tmp_path / "hook.py"
    hook.write_text("import sys; sys.exit('the mail server is down')")
    answer = watched("rescreen", "--run", f"{sys.executable} {hook}")
    assert answer.status == 1
    assert "the mail server is down" in answer.err
    hook.write_text(f"import sys; open({str(took)!r}, 'wb').write(sys.stdin.buffer.read())")
    assert watched("rescreen", "--run", f"{sys.executable} {hook}").status == 0
    assert b"Zhuque" in took.read_bytes()
    took.unlink()
    assert watched("rescreen", "--run", f"{sys.executable} {hook}").status == 0
    assert not took.exists()


def test_a_hook_that_hangs_is_stopped(tmp_path):
    from crosstie.app.cli.hooks import hand_over

    fault = hand_over(["sleep", "30"], tmp_path / "r.html", b"{}", patience=0.3)
    assert "was stopped" in fault


@pytest.mark.parametrize("command", ["no-such-command-anywhere {report}", "'unclosed", " "])
def test_a_hook_that_cannot_be_run_stops_before_anything_is_screened(watched, command):
    answer = watched("rescreen", "--run", command)
    assert answer.status == 2
    assert "--run" in answer.err


def test_it_runs_from_cron_with_an_empty_environment(demo_copy, watched, tmp_path):
    news(watched, tmp_path)
    done = subprocess.run(
        ["env", "-i", sys.executable, "-m", "crosstie", "-w", str(demo_copy), "-q", "rescreen",
         "--fail-on", "change", "--out", str(tmp_path / "cron.html")],
        cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    assert "Zhuque Optics" in (tmp_path / "cron.html").read_text("utf-8")


def test_a_round_that_is_killed_loses_no_change(demo_copy, watched, tmp_path):
    news(watched, tmp_path)
    command = [sys.executable, "-m", "crosstie", "-w", str(demo_copy), "-q", "rescreen"]
    for wait in (0.8, 1.6, 2.4):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        if running.poll() is not None:
            break
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    watched("rescreen")
    assert "Zhuque Optics" in watched("rescreen", "--since", "2020-01-01").out


def test_two_rounds_at_once_report_a_change_once(demo_copy, watched, tmp_path):
    news(watched, tmp_path)
    command = [sys.executable, "-m", "crosstie", "-w", str(demo_copy), "-q", "rescreen", "--json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    outs = [json.loads(one.communicate(timeout=120)[0]) for one in both]
    assert sorted(len(out["affected"]) for out in outs) == [0, 1]


def test_a_file_of_names_is_watched_and_given_back(cli, demo_copy, tmp_path):
    names = tmp_path / "partners.csv"
    names.write_text("name,country\nHikvision,China\n=cmd|' /C calc'!A1,\n,France\n", "utf-8")
    answer = cli("-w", str(demo_copy), "watch", "add", "--csv", str(names))
    assert answer.status == 0
    assert "2 added" in answer.out
    out = tmp_path / "out.csv"
    assert cli("-w", str(demo_copy), "watch", "export", str(out)).status == 0
    assert "\n'=cmd" in out.read_text("utf-8")
    assert cli("-w", str(demo_copy), "watch", "export", str(out)).status == 2
    listed = json.loads(cli("-w", str(demo_copy), "watch", "list", "--json").out)
    assert listed[0]["party"]["name"] == "Hikvision"


def test_nothing_to_watch_says_what_to_do(cli, demo_copy):
    for arguments in (["watch", "add"], ["rescreen"]):
        answer = cli("-w", str(demo_copy), *arguments)
        assert answer.status == 2
        assert "watch add" in answer.err or "give names" in answer.err
