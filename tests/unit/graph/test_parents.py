"""Whose designation an entity shows as its parent's."""

from crosstie.graph import Graph, parents
from crosstie.ontology.ids import ClaimId, EntityId, TieId, content_id
from crosstie.ontology.records import Tie


def tie(subject, kind, target, status="asserted"):
    key = content_id("tie", subject, kind, target)
    return Tie(
        TieId(key), EntityId(subject), kind, EntityId(target), status, (ClaimId("c"),), sources=1
    )


def parents_of(entity, *ties, **options):
    return [p.entity for p in parents(Graph.build(ties), EntityId(entity), **options)]


def test_the_body_it_belongs_to_and_the_owner_are_parents():
    assert parents_of(
        "institute",
        tie("institute", "affiliated_with", "group"),
        tie("holding", "owns", "institute"),
    ) == ["group", "holding"]


def test_a_child_is_no_parent():
    assert parents_of("group", tie("institute", "affiliated_with", "group")) == []
    assert parents_of("group", tie("group", "owns", "works")) == []


def test_a_supervisor_and_a_partner_are_no_parents():
    assert (
        parents_of(
            "school", tie("ministry", "supervises", "school"), tie("school", "joint_lab", "group")
        )
        == []
    )


def test_a_grandparent_comes_after_the_parent_with_the_ties_that_lead_up():
    ties = [tie("lab", "affiliated_with", "institute"), tie("group", "owns", "institute")]
    found = parents(Graph.build(ties), EntityId("lab"))
    assert [(p.entity, len(p.ties)) for p in found] == [("institute", 1), ("group", 2)]
    assert parents_of("lab", *ties, max_ties=1) == ["institute"]


def test_what_is_planned_or_over_makes_no_parent():
    for status in ("planned", "ended", "alleged", "denied"):
        assert parents_of("works", tie("group", "owns", "works", status)) == []


def test_owners_in_a_circle_end():
    assert parents_of("a", tie("a", "owns", "b"), tie("b", "owns", "a"), max_ties=9) == ["b"]
