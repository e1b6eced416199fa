"""The rules file is read strictly: a mistake is named by file and line."""

from importlib import resources

import pytest

from crosstie.graph import exposure_rules, load_exposure_rules
from crosstie.graph.rules_file import read_exposure_rules
from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds

SHIPPED = (resources.files("crosstie.graph") / "exposure.yaml").read_text(encoding="utf-8")


def read(text):
    return read_exposure_rules(parse_data(text, file="exposure.yaml"))


def test_every_kind_of_tie_has_a_rule():
    rules = exposure_rules()
    ruled = {kind for kind, _ in rules.carriers} | set(rules.never)
    assert ruled == set(kinds().ties)
    assert not {kind for kind, _ in rules.carriers} & set(rules.never)


@pytest.mark.parametrize(
    "kind", ["co_published", "designated", "located_in", "operates_in", "sued", "uses"]
)
def test_these_ties_never_carry_exposure(kind):
    rules = exposure_rules()
    assert rules.weight(kind, "asserted", forward=True) == 0
    assert rules.weight(kind, "asserted", forward=False) == 0


def test_every_step_says_why():
    rules = exposure_rules()
    for kind, forward in rules.carriers:
        for status in rules.statuses:
            assert rules.why(kind, status, forward=forward).endswith(".")


def test_a_workspace_can_bring_its_own_rules(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(SHIPPED.replace("floor: 0.05", "floor: 0.5"), encoding="utf-8")
    assert load_exposure_rules(path).floor == 0.5


@pytest.mark.parametrize(
    ("was", "becomes", "words", "message"),
    [
        ("floor: 0.05", "floor: 7", "floor:", "outside"),
        ("floor: 0.05", "flour: 0.05", "flour", "unknown key"),
        ("- tie: owns", "- tie: possesses", "possesses", "not known"),
        ("- tie: founded", "- tie: owns", "- tie: owns", "stands twice"),
        ("both: 0.7\n", "subject_to_object: 0.7\n", "joint_venture", "wrong directions"),
        ("half_life_years: 15", "half_life_years: 0", "half_life_years: 0", "too small"),
        ("  least: 0.5", "  least: 2", "least: 2", "outside"),
        ("{at_least: 20, weight: 0.8", "{at_least: 20, weight: 8", "at_least: 20", "outside"),
        ("status: denied, weight: 0,", "status: denied, weight: 0.1,", "denied", "never carries"),
        (
            "{ties: [trains], step: object",
            "{ties: [uses], step: object",
            "[uses]",
            "carries nothing",
        ),
        ("{kinds: [place],", "{kinds: [galaxy],", "galaxy", "no kind of entity"),
    ],
)
def test_a_mistake_is_named_by_its_line(was, becomes, words, message):
    assert was in SHIPPED
    text = SHIPPED.replace(was, becomes, 1)
    with pytest.raises(DataFileError, match=message) as caught:
        read(text)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if words in line]
    assert caught.value.line in lines


def test_a_kind_of_tie_without_a_rule_is_refused():
    start = SHIPPED.index("  - tie: sued")
    text = SHIPPED[:start] + SHIPPED[SHIPPED.index("  - tie: prioritises") :]
    with pytest.raises(DataFileError, match="no rule for \\['sued'\\]"):
        read(text)
