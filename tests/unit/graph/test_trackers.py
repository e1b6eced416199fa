import pytest

from crosstie.graph import Graph
from crosstie.graph.trackers import members_of, presences_of, stated_count, university_row
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.records import Tie

REFS = {
    ref.id: ref
    for ref in (
        EntityRef("ent-group", "3 companies", "group"),
        EntityRef("ent-a", "Lantian", "company", "XX"),
        EntityRef("ent-b", "Beihe", "company", "XX"),
        EntityRef("ent-place", "Selimia", "place", "SL"),
        EntityRef("ent-port", "Port Selim", "facility"),
        EntityRef("ent-uni", "Yunmen University", "university", "XX"),
        EntityRef("ent-min", "Ministry of Industry", "government_body", "XX"),
        EntityRef("ent-prog", "Double Crown", "programme"),
        EntityRef("ent-lab", "Key Laboratory of Optics", "laboratory"),
        EntityRef("ent-centre", "Yunmen Technology Transfer Centre", "research_institute"),
        EntityRef("ent-ally", "Coastal Alliance", "ngo"),
    )
}


def tie(subject, kind, target, status="asserted", **attributes):
    key = f"tie-{subject}-{kind}-{target}-{status}"
    return Tie(key, subject, kind, target, status, (), 1, attributes=attributes)


def presences(*ties):
    graph = Graph.build(ties)
    found = presences_of(graph, "ent-a", describe=REFS.__getitem__, country_of=lambda r: r.country)
    return [(p.place.name, p.kind, p.status) for p in found]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("27 companies", 27), ("27 companies of Mapping the Giants", 27), ("Seven universities", 7),
        ("12 Chinese technology companies", 12), ("7家企业", 7), ("十二所高校", 12),
        ("Many companies", None), ("Group 5 Holdings", None), ("the 985 Project", None),
    ],
)  # fmt: skip
def test_the_number_of_members_is_read_from_the_name(name, count):
    assert stated_count(name) == count


def test_a_denied_member_is_none():
    graph = Graph.build(
        [tie("ent-a", "member_of", "ent-group"), tie("ent-b", "member_of", "ent-group", "denied")]
    )
    assert members_of(graph, "ent-group") == ("ent-a",)


def test_each_kind_of_presence_is_a_line_with_its_strongest_status():
    assert presences(
        tie("ent-a", "operates_in", "ent-place", presence="port; data_centre"),
        tie("ent-a", "operates_in", "ent-port", "planned", presence="port"),
    ) == [
        ("Selimia", "data_centre", "asserted"),
        ("Selimia", "port", "asserted"),
        ("Port Selim", "port", "planned"),
    ]


def test_a_denied_presence_and_a_tie_to_no_place_are_left_out():
    assert presences(tie("ent-a", "operates_in", "ent-place", "denied")) == []
    assert presences(tie("ent-a", "hosts", "ent-b")) == []


def test_a_university_row_gathers_each_end_under_its_heading():
    graph = Graph.build(
        [
            tie("ent-min", "supervises", "ent-uni"),
            tie("ent-uni", "member_of", "ent-prog"),
            tie("ent-uni", "member_of", "ent-ally"),
            tie("ent-lab", "affiliated_with", "ent-uni"),
            tie("ent-uni", "hosts", "ent-centre"),
            tie("ent-a", "affiliated_with", "ent-uni"),
        ]
    )
    row = university_row(graph, "ent-uni", describe=REFS.__getitem__, designations=2)
    assert [ref.id for ref in row.supervisors] == ["ent-min"]
    assert [ref.id for ref in row.programmes] == ["ent-prog"]
    assert [ref.id for ref in row.alliances] == ["ent-ally"]
    assert [ref.id for ref in row.laboratories] == ["ent-lab"]
    assert [ref.id for ref in row.transfer_centres] == ["ent-centre"]
    assert row.designations == 2
