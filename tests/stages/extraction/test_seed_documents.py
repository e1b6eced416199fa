"""What the two seed documents say of who is tied to whom, read from the pages themselves."""

from pathlib import Path

import pytest

from crosstie.documents import read_document
from crosstie.extraction import Extractor
from crosstie.extraction.checks import PAIR_CONTRADICTS, PARTS_DO_NOT_SUM
from crosstie.ontology.records import Claim, Mention

pytestmark = pytest.mark.shared
Reading = tuple[dict[str, Mention], list[Claim]]


def reading(shared: Path, prefix: str) -> Reading:
    (path,) = (shared / "corpus/seeds").glob(f"{prefix}_*.txt")
    document, articles = read_document(path.read_bytes(), name=path.name)
    mentions: dict[str, Mention] = {}
    claims: list[Claim] = []
    extractor = Extractor()
    for extraction in (extractor.extract(document, article) for article in articles):
        mentions.update({mention.id: mention for mention in extraction.mentions})
        claims += extraction.claims
    for claim in claims:
        for evidence in claim.evidence:
            document.verify(evidence)
    return mentions, claims


@pytest.fixture(scope="module")
def nexus(shared: Path) -> Reading:
    return reading(shared, "002")


@pytest.fixture(scope="module")
def briefings(shared: Path) -> Reading:
    return reading(shared, "000")


def between(found: Reading, subject: str, tie: str, object: str) -> list[Claim]:
    mentions, claims = found
    return [
        claim
        for claim in claims
        if claim.predicate == tie
        and claim.object is not None
        and subject in _names(mentions[claim.subject])
        and object in _names(mentions[claim.object])
    ]


def _names(mention: Mention) -> set[str]:
    return {name.text.replace("’", "'") for name in mention.names}


def test_supply_until_2015_is_ended_and_said_to_be_reported(nexus: Reading) -> None:
    claims = between(nexus, "Hikvision", "supplies", "People's Liberation Army")
    ended = [claim for claim in claims if claim.valid_to == "2015"]
    assert ended and all(claim.status == "ended" for claim in claims)
    said = [claim for claim in ended if "until 2015" in claim.evidence[0].quote]
    assert {claim.stance for claim in said} == {"reported"}


def test_two_groups_collaborate_and_share_a_firm(nexus: Reading) -> None:
    assert between(nexus, "Alibaba", "collaborates_with", "Norinco Group")
    assert between(nexus, "Alibaba", "joint_venture", "Norinco Group")
    founded = between(nexus, "Norinco Group", "founded", "Qianxun Spatial Intelligence Inc")
    assert [claim.valid_from for claim in founded] == ["2015"]


def test_numbered_institute_shares_a_reported_laboratory(nexus: Reading) -> None:
    institute = "China Electronics Technology Group Corp's 28th Research Institute"
    (claim,) = between(nexus, "Baidu", "joint_lab", institute)
    assert claim.stance == "reported"
    parent = "China Electronics Technology Group Corp"
    assert between(nexus, institute, "affiliated_with", parent)


def test_firm_relies_on_a_navigation_system(nexus: Reading) -> None:
    firm, system = "Qianxun Spatial Intelligence Inc", "BeiDou Navigation Satellite System"
    assert between(nexus, firm, "uses", system)


def test_nine_countries_signed_with_one(briefings: Reading) -> None:
    mentions, claims = briefings
    signed = {
        mentions[claim.object].quote
        for claim in claims
        if claim.object is not None
        and claim.predicate == "signed_agreement"
        and mentions[claim.subject].quote == "China"
    }
    assert {"Argentina", "Saudi Arabia", "United Kingdom", "Armenia"} <= signed
    assert len(signed) == 9


def test_ministries_issued_a_plan_with_and_in_its_title(briefings: Reading) -> None:
    mentions, claims = briefings
    plans = {
        mentions[claim.subject].quote: mentions[claim.object].quote
        for claim in claims
        if claim.predicate == "issued" and claim.object is not None
    }
    assert plans["Ministry of Commerce"].startswith("Special Plan for Promoting")
    assert plans["Ministry of Commerce"].endswith("Scientific and Technological Innovation")


def test_figures_that_contradict_each_other_are_flagged(briefings: Reading) -> None:
    _, claims = briefings
    flags = {
        (flag, claim.quantity.value)
        for claim in claims
        if claim.quantity is not None
        for flag in claim.flags
    }
    assert (PAIR_CONTRADICTS, 41.0) in flags
    assert {(PARTS_DO_NOT_SUM, 195.0), (PARTS_DO_NOT_SUM, 86.0)} <= flags


def test_couple_in_a_news_item_are_nobody_here(briefings: Reading) -> None:
    mentions, _ = briefings
    assert "Wang" not in {mention.quote for mention in mentions.values()}
