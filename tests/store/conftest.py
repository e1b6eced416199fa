import pytest

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import (
    Claim,
    Document,
    ListRow,
    Mention,
    Name,
    Source,
    SourceVersion,
)
from crosstie.store import Store, writing
from crosstie.store.writing import EditionCounts

AT = "2026-01-01T00:00:00+00:00"
SOURCE = Source(
    SourceId("toy"), "Toy list", "Trade Office of Selimia", "https://example.org", "CC0"
)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "w.db")
    yield opened
    opened.close()


def read_document(text="Lantian supplied lenses to the Northern Fleet.", name="a.txt"):
    """A document with two mentions and the claim between them."""
    document = Document.of(origin="document", name=name, text=text, language="en", title="A title")
    subject = Mention.of(document, 0, 7, kind="company")
    target = Mention.of(
        document, text.index("Northern"), text.index(" Fleet") + 6, kind="military_unit"
    )
    evidence = [document.evidence(0, text.index(".") + 1)]
    claim = Claim.of(document, subject, "supplies", target, evidence=evidence, method="t")
    return document, [subject, target], [claim]


def version(as_of, digest, scope=""):
    return SourceVersion(SOURCE.id, as_of, f"toy-{as_of}.csv", digest, "csv", scope)


def row(key, name, number=1, extra=""):
    """A list row that designates an organisation."""
    text = f"name: {name}\nlist: Toy list\nauthority: Trade Office of Selimia{extra}"
    document = Document.of(
        origin="list", name=f"toy {key}", text=text, language="en", source_id=SOURCE.id
    )
    listed = Mention.of(document, 6, 6 + len(name), kind="company", names=(Name(name, "en"),))
    at = text.index("Trade Office")
    authority = Mention.of(
        document, at, at + len("Trade Office of Selimia"), kind="government_body"
    )
    claim = Claim.of(
        document, authority, "designated", listed, evidence=[document.evidence(0, len(text))],
        method="t", attributes={"list": "TL", "list_name": "Toy list"},
    )  # fmt: skip
    return ListRow(key, number, document, (listed, authority), (claim,))


def load(store, edition, rows):
    """Load an edition with these rows; returns its number."""
    with store.writing() as db:
        writing.add_source(db, SOURCE)
        number = writing.begin_edition(db, edition, at=AT)
        writing.add_rows(db, number, rows, at=AT, read_by="t")
        writing.end_edition(db, number, SOURCE.id, EditionCounts(len(rows), 0, 0, 0), at=AT)
    return number
