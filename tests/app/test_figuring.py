"""Series, disputes and agreements on the command line, from documents about nobody who exists."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from crosstie.workspace import Workspace

HOSTILE = (
    "Strange News from Selimia\n\nThe advertising revenue of [bold]$x^2$ papers\x1b[31m was 44"
    " million euros in 2012, =HYPERLINK(1) said. <script>alert(1)</script> sued nobody.\n\n"
    "Selim Ports filed a lawsuit against Hualan Terminals in 2019, $\\frac{1}{0}$ {x} %s.\n\n"
    "Source: Selim Herald, June 1, 2021\n"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A workspace with the example documents that hold figures."""
    path = tmp_path_factory.mktemp("figures") / "figures.db"
    examples = Path(__file__).resolve().parents[2] / "examples/figures"
    with Workspace.open(path, now=lambda: "2026-11-24T00:00:00+00:00") as workspace:
        workspace.add([examples])
    return path


def ask(cli, path, *arguments):
    answer = cli("-q", "--workspace", path, *arguments)
    assert answer.status == 0, answer.err
    return answer.out


def test_measures_are_listed_with_how_many_values_each_has(cli, told):
    lines = json.loads(ask(cli, told, "series", "--json"))
    by_measure = {line["measure"]: line for line in lines}
    units = by_measure["核电机组"]
    assert (units["points"], units["first"], units["last"]) == (4, "2015", "2035")
    assert by_measure["advertising revenue of Selimian newspapers"]["contradicted"] == 2
    assert "核电机组" in ask(cli, told, "series")


def test_targets_and_facts_stand_apart_in_chinese_too(cli, told):
    (one,) = json.loads(ask(cli, told, "series", "核电机组", "--json"))
    said = [(p["time"], p["modality"], p["amount"]) for p in one["points"]]
    assert said == [
        ("2015", "actual", 8.0), ("2020", "actual", 12.0), ("2030", "target", 30.0),
        ("2035", "estimate", 50.0),
    ]  # fmt: skip
    out = ask(cli, told, "series", "核电机组")
    assert out.index("Stated as facts") < out.index("2020") < out.index("Plans, targets")


def test_two_sources_that_differ_are_both_shown_as_a_contradiction(cli, told):
    (one,) = json.loads(ask(cli, told, "series", "advertising revenue", "--json"))
    first, other, last = one["points"]
    assert {first["amount"], other["amount"]} == {41e6, 44e6}
    assert first["contradicted_by"] == [other["claim_id"]]
    assert other["contradicted_by"] == [first["claim_id"]] and not last["contradicted_by"]
    out = ask(cli, told, "series", "advertising revenue")
    assert (
        "another source gives 44 million euros (Norvik Courier)" in out
        and "printed as USD 506 million" in out
    )


def test_scores_run_over_editions_of_one_report(cli, told):
    (one,) = json.loads(ask(cli, told, "series", "Open Press Index score", "--json"))
    norvik = [(p["time"], p["amount"]) for p in one["points"] if p["subject"]["name"] == "Norvik"]
    assert norvik == [("2020", 83.0), ("2021", 85.0)]


def test_only_the_values_of_one_entity_or_unit_are_kept(cli, told):
    (one,) = json.loads(ask(cli, told, "series", "score", "--of", "Selimia", "--json"))
    assert [point["amount"] for point in one["points"]] == [41.0, 38.0]
    found = json.loads(ask(cli, told, "series", "--unit", "eur", "--json"))
    assert {series["unit"] for series in found} == {"EUR"}


def test_csv_holds_quote_and_source_in_each_row(cli, told, tmp_path):
    ask(cli, told, "series", "advertising", "--csv", "r.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert [row["amount"] for row in rows] == ["41000000", "44000000", "10200000"]
    assert rows[0]["comparator"] == "exactly" and "contradicts" in rows[0]["flags"]
    assert "US$506 million" in rows[0]["quote"] and rows[0]["publisher"] == "Selim Herald"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_the_same_bytes_each_time_and_holds_no_day(cli, told, tmp_path, theme):
    for name in ("a.svg", "b.svg"):
        ask(cli, told, "series", "score", "--out", name, "--theme", theme)
    first = (tmp_path / "a.svg").read_bytes()
    assert first == (tmp_path / "b.svg").read_bytes()
    assert b"<dc:date>" not in first and b"</svg>" in first
    ask(cli, told, "series", "核电机组", "--out", "c.png")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_a_dispute_reads_as_a_timeline_with_its_speakers(cli, told, tmp_path):
    (dispute,) = json.loads(ask(cli, told, "disputes", "Selim Ports", "--json"))
    dates = [(event["date"], event["how"], event["stance"]) for event in dispute["events"]]
    assert dates == [
        ("2003", "stated", "alleged"), ("2008", "stated", "alleged"),
        ("2012", "from_before", "alleged"), ("2016", "stated", "alleged"),
        ("2020-05", "from_article", "asserted"), ("2020-09", "stated", "asserted"),
    ]  # fmt: skip
    out = ask(cli, told, "disputes")
    assert "said by indictment → Selim Herald (alleged)" in out
    assert "“Four years later”, told from the date before it" in out
    ask(cli, told, "disputes", "Hualan", "--out", "d.svg", "--csv", "d.csv")
    assert b"</svg>" in (tmp_path / "d.svg").read_bytes()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text("utf-8-sig"))))
    assert [row["date"] for row in rows] == [date for date, *_ in dates]


