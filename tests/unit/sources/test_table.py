"""A list of the user's own, read by a mapping file."""

import json

import pytest

from crosstie.ontology.errors import DataFileError, InputError, NotFound, UsageError
from crosstie.sources import find_source


@pytest.fixture
def mapping(lists):
    return lists / "partners.yaml"


def test_a_mapped_table_gives_names_ties_and_designations(read, lists, mapping):
    found = read("table", lists / "partners.csv", as_of="2030-01", mapping=mapping)
    assert found.source.id == found.version.source_id == "selim-watchlist"
    mention = found.row(1).mentions[0]
    assert [n.text for n in mention.names] == [
        "Yunmen Optics Works",
        "云门光学厂",
        "YOW",
        "Yunmen Glass",
    ]
    assert (mention.kind, mention.country) == ("company", "CN")
    assert mention.identifiers[0].scheme == "uscc"
    assert found.claims(1) == {
        ("Trade Office of Selimia", "designated", "Yunmen Optics Works"),
        ("Yunmen Optics Works", "affiliated_with", "Hexi Group Corporation"),
    }
    assert found.row(1).claims[0].valid_from == "2029-02-03"


def test_rows_in_and_set_aside_add_up_and_persons_are_skipped(read, lists, mapping):
    found = read("table", lists / "partners.csv", as_of="2030", mapping=mapping)
    assert found.total == len(found.rows) + len(found.aside) == 5
    assert found.aside[2].kind == "individual"
    assert found.aside[3].reason == "column Name is empty"
    assert found.aside[5].reason == "the row has 2 columns, not 8"


def test_values_that_cannot_be_read_are_left_out_with_a_notice(read, lists, mapping):
    found = read("table", lists / "partners.csv", as_of="2030", mapping=mapping)
    reasons = " ".join(n.reason for n in found.notices)
    assert '"Atlantis" is no known country' in reasons
    assert '"Harbour" is not mapped' in reasons
    assert '"31.02.2029" has no day 31' in reasons
    assert found.row(4).mentions[0].kind == "government_body"


@pytest.mark.parametrize(
    ("mark", "ending"), [(",", "csv"), ("\t", "tsv"), ("|", "csv"), (";", "txt")]
)
def test_the_separator_is_found(read, tmp_path, mark, ending):
    mapping = tmp_path / "map.yaml"
    mapping.write_text(MINIMAL, "utf-8")
    rows = [["Name", "Land"], ["Åbo Optikverkstad Ab", "Finland"], *[["Grå Verk Ab", "Norge"]] * 20]
    path = tmp_path / f"list_2030-01.{ending}"
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode("utf-8"))
    found = read("table", path, mapping=mapping)
    assert found.row(1).mentions[0].names[0].text == "Åbo Optikverkstad Ab"
    assert found.row(1).mentions[0].country == "FI"


def test_an_encoding_is_guessed_with_a_notice_or_said_in_the_mapping(read, tmp_path):
    mapping = tmp_path / "map.yaml"
    path = tmp_path / "list_2030-01.csv"
    path.write_bytes("Name,Land\nÅbo Optikverkstad Ab,FI\n".encode("cp1252"))
    mapping.write_text(MINIMAL, "utf-8")
    assert "not UTF-8" in read("table", path, mapping=mapping).notices[0].reason
    mapping.write_text(MINIMAL + "layout: {encoding: cp1252}\n", "utf-8")
    found = read("table", path, mapping=mapping)
    assert found.row(1).mentions[0].names[0].text == "Åbo Optikverkstad Ab"
    assert not found.notices
    mapping.write_text(MINIMAL + "layout: {encoding: cp99999}\n", "utf-8")
    with pytest.raises(InputError, match="cp99999"):
        read("table", path, mapping=mapping)


def test_json_lines_are_a_table_too(read, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text(MINIMAL, "utf-8")
    path = tmp_path / "list_2030-01.jsonl"
    lines = [json.dumps({"Name": "Hexi Works", "Land": None}), "{", "[1]"]
    path.write_text("\n".join(lines), "utf-8")
    found = read("table", path, mapping=mapping)
    assert found.row(1).mentions[0].names[0].text == "Hexi Works"
    assert [row.kind for row in found.aside.values()] == ["bad", "bad"]


MINIMAL = """\
source: {id: mine, title: Mine, publisher: Me, url: "https://x.example", licence: none}
columns: {name: Name, country: Land}
"""


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        ("columns: {nane: Name}", 2, "unknown key `nane`"),
        ("columns: {country: Land}", 2, "`name` is missing"),
        ("columns: {name: 3}", 2, "`name` is int"),
        ("columns: {name: Name}\nties:\n  - {column: P, tie: likes}", 4, "likes"),
        ("columns: {name: Name}\nties:\n  - {colum: P, tie: owns}", 4, "colum"),
        ("columns: {name: Name}\ndefault_kind: club", 3, "club"),
        ("columns: {name: Name}\ndefault_country: NO", 3, "in quotes"),
        ("columns: {name: Name}\ndefault_country: Selimia", 3, "no country"),
        ("columns: {name: Name}\nlayout: {date_order: dym}", 3, "dym"),
        ("columns: {name: Name}\ndesignation: {list: L}", 3, "`authority` is missing"),
        ("columns: {name: Name}\ncolor: red", 3, "unknown key `color`"),
        ("columns: {name: Name", 3, "not valid YAML"),
    ],
)
def test_a_mistake_in_a_mapping_is_shown_with_file_and_line(tmp_path, change, line, problem):
    head = MINIMAL.splitlines()[0]
    path = tmp_path / "map.yaml"
    path.write_text(f"{head}\n{change}\n", "utf-8")
    (tmp_path / "list.csv").write_text("Name\nHexi Works\n")
    with pytest.raises(DataFileError) as caught:
        find_source("table").read(tmp_path / "list.csv", as_of="2030", mapping=path)
    assert caught.value.where == f"map.yaml:{line}"
    assert problem in str(caught.value)


def test_a_table_without_a_mapping_or_a_column_stops(lists, mapping, tmp_path):
    with pytest.raises(UsageError, match="--mapping"):
        find_source("table").read(lists / "partners.csv")
    with pytest.raises(NotFound, match="no such mapping"):
        find_source("table").read(lists / "partners.csv", mapping=tmp_path / "none.yaml")
    other = tmp_path / "other.csv"
    other.write_text("Namn,Land\nHexi Works,NO\n")
    with pytest.raises(InputError, match='no column "Name"'):
        find_source("table").read(other, as_of="2030", mapping=mapping)
