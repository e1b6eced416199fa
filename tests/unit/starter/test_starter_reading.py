"""Reading a pack: rows that verify, and errors that name file, line and remedy."""

from pathlib import Path

import pytest

from crosstie.ontology.errors import DataFileError
from crosstie.ontology.records import Claim, ListRow, encode
from crosstie.sources.starter import SOURCE, read_anchors, read_starter
from crosstie.sources.starter_pack import load_pack

SOURCES = """
- id: gazette
  title: Gazette of Selimia
  publisher: Trade Office of Selimia
  url: https://gazette.example/
  pages: "https://gazette.example/{page}"
  date: "2024-05"
"""
ENTITIES = """
- id: northern-fleet
  kind: military_unit
  tier: ecosystem
  country: ZZ
  names:
    - {text: Northern Fleet, language: en}
    - {text: 北方舰队, language: zh}
  source: gazette/fleet
- id: beihe-optics
  kind: company
  tier: foundation
  country: ZZ
  names:
    - {text: Beihe Optics, language: en}
    - {text: Beihe Optical Works, language: en, kind: former}
  identifiers: {lei: ABC}
  source: gazette
  description: Makes lenses.
"""
TIES = """
- subject: beihe-optics
  kind: supplies
  object: northern-fleet
  statement: Beihe Optics is said to have supplied lenses to the Northern Fleet until 2015.
  source: gazette
  stance: reported
  ended: true
  valid_to: "2015"
  attribution: [Selim Herald]
"""
ANCHORS = """
- {entity: northern-fleet, country: ZZ, why: An armed service., source: gazette}
"""


def write_pack(folder: Path, **files: str) -> Path:
    texts = {"sources": SOURCES, "entities": ENTITIES, "ties": TIES, "anchors": ANCHORS} | files
    for name in ("entities", "ties"):
        (folder / name).mkdir()
        (folder / name / f"{name}.yaml").write_text(texts[name], encoding="utf-8")
    for name in ("sources", "anchors"):
        (folder / f"{name}.yaml").write_text(texts[name], encoding="utf-8")
    (folder / "pack.yaml").write_text(files.get("pack", 'as_of: "2024-06-01"\n'), encoding="utf-8")
    return folder


def read_rows(folder: Path) -> list[ListRow]:
    return [row for row in read_starter(folder).rows if isinstance(row, ListRow)]


def only_claim(row: ListRow) -> Claim:
    (claim,) = row.claims
    return claim


def test_an_entity_is_a_small_document_that_names_its_source(tmp_path: Path):
    fleet = read_rows(write_pack(tmp_path))[0]
    assert fleet.key == "northern-fleet"
    assert fleet.document.text == (
        "Northern Fleet\n北方舰队\ncurated from: Gazette of Selimia, Trade Office of Selimia, "
        "2024-05, https://gazette.example/fleet"
    )
    assert fleet.document.origin == "starter"
    assert fleet.document.url == "https://gazette.example/fleet"
    (mention,) = fleet.mentions
    assert [(name.text, name.language) for name in mention.names] == [
        ("Northern Fleet", "en"),
        ("北方舰队", "zh"),
    ]
    assert [(i.scheme, i.value) for i in mention.identifiers] == [("starter", "northern-fleet")]


def test_a_tie_shows_itself_as_curated_and_quotes_its_statement(tmp_path: Path):
    tie = read_rows(write_pack(tmp_path))[2]
    claim = only_claim(tie)
    assert claim.evidence[0].quote.startswith("Beihe Optics is said")
    assert claim.attributes == {"curated": "yes"}
    assert (claim.stance, claim.ended, claim.valid_to, claim.status) == (
        "reported",
        True,
        "2015",
        "ended",
    )
    assert claim.attribution == ("Selim Herald", "Trade Office of Selimia")
    assert [mention.quote for mention in tie.mentions] == ["Beihe Optics", "Northern Fleet"]
    assert [mention.identifiers[0].value for mention in tie.mentions] == [
        "beihe-optics",
        "northern-fleet",
    ]


def test_every_quote_of_the_shipped_pack_stands_in_its_document():
    reading = read_starter()
    rows = [row for row in reading.rows if isinstance(row, ListRow)]
    assert reading.total == len(rows)
    for row in rows:
        for mention in row.mentions:
            assert row.document.text[mention.start : mention.end] == mention.quote
        for claim in row.claims:
            for evidence in claim.evidence:
                row.document.verify(evidence)
        assert "curated from: " in row.document.text.splitlines()[-1]
        assert row.document.source_id == SOURCE.id
    assert len({row.key for row in rows}) == len(rows)
    assert len({row.document.id for row in rows}) == len(rows)


