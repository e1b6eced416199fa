"""Disputes: which dated statements are steps, who speaks, and how parties are told."""

from crosstie.ontology.findings import Citation, EntityRef, Quote
from crosstie.ontology.records import Claim, Document, Mention
from crosstie.reporting.figures.dispute_words import dispute_words
from crosstie.reporting.figures.disputes import NO_CLAIM, Said, Statement, called, disputes_of

PORTS = EntityRef("ent-1", "Selim Ports Company", "company")
HUALAN = EntityRef("ent-2", "Hualan", "company")
NORVIK = EntityRef("ent-3", "Norvik government", "government_body")
DAILY = EntityRef("ent-4", "Selim Daily", "media")
SHORT = EntityRef("ent-5", "Selim Ports", "company")
TEXT = "Selim Ports sued Hualan. Norvik signed. In 2004 all was well. In 2005 a court ruled."
DOCUMENT = Document.of(origin="document", name="page", text=TEXT, language="en")
CITATION = Citation(DOCUMENT.id, "page", "Norvik Courier", "2021-07-01", None, DOCUMENT.sha256)
KEY = (DOCUMENT.id, "art-1")


def said(subject, kind, other, words, **values):
    start = TEXT.index(words)
    end = start + len(words)
    mention = Mention.of(DOCUMENT, 0, 11, kind="company")
    claim = Claim.of(
        DOCUMENT, mention, kind, Mention.of(DOCUMENT, 17, 23, kind="company"),
        evidence=[DOCUMENT.evidence(start, end)], method="test", article_id="art-1",
        attributes={"ends": f"{subject.id} {other.id}"}, **values,
    )  # fmt: skip
    return Said(claim, subject, other, Quote(claim.id, words, start, end, claim.status, CITATION))


def told(date, words, *named):
    start = TEXT.index(words)
    quote = Quote(NO_CLAIM, words, start, start + len(words), "asserted", CITATION)
    return Statement(date, "stated", f"In {date}", words, quote, named)


SUIT = said(PORTS, "sued", HUALAN, "Selim Ports sued Hualan.")


def one(claims=(), statements=(), suits=(SUIT,)):
    (dispute,) = disputes_of(suits, {KEY: [*suits, *claims]}, {KEY: list(statements)})
    return dispute


def test_a_lawsuit_without_a_date_is_the_last_step():
    dispute = one(statements=[told("2004", "In 2004 all was well.", PORTS)])
    assert [event.date for event in dispute.events] == ["2004", None]
    assert dispute.events[-1].claims[0].kind == "sued" and dispute.filed is None


def test_a_counterclaim_belongs_to_the_same_dispute():
    back = said(HUALAN, "sued", PORTS, "In 2005 a court ruled.", valid_from="2005")
    dispute = one(suits=(SUIT, back))
    assert dispute.name == "Hualan v. Selim Ports Company" and dispute.filed == "2005"


def test_a_statement_about_strangers_is_no_step():
    dispute = one(statements=[told("2004", "In 2004 all was well.", DAILY)])
    assert [event.date for event in dispute.events] == [None]


def test_who_deals_with_a_party_is_named_beside_them_and_may_act():
    deal = said(NORVIK, "signed_agreement", HUALAN, "Norvik signed.")
    dispute = one([deal], [told("2004", "In 2004 all was well.", NORVIK)])
    assert dispute.others == (NORVIK,) and dispute.events[0].parties == (NORVIK,)


def test_the_first_words_of_a_party_mean_it_unless_they_fit_two():
    (event,) = one(statements=[told("2004", "In 2004 all was well.", SHORT)]).dated
    assert event.parties == (PORTS,)
    rival = EntityRef("ent-6", "Selim Ports Authority", "company")
    deal = said(rival, "signed_agreement", HUALAN, "Norvik signed.")
    assert one([deal], [told("2004", "In 2004 all was well.", SHORT)]).dated == ()


def test_a_ruling_is_a_step_only_where_the_article_tells_of_one_case():
    ruling = told("2005", "In 2005 a court ruled.")
    assert [event.date for event in one(statements=[ruling]).dated] == ["2005"]
    other = said(DAILY, "sued", NORVIK, "Selim Ports sued Hualan.")
    found = disputes_of([SUIT, other], {KEY: [SUIT, other]}, {KEY: [ruling]})
    assert len(found) == 2 and not any(dispute.dated for dispute in found)


def test_an_allegation_is_never_shown_as_a_fact():
    charge = said(
        NORVIK, "signed_agreement", HUALAN, "In 2004 all was well.",
        stance="alleged", attribution=("indictment",), valid_from="2004",
    )  # fmt: skip
    (event,) = one([charge], [told("2004", "In 2004 all was well.", HUALAN)]).dated
    assert event.stance == "alleged"
    assert event.said_by == ("indictment", "Norvik Courier")
    assert event.quote.claim_id == charge.claim.id


def test_a_denial_of_the_lawsuit_makes_it_denied():
    denied = said(PORTS, "sued", HUALAN, "Selim Ports sued Hualan.", polarity="denied")
    assert one(suits=(denied,)).status == "denied"


def test_order_of_claims_changes_nothing():
    deal = said(NORVIK, "signed_agreement", HUALAN, "Norvik signed.")
    statements = [
        told("2004", "In 2004 all was well.", PORTS),
        told("2005", "In 2005 a court ruled."),
    ]
    forth = disputes_of([SUIT], {KEY: [SUIT, deal]}, {KEY: statements})
    back = disputes_of([SUIT], {KEY: [deal, SUIT]}, {KEY: statements[::-1]})
    assert forth == back


def test_disputes_are_found_by_words_of_a_party():
    found = (one(),)
    assert called(found, "selim hualan") == found and called(found, "nobody") == ()


def test_the_words_of_a_case_are_known_in_both_languages():
    assert dispute_words().is_step("The Court ruled.") and dispute_words().is_step("法院作出判决。")
    assert not dispute_words().is_step("The courtyard was swept.")
