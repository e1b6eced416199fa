import pytest

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError, NotFound
from crosstie.ontology.kinds import kinds, read_kinds

TINY = """
tiers: [{id: foundation, label: F, definition: d}]
mechanisms: [{id: supply, label: S, definition: d}]
presence_kinds: [office]
transfer_directions: [two_way]
entity_kinds:
  - {id: company, label: c, definition: d, organisation: true, tier: foundation, ftm: Company}
tie_kinds:
  - id: supplies
    label: supplies
    inverse: is supplied by
    subject: [organisation]
    object: [%s]
    mechanism: %s
    ftm: UnknownLink
    definition: d
    example: e
"""


def test_every_tie_kind_can_connect_something():
    for kind in kinds().ties.values():
        assert kind.subjects and kind.objects, kind.id


def test_every_mechanism_groups_at_least_one_kind_of_tie():
    used = {kind.mechanism for kind in kinds().ties.values()}
    assert used == set(kinds().mechanisms)


def test_a_symmetric_kind_reads_the_same_both_ways():
    for kind in kinds().ties.values():
        if kind.symmetric:
            assert kind.inverse == kind.label


def test_an_organisation_end_takes_every_kind_of_organisation():
    supplies = kinds().tie("supplies")
    assert supplies.fits("company", "military_unit")
    assert not supplies.fits("technology", "company")


def test_an_unknown_kind_of_tie_lists_the_known_ones():
    with pytest.raises(NotFound) as caught:
        kinds().tie("linked_to")
    assert "supplies" in caught.value.suggestions


@pytest.mark.parametrize(
    ("end", "mechanism", "message"),
    [
        ("spaceship", "supply", "no kind of entity `spaceship`"),
        ("company", "magic", "`mechanism: magic` is not known"),
    ],
)
def test_a_mistake_in_the_file_names_file_and_line(end, mechanism, message):
    with pytest.raises(DataFileError, match=message) as caught:
        read_kinds(parse_data(TINY % (end, mechanism), file="kinds.yaml"))
    assert caught.value.line > 8


def test_the_tiny_file_is_valid():
    assert list(read_kinds(parse_data(TINY % ("company", "supply"), file="k")).ties) == ["supplies"]
