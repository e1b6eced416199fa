import dataclasses

import pytest

from crosstie.ontology.errors import EvidenceMismatch
from crosstie.ontology.records import SetAside
from crosstie.store import reading, writing
from tests.store.conftest import AT, load, read_document, row, version


def add(store, document, mentions, claims, at=AT):
    with store.writing() as db:
        writing.add_document(db, document, [], mentions, claims, at=at, read_by="t")


def counts(store):
    with store.reading() as db:
        return reading.counts(db)


def test_adding_the_same_document_twice_changes_nothing(store):
    add(store, *read_document())
    before = counts(store)
    add(store, *read_document(name="renamed.txt"))
    assert counts(store) == before


def test_records_come_back_as_they_were_written(store):
    document, mentions, claims = read_document()
    add(store, document, mentions, claims)
    with store.reading() as db:
        assert reading.document(db, document.id) == document
        assert sorted(reading.live_mentions(db), key=lambda m: m.start) == mentions
        assert list(reading.live_claims(db)) == claims


def test_a_quote_that_is_not_in_the_text_is_never_written(store):
    document, mentions, claims = read_document()
    wrong = dataclasses.replace(claims[0].evidence[0], quote="Lantian sold lenses")
    claim = dataclasses.replace(claims[0], evidence=(wrong,))
    with pytest.raises(EvidenceMismatch):
        add(store, document, mentions, [claim])
    assert counts(store)["documents"] == 0


def test_a_later_reading_supersedes_and_keeps_the_earlier_one(store):
    document, mentions, claims = read_document()
    add(store, document, mentions, claims)
    later = [dataclasses.replace(claims[0], id="clm-later", ended=True)]
    with store.writing() as db:
        writing.replace_reading(db, document, mentions, later, at=AT, read_by="t2")
    with store.reading() as db:
        assert [c.id for c in reading.live_claims(db)] == ["clm-later"]
        assert len(list(reading.live_mentions(db))) == 2
        assert claims[0].id in reading.claims(db, [claims[0].id])


def test_the_same_row_in_a_new_edition_is_one_document(store):
    load(store, version("2025-01-01", "a"), [row("1", "Lantian")])
    load(store, version("2026-01-01", "b"), [row("1", "Lantian")])
    assert counts(store)["list_rows"] == 1


def test_a_reworded_row_supersedes_its_older_wording(store):
    load(store, version("2025-01-01", "a"), [row("1", "Lantian")])
    load(store, version("2026-01-01", "b"), [row("1", "Lantian", extra="\nnote: moved")])
    with store.reading() as db:
        assert len(list(reading.live_claims(db))) == 1


def test_an_older_edition_loaded_later_does_not_take_over(store):
    load(store, version("2026-01-01", "b"), [row("1", "Lantian", extra="\nnote: moved")])
    load(store, version("2025-01-01", "a"), [row("1", "Lantian")])
    with store.reading() as db:
        (claim,) = reading.live_claims(db)
        assert "moved" in claim.evidence[0].quote


def test_changes_against_the_edition_before_are_counted(store):
    load(store, version("2025-01-01", "a"), [row("1", "Lantian"), row("2", "Beihe", 2)])
    new = load(store, version("2026-01-01", "b"), [row("1", "Lantian Group"), row("3", "Hexi", 2)])
    with store.reading() as db:
        changes = reading.edition_changes(db, new)
    assert (changes.added, changes.changed, changes.removed) == (1, 1, 1)


def test_a_part_of_a_list_is_compared_with_nothing(store):
    load(store, version("2025-01-01", "a"), [row("1", "Lantian")])
    part = load(store, version("2026-01-01", "b", scope="countries CN"), [row("2", "Beihe")])
    with store.reading() as db:
        assert reading.edition_changes(db, part) is None


def test_the_text_of_a_persons_row_is_not_kept(store):
    edition = load(store, version("2025-01-01", "a"), [row("1", "Lantian")])
    with store.writing() as db:
        person = SetAside(2, "individual", "an individual", "Zhang San, Beijing")
        writing.add_set_aside(db, edition, [person, SetAside(3, "bad", "no name", "x,,y")])
    with store.reading() as db:
        assert reading.set_aside_rows(db, edition, "individual") == [(2, "an individual", "")]
        assert reading.set_aside_rows(db, edition, "bad") == [(3, "no name", "x,,y")]
