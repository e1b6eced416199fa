"""Laws of paths: they join end to end, never repeat, multiply, and none better is missed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.graph import ChainMap, ExposureMap, Graph, Terms, exposure_rules
from crosstie.graph.paths import best_paths
from crosstie.graph.reach import reach_of
from crosstie.graph.weighing import exposure_weighing
from crosstie.ontology.ids import ClaimId, EntityId, TieId, content_id
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie

RULES = exposure_rules()
TERMS = Terms.shipped()
_STATUSES = ["asserted", "asserted", "reported", "alleged", "planned", "ended", "denied"]
_ENTITIES = [EntityId(name) for name in "abcdefgh"]
_entity = st.sampled_from(_ENTITIES)


@st.composite
def a_tie(draw):
    subject, target = draw(st.lists(_entity, min_size=2, max_size=2, unique=True))
    kind = draw(st.sampled_from(list(kinds().ties)))
    key = content_id("tie", subject, kind, target)
    status = draw(st.sampled_from(_STATUSES))
    return Tie(TieId(key), subject, kind, target, status, (ClaimId("c"),), sources=1)


_ties = st.lists(a_tie(), max_size=18, unique_by=lambda tie: tie.id)
_kinds_of = st.dictionaries(_entity, st.sampled_from(["company", "place", "person", "university"]))
_anchors = st.sets(_entity, min_size=1, max_size=2)


def _weight(tie, forward):
    return RULES.weight(tie.kind, tie.status, forward=forward)


def _every_path(graph, start, anchors, max_ties=3):
    """Return every path that exposure allows, best first, however alike they are."""
    reach = reach_of(graph, exposure_weighing(graph, TERMS), anchors, max_ties)
    limit = 10**6
    return list(best_paths(graph, reach, start, limit=limit, per_goal=limit, floor=RULES.floor))


def _walks(ties, start, anchors, kinds_of, max_ties):
    """Yield every allowed simple path to a first anchor, by brute force."""
    found = []

    def extend(here, been, steps, score):
        if here in anchors:
            if steps:
                found.append((score, tuple(been)))
            return
        if len(steps) == max_ties:
            return
        if steps and kinds_of.get(here) in RULES.never_through:
            return
        for tie in ties:
            for forward in (True, False):
                tail, head = (tie.subject, tie.object) if forward else (tie.object, tie.subject)
                step = (tie.kind, forward)
                weight = _weight(tie, forward)
                if tail != here or head in been or weight == 0:
                    continue
                if steps and (steps[-1], step) in RULES.forbidden:
                    continue
                extend(head, [*been, head], [*steps, step], score * weight)

    extend(start, [start], [], 1.0)
    return found


def _chains(ties, start, goal, kinds_of, max_ties):
    """Return the best product of every chain between two entities, by brute force."""
    found = {}

    def extend(here, been, score):
        if here == goal:
            found[tuple(been)] = max(score, found.get(tuple(been), 0.0))
        elif len(been) <= max_ties and (here == start or not _closed(here)):
            for tie in ties:
                weight = max(_weight(tie, True), _weight(tie, False))
                for tail, head in ((tie.subject, tie.object), (tie.object, tie.subject)):
                    if tail == here and head not in been and weight > 0:
                        extend(head, [*been, head], score * weight)

    def _closed(entity):
        return kinds_of.get(entity) in RULES.never_through

    extend(start, [start], 1.0)
    return found


def _joined(path):
    assert path.steps[0].start == path.start
    assert path.steps[-1].end == path.goal
    assert all(one.end == two.start for one, two in pairwise(path.steps))
    stops = [path.start, *(step.end for step in path.steps)]
    assert len(set(stops)) == len(stops)
    for step in path.steps:
        ends = (step.start, step.end) if step.forward else (step.end, step.start)
        assert (step.tie.subject, step.tie.object) == ends
        assert step.tie.status != "denied"
    score = 1.0
    for step in path.steps:
        score *= step.weight
    assert path.score == pytest.approx(score)
    assert path.steps[path.weakest].weight == min(step.weight for step in path.steps)


@settings(max_examples=400, deadline=None)
@given(_ties, _kinds_of, _anchors, st.integers(1, 4))
def test_exposure_finds_what_brute_force_finds_and_nothing_better_is_missed(
    ties, kinds_of, anchors, max_ties
):
    graph = Graph.build(ties, kinds_of=kinds_of)
    for start in _ENTITIES:
        expected = {}
        if start not in anchors:
            for score, stops in _walks(ties, start, anchors, kinds_of, max_ties):
                if score >= RULES.floor:
                    expected[stops] = max(score, expected.get(stops, 0.0))
        found = _every_path(graph, start, anchors, max_ties)
        stops_of = [(path.start, *(step.end for step in path.steps)) for path in found]
        assert dict(zip(stops_of, (p.score for p in found), strict=True)) == pytest.approx(expected)


@settings(max_examples=300, deadline=None)
@given(_ties, _kinds_of, _anchors)
def test_paths_join_end_to_end_best_first(ties, kinds_of, anchors):
    graph = Graph.build(ties, kinds_of=kinds_of)
    for start in _ENTITIES:
        found = _every_path(graph, start, anchors)
        for path in found:
            _joined(path)
        scores = [path.score for path in found]
        assert all(one >= two - 1e-9 for one, two in pairwise(scores))


@settings(max_examples=300, deadline=None)
@given(_ties, _kinds_of, _anchors)
def test_the_one_pass_gives_each_entity_the_score_of_its_best_path(ties, kinds_of, anchors):
    reached = ExposureMap.build(Graph.build(ties, kinds_of=kinds_of), TERMS, anchors)
    best = {entity: found[0].score for entity in _ENTITIES if (found := reached.paths(entity))}
    assert reached.best_scores() == pytest.approx(best)


@settings(max_examples=400, deadline=None)
@given(_ties, _kinds_of, st.lists(_entity, min_size=2, max_size=2, unique=True), st.integers(1, 5))
def test_chains_are_what_brute_force_finds(ties, kinds_of, ends, max_ties):
    graph = Graph.build(ties, kinds_of=kinds_of)
    found = ChainMap.build(graph, TERMS).paths(*ends, max_ties=max_ties, limit=10**6)
    stops_of = [(path.start, *(step.end for step in path.steps)) for path in found]
    scores = dict(zip(stops_of, (path.score for path in found), strict=True))
    assert scores == pytest.approx(_chains(ties, *ends, kinds_of, max_ties))


@settings(max_examples=300, deadline=None)
@given(_ties, _entity, _entity)
def test_a_chain_is_the_same_from_either_end(ties, one, two):
    chains = ChainMap.build(Graph.build(ties), TERMS)
    there = chains.paths(one, two, limit=10**6)
    back = chains.paths(two, one, limit=10**6)
    for path in there:
        _joined(path)
    assert [p.score for p in there] == pytest.approx([p.score for p in back])


@settings(max_examples=200, deadline=None)
@given(_ties, st.randoms(use_true_random=False))
def test_the_network_does_not_depend_on_the_order_of_ties(ties, random):
    shuffled = list(ties)
    random.shuffle(shuffled)
    one, two = Graph.build(ties), Graph.build(shuffled)
    assert one.entity_ids == two.entity_ids
    assert [list(one.neighbours(e)) for e in _ENTITIES] == [
        list(two.neighbours(e)) for e in _ENTITIES
    ]


@settings(max_examples=200, deadline=None)
@given(_ties)
def test_each_tie_is_seen_once_from_each_of_its_ends(ties):
    graph = Graph.build(ties)
    seen = [(n.tie.id, n.forward) for e in _ENTITIES for n in graph.neighbours(e)]
    assert sorted(seen) == sorted((tie.id, way) for tie in ties for way in (True, False))
