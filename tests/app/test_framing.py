import csv
import io
import json


def ask(cli, demo, *arguments):
    answer = cli("--workspace", demo, *arguments)
    assert answer.status == 0, answer.err
    return answer.out


def test_the_framework_opens_into_ties_with_quotes(cli, demo):
    found = json.loads(ask(cli, demo, "framework", "--json"))
    band = found["bands"][0]
    opened = json.loads(
        ask(
            cli, demo, "framework", "--from", band["subject_tier"], "--to", band["object_tier"],
            "--mechanism", band["mechanism"], "--limit", "10000", "--json",
        )
    )  # fmt: skip
    assert opened["total"] == band["ties"] == len(opened["ties"])
    assert all(tie["quotes"] for tie in opened["ties"])


def test_the_framework_prints_tiers_bands_and_technologies(cli, demo):
    out = ask(cli, demo, "framework")
    assert "Ecosystem" in out and "Foundation" in out and "satellite navigation" in out


def test_a_technology_shows_the_sentence_that_speaks_of_it(cli, demo):
    out = ask(cli, demo, "framework", "--technology", "satellite_navigation")
    assert "BeiDou" in out and "curated from" in out


def test_an_unknown_band_is_refused_with_the_known_ones(cli, demo):
    answer = cli("--workspace", demo, "framework", "--mechanism", "magic")
    assert answer.status == 2 and "supply" in answer.err


def test_a_band_without_ties_is_said_to_be_silent(cli, demo):
    out = ask(cli, demo, "framework", "--mechanism", "supply", "--status", "alleged")
    assert "no tie" in out


def test_the_group_names_its_members_and_how_complete_it_is(cli, demo):
    out = ask(cli, demo, "tracker", "companies", "27 companies")
    assert "15 named of 27 stated (56%)" in out and "Hikvision" in out


def test_presence_comes_out_as_table_csv_and_map_layer(cli, demo):
    rows = list(csv.DictReader(io.StringIO(ask(cli, demo, "tracker", "companies", "--as", "csv"))))
    layer = json.loads(ask(cli, demo, "tracker", "companies", "--as", "geojson"))
    countries = {row["country"] for row in rows if row["country"]}
    drawn = {f["properties"]["country"] for f in layer["features"] if f["geometry"]}
    assert drawn and drawn <= countries
    assert "Doraleh Container Terminal" in ask(cli, demo, "tracker", "companies")


def test_a_university_has_supervisor_programmes_and_laboratories(cli, demo):
    out = ask(cli, demo, "tracker", "universities", "BUAA")
    assert "Ministry of Industry and Information Technology" in out
    assert "Seven Sons of National Defence" in out and "Laboratory" in out
    assert "transfer centres: none in this workspace" in out


def test_what_is_no_university_is_said_to_be_none(cli, demo):
    answer = cli("--workspace", demo, "tracker", "universities", "Huawei")
    assert answer.status == 2 and "company" in answer.err


def test_classify_needs_no_workspace_and_says_why(cli, tmp_path):
    answer = cli("classify", "BeiDou receivers for autonomous underwater vehicles")
    assert answer.status == 0 and "7A105" in answer.out and "8A001" in answer.out
    assert list(tmp_path.iterdir()) == []


def test_classify_reads_a_document(cli, tmp_path):
    page = tmp_path / "abstract.txt"
    page.write_text("本项目研究量子密钥分发与激光雷达。", encoding="utf-8")
    found = json.loads(cli("classify", "--file", page, "--json").out)
    assert {"quantum_communication", "lidar"} == {item["technology"] for item in found}


def test_classify_is_silent_in_words(cli):
    answer = cli("classify", "a history of lace")
    assert answer.status == 0 and "silence, not a clearance" in answer.out


def test_classify_without_a_text_says_what_to_give(cli):
    answer = cli("classify")
    assert answer.status == 2 and "classify needs a text" in answer.err
