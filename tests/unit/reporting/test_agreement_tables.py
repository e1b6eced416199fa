"""Agreements: sector by quote or paragraph, countries, counts against the named, map layer."""

import pytest

from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.records import Claim, Document, Mention, Quantity
from crosstie.reporting.figures.agreements import (
    Signed,
    agreement_layer,
    agreement_table,
    country_of,
)
from crosstie.reporting.figures.sectors import (
    agreement_words,
    counts_agreements,
    is_open,
    sectors_of,
)
from crosstie.reporting.figures.series import Value

HOME = EntityRef("ent-0", "Portugal", "place", "PT")
CHILE = EntityRef("ent-1", "Chile", "place", "CL")
KENYA = EntityRef("ent-2", "Kenya", "place", None)


def nothing(text):
    return []


def document(text):
    return Document.of(origin="document", name="page", text=text, language="en")


def signed(other, text, paragraph="", **values):
    page = document(text)
    ends = [Mention.of(page, n, n + 1, kind="place") for n in (0, 1)]
    claim = Claim.of(
        page, ends[0], "signed_agreement", ends[1],
        evidence=[page.evidence(0, len(text))], method="test",
        attributes={"other": other.id}, **values,
    )  # fmt: skip
    citation = Citation(page.id, "page", None, None, None, page.sha256)
    quote = Quote(claim.id, text, 0, len(text), claim.status, citation)
    return Signed(claim, HOME, other, (quote,), paragraph or text)


def count(text, number, comparator="=", counted="countries"):
    page = document(text)
    claim = Claim.of(
        page, Mention.of(page, 0, 1, kind="place"), "measure", None,
        evidence=[page.evidence(0, len(text))], method="test",
        quantity=Quantity(counted, number, counted, comparator), attributes={"measured": counted},
    )  # fmt: skip
    citation = Citation(page.id, "page", None, None, None, page.sha256)
    quote = Quote(claim.id, text, 0, len(text), "asserted", citation)
    return Value(claim, HOME, f"{number:g} {counted}", (quote,), text)


def test_the_quote_tells_the_sector_before_its_paragraph_does():
    (reading,) = sectors_of("They signed a satellite accord.", "Reactors. Reactors.", nothing)
    assert (reading.sector, reading.where) == ("aerospace", "quote")
    (reading,) = sectors_of("They signed an accord.", "A reactor. A reactor. A port.", nothing)
    assert (reading.sector, reading.where, reading.words[0]) == ("nuclear", "paragraph", "reactor")
    assert sectors_of("They signed.", "It rained.", nothing) == ()


def test_a_technology_of_the_classifier_tells_a_sector_too():
    (reading,) = sectors_of("They signed.", "", lambda text: [("rail", ("maglev",))])
    assert reading.sector == "rail_and_roads" and reading.words == ("maglev",)


def test_claims_without_a_date_go_with_the_only_date():
    table = agreement_table(
        [
            signed(CHILE, "They signed a port deal."),
            signed(CHILE, "In 2004 they signed a port deal.", valid_from="2004"),
        ],
        [], nothing,
    )  # fmt: skip
    (one,) = table.agreements
    assert one.date == "2004" and len(one.claims) == 2


def test_two_dates_are_two_agreements():
    made = [signed(CHILE, f"In {year} they signed.", valid_from=year) for year in ("2004", "2009")]
    assert [a.date for a in agreement_table(made, [], nothing).agreements] == ["2004", "2009"]


@pytest.mark.parametrize(
    ("comparator", "missing"),
    [("=", 28), (">", 29), (">=", 28), ("~", 28), ("<", None), ("<=", None)],
)
def test_a_count_stands_against_the_parties_named_in_its_sector(comparator, missing):
    names = [signed(ref, "They signed a satellite accord.") for ref in (CHILE, KENYA)]
    other = signed(EntityRef("ent-9", "Peru", "place", "PE"), "They signed a reactor accord.")
    counted = count("Satellite agreements with 30 countries were signed.", 30.0, comparator)
    table = agreement_table([*names, other], [counted], nothing)
    (found,) = table.counts
    assert [ref.name for ref in found.named] == ["Chile", "Kenya"] and found.missing == missing


def test_a_figure_that_counts_no_agreements_is_none():
    assert not counts_agreements("It sold reactors to 30 countries.", "countries")
    assert not counts_agreements("The agreement covers 30 reactors.", "reactors")
    assert counts_agreements("中原与30多个国家签署协议", "国家")


def test_countries_are_those_of_the_parties_and_of_their_governments():
    assert country_of(KENYA) == "KE"
    assert country_of(EntityRef("e", "Chile’s government", "government_body")) == "CL"
    assert country_of(EntityRef("e", "the Kenya government", "government_body")) == "KE"
    assert country_of(EntityRef("e", "Chile", "company")) is None


def test_a_list_that_goes_on_is_said_to_be_open():
    assert is_open("with Chile, Kenya, and other countries.") and is_open("与智利、肯尼亚等国签署")
    assert not is_open("with Chile and Kenya.")


def test_the_map_has_a_mark_for_each_country_and_sector():
    table = agreement_table(
        [signed(CHILE, "A reactor accord."), signed(KENYA, "They signed.")], [], nothing
    )
    layer = agreement_layer(table)
    marks = {
        (f["properties"]["country"], f["properties"]["sector"]): f["geometry"]["coordinates"]
        for f in layer["features"]
    }
    assert set(marks) == {
        ("CL", "nuclear"), ("KE", "unstated"), ("PT", "nuclear"), ("PT", "unstated"),
    }  # fmt: skip
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in marks.values())


def test_one_sector_can_be_asked_for():
    made = [signed(CHILE, "A reactor accord."), signed(KENYA, "They signed.")]
    table = agreement_table(made, [], nothing, sector="unstated")
    assert [a.object.name for a in table.agreements] == ["Kenya"]


def test_the_data_file_has_words_in_both_languages_for_each_sector():
    for sector in agreement_words().sectors:
        assert set(sector.words) == {"en", "zh"} and sector.label_zh
