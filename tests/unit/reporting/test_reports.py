import csv
import dataclasses
import io
import json

import msgspec
import openpyxl
import pytest

from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import (
    Citation,
    Designation,
    EntityRef,
    ExposurePath,
    Finding,
    Hit,
    Match,
    Party,
    Quote,
    Screening,
    Searched,
    Step,
)
from crosstie.ontology.records import Reason
from crosstie.reporting import write_screening
from crosstie.reporting.html import screening_page
from crosstie.reporting.tables import to_csv

EVIL = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://x")'
HEXI = EntityRef("ent-1", "Hexi Group 赫溪集团", "company", "CN")
FLEET = EntityRef("ent-2", "Northern Fleet", "military_unit")
CITATION = Citation("doc-1", "Lenses & Fleets", "Selim Herald", "2024-03-04", None, "ab" * 32)
QUOTE = Quote("clm-1", f"Hexi supplied {EVIL} until 2015.", 3, 40, "ended", CITATION)
STEP = Step(HEXI, "supplies", FLEET, True, "ended", 0.35, "it was so", (QUOTE,), None, "2015")
PATH = ExposurePath(HEXI, FLEET, (STEP,), 0.35, 0)
LISTED = Designation(
    HEXI, "Trade Office", "Entity list", "", "2022-09-01", "2023-01-01", "2024-06-01", "2025-01-01",
    "Notice 3", (QUOTE,),
)  # fmt: skip
MATCH = Match(HEXI, "Hexi Group", 0.97, (Reason("same", "the same words"),))
SCREENING = Screening(
    at="2026-11-24T00:00:00+00:00",
    crosstie_version="0.1.0",
    rules_version="1",
    threshold=0.8,
    findings=(
        Finding(Party(EVIL, row=2), "hit", (Hit(MATCH, "sure", (LISTED,), (PATH,)),)),
        Finding(Party(FORMULA, row=3), "nothing_found", (), ("no name is like it",)),
    ),
    searched=(Searched("toy", "Toy list", "2024-06-01", 4, 906),),
)


def test_the_page_escapes_names_and_quotes():
    page = screening_page(SCREENING)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_asks_nothing_of_the_network():
    page = screening_page(SCREENING)
    for word in ("src=", 'href="http', "url(", "@import"):
        assert word not in page
    assert "default-src 'none'" in page


def test_the_page_says_when_a_listing_ended_and_how_old_the_list_is():
    page = screening_page(SCREENING)
    assert "no longer listed in the edition of 2025-01-01" in page
    assert "STALE: 906 days old" in page
    assert "until 2015" in page
    assert "lead, not a verdict" in page


WEIGHED = dataclasses.replace(
    STEP,
    weight=0.31,
    grade="B3",
    sources=2,
    factors=(Reason("tie", "Supply is trade.", 0.35), Reason("age", "it is old", 0.9)),
    against=(dataclasses.replace(QUOTE, text="Hexi never did.", status="denied"),),
    sources_against=1,
)
ASKED = dataclasses.replace(
    SCREENING,
    as_of="2024-12-31",
    valid_on="2015-06-30",
    grades_version="7",
    findings=(
        Finding(
            Party("Hexi"),
            "hit",
            (Hit(MATCH, "sure", (), (dataclasses.replace(PATH, steps=(WEIGHED,), score=0.31),)),),
        ),
    ),
)
TERMS = "what holds on 2015-06-30, from what was known on 2024-12-31; rules 1, grades 7"
STANDING = "ended · ? to 2015 · grade B3 · 2 independent sources"


def test_the_page_says_how_each_tie_is_weighed_who_denies_it_and_on_which_terms():
    page = screening_page(ASKED)
    for words in (
        TERMS, STANDING, "weight 0.31 = 0.35 tie × 0.90 age", "age: it is old",
        "denied by 1 source:", "Hexi never did.",
    ):  # fmt: skip
        assert words in page


def test_the_table_says_how_each_tie_is_weighed_and_on_which_terms(tmp_path):
    (row,) = csv.DictReader(io.StringIO(to_csv(ASKED).removeprefix("\ufeff")))
    assert row["exposure_weights"] == (
        f"1. {STANDING}; 0.31 = 0.35 tie × 0.90 age; denied by 1 source"
    )
    write_screening(ASKED, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Searched"]
    assert sheet["A2"].value == f"Asked: {TERMS}"


def test_no_cell_of_the_table_is_run_as_a_formula(tmp_path):
    rows = list(csv.DictReader(io.StringIO(to_csv(SCREENING).removeprefix("\ufeff"))))
    assert rows[1]["name"] == "'" + FORMULA
    write_screening(SCREENING, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Findings"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_table_has_a_row_for_each_party_also_for_silence():
    rows = list(csv.DictReader(io.StringIO(to_csv(SCREENING).removeprefix("\ufeff"))))
    assert [row["outcome"] for row in rows] == ["Hit", "Nothing found"]
    assert rows[0]["exposure_path"] == "Hexi Group 赫溪集团 → supplies (ended) → Northern Fleet"


def test_json_holds_the_whole_screening(tmp_path):
    write_screening(SCREENING, tmp_path / "r.json")
    raw = (tmp_path / "r.json").read_bytes()
    assert msgspec.json.decode(raw, type=Screening) == SCREENING
    assert json.loads(raw)["findings"][0]["hits"][0]["exposures"][0]["score"] == 0.35


@pytest.mark.parametrize("suffix", ["html", "csv", "json"])
def test_the_same_screening_gives_the_same_file(tmp_path, suffix):
    for name in ("a", "b"):
        write_screening(SCREENING, tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_control_characters_in_a_name_do_not_break_a_workbook(tmp_path):
    finding = dataclasses.replace(SCREENING.findings[1], party=Party("a\x00b\x1b[31m\ud800c"))
    write_screening(dataclasses.replace(SCREENING, findings=(finding,)), tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").stat().st_size > 1000


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    target = tmp_path / "r.html"
    target.mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_screening(SCREENING, target)
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
