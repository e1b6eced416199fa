import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.records import Claim, Document, Entity, Evidence, Identifier, Name, Tie
from crosstie.ontology.rollups import Presence
from crosstie.reporting.contents import Contents
from crosstie.reporting.exports import EXPORT_FORMATS, export
from crosstie.reporting.ftm import IDENTIFIERS, check_ftm, ftm_files
from crosstie.sources import ftm_rows

TEXT = "=HYPERLINK(1) 蓝天公司\u202e supplies\x0b the Fleet."
DOCUMENT = Document.of(origin="document", name="a.txt", text=TEXT, language="en", title="A page")
EVIDENCE = Evidence(DOCUMENT.id, 0, len(TEXT), TEXT)
CLAIM = Claim("clm-1", DOCUMENT.id, "m-1", "supplies", "m-2", (EVIDENCE,), "rules/1")
QUOTE = Quote(
    "clm-1", TEXT, 0, len(TEXT), "asserted",
    Citation(DOCUMENT.id, "A page", "Herald", "2024", "https://herald.example/a", DOCUMENT.sha256),
)  # fmt: skip


def entity(key, kind, name, *identifiers, country="CN"):
    names = (Name(name, "en"), Name(f"{name} alias", "en", "alias"), Name("ABC", "en", "acronym"))
    return Entity(key, kind, name, names, country, None, identifiers, ())


def tie(key, subject, kind, target, status="asserted", **attributes):
    claims = ("clm-1",)
    return Tie(key, subject, kind, target, status, claims, 1, "2015", None, attributes)


ENTITIES = [
    entity(
        "ent-a",
        "company",
        "Lantian",
        Identifier("lei", "5493001KJTIIGC8Y1R12"),
        Identifier("starter", "x"),
    ),
    entity("ent-b", "military_unit", "Northern Fleet"),
    entity("ent-t", "technology", "radar"),
    entity("ent-u", "university", "Yunmen University", country=None),
]
TIES = [
    tie("tie-1", "ent-a", "supplies", "ent-b"),
    tie("tie-2", "ent-a", "owns", "ent-u", share="51"),
    tie("tie-3", "ent-b", "owns", "ent-a", share="51"),
    tie("tie-4", "ent-u", "supplies", "ent-b", "denied"),
    tie("tie-5", "ent-a", "develops", "ent-t"),
    tie("tie-6", "ent-b", "designated", "ent-a", list="Entity list"),
]
CONTENTS = Contents(
    entities=ENTITIES,
    ties=TIES,
    quantities=[replace(CLAIM, predicate="measure")],
    presences=[
        Presence(
            EntityRef("ent-a", "Lantian", "company"), EntityRef("ent-p", "Obock", "place", "DJ"),
            "DJ", "port", "asserted", 1, ("tie-9",),
        )
    ],
    quotes=lambda claims: {claim: (QUOTE,) for claim in claims},
    claims=lambda claims: {claim: CLAIM for claim in claims},
    document=lambda key: DOCUMENT if key == DOCUMENT.id else None,
)  # fmt: skip


def ftm_lines():
    return [json.loads(line) for line in ftm_files(CONTENTS)["entities.ftm.json"].splitlines()]


def test_the_followthemoney_library_takes_every_line():
    check_ftm(ftm_files(CONTENTS)["entities.ftm.json"])


def test_ftm_keeps_an_end_that_its_ranges_do_not_take():
    by_id = {line["id"]: line for line in ftm_lines()}
    assert by_id["tie-3"]["schema"] == "Ownership"
    assert by_id["tie-3"]["properties"]["percentage"] == ["51"]
    assert by_id["tie-2"]["schema"] == "UnknownLink"  # a university is no asset there
    assert by_id["tie-2"]["properties"]["role"] == ["owns"]
    assert by_id["tie-6"]["properties"]["authority"] == ["Northern Fleet"]


