"""The pages about the pack say what the pack holds; the examples are what they say they are."""

import csv
from pathlib import Path

from crosstie.ontology.records import ListRow
from crosstie.sources import table
from crosstie.sources.starter import read_anchors
from crosstie.sources.starter_pack import load_pack

_ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_anchors_lists_each_with_reason_and_source():
    page = (_ROOT / "docs/reference/anchors.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][2:]
    assert rows == [
        f"| {anchor.country} | {anchor.name} | {anchor.why} | "
        f"[{anchor.title}]({anchor.url}), {anchor.publisher}, {anchor.date} |"
        for anchor in read_anchors()
    ]


def test_the_page_of_the_pack_counts_what_is_in_it():
    page = (_ROOT / "docs/explanation/starter.md").read_text(encoding="utf-8")
    pack = load_pack()
    both = [e for e in pack.entities.values() if {"en", "zh"} <= {n.language for n in e.names}]
    assert (
        f"{len(pack.entities)} entities ({len(both)} of them with a Chinese and an English name), "
        f"{len(pack.ties)} ties and {len(pack.anchors)} anchors" in page
    )


def test_partner_files_name_each_party_once_with_the_same_columns():
    for name in ("partners.csv", "partners-fictional.csv"):
        text = (_ROOT / "examples" / name).read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert list(rows[0]) == ["id", "name", "country", "domain"]
        assert len({row["id"] for row in rows}) == len(rows)
        assert all(row["name"].strip() for row in rows)


def test_example_documents_say_that_they_are_invented():
    words = {
        "selim-herald.txt": "made up",
        "yunmen-university.html": "invented",
        "lantian.md": "虚构",
    }
    documents = _ROOT / "examples/documents"
    assert {path.name for path in documents.iterdir()} == set(words)
    for name, word in words.items():
        assert word in (documents / name).read_text(encoding="utf-8")


def test_no_example_document_names_an_organisation_of_the_pack():
    for path in (_ROOT / "examples/documents").iterdir():
        text = path.read_text(encoding="utf-8").casefold()
        for entity in load_pack().entities.values():
            if entity.kind in ("technology", "place"):
                continue
            for name in entity.names:
                if name.kind in ("primary", "alias", "former") and len(name.text) > 4:
                    assert name.text.casefold() not in text, (path.name, name.text)


def test_every_row_of_the_invented_entity_list_is_a_designation_by_its_authority():
    lists = _ROOT / "examples/lists"
    reading = table.read(
        lists / "selimia-entity-list-2024-06-01.csv", mapping=lists / "selimia-entity-list.yaml"
    )
    rows = list(reading.rows)
    assert len(rows) == 4
    for row in rows:
        assert isinstance(row, ListRow)
        acts = [claim for claim in row.claims if claim.predicate == "designated"]
        assert [act.attributes["list_name"] for act in acts] == ["Entity list of Selimia"]
        assert acts[0].valid_from
