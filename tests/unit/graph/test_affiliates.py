"""What a list reaches through ownership, as the public examples of the rule have it."""

from datetime import date

import pytest

from crosstie.graph import Graph, Scales, Terms, read_tie
from crosstie.graph.affiliates import Holding, holdings_above, reach_of_rule
from crosstie.graph.affiliates_file import affiliates_rules, load_affiliates
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.ids import ClaimId, EntityId, TieId, content_id
from crosstie.ontology.records import Tie

BIS, OFAC = affiliates_rules()


def held(*lines):
    """Return holdings from lines such as 'X 50 A'; '?' is a share that no source states."""
    found = []
    for number, line in enumerate(lines):
        owner, share, owned = line.split()
        known = None if share == "?" else float(share)
        found.append(Holding(EntityId(owner), EntityId(owned), known, number))
    return found


def reached(entity, *lines, listed=("X",), rule=OFAC):
    return reach_of_rule(EntityId(entity), held(*lines), {EntityId(x) for x in listed}, rule)


@pytest.mark.parametrize(
    ("entity", "lines", "share", "covered"),
    [
        # The examples of FAQ 401 of the Office of Foreign Assets Control.
        ("B", ["X 50 A", "A 50 B"], 50, True),
        ("C", ["X 50 A", "X 50 B", "A 25 C", "B 25 C"], 50, True),
        ("B", ["X 50 A", "X 10 B", "A 40 B"], 50, True),
        ("C", ["X 50 A", "X 25 B", "A 25 C", "B 25 C"], 25, False),
        ("C", ["X 25 A", "X 25 B", "A 50 C", "B 50 C"], 0, False),
    ],
)
def test_the_examples_of_the_authority_come_out_as_it_says(entity, lines, share, covered):
    found = reached(entity, *lines)
    assert (found.share, found.covered) == (share, covered)


def test_several_listed_owners_count_together():
    found = reached("A", "X 25 A", "Y 25 A", listed=("X", "Y"))
    assert found.covered
    assert reached("A", "X 25 A", "Y 24 A", listed=("X", "Y")).covered is False


def test_thirds_make_a_whole():
    lines = ["X 16.7 A", "Y 16.6 A", "Z 16.7 A"]
    assert reached("A", *lines, listed=("X", "Y", "Z")).covered


def test_a_ring_of_companies_that_own_each_other_is_not_listed_by_itself():
    ring = ["A 60 B", "B 60 C", "C 60 A"]
    assert reached("A", *ring).share == 0
    assert reached("A", *ring, "X 50 B").covered


def test_a_listed_owner_without_a_stated_share_is_told_and_not_counted():
    found = reached("A", "X ? A", "Y 30 A", listed=("X", "Y"))
    assert (found.share, found.covered) == (30, False)
    assert [h.owner for h in found.unknown] == ["X"]


def tie(subject, target, status="asserted", share="60"):
    key = content_id("tie", subject, "owns", target)
    return Tie(
        TieId(key), EntityId(subject), "owns", EntityId(target), status, (ClaimId("c"),),
        sources=1, attributes={"share": share},
    )  # fmt: skip


def test_only_what_a_source_states_as_present_is_a_holding():
    ties = [tie("x", "a"), tie("y", "a", "alleged"), tie("z", "a", "ended"), tie("w", "x")]
    graph = Graph.build(ties)
    found = holdings_above(
        graph,
        EntityId("a"),
        read=lambda number: read_tie(Scales.of(graph, Terms.shipped()), number),
    )
    assert {(h.owner, h.owned, h.share) for h in found} == {("x", "a", 60), ("w", "x", 60)}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 9, 28), None),
        (date(2025, 9, 29), "in_force"),
        (date(2025, 11, 9), "in_force"),
        (date(2025, 11, 10), "suspended"),
        (date(2026, 11, 9), "suspended"),
        (date(2026, 11, 10), "presumed"),
    ],
)
def test_the_affiliates_rule_stands_as_its_sources_say(day, state):
    found = BIS.on(day)
    assert (found.state if found else None) == state
    if found:
        assert found.source
        assert found.url.startswith("https://")


def test_what_is_presumed_says_what_was_not_read():
    assert "No publication from after that text was read" in BIS.on(date(2026, 11, 24)).because


def test_a_workspace_can_say_otherwise(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(
        'version: "1"\nrules:\n  - id: r\n    title: t\n    authority: a\n    lists: [Some list]\n'
        "    authorities: [Selimia]\n"
        "    share: 25\n    reading: multiply\n    because: b\n    states:\n"
        '      - {from: "2026-11-10", state: suspended, because: "Extended.", source: s, url: u}\n',
        encoding="utf-8",
    )
    (rule,) = load_affiliates(path)
    assert rule.on(date(2027, 1, 1)).state == "suspended"
    assert rule.carries("some List", "Trade Office of Selimia")
    found = reached("B", "X 50 A", "A 50 B", rule=rule)
    assert (found.share, found.covered) == (25, True)
    path.write_text(path.read_text().replace("share: 25", "share: 250"), encoding="utf-8")
    with pytest.raises(DataFileError, match="no per cent"):
        load_affiliates(path)


def test_only_the_lists_of_that_authority_are_carried_on():
    assert BIS.carries("Entity List", "Bureau of Industry and Security")
    assert not BIS.carries("Entity List", "Trade Office of Selimia")
    assert not BIS.carries("Unverified List", "Bureau of Industry and Security")
    assert OFAC.carries("Specially Designated Nationals", "")
    assert not OFAC.carries(
        "Non-SDN Chinese Military-Industrial Complex Companies List",
        "Office of Foreign Assets Control",
    )
