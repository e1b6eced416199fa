"""identity.yaml is read strictly."""

from importlib import resources

import pytest

from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.resolution.rules import identity_rules, read_identity_rules

SHIPPED = (resources.files("crosstie.resolution") / "identity.yaml").read_text(encoding="utf-8")


def test_kinds_agree_in_both_directions_and_a_place_only_with_itself():
    rules = identity_rules()
    assert rules.kinds_agree("company", "university")
    assert rules.kinds_agree("university", "company")
    assert rules.kinds_agree("place", "place")
    assert not any(rules.kinds_agree("place", kind) for kind in rules.kind_order if kind != "place")


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("- {id: ror,", "- {id: lei,", "stands twice"),
        ("plain_name_kinds: [place,", "plain_name_kinds: [galaxy,", "no kind of entity"),
        ("technology, programme, document, event, place, person]", "programme]", "missing"),
        ("merges: true, single: true,", "merges: perhaps, single: true,", "not bool"),
    ],
)
def test_a_mistake_is_named(was, becomes, message):
    assert was in SHIPPED
    with pytest.raises(DataFileError, match=message):
        read_identity_rules(parse_data(SHIPPED.replace(was, becomes, 1), file="identity.yaml"))
