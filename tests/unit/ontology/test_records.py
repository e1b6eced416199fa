import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.errors import EvidenceMismatch
from crosstie.ontology.ids import content_id
from crosstie.ontology.records import Claim, Document, Evidence, Mention, decode, encode

TEXT = "Lantian supplied lenses to the Northern Fleet until 2015."


@pytest.fixture
def document():
    return Document.of(origin="document", name="x.txt", text=TEXT, language="en")


def claim(document, **values):
    subject = Mention.of(document, 0, 7, kind="company")
    target = Mention.of(document, 31, 45, kind="military_unit")
    evidence = [document.evidence(0, len(TEXT))]
    return Claim.of(document, subject, "supplies", target, evidence=evidence, method="t", **values)


def test_the_same_content_has_the_same_id(document):
    again = Document.of(origin="document", name="other.txt", text=TEXT, language="en")
    assert again.id == document.id
    assert claim(document).id == claim(document).id


def test_a_different_reading_has_a_different_id(document):
    assert claim(document).id != claim(document, ended=True).id


def test_a_quote_that_does_not_stand_there_is_refused(document):
    with pytest.raises(EvidenceMismatch, match=r"x.txt: the quote 'Lantian sold'"):
        document.verify(Evidence(document.id, 0, 12, "Lantian sold"))


def test_an_empty_quote_is_refused(document):
    with pytest.raises(EvidenceMismatch):
        document.evidence(3, 3)


def test_a_claim_without_evidence_is_refused(document):
    mention = Mention.of(document, 0, 7, kind="company")
    with pytest.raises(EvidenceMismatch, match="at least one quote"):
        Claim.of(document, mention, "supplies", None, evidence=[], method="t")


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "asserted"),
        ({"stance": "reported"}, "reported"),
        ({"stance": "alleged"}, "alleged"),
        ({"modality": "planned", "stance": "reported"}, "planned"),
        ({"ended": True, "stance": "reported"}, "ended"),
        ({"polarity": "denied", "ended": True}, "denied"),
    ],
)
def test_status_is_the_most_cautious_word_that_fits(document, values, status):
    assert claim(document, **values).status == status


def test_saving_and_loading_is_identity(document):
    record = claim(document, attributes={"goods": "镜头"}, valid_to="2015", ended=True)
    assert decode(encode(record), Claim) == record


@given(st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=4))
def test_ids_tell_part_boundaries_apart(parts):
    assert content_id("x", *parts, "ab", "c") != content_id("x", *parts, "a", "bc")
    assert content_id("x", *parts, None) != content_id("x", *parts, "")
