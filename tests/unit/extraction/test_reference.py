"""What pronouns and definite nouns stand for, with the sentence that names it as evidence."""

import importlib.util
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)


def test_it_is_the_one_who_led_the_sentence_before() -> None:
    text = (
        "[Yunmen University|university] lies in the hills. "
        "It hosts the [Beihe Laboratory|laboratory]."
    )
    extraction = reading.read(text)
    assert reading.ties(extraction) == {
        ("Yunmen University", "hosts", "Beihe Laboratory", "asserted")
    }
    claim = next(c for c in extraction.claims if c.object)
    assert [e.quote for e in claim.evidence] == [
        "It hosts the Beihe Laboratory.",
        "Yunmen University lies in the hills.",
    ]


def test_two_entities_are_the_two_named_before() -> None:
    text = (
        "[Lantian Holdings|company] met [Hexi Group|company]. "
        "In 2019, the two companies collaborated on radar."
    )
    assert ("Lantian Holdings", "collaborates_with", "Hexi Group", "asserted") in reading.ties(
        reading.read(text)
    )


def test_company_is_not_the_university_named_last() -> None:
    text = (
        "[Lantian Holdings|company] visited [Yunmen University|university]. "
        "The company owns [Beihe Optics|company]."
    )
    assert reading.ties(reading.read(text)) == {
        ("Lantian Holdings", "owns", "Beihe Optics", "asserted")
    }


def test_two_candidates_of_a_kind_give_no_answer() -> None:
    text = (
        "There are [Lantian Holdings|company] and [Hexi Group|company] in town. "
        "The company owns [Beihe Optics|company]."
    )
    assert reading.ties(reading.read(text)) == set()


def test_pronoun_with_nobody_before_it_gives_no_claim() -> None:
    assert reading.ties(reading.read("It owns [Beihe Optics|company].")) == set()


def test_its_is_the_other_party_when_the_subject_already_has_its_role() -> None:
    text = (
        "[Beihe Optics|company] is close to the [Northern Fleet|military_unit], "
        "supplying lenses to its procurement department until 2015."
    )
    assert ("Beihe Optics", "supplies", "Northern Fleet", "ended") in reading.ties(
        reading.read(text)
    )
