"""A workspace of an older format opens, keeps what was read, and is resolved anew."""

from sqlalchemy import create_engine

from crosstie.store import Store, reading, upgrading
from crosstie.store.derived import FINGERPRINT, weighed
from crosstie.store.engine import HEAD
from crosstie.workspace.progress import silent
from crosstie.workspace.resolving import make_anew
from tests.store.conftest import AT, read_document


def old_workspace(path):
    """Make a workspace as the first version made it, with one document in it."""
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    document, mentions, _ = read_document()
    with engine.begin() as db:
        upgrading.upgrade(db, "0001")
        db.exec_driver_sql(
            "INSERT INTO documents (id, origin, name, text, sha256, language, media_type, title,"
            " added_at) VALUES (?, 'document', 'a.txt', ?, 'x', 'en', 'text/plain', '', ?)",
            (document.id, document.text, AT),
        )
        db.exec_driver_sql(
            "INSERT INTO mentions (id, document_id, record) VALUES (?,?,?)",
            [(m.id, m.document_id, reading_text(m)) for m in mentions],
        )
        db.exec_driver_sql("INSERT INTO facts (key, value) VALUES ('derived', 'of old')")
    engine.dispose()
    return mentions


def reading_text(mention):
    from crosstie.ontology.records import encode

    return encode(mention).decode()


def test_a_workspace_of_the_first_format_opens_and_is_resolved_anew(tmp_path):
    path = tmp_path / "old.db"
    mentions = old_workspace(path)
    store = Store.open(path)
    with store.reading() as db:
        assert db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
        assert reading.fact(db, FINGERPRINT) == ""
        assert weighed(db) is None
        assert reading.counts(db)["mentions"] == len(mentions)
    with store.writing() as db:
        make_anew(db, progress=silent)
        assert reading.counts(db)["entities"] == len(mentions)
        assert weighed(db) is not None
    store.close()
