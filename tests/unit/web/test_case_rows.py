"""A case as a table: what is left out, in which order, and which finding is next."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.app.web.case_rows import Wanted, neighbours, rows_of
from crosstie.app.web.telling import summary
from crosstie.ontology.cases import Case, CaseFile, CaseId
from crosstie.ontology.dispositions import DispositionId, Standing
from crosstie.ontology.findings import (
    Designation,
    EntityRef,
    ExposurePath,
    Finding,
    Hit,
    Match,
    Party,
    Screening,
    Step,
)
from crosstie.ontology.ids import EntityId

NAVY = EntityRef(EntityId("ent-2"), "Navy of Selimia", "military_unit", "CN", "ecosystem")


def entity(name):
    return EntityRef(EntityId("ent-1"), name, "university", "CN", "foundation")


def hit(name, score=1.0, *, listed=False, path=False, decision=None, state="standing", by="Mei"):
    whom = entity(name)
    listing = Designation(whom, "Office", "Entity List", "", None, None, None, None, "", ())
    step = Step(whom, "supplies", NAVY, True, "asserted", 0.5, "", ())
    return Hit(
        match=Match(whom, name, score, ()),
        certainty="sure" if score >= 0.8 else "possible",
        designations=(listing,) if listed else (),
        exposures=(ExposurePath(whom, NAVY, (step,), 0.5, 0),) if path else (),
        adverse=listed or path,
        disposition=Standing(DispositionId("d"), decision, "because", by, "2026", state)
        if decision
        else None,
    )


FINDINGS = (
    Finding(Party("Beta", "FR", row=2), "nothing_found"),
    Finding(Party("alpha", "CN", id="P-7", row=3), "hit", (hit("Hexi", listed=True),)),
    Finding(Party("Gamma", row=4), "possible", (hit("Gamma Ray", 0.7, path=True),)),
    Finding(
        Party("Delta", row=5), "nothing_found",
        (hit("Delta", listed=True, decision="false_match"),),
    ),
    Finding(
        Party("Epsilon", row=6), "hit",
        (hit("Epsilon", 0.9, listed=True, decision="false_match", state="reopened"),),
    ),
)  # fmt: skip


def case(findings=FINDINGS):
    head = Case(CaseId("c"), "c", "C", "Mei", "2026", "", len(findings), 2, 1, 2)
    return CaseFile(head, Screening("2026", "0", "1", 0.8, tuple(findings), ()))


def numbers(**wanted):
    return [row.number for row in rows_of(case(), Wanted(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"outcome": "hit"}, [2, 5]),
        ({"outcome": "nothing_found"}, [1, 4]),
        ({"designated": True}, [2, 4, 5]),
        ({"exposed": True}, [3]),
        ({"disposition": "open"}, [2, 3, 5]),
        ({"disposition": "none"}, [1, 2, 3]),
        ({"disposition": "false_match"}, [4, 5]),
        ({"disposition": "reopened"}, [5]),
        ({"disposition": "true_match"}, []),
        ({"words": "p-7"}, [2]),
        ({"words": "france"}, [1]),
        ({"words": "NAVY"}, [3]),
        ({"words": "because"}, [4, 5]),
        ({"words": "entity list", "outcome": "hit"}, [2, 5]),
        ({"sort": "name"}, [2, 1, 4, 5, 3]),
        ({"sort": "name", "descending": True}, [3, 5, 4, 1, 2]),
        ({"sort": "outcome"}, [2, 5, 3, 1, 4]),
        ({"sort": "score"}, [2, 4, 5, 3, 1]),
    ],
)
def test_findings_are_those_wanted_in_the_order_wanted(wanted, expected):
    assert numbers(**wanted) == expected


@given(
    st.builds(
        Wanted,
        outcome=st.sampled_from(["", "hit", "possible", "nothing_found"]),
        designated=st.booleans(),
        exposed=st.booleans(),
        disposition=st.sampled_from(["", "open", "none", "reopened", "false_match"]),
        sort=st.sampled_from(["row", "name", "outcome", "score"]),
        descending=st.booleans(),
    )
)
def test_every_filter_leaves_a_part_and_no_order_loses_any(wanted):
    found = [row.number for row in rows_of(case(), wanted)]
    assert len(set(found)) == len(found)
    ordered = rows_of(case(), replace(wanted, sort="row", descending=False))
    assert sorted(found) == [row.number for row in ordered]


def test_the_findings_before_and_after_are_those_of_the_filter():
    rows = rows_of(case(), Wanted(designated=True))
    assert neighbours(rows, 4) == (2, 5)
    assert neighbours(rows, 2) == (None, 4)
    assert neighbours(rows, 1) == (None, 2)
    assert neighbours([], 1) == (None, None)


def test_what_the_address_says_is_what_was_wanted():
    wanted = Wanted(outcome="hit", designated=True, words="a b", sort="name", page=3)
    said = {key: value for key, value in wanted.query(page="").items() if value}
    assert said == {"outcome": "hit", "designated": "yes", "q": "a b", "sort": "name"}


def said(place):
    return " ".join(summary(FINDINGS[place]))


def test_a_finding_says_whom_it_was_taken_for_and_what_is_known():
    assert "“alpha” was taken for Hexi (university)" in said(1)
    assert "It stands on a list: Entity List." in said(1)


def test_an_uncertain_match_is_told_as_one():
    assert "may be Gamma Ray (university), or a namesake" in said(2)
    assert "A single tie leads from it to Navy of Selimia." in said(2)


def test_silence_is_told_of_the_search_and_not_of_the_organisation():
    assert "about what was searched, not about the organisation" in said(0)


def test_a_decision_that_stands_is_told_and_one_that_is_open_again_is_not():
    assert "Mei decided: “Delta” is not Delta (university)." in said(3)
    assert "It counts for nothing here" in said(3)
    assert "decided" not in said(4)