def test_a_third_party_finds_the_dispute_and_a_stranger_does_not(cli, told):
    assert "Selim Ports v. Hualan Terminals" in ask(cli, told, "disputes", "Norvik government")
    answer = cli("--workspace", told, "disputes", "Guildford Daily")
    assert answer.status == 2 and "Selim Ports v. Hualan Terminals" in answer.err


def test_agreements_are_grouped_counted_and_put_on_the_map(cli, told, tmp_path):
    table = json.loads(ask(cli, told, "agreements", "--json"))
    by_sector = {group["key"]: len(group["agreements"]) for group in table["by_sector"]}
    assert by_sector == {"nuclear": 3, "ports_and_shipping": 2}
    (count,) = table["counts"]
    assert (count["comparator"], count["value"], count["named"], count["missing"]) == (
        ">", 30.0, [], 31,
    )  # fmt: skip
    ask(cli, told, "agreements", "--geojson", "a.geojson")
    layer = json.loads((tmp_path / "a.geojson").read_text())
    marks = {f["properties"]["country"]: f["geometry"] for f in layer["features"]}
    assert {"CL", "KE", "PT"} <= set(marks) and all(marks[c] for c in ("CL", "KE", "PT"))
    out = ask(cli, told, "agreements", "--by", "country", "--sector", "nuclear")
    assert "Kenya (KE)" in out and "the source says there are others" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("series",), "states a figure"),
        (("disputes",), "tells of a lawsuit"),
        (("agreements",), "tells of an agreement"),
    ],
)
def test_an_empty_workspace_says_what_to_add(cli, tmp_path, arguments, words):
    with Workspace.open(tmp_path / "empty.db"):
        pass
    out = ask(cli, tmp_path / "empty.db", *arguments)
    assert words in out and "crosstie add" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("series", "phlogiston"), "advertising revenue"),
        (("series", "--country", "Atlantis"), "is no country"),
        (("series", "score", "--out", "x.gif"), ".svg or .png"),
        (("series", "score", "--csv", "x.txt"), ".csv"),
        (("series", "score", "--out", "nowhere/x.svg"), "folder does not exist"),
        (("disputes", "--out", "x.doc"), ".svg or .png"),
        (("agreements", "--sector", "magic"), "one of nuclear"),
    ],
)
def test_mistakes_name_the_way_out(cli, told, arguments, words):
    answer = cli("--workspace", told, *arguments)
    assert answer.status == 2 and words in answer.err


def test_hostile_text_is_drawn_and_printed_as_text(cli, tmp_path):
    page = tmp_path / "hostile.txt"
    page.write_text(HOSTILE, encoding="utf-8")
    with Workspace.open(tmp_path / "h.db") as workspace:
        workspace.add([page])
    for command in ("series", "disputes"):
        assert "\x1b" not in ask(cli, tmp_path / "h.db", command)
    ask(cli, tmp_path / "h.db", "series", "--out", "h.svg", "--csv", "h.csv")
    ask(cli, tmp_path / "h.db", "disputes", "--out", "i.svg", "--csv", "i.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "h.csv").read_text("utf-8-sig"))))
    assert [row["amount"] for row in rows] == ["44000000"]
    assert "<script" not in (tmp_path / "h.svg").read_text()
    assert "<script" not in (tmp_path / "i.svg").read_text()


def test_a_rejected_claim_leaves_its_series(cli, told, tmp_path):
    path = tmp_path / "copy.db"
    shutil.copy(told, path)
    (one,) = json.loads(ask(cli, path, "series", "advertising revenue", "--json"))
    claim = one["points"][1]["claim_id"]
    ask(cli, path, "judge", "rejected", claim, "--by", "me", "--because", "misread")
    (left,) = json.loads(ask(cli, path, "series", "advertising revenue", "--json"))
    assert len(left["points"]) == 2 and not any(p["contradicted_by"] for p in left["points"])
