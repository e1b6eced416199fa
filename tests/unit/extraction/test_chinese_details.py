"""What a Chinese clause adds to its tie."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


@pytest.mark.parametrize(
    ("text", "tie", "expected"),
    [
        ("[蓝天公司|company]持有[北河光学|company]51.5%的股权。", "owns", {"share": "51.5%"}),
        ("[蓝天公司|company]持有[北河光学|company]百分之六十的股份。", "owns", {"share": "60%"}),
        ("[蓝天公司|company]收购了[北河光学|company]。", "owns", {}),
        (
            "[蓝天公司|company]在[塞利姆|place]建设了两座数据中心。",
            "operates_in",
            {"presence": "data_centre"},
        ),
        (
            "[蓝天公司|company]在[塞利姆|place]设有办事处。",
            "operates_in",
            {"presence": "office"},
        ),
        (
            "[云门大学|university]的声呐技术转化应用于[北方舰队|military_unit]。",
            "transfers_technology",
            {"direction": "civil_to_military"},
        ),
        (
            "[云门大学|university]与[河西集团|company]签订战略合作协议。",
            "signed_agreement",
            {"agreement": "战略合作协议"},
        ),
    ],
)
def test_clause_gives_its_tie_details(text: str, tie: str, expected: dict[str, str]) -> None:
    claims = [claim for claim in reading.read(text).claims if claim.predicate == tie]
    assert [claim.attributes for claim in claims] == [expected]


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "海澄大學與河西集團有限公司簽署合作備忘錄。",
            ("海澄大學", "signed_agreement", "河西集團有限公司", "asserted"),
        ),
        (
            "河西集團有限公司為中原重工有限公司的全資子公司。",
            ("中原重工有限公司", "owns", "河西集團有限公司", "asserted"),
        ),
    ],
)
def test_traditional_characters_are_read_and_quoted_as_written(
    text: str, tie: tuple[str, str, str, str]
) -> None:
    assert tie in reading.ties(reading.read(text))


def test_english_summary_below_a_chinese_article_is_read_too() -> None:
    text = (
        "[云门大学|university]与[河西集团|company]签订战略合作协议。\n\n"
        "Norvik Shipbuilding Group signed an agreement with Tarn Optics Corporation on Monday."
    )
    found = {tie[1] for tie in reading.ties(reading.read(text))}
    assert found == {"signed_agreement"}
    assert len(reading.ties(reading.read(text))) == 2
