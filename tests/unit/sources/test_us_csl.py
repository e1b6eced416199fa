"""The Consolidated Screening List: four layouts, one reading."""

import gzip
import json

import pytest

from crosstie.ontology.errors import InputError, UnknownLayout, UsageError
from crosstie.sources.us_csl_rows import PERSON_JUDGED, PERSON_SAID

COMPACT = "csl_compact.json"
LINES = "csl_lines_2030-01-15.jsonl"
OFFICIAL = "csl_official_2030-01-15.csv"
STRAYS = "csl_strays_2030-01.csv"


def test_each_layout_is_known_by_its_content(read, lists):
    layouts = {name: read("us-csl", lists / name).version.layout for name in (COMPACT, LINES)}
    assert layouts == {COMPACT: "compact JSON", LINES: "JSON lines"}
    assert read("us-csl", lists / OFFICIAL).version.layout == "official CSV"
    assert read("us-csl", lists / STRAYS).version.layout == "official CSV with stray rows"


def test_the_file_name_does_not_decide_the_layout(read, lists, tmp_path):
    disguised = tmp_path / "list_2030-01-15.csv"
    disguised.write_bytes((lists / COMPACT).read_bytes())
    assert read("us-csl", disguised).version.layout == "compact JSON"


def test_a_gzipped_csv_reads_as_the_plain_one(read, lists, tmp_path):
    packed = tmp_path / "csl_2030-01-15.csv.gz"
    packed.write_bytes(gzip.compress((lists / OFFICIAL).read_bytes()))
    plain = read("us-csl", lists / OFFICIAL)
    unpacked = read("us-csl", packed)
    assert [r.document.id for r in unpacked.rows] == [r.document.id for r in plain.rows]


@pytest.mark.parametrize("name", [COMPACT, LINES, OFFICIAL, STRAYS])
def test_rows_in_and_set_aside_add_up_to_the_file(read, lists, name):
    found = read("us-csl", lists / name)
    numbers = sorted([row.number for row in found.rows] + list(found.aside))
    assert numbers == list(range(1, found.total + 1))


def test_the_same_row_has_the_same_key_and_document_in_two_layouts(read, lists):
    compact = read("us-csl", lists / COMPACT)
    lines = read("us-csl", lists / LINES)
    for number, other in ((1, 1), (3, 2)):
        assert compact.row(number).key == lines.row(other).key
        assert compact.row(number).document.id == lines.row(other).document.id
    assert compact.row(3).key == "SDN:990001"


def test_equal_rows_get_different_keys_and_share_a_document(read, lists):
    found = read("us-csl", lists / OFFICIAL)
    first, second = found.row(6), found.row(7)
    assert first.key != second.key
    assert second.key == f"{first.key}#2"
    assert first.document.id == second.document.id


def test_an_institute_inside_a_name_is_tied_to_its_group(read, lists):
    found = read("us-csl", lists / COMPACT)
    institute = "Hexi Group Corporation 99th Research Institute"
    assert found.claims(1) == {
        ("Bureau of Industry and Security", "designated", institute),
        (institute, "affiliated_with", "Hexi Group Corporation"),
    }
    assert found.row(1).mentions[0].kind == "research_institute"
    assert found.names(1)["HXG 99"].kind == "acronym"
    assert found.claims(2) >= {
        ("Beihe Lantian Networks Co., Ltd.", "affiliated_with", "Lantian Technologies Co., Ltd.")
    }


def test_aliases_are_split_and_cleaned_while_the_text_stays_verbatim(read, lists):
    found = read("us-csl", lists / COMPACT)
    assert {"HXG99", "Yunmen Institute of Beams"} <= set(found.names(1))
    assert "alt_names: HXG99;\nalt_names: and Yunmen Institute" in found.row(1).document.text
    joined = read("us-csl", lists / OFFICIAL)
    assert set(joined.names(1)) == {"Beihe Institute of Rockets", "BIR", "Beihe Rocket Works"}
    assert "BIR; Beihe Rocket Works; and" in joined.row(1).document.text


