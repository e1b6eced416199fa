"""Rows of tables state ties where the header says which."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def rows(text: str) -> set[tuple[str, str, str]]:
    extraction = reading.read(text)
    quotes = {mention.id: mention.quote for mention in extraction.mentions}
    return {
        (quotes[c.subject], c.predicate, quotes[c.object])
        for c in extraction.claims
        if c.method.endswith(":table.row")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Company | Partner | Agreement | Year\n"
            "[Norvik Group|company] | [Northern Fleet|military_unit] | Supply contract | 2019\n"
            "[Tarn Optics|company] | [Halden Institute|research_institute] | Research deal | 2021",
            {
                ("Norvik Group", "signed_agreement", "Northern Fleet"),
                ("Tarn Optics", "signed_agreement", "Halden Institute"),
            },
        ),
        (
            "单位名称 | 主管部门 | 所在地\n[云门大学|university] | [工业部|government_body] | 云门",
            {("工业部", "supervises", "云门大学")},
        ),
        (
            "实验室名称 | 依托单位\n[水声联合实验室|laboratory] | [云门大学|university]",
            {("云门大学", "hosts", "水声联合实验室")},
        ),
        (
            "| Company | Owner |\n| [Beihe Optics|company] | [Lantian Holdings|company] |",
            {("Lantian Holdings", "owns", "Beihe Optics")},
        ),
        ("Company | Rival\n[Beihe Optics|company] | [Lantian Holdings|company]", set()),
        ("[Beihe Optics|company] | [Lantian Holdings|company]", set()),
        (
            "Company | Partner\n[Beihe Optics|company] and others | [Lantian Holdings|company]",
            set(),
        ),
    ],
)
def test_row_states_what_its_header_says(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


def test_row_cites_itself_and_its_header() -> None:
    text = "Company | Customer\n[Tarn Optics|company] | [Northern Fleet|military_unit]"
    (claim,) = [c for c in reading.read(text).claims if c.method.endswith(":table.row")]
    assert [e.quote for e in claim.evidence] == [
        "Tarn Optics | Northern Fleet",
        "Company | Customer",
    ]
