"""Laws of joint papers: each pair once, no order, no author, every quote in its row."""

import json
import tempfile
from math import comb
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.ontology.records import ListRow, SetAside
from crosstie.sources import find_source
from crosstie.sources.openalex_api import write_works
from tests.unit.sources.openalex_made import institution, page, work

INSTITUTIONS = [
    institution(f"{place} {sort}", 700 + number, with_ror=number % 3 > 0, type_=type_)
    for number, (place, sort, type_) in enumerate(
        (place, sort, type_)
        for place in ("Yunmen", "Hexi", "Selim", "Donghe", "Beihe", "Xiling", "Lantian", "Tianlu")
        for sort, type_ in (("University", "education"), ("Works (China)", "company"),
                            ("Laboratory", "facility"))
    )
]  # fmt: skip
# No letter of an author's name stands in an institution's or a title's, so that none is there by
# chance.
NAMES = st.text("āēīōūǖß", min_size=2, max_size=8) | st.text("赵钱孙李周吴", min_size=2, max_size=4)
AUTHORSHIPS = st.lists(
    st.tuples(NAMES, st.lists(st.sampled_from(INSTITUTIONS), max_size=4)), max_size=12
)
TITLES = st.text("abc défg\t\n<i>北斗", max_size=40)


@st.composite
def works(draw):
    made = []
    for number in range(draw(st.integers(1, 4))):
        authorships = draw(AUTHORSHIPS)
        title = draw(TITLES)
        if authorships and draw(st.booleans()):
            title = f"{title} {authorships[0][0]} {title}"
        record = work(number, *(places for _, places in authorships), title=title)
        for entry, (name, _) in zip(record["authorships"], authorships, strict=True):
            entry["raw_author_name"] = entry["author"]["display_name"] = name
            entry["raw_affiliation_strings"] = [f"{name}, Lake Road"]
        made.append(record)
    return made


def read(records):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "works-2026-01-01.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        return list(find_source("openalex").read(path).rows)


def rows_of(records):
    return [record for record in records if isinstance(record, ListRow)]


@settings(deadline=None, max_examples=80)
@given(works())
def test_each_pair_of_institutions_is_claimed_once(made):
    by_number = {row.number: row for row in rows_of(read(made))}
    for number, record in enumerate(made, 1):
        known = {i["ror"] or i["id"] for a in record["authorships"] for i in a["institutions"]}
        if not 2 <= len(known) <= 20:
            assert number not in by_number
            continue
        row = by_number[number]
        pairs = [frozenset((claim.subject, claim.object)) for claim in row.claims]
        assert len(set(pairs)) == len(pairs) == comb(len(known), 2)
        assert all(len(pair) == 2 for pair in pairs)


@settings(deadline=None, max_examples=80)
@given(works(), st.randoms(use_true_random=False))
def test_the_order_of_authors_and_institutions_changes_nothing(made, dice):
    before = [(row.document, row.mentions, row.claims) for row in rows_of(read(made))]
    for record in made:
        dice.shuffle(record["authorships"])
        for authorship in record["authorships"]:
            authorship["institutions"] = dice.sample(
                authorship["institutions"], len(authorship["institutions"])
            )
    after = [(row.document, row.mentions, row.claims) for row in rows_of(read(made))]
    assert before == after


@settings(deadline=None, max_examples=80)
@given(works())
def test_no_author_is_in_anything_that_is_read_or_written(made):
    stored = repr(read(made))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.jsonl"
        write_works([json.dumps(page(*made)).encode()], path)
        kept = path.read_text("utf-8")
    for record in made:
        for authorship in record["authorships"]:
            assert authorship["raw_author_name"] not in stored
            assert authorship["raw_author_name"] not in kept
    assert "Lake Road" not in stored + kept


@settings(deadline=None, max_examples=80)
@given(works())
def test_every_row_is_counted_once_and_every_quote_stands_in_it(made):
    found = read(made)
    numbers = [r.number for r in found if isinstance(r, ListRow | SetAside)]
    assert numbers == list(range(1, len(made) + 1))
    for row in rows_of(found):
        for claim in row.claims:
            for evidence in claim.evidence:
                assert row.document.text[evidence.start : evidence.end] == evidence.quote
        for mention in row.mentions:
            assert row.document.text[mention.start : mention.end] == mention.quote


@settings(deadline=None, max_examples=40)
@given(works())
def test_what_is_written_reads_as_what_was_served(made):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w-2026-01-01.jsonl"
        write_works([json.dumps(page(*made)).encode()], path)
        written = rows_of(find_source("openalex").read(path).rows)
    served = rows_of(read(made))
    assert [row.document.id for row in written] == [row.document.id for row in served]
