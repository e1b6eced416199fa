"""Laws of a document cut for reading: nothing is lost, nothing is doubled, parts are bounded."""

from hypothesis import given
from hypothesis import strategies as st

from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ClaimId, EntityId
from crosstie.workspace.misspelt import Spellings
from crosstie.workspace.passages import PART, Mark, paragraphs, part_at, parts_of

TEXTS = st.text(alphabet="ab \n海\u2028\r", max_size=300)
ENTITY = EntityRef(EntityId("ent-1"), "One", "company")


@st.composite
def marked(draw):
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        if start < end:
            kind = draw(st.sampled_from(("entity", "claim", "chosen")))
            marks.append(
                Mark(
                    start,
                    end,
                    entity=ENTITY if kind == "entity" else None,
                    claim=ClaimId("clm-1") if kind == "claim" else None,
                    chosen=kind == "chosen",
                )
            )
    return text, marks


@given(marked())
def test_pieces_joined_are_the_text_but_for_empty_lines(case):
    text, marks = case
    found = paragraphs(text, 0, len(text), marks, None)
    joined = "".join(piece.text for paragraph in found for piece in paragraph.pieces)
    assert "".join(joined.split()) == "".join(text.split())


@given(marked())
def test_each_letter_bears_what_covers_it(case):
    text, marks = case
    chosen = {place for mark in marks if mark.chosen for place in range(mark.start, mark.end)}
    shown = set()
    for paragraph in paragraphs(text, 0, len(text), marks, None):
        place = paragraph.start
        for piece in paragraph.pieces:
            if piece.chosen:
                shown.update(range(place, place + len(piece.text)))
            place += len(piece.text)
    visible = {place for place in chosen if not text[place].isspace()}
    assert visible <= shown


@given(marked())
def test_an_address_leads_to_one_place_at_most(case):
    text, marks = case
    found = paragraphs(text, 0, len(text), marks, None)
    assert sum(piece.first for paragraph in found for piece in paragraph.pieces) <= 1


@given(st.integers(0, 4), st.integers(0, 3 * PART), st.booleans())
def test_parts_are_bounded_and_cover_the_text(lines, length, broken):
    text = ("x" * length + ("\n" if broken else "")) * lines
    starts = parts_of(text)
    ends = [*starts[1:], len(text)]
    assert starts[0] == 0
    assert all(0 <= end - start <= PART for start, end in zip(starts, ends, strict=True))
    for place in range(0, len(text), 9_973):
        number = part_at(starts, place)
        assert starts[number] <= place < ends[number]


@given(st.text(alphabet="abcdefg ", min_size=8, max_size=20), st.data())
def test_one_swapped_letter_still_finds_the_name(name, data):
    key = " ".join(name.split())
    if len(key) < 8:
        return
    place = data.draw(st.integers(1, len(key) - 2))
    typed = key[:place] + "z" + key[place + 1 :]
    found = Spellings([(key, EntityId("ent-1"), name)]).near(typed, limit=3)
    assert [near.entity for near in found] == ["ent-1"]
    assert 0 < found[0].score < 1
