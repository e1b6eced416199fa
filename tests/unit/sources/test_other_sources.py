"""The tracker, schools, METI, MOFCOM, ROR, FollowTheMoney and OFAC, on invented lists."""

import json
import zipfile

import pytest

from crosstie.ontology.errors import InputError, NotFound, UnknownLayout, UsageError
from crosstie.sources import SOURCES, find_source


def test_every_source_has_an_id_a_publisher_and_a_licence():
    ids = [reader.source.id for reader in SOURCES]
    assert len(set(ids)) == len(ids) == 13
    for reader in SOURCES:
        assert reader.source.title
        assert reader.source.publisher
        assert reader.source.licence
        assert reader.source.stale_after_days > 0


def test_an_unknown_source_is_refused_with_the_known_ones():
    with pytest.raises(NotFound, match="us-csl") as caught:
        find_source("us-cls")
    assert "ror" in caught.value.suggestions


def test_a_mapping_belongs_to_a_table_alone(lists):
    with pytest.raises(UsageError, match="knows its own columns"):
        find_source("ror").read(lists / "registry.jsonl", mapping=lists / "partners.yaml")


# --- the defence universities tracker ----------------------------------------------------------


def test_the_tracker_gives_supervisors_laboratories_and_subsidiaries(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    assert found.claims(1) == {
        ("Ministry of Invented Industry", "supervises", "Yunmen University (Lake)"),
        ("Yunmen University (Lake)", "member_of", "Seven sons of national defence"),
        ("Key Laboratory of Invented Optics", "affiliated_with", "Yunmen University (Lake)"),
        ("Laboratory of Unclosed Names", "affiliated_with", "Yunmen University (Lake)"),
        ("Yunmen University (Lake) Lakeside Campus", "affiliated_with", "Yunmen University (Lake)"),
        ("Yunmen Optics Co., Ltd.", "affiliated_with", "Yunmen University (Lake)"),
    }
    assert found.claims(2) == {
        ("Hexi Group Corporation", "owns", "Hexi Optics Co., Ltd."),
        ("HXG 1st Academy", "affiliated_with", "Hexi Group Corporation"),
    }


def test_the_tracker_names_come_in_both_scripts(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    names = found.names(1)
    assert names["云门大学"].language == "zh"
    assert names["YMU"].kind == "acronym"
    laboratory = next(m for m in found.row(1).mentions if m.kind == "laboratory")
    assert [name.text for name in laboratory.names] == [
        "Key Laboratory of Invented Optics",
        "虚构光学国防重点学科实验室",
        "虚构光学国家重点实验室",
    ]


def test_a_group_and_its_academy_stay_two_names(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    assert found.names(2)["Second Academy of HXG"].kind == "weak"


def test_a_comment_among_the_laboratories_makes_no_tie_but_a_notice(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    assert [n.number for n in found.notices] == [1]
    assert "Jointly run with Hexi Group" in found.notices[0].reason
    assert "Jointly run with Hexi Group" in found.row(1).document.text


def test_a_probable_subsidiary_is_an_estimate(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    modalities = {claim.modality for claim in found.row(1).claims}
    assert modalities == {"actual", "estimate"}


def test_a_value_without_a_name_is_set_aside(read, lists):
    found = read("china-defence-universities", lists / "tracker.json", as_of="2030")
    assert found.aside[3].reason == "`value` is missing or empty"


def test_the_tracker_needs_a_date_from_the_caller(lists):
    with pytest.raises(UsageError, match="--as-of"):
        find_source("china-defence-universities").read(lists / "tracker.json")


# --- Chinese schools ----------------------------------------------------------------------------


def test_flags_of_schools_are_memberships_dated_by_the_edition(read, lists):
    found = read("cn-schools", lists / "schools.csv", as_of="2030-02")
    assert {(p, o) for _, p, o in found.claims(1)} == {
        ("member_of", "Project 985"),
        ("member_of", "Project 211"),
        ("member_of", "Double First-Class Initiative"),
    }
    assert all(claim.attributes == {"as_of": "2030-02"} for claim in found.row(1).claims)
    assert [e.quote for e in found.row(1).claims[0].evidence] == ["学校: 云门大学", "985: 是"]
    assert found.claims(2) == set()


def test_an_empty_flag_claims_nothing_and_a_strange_one_sets_the_row_aside(read, lists):
    found = read("cn-schools", lists / "schools.csv", as_of="2030")
    assert found.claims(3) == set()
    assert "985 is empty" in found.notices[0].reason
    assert '"也许"' in found.aside[4].reason
    assert found.aside[5].reason == "the row has 2 columns, not 8"
    assert found.total == len(found.rows) + len(found.aside)


def test_schools_in_another_encoding_read_the_same(read, lists, tmp_path):
    text = (lists / "schools.csv").read_text(
        "utf-8"
    ) + "云门二中,虚省,云门,本科,公办,否,否,否\n" * 30
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        found = read("cn-schools", path, as_of="2030")
        assert found.row(1).mentions[0].names[0].text == "云门大学", encoding
        assert any("not UTF-8" in n.reason for n in found.notices) == (encoding == "gb18030")


# --- METI and MOFCOM ----------------------------------------------------------------------------


def test_meti_keeps_the_japanese_reason_and_forms(read, lists):
    found = read("meti-eul", lists / "end_users.json")
    assert found.version.as_of == "2030-01-12"
    claim = found.row(1).claims[0]
    assert claim.attributes["reason"] == "大量破壊兵器等の懸念: ミサイル M"
    names = found.names(1)
    assert names["河西集団公司第九十九研究所"].language == "ja"
    assert names["雲門電子技術研究所"].language == "ja"
    assert ("Hexi Group Corporation 99th Research Institute", "affiliated_with",
            "Hexi Group Corporation") in found.claims(1)  # fmt: skip


def test_a_name_that_slid_behind_the_country_is_found_with_a_notice(read, lists):
    found = read("meti-eul", lists / "end_users.json")
    mention = found.row(2).mentions[0]
    assert (mention.quote, mention.country) == ("Slipped Trading Ltd.", "LB")
    assert "entity_name is empty" in found.notices[0].reason


def test_persons_and_badly_shaped_entities_are_set_aside(read, lists):
    found = read("meti-eul", lists / "end_users.json")
    assert found.aside[3].kind == "individual"
    assert found.aside[3].text == ""
    assert found.aside[4].reason == "`aliases` is not a list of texts"


def test_china_designates_foreign_organisations_in_its_own_name(read, lists):
    found = read("mofcom", lists / "notices.json")
    authority = "Ministry of Commerce of the People's Republic of China"
    assert (authority, "designated", "Invented Heavy Industries, Ltd.") in found.claims(1)
    claim = found.row(1).claims[0]
    assert (claim.attributes["list"], claim.valid_from) == ("ECL", "2029-02-24")
    assert found.row(1).mentions[0].country == "JP"


def test_a_deed_before_a_name_is_no_part_of_it_and_letters_are_no_country(read, lists):
    found = read("mofcom", lists / "notices.json")
    assert set(found.names(2)) == {"AEROVENT Aviation", "虚构航空公司"}
    assert found.row(2).mentions[0].country is None
    assert "2029-13-01" in found.notices[0].reason


def test_one_countrys_list_is_refused_by_the_others_reader(lists):
    with pytest.raises(UnknownLayout, match="cn-export-control-watchlist"):
        find_source("meti-eul").read(lists / "notices.json")


# --- ROR ----------------------------------------------------------------------------------------


def test_both_schemas_of_ror_read_alike(read, lists):
    found = read("ror", lists / "registry.jsonl")
    university, laboratory = found.row(1).mentions[0], found.row(2).mentions[0]
    assert [n.text for n in university.names] == ["Yunmen University", "YMU", "云门大学"]
    assert {(i.scheme, i.value) for i in university.identifiers} == {
        ("ror", "00testa01"),
        ("isni", "0000000000000001"),
        ("domain", "yunmen.example"),
    }
    assert {(i.scheme, i.value) for i in laboratory.identifiers} == {
        ("ror", "00testb02"),
        ("grid", "grid.1.2"),
    }
    assert (university.kind, laboratory.kind) == ("university", "laboratory")
    assert (university.country, laboratory.country) == ("CN", "CN")


def test_parents_and_children_are_affiliations_and_related_ones_are_not(read, lists):
    found = read("ror", lists / "registry.jsonl")
    tie = ("Key Laboratory of Invented Optics", "affiliated_with", "Yunmen University")
    assert found.claims(1) == {tie}
    assert found.claims(2) == {tie}


def test_inactive_stays_with_a_note_and_withdrawn_goes(read, lists):
    found = read("ror", lists / "registry.jsonl")
    assert "inactive" in found.row(2).mentions[0].description
    assert found.row(2).claims[0].ended
    assert found.aside[4].reason == "withdrawn by ROR"
    assert {found.aside[5].kind, found.aside[6].kind} == {"bad"}


def test_the_country_that_ror_adds_to_a_company_is_taken_off(read, lists):
    found = read("ror", lists / "registry.jsonl")
    assert [n.text for n in found.row(3).mentions[0].names] == [
        "Lantian Optics",
        "Lantian Optics (China)",
    ]


def test_a_dump_is_read_from_its_zip_and_dated_by_its_name(read, lists, tmp_path):
    records = [
        json.loads(line) for line in (lists / "registry.jsonl").read_text("utf-8").splitlines()
    ]
    path = tmp_path / "v9.1-2030-03-04-ror-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v9.1-2030-03-04-ror-data.csv", "id,name\n")
        archive.writestr("v9.1-2030-03-04-ror-data.json", json.dumps(records, ensure_ascii=False))
    found = read("ror", path)
    lines = read("ror", lists / "registry.jsonl")
    assert found.version.as_of == "2030-03-04"
    assert [r.document.id for r in found.rows] == [r.document.id for r in lines.rows]


# --- FollowTheMoney -----------------------------------------------------------------------------


def test_ftm_organisations_ties_and_sanctions(read, lists):
    found = read("ftm", lists / "entities.ftm.jsonl")
    assert found.row(1).mentions[0].kind == "company"
    assert found.claims(5) == {("Trade Office of Selimia", "designated", "Lantian Optics Ltd.")}
    assert found.row(5).claims[0].valid_from == "2029-01-02"
    assert found.claims(6) == {("Hexi Institute of Beams", "owns", "Lantian Optics Ltd.")}
    assert found.row(6).claims[0].attributes == {"share": "60"}


def test_ftm_persons_and_their_ties_are_skipped(read, lists):
    found = read("ftm", lists / "entities.ftm.jsonl")
    assert [n for n, row in found.aside.items() if row.kind == "individual"] == [3, 7]
    assert not any("Ana" in row.document.text for row in found.rows)


def test_an_end_that_the_file_does_not_hold_is_reported(read, lists):
    assert read("ftm", lists / "entities.ftm.jsonl").aside[8].reason == (
        "`organization` nowhere is not in the file"
    )


# --- OFAC ---------------------------------------------------------------------------------------


def test_ofac_entries_read_from_xml_and_zip_alike(read, lists, tmp_path):
    plain = read("ofac-nonsdn", lists / "consolidated.xml")
    path = tmp_path / "CONS.ZIP"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(lists / "consolidated.xml", "CONS_ENHANCED.XML")
    packed = read("ofac-nonsdn", path)
    assert plain.version.as_of == packed.version.as_of == "2030-01-10"
    assert [r.document.id for r in plain.rows] == [r.document.id for r in packed.rows]


def test_an_ofac_entry_gives_names_designation_and_relation(read, lists):
    found = read("ofac-nonsdn", lists / "consolidated.xml")
    assert {n.text: (n.language, n.kind) for n in found.row(1).mentions[0].names} == {
        "Lantian Telecom Corporation Limited": ("en", "primary"),
        "LANTIAN RADIO": ("en", "former"),
        "蓝天电信股份有限公司": ("zh", "alias"),
        "LTC": ("en", "weak"),
    }
    designated, related = found.row(1).claims
    assert designated.attributes == {
        "list": "CMIC",
        "list_name": "Non-SDN CMIC List",
        "programme": "CMIC-EO99999",
        "legal_basis": "Executive Order 99999",
    }
    assert designated.valid_from == "2029-06-03"
    # "Owned or Controlled By" leaves open which of the two it is.
    assert related.predicate == "affiliated_with"
    assert related.attributes == {"relation": "Owned or Controlled By"}
    assert "Ana Maria" not in found.row(1).document.text


def test_ofac_persons_vessels_and_unknown_types_are_set_aside(read, lists):
    found = read("ofac-nonsdn", lists / "consolidated.xml")
    assert {n: row.kind for n, row in found.aside.items()} == {
        2: "individual",
        3: "out_of_scope",
        4: "bad",
        5: "bad",
    }


def test_xml_that_defines_entities_is_refused(tmp_path):
    path = tmp_path / "laughs.xml"
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE sanctionsData [<!ENTITY l0 "ha">{laughs}]>'
        "<sanctionsData><entities><entity>&l29;</entity></entities></sanctionsData>"
    )
    with pytest.raises(InputError, match="document type"):
        find_source("ofac-nonsdn").read(path)


def test_cut_off_xml_is_an_input_error(lists, tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes((lists / "consolidated.xml").read_bytes()[:3000])
    with pytest.raises(InputError, match="damaged or cut off"):
        find_source("ofac-nonsdn").read(path)


def test_the_sdn_list_in_the_same_layout_is_refused(lists, tmp_path):
    path = tmp_path / "sdn.xml"
    text = (lists / "consolidated.xml").read_text("utf-8")
    only = "<sanctionsList>SDN List</sanctionsList>"
    only = f"<filters><sanctionsLists>{only}</sanctionsLists></filters>"
    path.write_text(text.replace("</publicationInfo>", f"{only}</publicationInfo>"), "utf-8")
    with pytest.raises(UnknownLayout, match="SDN List, not the Consolidated List"):
        find_source("ofac-nonsdn").read(path)