def test_reading_twice_gives_the_same_bytes(tmp_path: Path):
    folder = write_pack(tmp_path)
    assert [encode(row) for row in read_rows(folder)] == [encode(row) for row in read_rows(folder)]
    assert read_starter(folder).version == read_starter(folder).version


def test_a_changed_word_changes_the_edition(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before = read_starter(write_pack(tmp_path / "a")).version
    after = read_starter(write_pack(tmp_path / "b", ties=TIES.replace("lenses", "glass"))).version
    assert before.sha256 != after.sha256


def test_an_anchor_carries_its_citation(tmp_path: Path):
    (anchor,) = read_anchors(write_pack(tmp_path))
    assert (anchor.slug, anchor.name, anchor.country) == ("northern-fleet", "Northern Fleet", "ZZ")
    assert (anchor.publisher, anchor.date) == ("Trade Office of Selimia", "2024-05")


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "problem"),
    [
        ("ties", "object: northern-fleet", "object: southern-fleet", "ties.yaml:4", "no entity"),
        ("ties", "kind: supplies", "kind: develops", "ties.yaml:3", "does not run"),
        ("ties", "kind: supplies", "kind: helps", "ties.yaml:3", "is not known"),
        ("ties", "  source: gazette\n", "", "ties.yaml:2", "`source` is missing"),
        ("ties", '"2015"', '"2015-13"', "ties.yaml:9", "is no date"),
        ("ties", "stance: reported", "stance: rumoured", "ties.yaml:7", "is not known"),
        ("ties", "  statement:", "  sentence:", "ties.yaml:5", "unknown key"),
        ("entities", "source: gazette/fleet", "source: herald", "entities.yaml:9", "no source"),
        ("entities", "{text: Northern Fleet, language: en}", "{text: Northern Fleet}",
         "entities.yaml:7", "`language` is missing"),
        ("entities", "language: zh", "language: und", "entities.yaml:8", "is no language"),
        ("entities", "text: 北方舰队, language: zh", "text: The Fleet, language: en",
         "entities.yaml:8", "second primary name"),
        ("entities", "- id: beihe-optics", "- id: northern-fleet", "entities.yaml:10",
         "stands twice"),
        ("entities", "id: beihe-optics", "id: Beihe Optics", "entities.yaml:10", "is no slug"),
        ("entities", "kind: company", "kind: firm", "entities.yaml:11", "is not known"),
        ("entities", "country: ZZ", "country: Selimia", "entities.yaml:5", "is no country"),
        ("sources", '  date: "2024-05"\n', "", "sources.yaml:2", "`date` is missing"),
        ("sources", '"2024-05"', '"May 2024"', "sources.yaml:7", "is no date"),
        ("sources", "url: https://gazette.example/\n", "url: gazette\n", "sources.yaml:5",
         "no web address"),
        ("sources", "{page}", "all", "sources.yaml:6", "has no"),
        ("anchors", "northern-fleet", "beihe-optics", "anchors.yaml:2", "no anchor"),
        ("anchors", "country: ZZ", "country: YY", "anchors.yaml:2", "but the entity has"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, where: str, problem: str
):
    text = {"ties": TIES, "entities": ENTITIES, "sources": SOURCES, "anchors": ANCHORS}[file]
    assert old in text
    folder = write_pack(tmp_path, **{file: text.replace(old, new, 1)})
    with pytest.raises(DataFileError, match=problem) as caught:
        load_pack(folder)
    assert caught.value.where == where
    assert caught.value.remedy


def test_the_same_tie_from_the_same_source_is_refused(tmp_path: Path):
    folder = write_pack(tmp_path, ties=TIES + TIES)
    with pytest.raises(DataFileError, match="stands twice with the same source"):
        load_pack(folder)


def test_a_symmetric_tie_turned_round_is_the_same_tie(tmp_path: Path):
    one = TIES.replace("supplies", "collaborates_with")
    other = one.replace("subject: beihe-optics", "subject: X").replace(
        "object: northern-fleet", "object: beihe-optics"
    )
    folder = write_pack(tmp_path, ties=one + other.replace("subject: X", "subject: northern-fleet"))
    with pytest.raises(DataFileError, match="stands twice"):
        load_pack(folder)
