"""Read a Chinese article: names, surface patterns over masked sentences, assertions."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crosstie.extraction.assertion import Assertion
from crosstie.extraction.chinese_assertion import chinese_assertion, supposed
from crosstie.extraction.chinese_clauses import Clauses, clauses_of
from crosstie.extraction.chinese_details import details
from crosstie.extraction.chinese_lines import bars_as_commas, in_rows
from crosstie.extraction.chinese_names import chinese_spots, units_by_name
from crosstie.extraction.chinese_owners import ChineseOwners
from crosstie.extraction.chinese_quantities import chinese_quantities
from crosstie.extraction.chinese_script import simplified
from crosstie.extraction.chinese_subjects import Talk
from crosstie.extraction.chinese_words import zh_words
from crosstie.extraction.claiming import Claims, by_sentence
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.english_reading import read_english
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.passages import Sentence
from crosstie.extraction.revision import Draft
from crosstie.extraction.spots import Spot
from crosstie.extraction.surfaces import Symbols, surface_ties

_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_SHORTEST_LATIN = 5


def read_chinese(claims: Claims, gazetteer: Gazetteer) -> None:
    """Find the names, ties and quantities of an article and claim them.

    Sentences without Han characters, as in an English summary below, are read as English.
    """
    text, everything = claims.document.text, claims.sentences
    latin = [s for s in everything if _is_latin(text[s.start : s.end])]
    if latin:
        claims.sentences = latin
        read_english(claims, gazetteer)
    claims.sentences = in_rows(text, [s for s in everything if s not in set(latin)])
    _read_han(claims, gazetteer, _title(claims))
    claims.sentences = everything


def _is_latin(sentence: str) -> bool:
    return len(_LATIN.findall(sentence)) >= _SHORTEST_LATIN and not _HAN.search(sentence)


def _title(claims: Claims) -> list[Sentence]:
    """Return the title as a sentence: it names what the article is about, and states no tie."""
    for block in claims.article.blocks:
        if block.kind == "title":
            return [Sentence(block.start, block.end)]
    return []


def _read_han(claims: Claims, gazetteer: Gazetteer, title: list[Sentence]) -> None:
    text = bars_as_commas(simplified(claims.document.text))
    body = claims.sentences
    claims.sentences = [*title, *body]
    spots = chinese_spots(text, claims.sentences, gazetteer)
    for spot in spots:
        claims.mention(spot)
    talk = Talk()
    claims.claim(spots, _drafts(text, claims.sentences, spots, talk, unread=title))
    for unit, owner in units_by_name(text, spots):
        claims.parent(unit, owner)
    claims.sentences = body
    inside = dict(zip(claims.sentences, by_sentence(claims.sentences, spots), strict=True))
    claims.measure(
        spots,
        lambda _, sentence, names: chinese_quantities(text, sentence, names),
        ChineseOwners(text, talk, inside),
    )


def _drafts(
    text: str,
    sentences: Sequence[Sentence],
    spots: Sequence[Spot],
    talk: Talk,
    *,
    unread: Sequence[Sentence],
) -> list[Draft]:
    found: list[Draft] = []
    for sentence, inside in zip(sentences, by_sentence(sentences, spots), strict=True):
        clauses = clauses_of(text, sentence, inside, talk)
        if sentence in unread:
            continue
        for symbols, people in ((clauses.people, True), (clauses.plain, False)):
            for tie in surface_ties(symbols, sentence, "zh", people=people):
                if _stands(text, tie) and not supposed(symbols.text, *_place(symbols, tie)):
                    said = replace(tie, attributes={**tie.attributes, **details(text, tie)})
                    found.append(Draft(said, _assertion(symbols, tie, clauses)))
    return found


def _stands(text: str, tie: RawTie) -> bool:
    """Return whether a tie holds for these very names: a list holds back, or it has members."""
    kind, subject, object = tie.pattern.tie, tie.subject, tie.object
    restrictive = zh_words("restrictive")
    if kind == "designated" and subject.kind == "programme":
        return any(word in subject.name for word in restrictive)
    if kind == "member_of" and object.kind == "programme":
        return not any(word in object.name for word in restrictive)
    if kind == "located_in" and subject.kind == "place":
        return object.name.endswith(_WIDER) or object.country is not None
    if kind == "founded" and object.kind == "university":
        # Ministries and provinces that "build a university together" oversee it.
        return "共建" not in text[tie.trigger[0] : tie.trigger[1]]
    return True


# What happened once is not undone when a cooperation ends.
_EVENTS = frozenset({"founded", "issued", "published", "co_published"})
_WIDER = ("省", "自治区", "州", "国")


def _assertion(symbols: Symbols, tie: RawTie, clauses: Clauses) -> Assertion:
    start, end = _place(symbols, tie)
    implied = symbols is clauses.plain and tie.trigger[0] in clauses.implied
    event = tie.pattern.tie in _EVENTS
    found = chinese_assertion(symbols.text, start, end, implied=implied, event=event).assertion
    if tie.pattern.status == "planned":
        return replace(found, modality="planned")
    if tie.pattern.status == "actual":
        return replace(found, polarity="affirmed", modality="actual", ended=False)
    return replace(found, ended=True) if tie.pattern.status == "ended" else found


def _place(symbols: Symbols, tie: RawTie) -> tuple[int, int]:
    """Return where a tie's match stands among the sentence's symbols."""
    return symbols.offsets.index(tie.trigger[0]), symbols.offsets.index(tie.trigger[1])
