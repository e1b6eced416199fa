import random

import pytest

from crosstie.graph.framework import OUTSIDE, Selection, TieFacts, roll_up, select
from crosstie.ontology.records import Tie

TIERS = {
    "ent-min": "ecosystem",
    "ent-plan": "priorities",
    "ent-uni": "foundation",
    "ent-co": "foundation",
}
KINDS = {
    "ent-min": "government_body", "ent-plan": "programme", "ent-uni": "university",
    "ent-co": "company", "ent-paper": "media",
}  # fmt: skip


def fact(subject, kind, target, *publishers, status="asserted", technologies=()):
    tie = Tie(f"tie-{subject}-{kind}-{target}", subject, kind, target, status, (), len(publishers))
    return TieFacts(tie, frozenset(publishers), tuple(technologies))


FACTS = [
    fact("ent-min", "supervises", "ent-uni", "Gazette"),
    fact("ent-min", "issued", "ent-plan", "Gazette", "Herald"),
    fact("ent-co", "collaborates_with", "ent-uni", "Herald", technologies=["radar"]),
    fact("ent-uni", "supplies", "ent-min", "Herald", status="denied", technologies=["radar"]),
    fact("ent-paper", "describes_as", "ent-plan", "Times"),
]


def whole(facts=FACTS):
    return roll_up(facts, tier_of=TIERS.get, kinds_of=KINDS)


def test_every_tie_stands_in_one_band():
    found = whole()
    assert sum(band.ties for band in found.bands) == found.ties == len(FACTS)
    assert {b.subject_tier for b in found.bands} == {"ecosystem", "foundation", OUTSIDE}


def test_publishers_count_once_in_a_band_however_many_ties_they_carry():
    more = [*FACTS, fact("ent-min", "supervises", "ent-co", "Gazette")]
    (band,) = [
        b for b in whole(more).bands
        if (b.subject_tier, b.mechanism, b.object_tier) == ("ecosystem", "governance", "foundation")
    ]  # fmt: skip
    assert (band.ties, band.entities, band.sources) == (2, 3, 1)


def test_a_symmetric_tie_reads_from_the_higher_tier_whichever_way_it_is_kept():
    one = whole([fact("ent-uni", "collaborates_with", "ent-min", "Herald")])
    other = whole([fact("ent-min", "collaborates_with", "ent-uni", "Herald")])
    assert one.bands == other.bands
    assert one.bands[0].subject_tier == "ecosystem"


def test_a_denied_tie_is_told_as_denied():
    (band,) = [b for b in whole().bands if b.mechanism == "supply"]
    assert band.statuses == {"denied": 1}


def test_tiers_count_also_entities_without_a_tie():
    assert whole([]).tiers["foundation"] == {"company": 1, "university": 1}
    assert whole([]).tiers[OUTSIDE] == {"media": 1}


def test_a_technology_gathers_its_ties_by_mechanism():
    (band,) = whole().technologies
    assert (band.technology, band.ties) == ("radar", 2)
    assert band.mechanisms == {"supply": 1, "joint_research": 1}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_ties_changes_nothing(seed):
    shuffled = random.Random(seed).sample(FACTS, len(FACTS))
    assert whole(shuffled) == whole()


def test_a_band_opens_into_its_ties():
    for band in whole().bands:
        wanted = Selection(band.subject_tier, band.object_tier, band.mechanism)
        assert len(select(FACTS, wanted, tier_of=TIERS.get)) == band.ties
    (named,) = whole().technologies
    assert len(select(FACTS, Selection(technology="radar"), tier_of=TIERS.get)) == named.ties
