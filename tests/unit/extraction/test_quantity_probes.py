"""English quantities with their owners, and speakers of ties, on tables of fictional passages."""

import importlib.util
from pathlib import Path

import pytest

from crosstie.extraction.checks import SHARES_EXCEED_WHOLE
from crosstie.extraction.when import RELATIVE_DATE, date_of

_SPEC = importlib.util.spec_from_file_location(
    "english_probing", Path(__file__).with_name("english_probing.py")
)
assert _SPEC and _SPEC.loader
probing = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(probing)
reading = probing.reading

QUANTITIES = "english_quantity_probes.txt"
SPEAKERS = "english_speaker_probes.txt"


def test_tables_hold_enough_probes() -> None:
    assert len(list(probing.probes(QUANTITIES))) + len(list(probing.probes(SPEAKERS))) >= 80


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.95), ("test", 0.92)])
def test_quantities_of_the_table_are_found_with_owner_and_dates(half: str, floor: float) -> None:
    counts = [probing.quantity_errors(p) for p in probing.probes(QUANTITIES, half)]
    wanted, given, right = (sum(count[n] for count in counts) for n in range(3))
    assert 2 * right / (wanted + given) >= floor, [e for count in counts for e in count[3]]


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.9), ("test", 0.9)])
def test_ties_of_the_table_have_stance_and_speakers(half: str, floor: float) -> None:
    counts = [probing.speaker_errors(p) for p in probing.probes(SPEAKERS, half)]
    wanted, right = (sum(count[n] for count in counts) for n in range(2))
    assert right / wanted >= floor, [e for count in counts for e in count[2]]


def test_publisher_of_the_article_is_the_last_link_of_a_chain() -> None:
    document, article = reading.document_of("Hexi")
    text = "Selim Daily reported that Hexi Group supplies lenses to Beihe Works."
    document = type(document).of(
        origin="document", name="a", text=text, language="en", publisher="Norvik Digest"
    )
    article = type(article).of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language="en"
    )
    known = [("Selim Daily", "media"), ("Hexi Group", "company"), ("Beihe Works", "company")]
    names = [reading.GazetteerName(name, kind, "en") for name, kind in known]
    extractor = reading.Extractor(reading.Gazetteer.build(names))
    (claim,) = [c for c in extractor.extract(document, article).claims if c.object]
    assert claim.attribution == ("Selim Daily", "Norvik Digest")
    assert "Selim Daily reported" in [evidence.quote for evidence in claim.evidence]


def test_words_that_name_the_speaker_are_evidence_of_their_own() -> None:
    found = reading.read(
        "According to the indictment, [Hexi|company] supplied radars to [Beihe|company]."
    )
    (claim,) = [c for c in found.claims if c.object]
    assert claim.evidence[-1].quote == "According to the indictment"


@pytest.mark.parametrize(
    ("words", "article_date", "expected"),
    [
        ("in August last year", "2019-03-02", "2018-08"),
        ("last August", "2019-03-02", "2018-08"),
        ("last August", "2019-09-02", "2019-08"),
        ("last month", "2019-01-02", "2018-12"),
        ("this year", "2019", "2019"),
        ("last year", None, None),
        ("去年8月", "2019-03-02", "2018-08"),
        ("前年", "2019-03-02", "2017"),
        ("上月", "2019-03-02", "2019-02"),
    ],
)
def test_relative_date_is_resolved_by_the_date_of_the_article(
    words: str, article_date: str | None, expected: str | None
) -> None:
    assert date_of(words, article_date=article_date) == expected


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("[Hexi|company] made 45 drones last year.", "measure"),
        ("In August last year, [Hexi|company] bought [Beihe|company].", "owns"),
    ],
)
def test_relative_date_is_flagged_with_what_it_was_resolved_by(text: str, predicate: str) -> None:
    found = reading.read(text, date="2019-03-02")
    (claim,) = [c for c in found.claims if c.predicate == predicate]
    assert RELATIVE_DATE in claim.flags
    dated = claim.quantity.as_of if claim.quantity else claim.valid_from
    assert dated is not None and dated.startswith("2018")


def test_absolute_date_is_not_flagged() -> None:
    found = reading.read("[Hexi|company] bought [Beihe|company] in 2018.", date="2019-03-02")
    assert all(RELATIVE_DATE not in claim.flags for claim in found.claims)


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("[Hexi|company] holds 60 per cent, and the state 50 per cent.", True),
        ("[Hexi|company] holds 60 per cent, and the state 40 per cent.", False),
        ("[Hexi|company] holds 60 per cent of [Beihe|company] and 51 per cent of X.", False),
        ("[Hexi|company] raised its share from 60 per cent to 75 per cent.", False),
    ],
)
def test_shares_of_one_whole_cannot_exceed_it(text: str, *, flagged: bool) -> None:
    claims = [c for c in reading.read(text).claims if c.quantity is not None]
    assert len(claims) == 2
    assert all((SHARES_EXCEED_WHOLE in claim.flags) is flagged for claim in claims)


def test_denied_value_is_denied_and_a_reported_one_says_by_whom() -> None:
    denied = reading.read("[Hexi|company] did not receive 5 million euros from the state.")
    assert [c.polarity for c in denied.claims if c.quantity] == ["denied"]
    said = reading.read("[Selim Daily|media] reported that [Hexi|company] owed 90 million yuan.")
    (claim,) = [c for c in said.claims if c.quantity]
    assert (claim.stance, claim.attribution) == ("reported", ("Selim Daily",))


@pytest.mark.parametrize(
    "text",
    [
        "Two years ago [Hexi|company] moved.",
        "[Hexi|company] (SEHK: 144) moved.",
        "[Hexi|company] runs a four-in-one service.",
        "According to two officials, [Hexi|company] moved.",
        "[Hexi|company] and five other firms founded a school.",
    ],
)
def test_times_codes_and_speakers_are_no_quantities(text: str) -> None:
    assert [c for c in reading.read(text).claims if c.quantity] == []
