"""A network survives saving and opening."""

import pytest

from crosstie.graph import ChainMap, ExposureMap, Graph, Terms, open_graph, save_graph
from crosstie.ontology.errors import InputError
from crosstie.ontology.ids import ClaimId, EntityId, TieId, content_id
from crosstie.ontology.records import Tie


def tie(subject, kind, target, status="asserted"):
    key = content_id("tie", subject, kind, target)
    return Tie(
        TieId(key), EntityId(subject), kind, EntityId(target), status, (ClaimId("c"),), sources=1
    )


TIES = [
    tie("a", "joint_lab", "b"), tie("b", "supplies", "anchor"), tie("c", "owns", "a", "alleged"),
    tie("d", "located_in", "place"), tie("a", "transfers_technology", "place"),
]  # fmt: skip


@pytest.fixture
def both(tmp_path):
    graph = Graph.build(TIES, kinds_of={EntityId("place"): "place"})
    save_graph(graph, tmp_path / "net")
    by_id = {found.id: found for found in TIES}
    return graph, open_graph(tmp_path / "net", by_id.__getitem__)


def test_an_opened_network_has_the_same_neighbours_and_paths(both):
    graph, opened = both
    one, two = (ChainMap.build(g, Terms.shipped()) for g in both)
    for entity in graph.entity_ids:
        assert list(opened.neighbours(entity)) == list(graph.neighbours(entity))
        anchor = EntityId("anchor")
        assert one.paths(entity, anchor) == two.paths(entity, anchor)
    assert len(opened) == len(graph)
    assert "stranger" not in opened


def test_an_opened_network_gives_the_same_exposure(both):
    scores = [
        ExposureMap.build(graph, Terms.shipped(), [EntityId("anchor")]).best_scores()
        for graph in both
    ]
    assert scores[0] == scores[1]
    assert set(scores[0]) >= {"a", "b", "c"}


def test_without_the_store_a_tie_still_says_what_ties_whom(tmp_path):
    save_graph(Graph.build(TIES), tmp_path)
    opened = open_graph(tmp_path)
    said = {(t.id, t.subject, t.kind, t.object, t.status) for t in opened.ties}
    assert said == {(t.id, t.subject, t.kind, t.object, t.status) for t in TIES}


def test_an_empty_network_can_be_kept(tmp_path):
    save_graph(Graph.build([]), tmp_path)
    assert len(open_graph(tmp_path)) == 0


def test_half_a_network_is_refused(tmp_path):
    save_graph(Graph.build(TIES), tmp_path)
    (tmp_path / "layout.txt").write_text("crosstie-graph-0")
    with pytest.raises(InputError, match="save it again"):
        open_graph(tmp_path)


def test_a_network_with_a_column_missing_is_refused(tmp_path):
    save_graph(Graph.build(TIES), tmp_path)
    (tmp_path / "arcs.heads.npy").unlink()
    with pytest.raises(InputError, match="damaged"):
        open_graph(tmp_path)


def test_a_network_with_a_column_cut_short_is_refused(tmp_path):
    save_graph(Graph.build(TIES), tmp_path)
    (tmp_path / "arcs.heads.npy").write_bytes(b"")
    with pytest.raises(InputError, match="damaged"):
        open_graph(tmp_path)
