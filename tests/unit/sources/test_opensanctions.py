"""OpenSanctions' export is FollowTheMoney under a name, a licence and a publisher of its own."""

import json

import pytest

from crosstie.ontology.errors import UnknownLayout
from crosstie.sources import find_source


def entity(id_, schema, caption="", **properties):
    return {
        "id": id_,
        "caption": caption,
        "schema": schema,
        "properties": {name: [value] for name, value in properties.items()},
        "referents": [],
        "datasets": ["xs_trade_list"],
        "first_seen": "2023-04-20T18:00:25",
        "last_seen": "2026-06-01T10:57:03",
        "last_change": "2026-05-26T20:01:14",
        "target": True,
    }


def export(path, *entities):
    path.write_text("".join(json.dumps(e) + "\n" for e in entities), "utf-8")
    return path


ENTITIES = (
    entity("NK-1", "Company", "Lantian Optics", name="Lantian Optics", topics="sanction"),
    entity("NK-2", "Person", "Ozzz-Vrba Wendelin", name="Ozzz-Vrba Wendelin"),
    entity("s-1", "Sanction", authority="Trade Office of Selimia", entity="NK-1", program="EL",
           startDate="2024-01-02"),
    entity("s-2", "Sanction", authority="Trade Office of Selimia", entity="NK-2"),
    entity("o-1", "Ownership", owner="NK-2", asset="NK-1"),
    entity("a-1", "Address", full="1 Lake Road"),
)  # fmt: skip


def test_an_export_reads_as_entities_of_opensanctions(read, tmp_path):
    found = read("opensanctions", export(tmp_path / "entities.ftm.json", *ENTITIES))
    assert found.version.source_id == "opensanctions"
    assert found.version.as_of == "2026-05-26"
    assert found.claims(3) == {("Trade Office of Selimia", "designated", "Lantian Optics")}
    assert found.row(1).document.source_id == "opensanctions"
    assert found.row(1).document.publisher == "xs_trade_list"
    assert "licence" in find_source("opensanctions").source.licence


def test_persons_and_what_is_tied_to_them_are_skipped(read, tmp_path):
    found = read("opensanctions", export(tmp_path / "entities.ftm.json", *ENTITIES))
    assert [n for n, row in found.aside.items() if row.kind == "individual"] == [2, 4, 5]
    assert "Ozzz" not in repr(found.records)


def test_a_cut_off_line_of_a_person_keeps_no_text(read, tmp_path):
    path = export(tmp_path / "entities.ftm.json", *ENTITIES)
    cut = json.dumps(ENTITIES[1])[:-20]
    path.write_text(path.read_text("utf-8") + cut, "utf-8")
    found = read("opensanctions", path)
    assert found.aside[7].kind == "bad"
    assert "Ozzz" not in repr(found.records)


def test_a_nested_export_is_refused_with_the_flat_one_named(tmp_path):
    nested = entity("NK-1", "Company", "Lantian Optics", name="Lantian Optics")
    nested["properties"]["sanctions"] = [ENTITIES[2]]
    path = export(tmp_path / "targets.nested.json", nested)
    with pytest.raises(UnknownLayout, match="line 1") as caught:
        find_source("opensanctions").read(path)
    assert "entities.ftm.json" in caught.value.remedy
