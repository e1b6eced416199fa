"""Law: bringing a part up to date is the same as making all anew, in whatever order things come."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.ontology.records import (
    Claim,
    Document,
    Identifier,
    Judgement,
    ListRow,
    Mention,
    Name,
    Source,
    SourceVersion,
)
from crosstie.store import Store, keeping, reading, writing
from crosstie.store.writing import EditionCounts
from crosstie.workspace.progress import silent
from crosstie.workspace.resolving import bring_up_to_date, make_anew

_NAMES = [
    "Hexi Optics Works", "Hexi Optics Works Co., Ltd.", "Hexi Optics", "Hexi Group",
    "28th Institute of Hexi Group", "29th Institute of Hexi Group", "HOW", "Lantian Holdings",
    "Lantian", "Lantian University", "和西光学", "Ministry of Commerce",
]  # fmt: skip
_TABLES = (
    "entities", "entity_names", "entity_identifiers", "entity_mentions", "ties", "uncertain",
    "name_keys", "placements",
)  # fmt: skip
_FACTS = "SELECT * FROM facts WHERE key IN ('derived', 'judged') ORDER BY key"
_names = st.sampled_from(_NAMES)
_country = st.sampled_from([None, None, "CN", "IT"])
_kind = st.sampled_from(["company", "company", "university", "place", "person", "government_body"])


@st.composite
def a_document(draw):
    """Draw prose: names one after the other, some with an identifier, and ties between them."""
    written = draw(st.lists(_names, min_size=1, max_size=5))
    number = draw(st.integers(0, 10**6))
    text = f"{number}: " + " (x) ".join(written)
    document = Document.of(
        origin="document", name="d", text=text, language="en",
        publisher=draw(st.sampled_from([None, "P", "Q"])),
    )  # fmt: skip
    mentions, place = [], 0
    for name in written:
        place = text.index(name, place)
        told = draw(st.sampled_from([(), (), (), (Identifier("ror", "000000195"),)]))
        mentions.append(
            Mention.of(document, place, place + len(name), kind=draw(_kind), names=[Name(name)],
                       country=draw(_country), identifiers=told)
        )  # fmt: skip
        place += len(name)
    return document, mentions, draw(_claims(document, mentions))


@st.composite
def _claims(draw, document, mentions):
    ends = st.sampled_from(mentions)
    kinds = st.sampled_from(["supplies", "collaborates_with", "owns"])
    return [
        Claim.of(document, draw(ends), draw(kinds), draw(ends), method="t",
                 evidence=[document.evidence(0, 1)])
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip


@st.composite
def a_row(draw, number):
    """Draw a row of a list: one organisation with aliases, and a body that it only names."""
    names = draw(st.lists(_names, min_size=1, max_size=3, unique=True))
    text = f"row {number} {draw(st.integers(0, 99))}: " + "; ".join(names) + "; Hexi Group"
    document = Document.of(
        origin="list", name="r", text=text, language="en", source_id="toy",
        publisher=draw(st.sampled_from(["P", "Q"])),
    )  # fmt: skip
    kinds = ["primary", "alias", draw(st.sampled_from(["alias", "weak"]))]
    value = draw(st.sampled_from([None, None, "000000195", "000000292"]))
    row = Mention.of(
        document, 0, 3, kind=draw(_kind), country=draw(_country),
        names=[Name(n, "en", k) for n, k in zip(names, kinds, strict=False)],
        identifiers=(Identifier("ror", value),) if value else (),
    )  # fmt: skip
    at = len(text) - len("Hexi Group")
    parent = Mention.of(document, at, len(text), kind="company")
    owns = Claim.of(
        document, parent, "owns", row, method="t", evidence=[document.evidence(0, len(text))]
    )
    return ListRow(f"{number}", number + 1, document, (row, parent), (owns,))


@st.composite
def a_step(draw, kinds=("add", "add", "add", "judge", "judge", "undo", "forget", "reject")):
    kind = draw(st.sampled_from(kinds))
    if kind == "add":
        return kind, draw(a_document())
    return kind, draw(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6),
                                st.sampled_from(["same", "different", "unsure"])))  # fmt: skip


def _load(db, rows):
    source = Source("toy", "Toy", "P", "https://example.org", "CC0")
    version = SourceVersion("toy", "2026-01-01", "toy.csv", "0", "csv")
    writing.add_source(db, source)
    edition = writing.begin_edition(db, version, at="2026")
    if rows:
        writing.add_rows(db, edition, rows, at="2026", read_by="t")
    writing.end_edition(db, edition, "toy", EditionCounts(len(rows), 0, 0, 0), at="2026")


def _take(db, step, number, judged):
    kind, what = step
    if kind == "add":
        document, mentions, claims = what
        # The same bytes are never added twice.
        if reading.document(db, document.id) is None:
            writing.add_document(db, document, [], mentions, claims, at="2026", read_by="t")
        return
    left, right, verdict = what
    at = f"2026-02-{number:04}"
    if kind == "forget":
        states = reading.document_states(db, where="d.origin='document' AND d.forgotten_at IS NULL")
        if states:
            held = reading.document(db, states[left % len(states)].id)
            keeping.forget(db, held, at=at, because="asked")
        return
    if kind == "undo":
        if judged:
            old = judged[left % len(judged)]
            judged.append(
                Judgement(f"j{number}", old.left, old.right, "unsure", "A", at, "", old.id)
            )
            writing.add_judgement(db, judged[-1])
        return
    if kind == "reject":
        ids = [row[0] for row in db.exec_driver_sql("SELECT id FROM claims ORDER BY id")]
        made = ids and Judgement(f"j{number}", ids[left % len(ids)], "", "rejected", "A", at, "")
    else:
        ids = [row[0] for row in db.exec_driver_sql("SELECT id FROM mentions ORDER BY id")]
        made = ids and Judgement(
            f"j{number}", ids[left % len(ids)], ids[right % len(ids)], verdict, "A", at, ""
        )
    if made:
        judged.append(made)
        writing.add_judgement(db, made)


def _tables(store):
    with store.reading() as db:
        found = {
            table: sorted(map(tuple, db.exec_driver_sql(f"SELECT * FROM {table}")), key=repr)
            for table in _TABLES
        }
        return found | {"facts": [tuple(row) for row in db.exec_driver_sql(_FACTS)]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("updating")


_count = itertools.count()


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.integers(0, 0), max_size=4).flatmap(
    lambda some: st.tuples(*(a_row(number) for number in range(len(some))))),
    steps=st.lists(a_step(), min_size=1, max_size=10))  # fmt: skip
def test_an_update_equals_making_all_anew(folder, rows, steps):
    store = Store.open(folder / f"{next(_count)}.db")
    try:
        with store.writing() as db:
            _load(db, rows)
            make_anew(db, progress=silent)
        judged = []
        for number, step in enumerate(steps):
            with store.writing() as db:
                _take(db, step, number, judged)
                if not bring_up_to_date(db, progress=silent):
                    make_anew(db, progress=silent)
        parts = _tables(store)
        with store.writing() as db:
            make_anew(db, progress=silent)
        assert parts == _tables(store)
    finally:
        store.close()
