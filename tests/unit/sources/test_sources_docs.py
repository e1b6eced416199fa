"""The documentation of sources says what the program does."""

import re
from pathlib import Path

import pytest

from crosstie.sources import SOURCES

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_every_source_is_documented_with_publisher_licence_and_age():
    text = (DOCS / "reference" / "sources.md").read_text("utf-8")
    for reader in SOURCES:
        source = reader.source
        row = (
            f"| `{source.id}` | {source.publisher} | {source.licence}"
            f" | {source.stale_after_days} days |"
        )
        assert row in text, source.id
        assert f"\n## {source.id}\n" in text
        if source.id not in ("starter", "table"):
            assert source.url in text, source.id


def test_the_example_of_the_how_to_runs(read, tmp_path):
    text = (DOCS / "how-to" / "add-a-list.md").read_text("utf-8")
    blocks = dict(re.findall(r"```(csv|yaml)\n(.*?)```", text, re.DOTALL))
    table, mapping = tmp_path / "watchlist_2030-01-15.csv", tmp_path / "selim.yaml"
    table.write_text(blocks["csv"], "utf-8")
    mapping.write_text(blocks["yaml"], "utf-8")
    found = read("table", table, mapping=mapping)
    assert found.version.as_of == "2030-01-15"
    assert found.claims(1) == {
        ("Trade Office of Selimia", "designated", "Yunmen Optics Works"),
        ("Yunmen Optics Works", "affiliated_with", "Hexi Group Corporation"),
    }
    assert [row.kind for row in found.aside.values()] == ["individual"]
    assert found.row(3).mentions[0].kind == "government_body"
    assert not found.notices


@pytest.mark.parametrize("word", ["UnknownLayout", "InputError", "DataFileError", "--as-of"])
def test_the_errors_of_reading_are_documented(word):
    assert word in (DOCS / "reference" / "sources.md").read_text("utf-8")