def test_a_designation_says_list_basis_and_date(read, lists):
    claim = read("us-csl", lists / OFFICIAL).row(1).claims[0]
    assert claim.predicate == "designated"
    assert claim.valid_from == "2029-05-01"
    assert claim.attributes["list"] == "EL"
    assert claim.attributes["legal_basis"] == "95 FR 1234"
    assert [e.quote for e in claim.evidence] == [
        "name: Beihe Institute of Rockets (BIR)\n"
        "source: Entity List (EL) - Bureau of Industry and Security\n"
        "federal_register_notice: 95 FR 1234\n"
        "start_date: 2029-05-01"
    ]


def test_identifiers_are_read_in_either_order_of_the_column(read, lists):
    found = read("us-csl", lists / OFFICIAL)
    first = {(i.scheme, i.value) for i in found.row(2).mentions[0].identifiers}
    assert first == {
        ("ofac", "990010"),
        ("uscc", "91110000TEST00000X"),
        ("ticker", "9999 HK"),
        ("domain", "lantian.example"),
    }
    second = {(i.scheme, i.value) for i in found.row(3).mentions[0].identifiers}
    assert ("uscc", "91110000TEST00000X") in second
    assert found.row(2).claims[0].valid_from == "2029-06-03"


def test_a_link_to_an_organisation_is_a_tie_and_one_to_a_person_is_left_out(read, lists):
    found = read("us-csl", lists / OFFICIAL)
    assert ("QINGMING HOLDING LLC", "affiliated_with", "LANTIAN SHIPPING LLC") in found.claims(3)
    assert "Ana Maria" not in found.row(3).document.text


def test_persons_are_counted_with_the_reason_and_not_kept(read, lists):
    compact, official = read("us-csl", lists / COMPACT), read("us-csl", lists / OFFICIAL)
    assert compact.aside[4].reason == PERSON_SAID
    assert compact.aside[7].reason == PERSON_JUDGED
    assert official.aside[8].reason == PERSON_SAID  # a nationality is given
    for found in (compact, official):
        persons = [row for row in found.aside.values() if row.kind == "individual"]
        assert persons
        assert not any(row.text for row in persons)


def test_vessels_addresses_and_repeated_headers_are_out_of_scope(read, lists):
    compact, strays = read("us-csl", lists / COMPACT), read("us-csl", lists / STRAYS)
    assert compact.aside[5].reason == "a vessel"
    assert compact.aside[8].reason == "an address, not an organisation"
    assert strays.aside[3].kind == "out_of_scope"
    assert strays.aside[3].reason == "a repeated header"


def test_a_wrong_date_is_left_out_with_a_notice_and_the_row_stays(read, lists):
    found = read("us-csl", lists / OFFICIAL)
    assert found.row(5).claims[0].valid_from is None
    assert [n.number for n in found.notices] == [5]
    assert '"0017-05-26"' in found.notices[0].reason


def test_a_bad_row_says_what_is_wrong_and_keeps_its_text(read, lists):
    assert "`s: 77`" in read("us-csl", lists / COMPACT).aside[9].reason
    assert "Pointless Trading" in read("us-csl", lists / COMPACT).aside[9].text
    lines = read("us-csl", lists / LINES)
    assert lines.aside[4].reason.startswith("not valid JSON")
    assert "A list that nobody keeps" in lines.aside[5].reason
    assert lines.aside[6].kind == "bad"
    cut = read("us-csl", lists / STRAYS).aside[10]
    assert cut.reason == "the row has 8 columns, not 29"
    assert "CUT OFF TRADING LLC" in cut.text


