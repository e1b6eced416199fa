"""The framework's picture: what is drawn, how thick, and what is left to the table."""

from itertools import pairwise

import pytest

from crosstie.app.web.drawings.flow import WIDTH, draw_flow
from crosstie.ontology.rollups import Band


def band(subject, mechanism, object, ties):
    return Band(subject, mechanism, object, ties, ties, 1, {"asserted": ties})


def test_both_directions_of_a_mechanism_share_a_ribbon():
    flow = draw_flow(
        [
            band("ecosystem", "governance", "foundation", 9),
            band("foundation", "governance", "ecosystem", 4),
        ]
    )
    (ribbon,) = flow.ribbons
    assert (ribbon.one, ribbon.two) == ("ecosystem", "foundation")
    assert (ribbon.forth, ribbon.back, ribbon.ties) == (9, 4, 13)


def test_ties_inside_a_tier_are_counted_in_its_block():
    flow = draw_flow([band("foundation", "supply", "foundation", 7)])
    assert flow.ribbons == ()
    assert {node.tier: node.inside for node in flow.nodes} == {
        "ecosystem": 0,
        "priorities": 0,
        "foundation": 7,
    }


def test_bands_outside_of_the_tiers_are_left_to_the_table():
    assert draw_flow([band("outside", "dispute", "foundation", 3)]).ribbons == ()


def test_a_single_tie_can_still_be_seen():
    flow = draw_flow(
        [
            band("ecosystem", "governance", "foundation", 10_000),
            band("ecosystem", "finance", "foundation", 1),
        ]
    )
    thin = next(ribbon for ribbon in flow.ribbons if ribbon.mechanism == "finance")
    assert thin.thickness >= 13


@pytest.mark.parametrize("bands", [[], [band("ecosystem", "supply", "priorities", 1)]])
def test_the_three_blocks_always_stand_side_by_side(bands):
    flow = draw_flow(bands)
    lefts = [node.x for node in flow.nodes]
    assert lefts == sorted(lefts)
    assert flow.nodes[-1].x + flow.nodes[-1].width == WIDTH


def test_ribbons_of_a_pair_do_not_overlap_and_stay_in_the_picture():
    flow = draw_flow(
        [
            band("ecosystem", mechanism, "foundation", ties)
            for mechanism, ties in (("supply", 5), ("governance", 80), ("talent", 1))
        ]
    )
    tops = [(r.label_y - r.thickness / 2, r.label_y + r.thickness / 2) for r in flow.ribbons]
    for (_, low), (high, _) in pairwise(tops):
        assert low < high
    assert tops[-1][1] <= flow.height


def test_the_picture_does_not_depend_on_the_order_of_the_bands():
    bands = [
        band("ecosystem", "governance", "foundation", 3),
        band("priorities", "supply", "ecosystem", 3),
        band("ecosystem", "supply", "foundation", 3),
    ]
    assert draw_flow(bands) == draw_flow(bands[::-1])
