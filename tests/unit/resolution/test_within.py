"""Short forms within one document."""

import pytest

from crosstie.ontology.records import Document, Mention
from crosstie.resolution import resolve


def article(text, *spans, kind="company"):
    document = Document.of(origin="document", name="article", text=text, language="en")
    found, place = [], 0
    for span in spans:
        place = text.index(span, place)
        found.append(Mention.of(document, place, place + len(span), kind=kind))
        place += len(span)
    return found


def entities(*mentions):
    origins = {mention.document_id: "document" for mention in mentions}
    found = resolve(mentions, origins=origins).entities
    return {frozenset(m.mention_id for m in entity.mentions) for entity in found}


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Hexi Institute of Optics (HIO) said so.", "Hexi Institute of Optics", "HIO"),
        ("The Qingming Progress Party won. QPP rules.", "Qingming Progress Party", "QPP"),
        ("Lantian University opened. Lantian grew.", "Lantian University", "Lantian"),
        ("中国晴明物理研究院（晴物院）成立。", "中国晴明物理研究院", "晴物院"),
    ],
)
def test_a_short_form_joins_the_name_it_shortens(text, full, short):
    mentions = article(text, full, short)
    assert entities(*mentions) == {frozenset(m.id for m in mentions)}


@pytest.mark.parametrize(
    ("text", "full", "other"),
    [
        ("Lantian Marine Networks sold. Lantian grew.", "Lantian Marine Networks", "Lantian"),
        ("Hexi Institute of Optics met QRS.", "Hexi Institute of Optics", "QRS"),
        ("Hexi Optics. Later on, HIO.", "Hexi Optics", "HIO"),
    ],
)
def test_what_is_no_short_form_stays_apart(text, full, other):
    one, two = article(text, full, other)
    assert entities(one, two) == {frozenset([one.id]), frozenset([two.id])}


def test_initials_that_fit_two_names_join_neither():
    text = "Hexi Institute of Optics and Hebei Institute of Oceans; HIO."
    mentions = article(text, "Hexi Institute of Optics", "Hebei Institute of Oceans", "HIO")
    assert len(entities(*mentions)) == 3


def test_a_short_form_says_nothing_about_another_document():
    first = article("The Qingming Progress Party won. QPP rules.", "Qingming Progress Party", "QPP")
    (second,) = article("QPP elsewhere.", "QPP")
    assert entities(*first, second) == {frozenset(m.id for m in first), frozenset([second.id])}


def test_a_place_is_no_short_form_of_a_company():
    text = "Hexi University opened in Hexi."
    document = Document.of(origin="document", name="article", text=text, language="en")
    school = Mention.of(document, 0, 15, kind="university")
    town = Mention.of(document, 26, 30, kind="place")
    assert len(entities(school, town)) == 2