def test_a_file_that_breaks_off_or_was_filtered_is_a_part_of_the_list(read, lists, tmp_path):
    assert "breaks off" in read("us-csl", lists / STRAYS).version.scope
    assert read("us-csl", lists / LINES).version.scope == "lists EL, SDN"
    data = json.loads((lists / COMPACT).read_text("utf-8"))
    for code in range(len(data["tables"]["sources"])):
        data["entries"].append({"n": f"Filler Trading {code} Ltd", "s": code, "c": ["NO"]})
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps(data | {"entryCount": len(data["entries"])}), "utf-8")
    assert read("us-csl", whole).version.scope == ""
    whole.write_text(json.dumps(data | {"entryCount": 99_999}), "utf-8")
    assert "breaks off" in read("us-csl", whole).version.scope


def test_rows_that_all_have_one_of_few_countries_are_a_part(read, lists, tmp_path):
    rows = [
        json.dumps({
            "name": f"Filler Trading {n} Ltd",
            "source": f"List {n % 7} (L{'ABCDEFG'[n % 7]}) - Bureau of Industry and Security",
            "countries": ["CN"] if n % 2 else ["HK", "NO"],
        })
        for n in range(40)
    ]  # fmt: skip
    part = tmp_path / "part_2030-01.jsonl"
    part.write_text("\n".join(rows), "utf-8")
    assert read("us-csl", part).version.scope == "countries CN, HK"
    rows[0] = json.dumps({"name": "Nowhere Ltd", "source": "List 0 (LA) - Office"})
    part.write_text("\n".join(rows), "utf-8")
    assert read("us-csl", part).version.scope == ""


def test_the_date_comes_from_the_content_then_the_name_then_the_caller(read, lists, tmp_path):
    assert read("us-csl", lists / COMPACT).version.as_of == "2030-01-15"
    assert read("us-csl", lists / STRAYS).version.as_of == "2030-01"
    undated = tmp_path / "list.csv"
    undated.write_bytes((lists / OFFICIAL).read_bytes())
    assert read("us-csl", undated, as_of="2030-02-01").version.as_of == "2030-02-01"
    with pytest.raises(UsageError, match="--as-of YYYY-MM-DD"):
        read("us-csl", undated)
    with pytest.raises(UsageError, match="not a date"):
        read("us-csl", undated, as_of="tomorrow")


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (b'{"rows": [], "more": 1}', "rows, more"),
        (b'[{"name": "x"}]', "a JSON array"),
        (b"name,country\nLantian,CN\n", "name,country"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "DOCTYPE"),
        (b"_id,source,name,alt_names,addresses,colour\n", "colour"),
    ],
)
def test_an_unknown_layout_stops_and_names_what_was_seen(read, tmp_path, content, seen):
    path = tmp_path / "list_2030-01.dat"
    path.write_bytes(content)
    with pytest.raises(UnknownLayout, match=seen) as caught:
        read("us-csl", path)
    assert "known are" in str(caught.value)


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_cut_off_json_or_gzip_is_an_input_error(read, lists, tmp_path, cut):
    whole = (lists / COMPACT).read_bytes()
    for name, content in (("a.json", whole), ("a.csv.gz", gzip.compress(b"x" * 50_000 + whole))):
        path = tmp_path / name
        path.write_bytes(content[:cut])
        with pytest.raises(InputError):
            read("us-csl", path, as_of="2030")


def test_an_unchanged_row_is_the_same_document_in_a_newer_edition(read, lists, tmp_path):
    data = json.loads((lists / COMPACT).read_text("utf-8"))
    data["sourceGeneratedAt"] = "2031-02-03T00:00:00+00:00"
    data["entries"].insert(0, {"n": "Newly Listed Trading Ltd", "s": 0, "c": ["NO"]})
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps(data), "utf-8")
    before = {row.key: row.document.id for row in read("us-csl", lists / COMPACT).rows}
    after = {row.key: row.document.id for row in read("us-csl", newer).rows}
    assert set(after) - set(before) == {"EL:newly listed trading ltd:NO"}
    assert {key: after[key] for key in before} == before


def test_reading_the_same_file_twice_gives_equal_records(read, lists):
    for name in (COMPACT, LINES, OFFICIAL, STRAYS):
        assert read("us-csl", lists / name).records == read("us-csl", lists / name).records
