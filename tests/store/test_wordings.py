"""What an older wording of a list's row told and a newer layout leaves out goes on to speak."""

import pytest

from crosstie.ontology.ids import SourceId
from crosstie.ontology.records import Claim, Document, ListRow, Mention, SourceVersion
from crosstie.store import Store, reading, writing
from tests.store.conftest import AT, SOURCE

LATER = "2026-02-01T00:00:00+00:00"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "w.db")
    yield opened
    opened.close()


def row(key, *, remarks, said="toy"):
    """A row that designates Lantian and, in its remarks, links it to Hexi Group."""
    text = f"name: Lantian\nauthority: Trade Office\n{said}: 1"
    if remarks:
        text += "\nremarks: Linked To: Hexi Group"
    document = Document.of(
        origin="list", name=f"row {key} {said}", text=text, language="en", source_id=SOURCE.id
    )
    named = Mention.of(document, 6, 13, kind="company")
    office = Mention.of(document, 25, 37, kind="government_body")
    quote = [document.evidence(0, 13)]
    claims = [Claim.of(document, office, "designated", named, evidence=quote, method="toy:row")]
    mentions = [named, office]
    if remarks:
        at = text.index("Hexi Group")
        group = Mention.of(document, at, at + 10, kind="company")
        mentions.append(group)
        claims.append(
            Claim.of(
                document, named, "affiliated_with", group,
                evidence=[document.evidence(at, at + 10)], method="toy:linked-to",
            )
        )  # fmt: skip
    return ListRow(key, 1, document, tuple(mentions), tuple(claims))


def load(store, as_of, layout, rows, *, at=AT):
    version = SourceVersion(SourceId("toy"), as_of, f"{as_of}.x", f"{as_of}{layout}", layout)
    with store.writing() as db:
        writing.add_source(db, SOURCE)
        edition = writing.begin_edition(db, version, at=at)
        writing.add_rows(db, edition, rows, at=at, read_by="t")
        counts = writing.EditionCounts(len(rows), 0, 0, 0)
        writing.end_edition(db, edition, SOURCE.id, counts, at=at)


def live(store):
    """Return the predicates of the claims that speak, by the name of their document."""
    with store.reading() as db:
        return sorted(claim.predicate for claim in reading.live_claims(db))


def test_a_layout_without_remarks_does_not_take_them_back(store):
    load(store, "2022-01-01", "csv", [row("1", remarks=True)])
    load(store, "2026-01-01", "json", [row("1", remarks=False, said="new")], at=LATER)
    assert live(store) == ["affiliated_with", "designated"]


def test_the_same_layout_without_them_takes_them_back(store):
    load(store, "2022-01-01", "csv", [row("1", remarks=True)])
    load(store, "2026-01-01", "csv", [row("1", remarks=False, said="new")], at=LATER)
    assert live(store) == ["designated"]


def test_a_layout_that_tells_such_remarks_of_others_takes_them_back(store):
    load(store, "2022-01-01", "csv", [row("1", remarks=True)])
    newer = [row("1", remarks=False, said="new"), row("2", remarks=True, said="other")]
    load(store, "2026-01-01", "json", newer, at=LATER)
    assert live(store) == ["affiliated_with", "designated", "designated"]


def test_a_row_that_is_gone_keeps_its_own_last_wording(store):
    load(store, "2022-01-01", "csv", [row("1", remarks=True), row("2", remarks=True, said="b")])
    load(store, "2026-01-01", "json", [row("1", remarks=False, said="new")], at=LATER)
    with store.reading() as db:
        names = {m.quote for m in reading.live_mentions(db)}
    assert "Hexi Group" in names


def test_the_older_layout_again_in_force_speaks_whole(store):
    load(store, "2022-01-01", "csv", [row("1", remarks=True)])
    load(store, "2026-01-01", "json", [row("1", remarks=False, said="new")], at=LATER)
    load(store, "2026-06-01", "csv", [row("1", remarks=True)], at=LATER)
    assert live(store) == ["affiliated_with", "designated"]
