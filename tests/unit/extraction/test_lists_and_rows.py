"""Items under a leading line, rows of a table, and what a sentence leaves for those behind it."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)

A, B = "[Lantian Holdings|company]", "[Hexi Group|company]"
N, U = "[Northern Fleet|military_unit]", "[Yunmen University|university]"
P = "[Selimia|place]"


def pairs(text: str, tie: str) -> set[tuple[str, str, str]]:
    return {
        (s, o, status) for s, kind, o, status in reading.ties(reading.read(text)) if kind == tie
    }


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "(a) ", ""])
def test_item_is_read_behind_the_line_that_leads_into_it(mark: str) -> None:
    text = f"{U} has signed agreements with:\n{mark}{A}\n{mark}{B}\n"
    assert pairs(text, "signed_agreement") == {
        ("Yunmen University", "Lantian Holdings", "asserted"),
        ("Yunmen University", "Hexi Group", "asserted"),
    }


def test_item_cites_its_lead_too() -> None:
    text = f"{A} supplies the following bodies:\n- {N}\n"
    (claim,) = [c for c in reading.read(text).claims if c.predicate == "supplies"]
    assert [e.quote[:6] for e in claim.evidence] == ["- Nort", "Lantia"]


def test_lead_without_a_verb_names_what_its_items_are() -> None:
    text = f"Partners of {U}:\n\n- {A}\n- {B}"
    assert {o for _, o, _ in pairs(text, "collaborates_with")} == {"Lantian Holdings", "Hexi Group"}


def test_item_that_is_a_sentence_of_its_own_is_left_alone() -> None:
    text = f"{U} has signed agreements with:\n- {A} owns {B}.\n"
    assert not pairs(text, "signed_agreement")
    assert pairs(text, "owns") == {("Lantian Holdings", "Hexi Group", "asserted")}


def test_row_is_read_by_its_first_cell_and_its_status() -> None:
    text = (
        "Partner | Country | Arrangement | Status\n"
        f"{A} | {P} | Supplies lenses to the {N} | Ended in 2021\n"
        f"{B} | {P} | Supplies radios to the {N} | Active\n"
    )
    assert pairs(text, "supplies") == {
        ("Lantian Holdings", "Northern Fleet", "ended"),
        ("Hexi Group", "Northern Fleet", "asserted"),
    }
    assert ("Lantian Holdings", "Selimia", "asserted") in pairs(text, "located_in")


def test_noun_that_was_said_of_a_name_stands_for_it() -> None:
    text = f"{A} met {B}, a distributor of lenses. The distributor supplies the {N}."
    assert pairs(text, "supplies") == {("Hexi Group", "Northern Fleet", "asserted")}


def test_partners_are_those_who_last_dealt_with_each_other() -> None:
    text = (
        f"{U} opened a joint laboratory with {A}. It was paid for by the [Selim Office|"
        f"government_body] and {B}. The two partners have worked together since 2015."
    )
    assert ("Yunmen University", "Lantian Holdings", "asserted") in pairs(text, "collaborates_with")


def test_pronoun_is_followed_through_a_pronoun() -> None:
    text = f"{A} makes lenses. It grew. It supplies the {N}."
    assert pairs(text, "supplies") == {("Lantian Holdings", "Northern Fleet", "asserted")}


def test_surface_reads_a_possessive_pronoun_as_its_name() -> None:
    text = f"{A} makes lenses. Its subsidiary {B} supplies the {N}."
    assert ("Lantian Holdings", "Hexi Group", "asserted") in pairs(text, "owns")
