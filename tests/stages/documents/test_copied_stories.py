"""Which texts are copies of each other: measured on labelled texts in two languages."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.documents import groups, signature_of
from crosstie.documents.copies import COPIED, copies, facts_differ, likeness
from crosstie.ontology.ids import DocumentId
from crosstie.ontology.records import Article, Document, Span
from crosstie.ontology.stories import TextSignature

_LABELLED = yaml.safe_load(
    (Path(__file__).parent / "copies" / "labelled.yaml").read_text(encoding="utf-8")
)
_TEXTS: dict[str, str] = _LABELLED["texts"]
_PAIRS: list[dict[str, Any]] = _LABELLED["pairs"]


def _signature(text: str, *, head: str = "", blocks: tuple[Span, ...] = ()) -> TextSignature:
    whole = head + text
    document = Document.of(origin="document", name="text.txt", text=whole, language="en")
    return signature_of(document, _article(document.id, len(head), len(whole), blocks))


def _article(document: DocumentId, start: int, end: int, blocks: tuple[Span, ...]) -> Article:
    return Article.of(
        document, 1, start=0, end=end, body_start=start, title="", language="en", blocks=blocks
    )


_SIGNED = {key: _signature(text) for key, text in _TEXTS.items()}


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: f"{pair['one']}-{pair['other']}")
def test_a_labelled_pair_is_told(pair: dict[str, Any]) -> None:
    found = list(copies([_SIGNED[pair["one"]], _SIGNED[pair["other"]]]))
    assert bool(found) is pair["same"], pair["made"]


def test_labelled_copies_stand_well_apart_from_other_texts() -> None:
    """The threshold is no fine line: what is below it is far below, or tells other facts."""
    alike = [likeness(_SIGNED[p["one"]], _SIGNED[p["other"]]) for p in _PAIRS if p["same"]]
    others = [
        likeness(one, other)
        for one, other in combinations(_SIGNED.values(), 2)
        if not facts_differ(one, other)
    ]
    assert min(alike) > COPIED + 0.1
    assert not [found for found in others if COPIED - 0.15 < found < COPIED]


def test_all_labelled_texts_fall_into_their_stories() -> None:
    names = {signature.article_id: key for key, signature in _SIGNED.items()}
    found = {frozenset(names[key] for key in group) for group in groups(list(_SIGNED.values()))}
    assert found == {
        frozenset({"harbour", "harbour_desk", "harbour_cut", "harbour_local"}),
        frozenset({"release_a", "release_c"}),
        frozenset({"canal_zh", "canal_zh_copy", "canal_zh_traditional"}),
    }


@pytest.mark.parametrize("text", ["harbour", "canal_zh"])
def test_another_headline_and_another_footer_change_nothing(text: str) -> None:
    footer = "\nCopyright of the paper. All rights reserved. Subscribe to our newsletter today."
    whole = _TEXTS[text] + footer
    head = "Quite another headline of quite another paper\n"
    blocks = (Span(len(head) + len(_TEXTS[text]), len(head) + len(whole), "boilerplate"),)
    dressed = _signature(whole, head=head, blocks=blocks)
    assert dressed.values == _SIGNED[text].values
    assert dressed.sites == _SIGNED[text].sites


def test_a_text_too_short_to_tell_is_no_copy() -> None:
    caption = "A view of the harbour from the hill."
    assert groups([_signature(caption), _signature(caption, head="Photo\n")]) == []


def test_one_corrected_figure_leaves_a_copy_a_copy() -> None:
    corrected = _TEXTS["harbour"].replace("410,000", "401,000")
    assert list(copies([_SIGNED["harbour"], _signature(corrected)]))


def test_a_signature_holds_no_word_of_the_text() -> None:
    held = repr(_SIGNED["harbour"])
    assert not [word for word in _TEXTS["harbour"].split() if len(word) > 6 and word in held]


@given(st.permutations(sorted(_SIGNED)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_adding_changes_no_story(shuffled: list[str]) -> None:
    assert groups([_SIGNED[key] for key in shuffled]) == groups(list(_SIGNED.values()))


@given(st.text(max_size=400), st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_text_has_a_signature_that_is_like_itself(text: str, head: str) -> None:
    once, again = _signature(text, head=head), _signature(text, head=head)
    assert once == again
    assert likeness(once, again) == 1.0
    assert not facts_differ(once, again)
