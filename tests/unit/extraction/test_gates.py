"""The verifier, the gazetteer, dates, and the pattern files' own checks."""

import pytest

from crosstie.extraction import Extractor, Gazetteer, GazetteerName
from crosstie.extraction.patterns import read_patterns
from crosstie.extraction.verifier import locate, verify
from crosstie.extraction.when import date_of
from crosstie.ontology.datafiles import parse_data
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.records import Article, Claim, Document, Mention

TEXT = "Hexi Group’s lens – the Northern Fleet bought it.\nBeihe Optics is small."
DOCUMENT = Document.of(origin="document", name="example", text=TEXT, language="en")


def mention(quote: str, kind: str) -> Mention:
    start = TEXT.index(quote)
    return Mention.of(DOCUMENT, start, start + len(quote), kind=kind)


def claim(subject: Mention, tie: str, object: Mention, start: int, end: int) -> Claim:
    evidence = [DOCUMENT.evidence(start, end)]
    return Claim.of(DOCUMENT, subject, tie, object, evidence=evidence, method="test")


HEXI, FLEET = mention("Hexi Group", "company"), mention("Northern Fleet", "military_unit")
BEIHE = mention("Beihe Optics", "company")


def test_quote_is_located_exactly() -> None:
    found = locate(DOCUMENT, "Northern Fleet bought")
    assert found is not None and found.quote == "Northern Fleet bought"


def test_quote_with_alike_characters_comes_back_in_the_documents_own() -> None:
    found = locate(DOCUMENT, "Hexi Group's lens - the")
    assert found is not None and found.quote == "Hexi Group’s lens – the"


@pytest.mark.parametrize("quote", ["Northern Fleet sold", "hexi group", "", "  "])
def test_quote_is_never_located_by_likeness(quote: str) -> None:
    assert locate(DOCUMENT, quote) is None


def test_claim_with_both_ends_in_its_quote_passes() -> None:
    assert verify(DOCUMENT, claim(HEXI, "supplies", FLEET, 0, 49), HEXI, FLEET).passed


def test_argument_outside_of_the_evidence_is_rejected() -> None:
    verdict = verify(DOCUMENT, claim(HEXI, "owns", BEIHE, 0, 49), HEXI, BEIHE)
    assert verdict.reason == "argument_outside_evidence"


def test_kinds_that_do_not_fit_the_tie_are_rejected() -> None:
    verdict = verify(DOCUMENT, claim(HEXI, "located_in", FLEET, 0, 49), HEXI, FLEET)
    assert verdict.reason == "kinds_do_not_fit"


def test_quote_of_another_document_is_rejected() -> None:
    other = Document.of(origin="document", name="other", text="x" + TEXT, language="en")
    verdict = verify(other, claim(HEXI, "supplies", FLEET, 0, 49), HEXI, FLEET)
    assert verdict.reason == "quote_not_found"


def test_gazetteer_finds_the_longest_name_at_each_place() -> None:
    names = [GazetteerName("Hexi", "company", "en"), GazetteerName("Hexi Group", "company", "en")]
    found = list(Gazetteer.build(names).find("They met Hexi Group and Hexi."))
    assert [f.name.text for f in found] == ["Hexi Group", "Hexi"]


def test_short_known_name_must_stand_in_its_own_case() -> None:
    gazetteer = Gazetteer.build([GazetteerName("ARK", "company", "en")])
    assert [f.start for f in gazetteer.find("An ark met ARK.")] == [11]


def test_han_name_is_found_inside_running_text() -> None:
    gazetteer = Gazetteer.build([GazetteerName("云门大学", "university", "zh")])
    assert [(f.start, f.end) for f in gazetteer.find("来自云门大学的代表")] == [(2, 6)]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("In August last year Hexi sued.", "2018-08"),
        ("Last year Hexi sued.", "2018"),
        ("Hexi was founded on 9 September 1999.", "1999-09-09"),
        ("On September 30, 2022, it was listed.", "2022-09-30"),
        ("It supplied lenses until 2015.", None),
        ("It sold in 2014 and in 2016.", None),
        ("2016年3月4日，云门大学签约。", "2016-03-04"),
        ("去年，云门大学签约。", "2018"),
    ],
)
def test_date_of_a_sentence_is_the_only_one_it_gives(sentence: str, date: str | None) -> None:
    assert date_of(sentence, article_date="2019-02-11") == date


GOOD = """
- id: test.pattern
  tie: supplies
  verbs: [supply]
  subject: agent
  object: to
  examples:
    - says: "[A|company] supplied [B|company]."
      ties: ["A > B"]
    - says: "[A|company] supplied B to [B|company]."
      ties: ["A > B"]
    - but_not: "[A|company] slept."
"""


def test_pattern_file_is_read() -> None:
    (pattern,) = read_patterns(parse_data(GOOD, file="test.yaml"), file="test.yaml")
    assert (pattern.id, pattern.where, len(pattern.examples)) == ("test.pattern", "test.yaml:2", 3)


@pytest.mark.parametrize(
    ("wrong", "right", "line", "problem"),
    [
        ("tie: supplies", "tie: suplies", 3, "not known"),
        ("verbs: [supply]", "verb: [supply]", 4, "unknown key"),
        ("  subject: agent\n", "", 2, "roles are missing"),
        ('    - but_not: "[A|company] slept."\n', "", 7, "0 negative"),
        ('ties: ["A > B"]', 'ties: ["A B"]', 9, "is no tie"),
        ("object: to", "object: [on]", 6, "is not text"),
        ("verbs: [supply]", 'surface: "{A} (to {B}"', 4, "no pattern"),
    ],
)
def test_mistake_in_a_pattern_file_is_named_by_line(
    wrong: str, right: str, line: int, problem: str
) -> None:
    text = GOOD.replace(wrong, right, 1)
    with pytest.raises(DataFileError) as raised:
        list(read_patterns(parse_data(text, file="test.yaml"), file="test.yaml"))
    assert f"test.yaml:{line}" in str(raised.value)
    assert problem in str(raised.value)


def test_list_of_a_hundred_names_is_not_tied_each_with_each() -> None:
    names = [GazetteerName(f"河西{number}号公司", "company", "zh") for number in range(100, 200)]
    text = "、".join(name.text for name in names) + "签署协议。"
    document = Document.of(origin="document", name="list", text=text, language="zh")
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language="zh"
    )
    extraction = Extractor(Gazetteer.build(names)).extract(document, article)
    assert len(extraction.mentions) == 100
    assert extraction.claims == ()
