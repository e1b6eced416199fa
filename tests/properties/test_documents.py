"""Laws that hold for every document, whatever its bytes."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.documents import read_document
from crosstie.documents.articles import find_articles
from crosstie.ontology.errors import DocumentRefused
from crosstie.ontology.ids import DocumentId
from crosstie.text.languages import language_of
from crosstie.text.lines import paragraphs_of
from crosstie.text.sentences import sentence_spans

# The first call loads a language model and month names; a laptop under load is slow, not wrong.
law = settings(deadline=None)

_LINES = st.sampled_from(
    [
        "", "Norvik Shipbuilding Group signs an agreement", "Orrin Group buys a stake",
        "Source: Vellmark Post, 3 March 2022", "By Mara Quist", "3 March 2022", "---",
        "The yard signed an agreement with the navy. It will build six boats.", "{1} Ibid.",
        "{Editor’s Note: this is a translation", "of an article.}", "Home > News", "Comments",
        "维尔马克海事集团签署协议", "来源：维尔马克日报 2020-06-18",
        "双方将共建联合实验室。", "### Heading",
        "Year | Sales", "2019 | 41", "Photo: The Quay", "- an item", "References", "“Quoted.”",
        "Posted on 2 May 2021, 10:14", "\u202eTitle from the right", "# One", "1. Introduction",
    ]
)  # fmt: skip
_PAGES = st.lists(_LINES, max_size=40).map("\n".join)
_TEXTS = st.one_of(_PAGES, st.text(max_size=400))
_SUFFIXES = st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ""])


@law
@given(_TEXTS)
def test_articles_are_disjoint_and_their_blocks_lie_inside_in_order(text: str) -> None:
    at = 0
    for number, article in enumerate(find_articles(text, DocumentId("doc-x")), start=1):
        assert article.number == number
        assert at <= article.start < article.end <= len(text)
        assert article.start <= article.body_start <= article.end
        assert text[article.start : article.end] == text[article.start : article.end].strip()
        at = article.start
        for block in article.blocks:
            assert at <= block.start < block.end <= article.end
            assert block.kind
            at = block.end
        at = article.end


@law
@given(_TEXTS)
def test_text_with_anything_in_it_has_an_article(text: str) -> None:
    assert bool(find_articles(text, DocumentId("doc-x"))) == bool(text.strip())


@law
@given(_PAGES)
def test_text_file_is_kept_as_it_is_and_reads_the_same_twice(text: str) -> None:
    if not text.strip():
        return
    first = read_document(text.encode(), name="page.txt")
    assert first[0].text == text
    assert read_document(text.encode(), name="page.txt") == first


@law
@given(st.binary(max_size=600), _SUFFIXES)
def test_any_bytes_are_read_or_refused_by_name(raw: bytes, suffix: str) -> None:
    _reads_or_refuses(raw, f"file{suffix}")


@law
@given(st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04word/", b"<!doctype html><html>"]), st.binary())
def test_bytes_behind_a_true_mark_are_read_or_refused_by_name(mark: bytes, raw: bytes) -> None:
    for suffix in (".pdf", ".docx", ".html"):
        _reads_or_refuses(mark + raw, f"file{suffix}")


@law
@given(st.text(alphabet="<>/abdivpth1 =\"'&;!-\n", max_size=300))
def test_any_markup_is_read_or_refused_by_name(markup: str) -> None:
    _reads_or_refuses(f"<html><body>{markup}".encode(), "page.html")


def _reads_or_refuses(raw: bytes, name: str) -> None:
    try:
        document, articles = read_document(raw, name=name)
    except DocumentRefused as refusal:
        assert refusal.reason in DocumentRefused.REFUSALS
        assert name in str(refusal)
        assert refusal.remedy
        return
    assert articles
    assert all(0 <= a.start < a.end <= len(document.text) for a in articles)


@law
@given(_TEXTS)
def test_sentences_hold_all_that_is_no_white_space_once(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[at:start].strip()
        assert end - start <= 2_000
        at = end
    assert not text[at:].strip()


@law
@given(_TEXTS, st.integers(0, 400), st.integers(0, 400))
def test_sentences_of_a_part_lie_in_that_part(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert all(start <= a < b <= end for a, b in sentence_spans(text, start, end))


@law
@given(_TEXTS)
def test_paragraphs_hold_all_that_is_no_white_space_once(text: str) -> None:
    joined = "".join(text[start:end] for start, end in paragraphs_of(text, 0, len(text)))
    assert "".join(joined.split()) == "".join(text.split())


@law
@given(st.text(max_size=200))
def test_language_is_a_code_and_always_the_same(text: str) -> None:
    language = language_of(text)
    assert re.fullmatch(r"[a-z]{2,3}", language)
    assert language_of(text) == language
