"""Exposure runs along the ties that the rules allow, and along no others."""

import pytest

from crosstie.graph import (
    ChainMap,
    ExposureMap,
    Graph,
    Scales,
    Terms,
    exposure_path,
    exposure_rules,
    read_tie,
)
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, TieId, content_id
from crosstie.ontology.records import Tie

RULES = exposure_rules()
TERMS = Terms.shipped()


def tie(subject, kind, target, status="asserted"):
    key = content_id("tie", subject, kind, target)
    return Tie(
        TieId(key), EntityId(subject), kind, EntityId(target), status, (ClaimId("c"),), sources=1
    )


def exposed(ties, start, *anchors, kinds_of=None, max_ties=3, **options):
    graph = Graph.build(ties, kinds_of=kinds_of)
    goals = [EntityId(anchor) for anchor in anchors or ("anchor",)]
    reached = ExposureMap.build(graph, TERMS, goals, max_ties=max_ties)
    return reached.paths(EntityId(start), **options)


def test_a_supplier_of_an_anchor_is_exposed_with_the_weight_of_the_tie():
    (path,) = exposed([tie("optics", "supplies", "anchor")], "optics")
    assert path.score == 0.7
    assert [step.forward for step in path.steps] == [True]


def test_a_chain_multiplies_and_names_its_weakest_link():
    ties = [tie("lab", "affiliated_with", "optics"), tie("optics", "supplies", "anchor")]
    (path,) = exposed(ties, "lab")
    assert path.score == pytest.approx(0.9 * 0.7)
    assert path.weakest == 1
    assert [step.end for step in path.steps] == ["optics", "anchor"]


@pytest.mark.parametrize(
    "ties",
    [
        [tie("start", "supplies", "buyer"), tie("anchor", "supplies", "buyer")],
        [tie("maker", "supplies", "start"), tie("maker", "supplies", "anchor")],
        [tie("start", "member_of", "club"), tie("anchor", "member_of", "club")],
        [tie("start", "located_in", "town"), tie("anchor", "located_in", "town")],
        [tie("start", "hosts", "fair"), tie("anchor", "hosts", "fair")],
        [tie("start", "participates_in", "plan"), tie("anchor", "participates_in", "plan")],
        [tie("start", "affiliated_with", "group"), tie("anchor", "affiliated_with", "group")],
        [tie("ministry", "supervises", "start"), tie("ministry", "supervises", "anchor")],
        [tie("start", "co_published", "third"), tie("third", "co_published", "anchor")],
        [tie("bank", "invests_in", "start"), tie("bank", "funds", "anchor")],
    ],
)
def test_what_two_only_have_in_common_never_carries(ties):
    assert exposed(ties, "start") == ()


def test_a_denied_tie_never_carries():
    assert exposed([tie("optics", "supplies", "anchor", "denied")], "optics") == ()


@pytest.mark.parametrize("status", ["reported", "alleged", "planned", "ended"])
def test_a_hedged_tie_carries_less_and_says_why(status):
    ties = [tie("optics", "supplies", "anchor", status)]
    (path,) = exposed(ties, "optics")
    assert 0 < path.score < 0.7
    factors = read_tie(Scales.of(Graph.build(ties), TERMS), path.steps[0].number).factors
    assert [(f.code, f.text.split(":")[0]) for f in factors] == [("status", status)]


def test_a_path_never_goes_through_a_place():
    ties = [tie("start", "transfers_technology", "town"), tie("town", "hosts", "anchor")]
    assert len(exposed(ties, "start", kinds_of={EntityId("town"): "company"})) == 1
    assert exposed(ties, "start", kinds_of={EntityId("town"): "place"}) == ()


def test_no_path_is_longer_than_asked():
    ties = [tie("a", "joint_lab", "b"), tie("b", "joint_lab", "c"), tie("c", "joint_lab", "anchor")]
    assert exposed(ties, "a", max_ties=2) == ()
    assert len(exposed(ties, "a", max_ties=3)) == 1


