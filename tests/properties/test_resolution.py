"""Laws of resolution: order never matters, prohibitions always hold, an undo undoes exactly."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.ontology.records import Document, Identifier, Judgement, Mention, Name
from crosstie.resolution import resolve, tie_claims

_NAMES = [
    "Hexi Optics Works", "Hexi Optics Works Co., Ltd.", "HEXI OPTICS WORKS", "Hexi Group",
    "28th Institute of Hexi Group", "29th Institute of Hexi Group", "HOW", "Lantian Holdings",
    "Lantian", "和西光学", "Qingming Positioning",
]  # fmt: skip
_KINDS = ["company", "company", "university", "place", "person"]
_ORIGINS = ["starter", "list", "list", "document", "document"]


@st.composite
def a_mention(draw, number):
    origin = draw(st.sampled_from(_ORIGINS))
    chosen = draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3, unique=True))
    spread = number if origin != "document" else draw(st.integers(0, 2))
    text = f"document {origin} {spread}: " + "; ".join(_NAMES)
    document = Document.of(origin=origin, name="d", text=text, language="en")
    place = draw(st.integers(0, len(text) - 2))
    if origin == "document":
        chosen = chosen[:1]
    identifiers = draw(
        st.sampled_from([(), (), (), ("ror", "000000195"), ("ror", "000000292"), ("ticker", "9")])
    )
    mention = Mention.of(
        document, place, place + 1, kind=draw(st.sampled_from(_KINDS)),
        names=[Name(n, "en", "primary" if i == 0 else "alias") for i, n in enumerate(chosen)],
        country=draw(st.sampled_from([None, "CN", "CN", "IT"])),
        identifiers=(Identifier(*identifiers),) if identifiers and origin != "document" else (),
    )  # fmt: skip
    return mention, origin


@st.composite
def a_case(draw):
    """Draw mentions, where their documents come from, and judgements on some pairs."""
    drawn = [draw(a_mention(number)) for number in range(draw(st.integers(1, 12)))]
    mentions = list({mention.id: mention for mention, _ in drawn}.values())
    origins = {mention.document_id: origin for mention, origin in drawn}
    ids = st.sampled_from([mention.id for mention in mentions])
    judgements = []
    for number in range(draw(st.integers(0, 5))):
        earlier = [judgement.id for judgement in judgements]
        undoes = draw(st.sampled_from([None, None, *earlier]))
        verdict = draw(st.sampled_from(["same", "different", "unsure"]))
        at = f"2026-01-0{draw(st.integers(1, 3))}"
        judgements.append(
            Judgement(f"j{number}", draw(ids), draw(ids), verdict, "A. Reader", at, "", undoes)
        )
    return mentions, origins, judgements


def _groups(found):
    return {frozenset(m.mention_id for m in entity.mentions) for entity in found.entities}


def _holding(judgements, verdict):
    """Work out by the definition which verdicts hold: newest first, an undo strikes its target."""
    standing = {}
    undone = set()
    for judgement in reversed(judgements):  # an undo is always made after what it takes back
        if judgement.id not in undone and judgement.undoes is not None:
            undone.add(judgement.undoes)
    careful = {"same": 0, "unsure": 1, "different": 2}
    for judgement in sorted(judgements, key=lambda j: (j.at, careful[j.verdict], j.id)):
        if judgement.undoes is None and judgement.id not in undone:
            standing[frozenset((judgement.left, judgement.right))] = judgement.verdict
    return [pair for pair, held in standing.items() if held == verdict and len(pair) == 2]


@settings(max_examples=300, deadline=None)
@given(a_case(), st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_of_what_is_given(case, random):
    mentions, origins, judgements = case
    shuffled, reordered = list(mentions), list(judgements)
    random.shuffle(shuffled)
    random.shuffle(reordered)
    expected = resolve(mentions, judgements, origins=origins)
    assert resolve(shuffled, reordered, origins=origins) == expected


@settings(max_examples=300, deadline=None)
@given(a_case())
def test_every_mention_is_in_exactly_one_entity(case):
    mentions, origins, judgements = case
    found = resolve(mentions, judgements, origins=origins)
    placed = [m.mention_id for entity in found.entities for m in entity.mentions]
    assert sorted(placed) == sorted(mention.id for mention in mentions)
    assert len({entity.id for entity in found.entities}) == len(found.entities)


@settings(max_examples=500, deadline=None)
@given(a_case())
def test_a_difference_is_never_merged_directly_or_through_a_third(case):
    mentions, origins, judgements = case
    groups = _groups(resolve(mentions, judgements, origins=origins))
    for pair in _holding(judgements, "different"):
        assert not any(pair <= group for group in groups)


@settings(max_examples=300, deadline=None)
@given(a_case())
def test_a_sameness_holds_where_no_difference_stands_against_it(case):
    mentions, origins, judgements = case
    groups = _groups(resolve(mentions, judgements, origins=origins))
    if not _holding(judgements, "different"):
        for pair in _holding(judgements, "same"):
            assert any(pair <= group for group in groups)


@settings(max_examples=300, deadline=None)
@given(a_case(), st.data())
def test_an_undo_restores_exactly_what_was(case, data):
    mentions, origins, judgements = case
    ids = st.sampled_from([mention.id for mention in mentions])
    verdict = data.draw(st.sampled_from(["same", "different"]))
    made = Judgement("new", data.draw(ids), data.draw(ids), verdict, "B. Reader", "2026-02-01", "")
    undo = Judgement("undo", made.left, made.right, "unsure", "B. Reader", "2026-02-02", "", "new")
    before = resolve(mentions, judgements, origins=origins)
    assert resolve(mentions, [*judgements, made, undo], origins=origins) == before


@settings(max_examples=300, deadline=None)
@given(a_case())
def test_countries_and_identifiers_never_conflict_without_a_person(case):
    mentions, origins, _ = case
    by_id = {mention.id: mention for mention in mentions}
    for entity in resolve(mentions, origins=origins).entities:
        members = [by_id[m.mention_id] for m in entity.mentions]
        rors = {i.value for m in members for i in m.identifiers if i.scheme == "ror"}
        assert len(rors) <= 1
        shared = rors and all(m.identifiers for m in members)
        assert len({m.country for m in members} - {None}) <= 1 or shared
        assert len({m.kind == "place" for m in members}) == 1
        assert len({m.kind == "person" for m in members}) == 1


@settings(max_examples=200, deadline=None)
@given(a_case())
def test_every_merge_has_its_reasons_and_the_queue_joins_two_entities(case):
    mentions, origins, judgements = case
    found = resolve(mentions, judgements, origins=origins)
    owner = {m.mention_id: entity.id for entity in found.entities for m in entity.mentions}
    for entity in found.entities:
        assert [bool(m.reasons) for m in entity.mentions] == [
            number > 0 for number in range(len(entity.mentions))
        ]
    for pair in found.queue:
        assert owner[pair.left] != owner[pair.right]
        assert pair.reasons


@settings(max_examples=300, deadline=None)
@given(a_case(), st.sampled_from(["same", "different"]))
def test_one_judgement_on_a_queued_pair_settles_it(case, verdict):
    mentions, origins, judgements = case
    found = resolve(mentions, judgements, origins=origins)
    apart = _holding(judgements, "different")
    for pair in found.queue[:2]:
        made = Judgement("new", pair.left, pair.right, verdict, "B. Reader", "2026-02-01", "")
        after = resolve(mentions, [*judgements, made], origins=origins)
        asked = {frozenset((p.left, p.right)) for p in after.queue}
        assert frozenset((pair.left, pair.right)) not in asked or apart
        together = any({pair.left, pair.right} <= group for group in _groups(after))
        assert together == (verdict == "same") or apart


@settings(max_examples=100, deadline=None)
@given(a_case())
def test_no_claims_make_no_ties(case):
    mentions, origins, judgements = case
    entities = resolve(mentions, judgements, origins=origins).entities
    assert tie_claims(entities, [], publishers={}) == ()
