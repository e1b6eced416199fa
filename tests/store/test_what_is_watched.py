"""What is kept beside claims: watched names, rounds, cases, grades, fetches, stories."""

import json

import pytest

from crosstie.ontology.records import Document, Span
from crosstie.store import Store, cases, fetched, grading, keeping, stories, watching, writing

NOW, LATER = "2026-11-24T00:00:00+00:00", "2026-11-25T00:00:00+00:00"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "w.db")
    yield opened
    opened.close()


def test_a_name_is_watched_once_until_it_is_taken_off(store):
    with store.writing() as db:
        assert watching.add_watched(db, "w1", '{"name":"Lantian"}', at=NOW)
        assert not watching.add_watched(db, "w1", '{"name":"Lantian"}', at=LATER)
        assert [row.id for row in watching.watched(db)] == ["w1"]
        assert watching.remove_watched(db, "w1", at=LATER)
        assert not watching.remove_watched(db, "w1", at=LATER)
        assert watching.watched(db) == []
        assert watching.add_watched(db, "w1", '{"name":"Lantian"}', at=LATER)


def test_the_latest_round_of_each_name_speaks(store):
    with store.writing() as db:
        for key in ("a", "b"):
            watching.add_watched(db, key, "{}", at=NOW)
        first = watching.add_round(db, "[]", at=NOW, delivered_at=NOW)
        second = watching.add_round(db, '["a"]', at=LATER, delivered_at=None)
        watching.add_state(db, "a", first, "old")
        watching.add_state(db, "b", first, "same")
        watching.add_state(db, "a", second, "new")
        assert watching.latest_states(db) == {"a": "new", "b": "same"}
        assert [one.id for one in watching.undelivered(db)] == [second]
        watching.set_delivered(db, second, at=LATER)
        assert watching.undelivered(db) == []
        assert [one.id for one in watching.rounds(db, since=LATER)] == [second]


def test_a_decision_is_added_and_never_changed(store):
    with store.writing() as db:
        assert cases.add_disposition(db, "d1", "p1", "first")
        assert not cases.add_disposition(db, "d1", "p1", "second")
        cases.add_disposition(db, "d2", "p2", "third")
        assert cases.dispositions(db) == ["first", "third"]
        assert cases.dispositions(db, ["p2", "p9"]) == ["third"]
        assert cases.dispositions(db, []) == []


def test_grades_keep_their_order(store):
    with store.writing() as db:
        assert grading.add_grade(db, "g2", "b")
        assert grading.add_grade(db, "g1", "a")
        assert not grading.add_grade(db, "g2", "c")
        assert grading.given_grades(db) == ["b", "a"]


def test_fetches_of_a_source_are_found_the_last_first(store):
    row = fetched.FetchRow("https://selim.example/list", "list", NOW, 200, "ab", "a.warc", "{}")
    with store.writing() as db:
        fetched.add_fetch(db, row)
        failed = fetched.FetchRow(row.url, "list", LATER, None, None, None, '{"error":"reset"}')
        fetched.add_fetch(db, failed)
        assert fetched.fetches(db, source_id="list") == [failed, row]
        assert fetched.fetches(db, source_id="other") == []


def quote(document, start, end, words):
    return {
        "text": words,
        "start": start,
        "end": end,
        "citation": {"document_id": document, "title": "A secret title"},
    }


@pytest.mark.parametrize(
    ("span", "left"),
    [(None, []), (Span(0, 5), ["second words"]), (Span(90, 95), ["first words", "second words"])],
)
def test_what_is_forgotten_goes_from_cases_too(store, span, left):
    document = Document.of(origin="document", name="secret.txt", text="x" * 100, language="en")
    record = {"findings": [{"quotes": [
        quote(document.id, 0, 11, "first words"), quote(document.id, 20, 32, "second words"),
        quote("doc-other", 0, 5, "another document"),
    ]}]}  # fmt: skip
    with store.writing() as db:
        writing.add_document(db, document, [], [], [], at=NOW, read_by="test")
        cases.add_screening(db, "c1", at=NOW, summary="{}", record=json.dumps(record))
        keeping.forget(db, document, at=LATER, because="asked to", span=span)
        held = cases.screening(db, "c1").record
    assert "another document" in held
    assert [words for words in ("first words", "second words") if words in held] == left
    assert ("A secret title" in held.split("another document")[0]) == (span is not None)


def test_forgetting_a_document_forgets_what_its_text_is_like(store):
    document = Document.of(origin="document", name="a.txt", text="some words", language="en")
    signed = stories.SignedArticle("art-1", document.id, b"\x00\x01")
    with store.writing() as db:
        writing.add_document(db, document, [], [], [], at=NOW, read_by="test")
        stories.add_signatures(db, [signed])
        stories.set_stories(db, [("art-1", "story-1")])
        assert [one.story for one in stories.signatures(db)] == ["story-1"]
        keeping.forget(db, document, at=LATER, because="asked to")
        assert stories.signatures(db) == []
