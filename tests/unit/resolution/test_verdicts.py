"""Judgements are append-only; what is in force follows from all of them."""

import pytest

from crosstie.ontology.errors import InputError
from crosstie.ontology.records import Judgement
from crosstie.resolution.verdicts import pair_of, verdicts_in_force


def judged(id, verdict, at="2026-01-01", *, left="men-1", right="men-2", undoes=None):
    return Judgement(id, left, right, verdict, "A. Reader", at, "seen", undoes)


def in_force(*judgements):
    return {pair: j.verdict for pair, j in verdicts_in_force(judgements).pairs.items()}


def test_a_pair_has_no_sides():
    assert in_force(judged("j1", "same", left="b", right="a")) == {("a", "b"): "same"}


def test_an_undo_brings_back_the_judgement_before():
    first = judged("j1", "same", "2026-01-01")
    second = judged("j2", "different", "2026-01-02")
    undo = judged("j3", "unsure", "2026-01-03", undoes="j2")
    assert in_force(first, second, undo) == {pair_of("men-1", "men-2"): "same"}


def test_an_undo_can_be_undone():
    first = judged("j1", "different")
    undo = judged("j2", "unsure", undoes="j1")
    again = judged("j3", "unsure", undoes="j2")
    assert in_force(first, undo, again) == {pair_of("men-1", "men-2"): "different"}


def test_of_two_judgements_at_one_moment_the_careful_one_wins():
    assert in_force(judged("j1", "different"), judged("j2", "same")) == {
        pair_of("men-1", "men-2"): "different"
    }


def test_a_circle_of_undoing_is_refused_with_its_place():
    with pytest.raises(InputError, match="undo each other in a circle"):
        verdicts_in_force([judged("j1", "same", undoes="j2"), judged("j2", "same", undoes="j1")])


def test_a_rejected_claim_is_known_until_it_is_accepted_again():
    rejected = judged("j1", "rejected", "2026-01-01", left="clm-1", right="")
    accepted = judged("j2", "accepted", "2026-01-02", left="clm-1", right="")
    assert verdicts_in_force([rejected]).rejected == {"clm-1"}
    assert verdicts_in_force([accepted, rejected]).rejected == frozenset()
