import pytest

from crosstie.ontology.errors import UsageError, WorkspaceError
from crosstie.ontology.records import Article, Document, Span
from crosstie.store import Store, keeping, reading, searching, writing
from tests.store.conftest import AT, load, read_document, row, version

SECRET = "Zhuque Optics"
TEXT = f"Lantian supplied lenses to the Northern Fleet. {SECRET} made the glass."


@pytest.fixture
def filled(store):
    document, mentions, claims = read_document(TEXT)
    article = Article.of(
        document.id, 1, start=0, end=len(TEXT), body_start=0, title=SECRET, language="en"
    )
    with store.writing() as db:
        writing.add_document(db, document, [article], mentions, claims, at=AT, read_by="t")
    return store


def files_of(store):
    return b"".join(
        path.read_bytes()
        for path in store.path.parent.glob(store.path.name + "*")
        if path.is_file()
    )


def held(store):
    with store.reading() as db:
        return reading.document(db, reading.document_states(db)[0].id)


def test_a_forgotten_document_leaves_no_byte_of_its_text_in_the_files(filled):
    assert SECRET.encode() in files_of(filled)
    with filled.writing() as db:
        removed = keeping.forget(db, held(filled), at=AT, because="asked to")
    keeping.scrub(filled)
    assert removed == 1
    for word in (SECRET, "Zhuque", "zhuque", "lenses"):
        assert word.encode() not in files_of(filled), word


def test_a_forgotten_document_leaves_a_tombstone_with_the_reason(filled):
    with filled.writing() as db:
        keeping.forget(db, held(filled), at=AT, because="asked to")
    with filled.reading() as db:
        (state,) = reading.document_states(db)
        assert (state.forgotten_at, state.forgotten_because) == (AT, "asked to")
        assert reading.counts(db)["claims"] == 0
        assert searching.find_passages(db, "lenses") == []


def test_a_forgotten_passage_keeps_the_offsets_of_the_rest(filled):
    start = TEXT.index(SECRET)
    with filled.writing() as db:
        span = Span(start, start + len(SECRET))
        removed = keeping.forget(db, held(filled), at=AT, because="asked to", span=span)
    keeping.scrub(filled)
    assert removed == 0
    assert SECRET.encode() not in files_of(filled)
    with filled.reading() as db:
        (claim,) = reading.live_claims(db)
        assert reading.check_quotes(db) == (1, [])
        assert [p.quote for p in searching.find_passages(db, "lenses")]
        assert searching.find_passages(db, "Zhuque") == []
    assert claim.evidence[0].quote in held(filled).text


def test_a_title_that_meets_a_forgotten_passage_goes_with_it(store):
    text = "Zhuque Optics unmasked\n\nLantian supplied lenses to the Northern Fleet."
    document = Document.of(
        origin="document", name="a.txt", text=text, language="en", title="Zhuque Optics unmasked"
    )
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=24, title="Zhuque Optics unmasked",
        language="en",
    )  # fmt: skip
    with store.writing() as db:
        writing.add_document(db, document, [article], [], [], at=AT, read_by="t")
        keeping.forget(db, document, at=AT, because="first", span=Span(0, 40))
        left = reading.document(db, document.id)
        keeping.forget(db, left, at=AT, because="second", span=Span(41, 45))
    keeping.scrub(store)
    assert b"unmasked" not in files_of(store)
    with store.reading() as db:
        (state,) = reading.document_states(db)
        assert "first" in state.forgotten_because and "second" in state.forgotten_because


def test_a_forgotten_list_row_does_not_come_back_with_the_next_edition(store):
    first, second = version("2025-01-01", "a"), version("2026-01-01", "b")
    load(store, first, [row("1", SECRET)])
    with store.writing() as db:
        listed = reading.document(db, row("1", SECRET).document.id)
        keeping.forget(db, listed, at=AT, because="asked to")
    load(store, second, [row("1", SECRET)])
    keeping.scrub(store)
    assert SECRET.encode() not in files_of(store)
    with store.reading() as db:
        assert reading.counts(db)["mentions"] == 0


def test_restoring_works_over_a_damaged_workspace_and_keeps_it(filled, tmp_path):
    copy = tmp_path / "copy.db"
    keeping.backup(filled, copy)
    filled.close()
    broken = b"SQLite format 3\x00" + b"\xff" * 5000
    for number in range(2):
        filled.path.write_bytes(broken + bytes([number]))
        aside = keeping.restore(copy, filled.path)
        assert aside.read_bytes() == broken + bytes([number])
    assert len(list(filled.path.parent.glob("*before-restore*"))) == 2
    store = Store.open(filled.path)
    with store.reading() as db:
        assert reading.counts(db)["documents"] == 1
    store.close()


def test_restoring_into_a_missing_folder_says_so(filled, tmp_path):
    copy = tmp_path / "copy.db"
    keeping.backup(filled, copy)
    with pytest.raises(UsageError, match="its folder does not exist"):
        keeping.restore(copy, tmp_path / "no" / "w.db")


def test_a_claim_whose_quote_meets_the_passage_goes_with_it(filled):
    with filled.writing() as db:
        removed = keeping.forget(db, held(filled), at=AT, because="x", span=Span(8, 16))
    assert removed == 1


def test_a_backup_is_whole_while_another_connection_writes(filled, tmp_path):
    target = tmp_path / "copy.db"
    other = Store.open(filled.path)
    with other.writing() as db:
        writing.set_fact(db, "unfinished", "1")
        keeping.backup(filled, target)
    other.close()
    copy = Store.open(target)
    with copy.reading() as db:
        assert reading.counts(db)["documents"] == 1
        assert reading.fact(db, "unfinished") is None
    copy.close()


def test_a_backup_never_overwrites_a_file(filled, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(UsageError, match="there is a file already"):
        keeping.backup(filled, target)
    assert target.read_text() == "precious"


def test_restoring_moves_the_present_workspace_aside(filled, tmp_path):
    copy = tmp_path / "copy.db"
    keeping.backup(filled, copy)
    with filled.writing() as db:
        writing.set_fact(db, "later", "1")
    filled.close()
    aside = keeping.restore(copy, filled.path)
    for path, later in ((filled.path, None), (aside, "1")):
        store = Store.open(path)
        with store.reading() as db:
            assert reading.fact(db, "later") == later
        store.close()


@pytest.mark.parametrize("raw", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 100])
def test_a_file_that_is_no_backup_replaces_nothing(filled, tmp_path, raw):
    bad = tmp_path / "bad.db"
    bad.write_bytes(raw)
    before = files_of(filled)
    with pytest.raises(WorkspaceError):
        keeping.restore(bad, filled.path)
    assert files_of(filled) == before