def test_a_path_ends_at_the_first_anchor():
    ties = [tie("a", "joint_lab", "near"), tie("near", "joint_lab", "far")]
    assert [path.goal for path in exposed(ties, "a", "near", "far")] == ["near"]


def test_an_anchor_has_no_exposure_of_its_own():
    assert exposed([tie("anchor", "joint_lab", "b")], "anchor") == ()


def test_an_entity_without_ties_has_no_exposure():
    assert exposed([tie("anchor", "joint_lab", "b")], "stranger") == ()


def test_best_scores_agree_with_the_best_path():
    ties = [
        tie("a", "joint_lab", "b"), tie("b", "supplies", "anchor"), tie("c", "owns", "a"),
        tie("d", "located_in", "a"),
    ]  # fmt: skip
    reached = ExposureMap.build(Graph.build(ties), TERMS, [EntityId("anchor")])
    scores = reached.best_scores()
    assert set(scores) == {"a", "b", "c"}
    assert all(reached.paths(entity)[0].score == pytest.approx(scores[entity]) for entity in scores)


def test_one_path_per_anchor_unless_more_are_asked_for():
    ties = [
        tie("a", "joint_lab", "anchor"), tie("a", "owns", "b"), tie("b", "joint_lab", "anchor"),
    ]  # fmt: skip
    assert len(exposed(ties, "a")) == 1
    assert len(exposed(ties, "a", per_anchor=2)) == 2


def test_two_ties_between_the_same_entities_are_one_path_by_the_better():
    ties = [tie("a", "joint_lab", "anchor"), tie("a", "collaborates_with", "anchor")]
    (path,) = exposed(ties, "a", per_anchor=5)
    assert path.steps[0].tie.kind == "joint_lab"


def test_a_chain_is_found_in_either_direction():
    graph = Graph.build([tie("a", "founded", "venture"), tie("b", "founded", "venture")])
    chains = ChainMap.build(graph, TERMS)
    (path,) = chains.paths(EntityId("a"), EntityId("b"))
    assert [(step.start, step.end, step.forward) for step in path.steps] == [
        ("a", "venture", True),
        ("venture", "b", False),
    ]
    assert chains.paths(EntityId("a"), EntityId("c")) == ()


def test_limits_below_one_are_refused():
    with pytest.raises(UsageError, match="1 or more"):
        ChainMap.build(Graph.build([]), TERMS).paths(EntityId("a"), EntityId("b"), limit=0)


def test_a_shown_path_has_names_and_quotes():
    ties = [tie("optics", "supplies", "anchor")]
    (path,) = exposed(ties, "optics")
    graph = Graph.build(ties)
    citation = Citation(DocumentId("doc-1"), "t", None, None, None, "")
    quote = Quote(ClaimId("c"), "supplied lenses", 0, 15, "asserted", citation)
    shown = exposure_path(
        path,
        RULES,
        read=lambda number: read_tie(Scales.of(graph, TERMS), number),
        describe=lambda entity: EntityRef(entity, entity.title(), "company"),
        quoted=lambda _number: ((quote,), ()),
    )
    assert (shown.start.name, shown.anchor.name) == ("Optics", "Anchor")
    assert shown.steps[0].quotes == (quote,)
    assert shown.score == path.score
    assert [(f.code, f.weight) for f in shown.steps[0].factors] == [("tie", 0.7)]


def test_a_path_with_one_middle_swapped_is_not_a_second_path():
    ties = [
        tie("a", "joint_lab", "b"), tie("b", "owns", "x"), tie("b", "owns", "y"),
        tie("x", "supplies", "anchor"), tie("y", "supplies", "anchor"), tie("a", "joint_lab", "z"),
        tie("z", "supplies", "anchor"),
    ]  # fmt: skip
    found = exposed(ties, "a", per_anchor=5, max_ties=3)
    middles = [[step.end for step in path.steps[:-1]] for path in found]
    assert middles == [["z"], ["b", "x"]]