def test_ftm_says_what_it_loses_and_passes_on_no_denied_tie():
    files = ftm_files(CONTENTS)
    losses = json.loads(files["losses.json"])
    assert sum(losses.values()) == 5 and any("denied" in what for what in losses)
    assert "tie-4" not in {line["id"] for line in ftm_lines()}
    held = [json.loads(line) for line in files["evidence.jsonl"].splitlines()]
    assert {line["entity"] for line in held} == {"tie-1", "tie-2", "tie-3", "tie-6"}
    assert held[0]["quote"]["text"] == TEXT


def test_what_is_exported_as_an_identifier_is_read_back_as_one():
    read = {name: scheme for name, scheme in ftm_rows.IDENTIFIERS.items()}
    shared = {scheme: name for scheme, name in IDENTIFIERS.items() if name in read}
    assert len(shared) >= 5 and all(read[name] == scheme for scheme, name in shared.items())


def test_graph_files_hold_every_node_and_every_tie_with_its_status(tmp_path):
    export(CONTENTS, "graphml", tmp_path / "g.graphml")
    tree = ElementTree.parse(tmp_path / "g.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(tree.iter(f"{space}node"))) == len(ENTITIES)
    assert len(list(tree.iter(f"{space}edge"))) == len(TIES)
    assert "denied: supplies" in (tmp_path / "g.graphml").read_text("utf-8")


def test_a_graph_file_stands_names_that_xml_cannot_hold(tmp_path):
    odd = replace(CONTENTS, entities=[entity("ent-x", "company", "a\x00b\ud800<&>")], ties=[])
    for form in ("graphml", "gexf"):
        export(odd, form, tmp_path / f"g.{form}")
        ElementTree.parse(tmp_path / f"g.{form}")


def test_csv_tables_join_and_run_no_formula(tmp_path):
    report = export(CONTENTS, "csv", tmp_path / "tables")
    rows = {
        name: list(csv.DictReader(io.StringIO((tmp_path / "tables" / name).read_text("utf-8"))))
        for name in report.files
    }
    ids = {row["id"] for row in rows["entities.csv"]}
    assert all({t["subject"], t["object"]} <= ids for t in rows["ties.csv"])
    assert len(rows["evidence.csv"]) == len(TIES)
    assert all(row["quote"].startswith("'=") for row in rows["evidence.csv"])


def test_parquet_tables_hold_what_the_csv_tables_hold(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    export(CONTENTS, "parquet", tmp_path / "tables")
    table = parquet.read_table(tmp_path / "tables" / "evidence.parquet").to_pylist()
    assert len(table) == len(TIES) and table[0]["quote"] == TEXT


def test_annotations_select_the_quote_in_the_text(tmp_path):
    export(CONTENTS, "jsonld", tmp_path / "a.jsonld")
    held = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    found = [node for node in held["@graph"] if node["type"] == "Annotation"]
    assert len(found) == len(TIES)
    position, quote = found[0]["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"]
    assert found[0]["prov:wasDerivedFrom"] == f"urn:crosstie:{DOCUMENT.id}"


def test_the_map_layer_is_a_feature_collection(tmp_path):
    export(CONTENTS, "geojson", tmp_path / "p.geojson")
    held = json.loads((tmp_path / "p.geojson").read_text("utf-8"))
    assert held["features"][0]["properties"]["country_name"] == "Djibouti"


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_the_same_contents_give_the_same_bytes(form, tmp_path):
    for name in ("one", "two"):
        export(CONTENTS, form, tmp_path / name)
    one, two = (
        sorted((p.name, p.read_bytes()) for p in ([at] if at.is_file() else at.iterdir()))
        for at in (tmp_path / "one", tmp_path / "two")
    )
    assert [raw for _, raw in one] == [raw for _, raw in two]


def test_nothing_is_written_over_and_nothing_half(tmp_path, monkeypatch):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        export(CONTENTS, "csv", tmp_path / "kept")
    with pytest.raises(UsageError, match="no format"):
        export(CONTENTS, "docx", tmp_path / "x")
    monkeypatch.setattr("pathlib.Path.write_bytes", _full_disk)
    for form in ("csv", "jsonld"):
        with pytest.raises(UsageError, match="No space left"):
            export(CONTENTS, form, tmp_path / "half")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept"]


def _full_disk(self, raw):
    raise OSError(28, "No space left on device")
