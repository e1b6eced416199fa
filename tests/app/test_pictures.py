"""Parts of the network as pictures, and ties across a border as a map shows them."""

import pytest

from crosstie.ontology.errors import NotFound
from crosstie.ontology.kinds import kinds
from crosstie.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(demo):
    with Workspace.open(demo, create=False) as opened:
        yield opened


def test_every_edge_joins_two_nodes_of_the_picture(workspace):
    picture = workspace.picturing.around(["Beihang University"], depth=2)
    nodes = {node.entity.id for node in picture.nodes}
    assert len(picture.edges) > 20
    assert {end for edge in picture.edges for end in (edge.subject, edge.object)} <= nodes


def test_each_tie_is_drawn_once(workspace):
    picture = workspace.picturing.around(["Beihang University", "Harbin Engineering University"])
    assert len({edge.id for edge in picture.edges}) == len(picture.edges)
    assert len(picture.start) == 2


def test_a_mechanism_keeps_only_its_ties(workspace):
    picture = workspace.picturing.around(["Hikvision"], mechanisms=["supply"])
    assert {edge.mechanism for edge in picture.edges} == {"supply"}


def test_what_is_beyond_the_limit_is_counted(workspace):
    whole = workspace.picturing.around(["Beihang University"], depth=2)
    part = workspace.picturing.around(["Beihang University"], depth=2, limit=5)
    assert len(part.edges) == 5
    assert part.left_out == len(whole.edges) - 5


def test_ties_among_the_neighbours_are_drawn_too(workspace):
    picture = workspace.picturing.around(["Hikvision"])
    start = picture.start[0]
    assert any(start not in (edge.subject, edge.object) for edge in picture.edges)


def test_curated_words_are_marked_as_ours(workspace):
    picture = workspace.picturing.around(["Hikvision"])
    assert all(edge.curated for edge in picture.edges if edge.quote)


def test_a_chain_between_two_is_drawn_from_end_to_end(workspace):
    picture = workspace.picturing.between("Baidu", "CETC")
    ends = {end for edge in picture.edges for end in (edge.subject, edge.object)}
    assert set(picture.start) <= ends


def test_a_stranger_is_not_found(workspace):
    with pytest.raises(NotFound):
        workspace.picturing.around(["Zzyzx Nowhere Institute of Nothing"])


def test_the_country_with_most_organisations_comes_first(workspace):
    homes = workspace.mapping.homes()
    assert homes[0][0] == "CN"
    assert [number for _, number in homes] == sorted((n for _, n in homes), reverse=True)


def test_every_tie_abroad_leaves_its_country(workspace):
    found = workspace.mapping.abroad("CN")
    assert found
    assert all(one.country != "CN" for one in found)
    assert all(one.home.country in ("CN", None) for one in found)


def test_designations_by_others_are_not_presence_abroad(workspace):
    assert all(one.mechanism != "designation" for one in workspace.mapping.abroad("CN"))


def test_the_same_tie_is_seen_from_either_country(workspace):
    here = {(a.home.id, a.there.id, a.mechanism) for a in workspace.mapping.abroad("CN")}
    there = {
        (a.there.id, a.home.id, a.mechanism)
        for a in workspace.mapping.abroad("AE")
        if a.country == "CN"
    }
    assert there
    assert there <= here


def test_a_dated_tie_stands_only_in_its_years(workspace):
    dated = next(one for one in workspace.mapping.abroad("CN") if one.valid_from)
    first = int(dated.valid_from[:4])
    assert dated.stands_in(first)
    assert not dated.stands_in(first - 1)


def test_a_country_without_organisations_has_nothing_abroad(workspace):
    assert workspace.mapping.abroad("TV") == ()


def test_a_mechanism_names_the_same_ties_as_its_kinds(workspace):
    picture = workspace.picturing.around(["Hikvision"])
    assert all(kinds().ties[edge.kind].mechanism == edge.mechanism for edge in picture.edges)
