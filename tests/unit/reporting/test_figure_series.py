"""Series: what belongs together, in which unit, and what contradicts what."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.records import Claim, Document, Mention, Quantity
from crosstie.reporting.figures.drawing import NO_HAN_FONT, missing_fonts, plain, wrapped
from crosstie.reporting.figures.pooling import pooled_series
from crosstie.reporting.figures.series import Value, base_unit, matching, series_of
from crosstie.reporting.figures.series_chart import series_chart
from crosstie.reporting.figures.words import amount_words

HEXI = EntityRef("ent-hexi", "Hexi Group", "company", "ZZ")
BEIHE = EntityRef("ent-beihe", "Beihe", "company", None)
TEXT = "Hexi Group has figures."


def value(number=5.0, *, unit="plants", of=HEXI, source="a", measure="plants", **said):
    """Return a value of a document; `said` goes to the quantity, but for modality and the like."""
    text = f"{TEXT} {source}"
    document = Document.of(origin="document", name=source, text=text, language="en")
    mention = Mention.of(document, 0, 10, kind="company")
    quantity = {k: said.pop(k) for k in ("as_of", "by", "comparator", "upper") if k in said}
    claim = Claim.of(
        document, mention, "measure", None,
        evidence=[document.evidence(0, len(text))], method="test",
        quantity=Quantity(measure, number, unit, **quantity),
        attributes={"measured": measure, "n": str(number), **said.pop("attributes", {})},
        article_id=f"art-{source}", **said,
    )  # fmt: skip
    citation = Citation(document.id, source, None, None, None, document.sha256)
    quote = Quote(claim.id, text, 0, len(text), "asserted", citation)
    return Value(claim, of, f"{number:g} {unit}", (quote,))


@pytest.mark.parametrize(
    ("unit", "base"),
    [("billion yuan", "CNY"), ("亿元", "CNY"), ("万人", "人"), ("台", "台"), ("plants", "plants"),
     ("USD", "USD"), ("%", "%"), ("", ""), ("万", "")],
)  # fmt: skip
def test_unit_is_the_bare_one_and_currencies_have_codes(unit, base):
    assert base_unit(unit) == base


def test_amounts_of_one_unit_are_on_one_scale_and_currencies_stay_apart():
    found = series_of(
        [
            value(41.0, unit="billion yuan", measure="revenue", as_of="2012"),
            value(900.0, unit="million yuan", measure="revenue", as_of="2013"),
            value(7.0, unit="million euros", measure="revenue", as_of="2013"),
        ]
    )
    assert {(s.unit, tuple(p.amount for p in s.points)) for s in found} == {
        ("CNY", (41e9, 9e8)),
        ("EUR", (7e6,)),
    }


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ({"number": 30.0}, {"number": 31.0}, True),
        ({"number": 30.0}, {"number": 30.0}, False),
        ({"number": 30.0, "comparator": ">"}, {"number": 35.0}, False),
        ({"number": 30.0, "comparator": ">"}, {"number": 20.0}, True),
        ({"number": 30.0, "comparator": "~"}, {"number": 31.0}, False),
        ({"number": 30.0, "comparator": "range", "upper": 50.0}, {"number": 40.0}, False),
        ({"number": 30.0}, {"number": 31.0, "modality": "target"}, False),
        ({"number": 30.0}, {"number": 31.0, "of": BEIHE}, False),
        ({"number": 30.0}, {"number": 31.0, "source": "a"}, False),
    ],
)
def test_sources_contradict_each_other_on_the_same_thing_and_time_alone(first, second, differ):
    values = [value(as_of="2020", **first), value(as_of="2020", **{"source": "b", **second})]
    (one,) = series_of(values)
    assert [bool(point.contradicted_by) for point in one.points] == [differ, differ]


def test_values_without_a_date_contradict_nothing():
    (one,) = series_of([value(1.0), value(2.0, source="b")])
    assert not one.contradicted and one.times == ()


@given(
    st.permutations(
        [
            value(float(number), as_of=time, source=source, of=of)
            for number, time, source, of in (
                (3, "2012", "a", HEXI), (4, "2012", "b", HEXI), (5, "2014", "c", HEXI),
                (6, "2013-05", "d", BEIHE), (7, None, "e", BEIHE),
            )
        ]
    )
)  # fmt: skip
def test_series_do_not_depend_on_the_order_of_claims(values):
    (one,) = series_of(values)
    assert [p.amount for p in one.points] == [3.0, 4.0, 6.0, 5.0, 7.0]
    assert one.contradicted == 2


def test_a_measure_is_found_by_its_name_before_words_of_others():
    found = series_of([value(measure="plants"), value(measure="power plants", source="b")])
    assert [s.measure for s in matching(found, "Plants")] == ["plants"]
    assert [s.measure for s in matching(found, "power hexi")] == ["power plants"]
    assert len(matching(found, "")) == 2


def test_a_chart_says_what_it_left_out():
    many = series_of([value(measure=f"measure {n}", source=str(n)) for n in range(8)])
    raw, notices = series_chart(many, ".svg")
    assert raw.endswith(b"</svg>\n") and notices == [
        "2 more series are in the CSV, not in the chart"
    ]


def test_single_values_of_one_report_share_a_panel_and_others_do_not():
    edition = {"attributes": {"edition": "2020", "edition_of": "Open Index"}}
    found = series_of(
        [
            value(60.0, unit="papers", measure="papers", **edition),
            value(20.0, unit="papers", measure="papers closed", **edition),
            value(3.0, measure="plants", source="b"),
        ]
    )
    pooled = pooled_series(found)
    assert [(s.measure, len(s.points)) for s in pooled] == [("papers", 2), ("plants", 1)]
    assert [p.owner for p in pooled[0].points] == ["papers", "papers closed"]
    assert sum(len(s.points) for s in pooled) == sum(len(s.points) for s in found)


@pytest.mark.parametrize("amount", [0.0, -5.0, 1e15, 0.001])
def test_any_amount_can_be_drawn_over_time(amount):
    found = series_of([value(amount, as_of="2012"), value(amount, as_of="2013-07-01", source="b")])
    assert series_chart(found, ".svg")[0].endswith(b"</svg>\n")


def test_chinese_without_a_font_for_it_is_noticed():
    assert missing_fonts(["核电机组"], ["DejaVu Sans"]) == [NO_HAN_FONT]
    assert missing_fonts(["核电机组"], ["DejaVu Sans", "Noto Sans CJK SC"]) == []
    assert missing_fonts(["plants"], ["DejaVu Sans"]) == []


@given(st.text(max_size=300), st.integers(10, 90))
def test_no_line_of_a_wrapped_text_is_much_too_long(text, width):
    for line in wrapped(text, width, most=400):
        assert len(line) <= max(width, 45)


@given(st.text(max_size=60))
def test_text_for_a_chart_holds_no_control_character_and_no_mathematics(text):
    made = plain(text)
    assert made.isprintable() or made == ""
    assert made.replace("\\$", "").count("$") == 0


@given(st.floats(-1e14, 1e14, allow_nan=False))
def test_amounts_in_words_are_near_the_amount(amount):
    number, _, scale = amount_words(amount).partition(" ")
    size = {"": 1, "million": 1e6, "billion": 1e9, "trillion": 1e12}[scale]
    assert math.isclose(float(number.replace(",", "")) * size, amount, rel_tol=1e-3, abs_tol=1e-3)
