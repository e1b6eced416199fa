"""Laws of extraction: quotes stand where they say, nothing crashes, equal texts read alike."""

from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosstie.extraction import Extraction, Extractor, Gazetteer, GazetteerName
from crosstie.extraction.masking import masked
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, without_overlaps
from crosstie.ontology.records import Article, Document, encode

_NAMES = [
    GazetteerName("Lantian Holdings", "company", "en"),
    GazetteerName("Northern Fleet", "military_unit", "en"),
    GazetteerName("Selimia", "place", "en"),
    GazetteerName("云门大学", "university", "zh"),
    GazetteerName("河西集团", "company", "zh"),
]
_PIECES = st.sampled_from(
    [
        "Lantian Holdings", "the Northern Fleet", "Selimia", "supplied lenses to", "denied that",
        "signed an agreement with", "in 2019", ", which", "and", "(DTC)", "“", "”", "’s", ".", "it",
        "until 2015", "According to the indictment,", "more than 40 plants", "US$60.6 billion",
        "云门大学", "与", "河西集团", "签署合作协议", "。", "，", "双方将", "2660亿元", "《", "》",
        "（", "\u3000", "\ue000", "\n", "\n\n", ";",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, min_size=1, max_size=25).map(" ".join) | st.text(max_size=120)
_SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@cache
def extractor() -> Extractor:
    return Extractor(Gazetteer.build(_NAMES))


def read(text: str, language: str) -> tuple[Document, Extraction]:
    document = Document.of(origin="document", name="any", text=text, language=language)
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language=language
    )
    return document, extractor().extract(document, article)


@_SLOW
@given(_TEXTS, st.sampled_from(["en", "zh"]))
def test_every_quote_stands_in_the_text_at_its_offsets(text: str, language: str) -> None:
    document, extraction = read(text, language)
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.quote
    for claim in extraction.claims:
        for evidence in claim.evidence:
            document.verify(evidence)


@_SLOW
@given(_TEXTS, st.sampled_from(["en", "zh"]))
def test_every_argument_stands_in_its_evidence(text: str, language: str) -> None:
    _, extraction = read(text, language)
    places = {mention.id: mention for mention in extraction.mentions}
    for claim in extraction.claims:
        for end in filter(None, (claim.subject, claim.object)):
            mention = places[end]
            assert any(e.start <= mention.start and mention.end <= e.end for e in claim.evidence)


@_SLOW
@given(_TEXTS)
def test_reading_twice_gives_equal_records(text: str) -> None:
    first, second = read(text, "en")[1], read(text, "en")[1]
    assert encode(first.claims) == encode(second.claims)
    assert encode(first.mentions) == encode(second.mentions)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 9)), max_size=12))
def test_kept_spots_never_overlap_and_stand_in_order(drafts: list[tuple[int, int, int]]) -> None:
    spots = [Spot(at, at + length, "company", "x", strength) for at, length, strength in drafts]
    kept = without_overlaps(spots)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert not spots or kept


@given(st.text(alphabet="ab .,;\n’", max_size=30), st.integers(0, 30), st.integers(1, 8))
def test_masked_offsets_lead_back_to_the_text(text: str, at: int, length: int) -> None:
    text = text + "Hexi" + text
    start = len(text) // 2 - 2
    spot = Spot(start, start + 4, "company", "Hexi")
    piece = masked(
        text, Sentence(0, len(text)), [spot] if text[start : start + 4] == "Hexi" else []
    )
    outside = min(at, max(0, start - 1))
    if not piece.at or outside < next(iter(piece.at)):
        assert piece.original(outside) == outside
