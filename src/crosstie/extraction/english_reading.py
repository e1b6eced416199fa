"""Read an English article: names, masked parses, patterns, assertions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from crosstie.extraction.assertion import Assertion, cues, english_assertion, presupposed_assertion
from crosstie.extraction.claiming import Claims, by_sentence
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.english_discourse import remember, stand_ins
from crosstie.extraction.english_names import english_spots
from crosstie.extraction.english_owners import EnglishOwners, NumberTalk
from crosstie.extraction.english_quantities import english_quantities
from crosstie.extraction.english_shapes import ModelName
from crosstie.extraction.frames import Parsed
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.listed import Composed, Layout
from crosstie.extraction.masking import masked
from crosstie.extraction.models import english_model
from crosstie.extraction.passages import Sentence
from crosstie.extraction.reference import Discourse
from crosstie.extraction.revision import Draft
from crosstie.extraction.roles import Roles
from crosstie.extraction.spots import Spot
from crosstie.extraction.surfaces import surface_ties, symbols_of
from crosstie.extraction.ties import ties_in

if TYPE_CHECKING:
    from spacy.tokens import Token

# Ties that a description takes for granted: "Hexi, based in Selimia, denied ...".
_DESCRIPTIVE = frozenset(
    {"located_in", "affiliated_with", "issued", "owns", "founded", "published", "member_of"}
)
# What these nouns say has happened, or has not: nothing takes it for granted.
_HAPPENINGS = frozenset({"takeover", "acquisition", "purchase", "buyout", "merger"})


def read_english(claims: Claims, gazetteer: Gazetteer) -> None:
    """Find the names, ties and quantities of an article and claim them."""
    text = claims.document.text
    names = _model_names(text, claims.sentences)
    spots = english_spots(text, claims.sentences, names, gazetteer)
    for spot in spots:
        claims.mention(spot)
    talk = NumberTalk()
    claims.claim(spots, _drafts(text, claims.sentences, spots, talk))
    inside = by_sentence(claims.sentences, spots)
    owners = EnglishOwners(text, talk, claims.sentences, inside)
    claims.measure(spots, english_quantities, owners, owners.meant)


def _model_names(text: str, sentences: Sequence[Sentence]) -> list[ModelName]:
    """Return the names that the model proposes; only its name component runs here."""
    nlp = english_model()
    skip = [name for name in nlp.pipe_names if name != "ner"]
    parts = [text[s.start : s.end].replace("\n", " ") for s in sentences]
    return [
        ModelName(s.start + entity.start_char, s.start + entity.end_char, entity.label_)
        for s, doc in zip(sentences, nlp.pipe(parts, disable=skip), strict=True)
        for entity in doc.ents
    ]


def _drafts(
    text: str, sentences: Sequence[Sentence], spots: Sequence[Spot], talk: NumberTalk
) -> list[Draft]:
    inside = by_sentence(sentences, spots)
    pieces = [masked(text, s, names) for s, names in zip(sentences, inside, strict=True)]
    docs = english_model().pipe([piece.text for piece in pieces], disable=["ner"])
    layout = Layout(text, sentences, inside)
    discourse = Discourse()
    found: list[Draft] = []
    for number, (piece, doc) in enumerate(zip(pieces, docs, strict=True)):
        parsed, names = Parsed.of(piece, doc), inside[number]
        parsed.stands_for = partial(_stands_for, parsed, discourse)
        if not layout.is_row(number):
            talk.hear(parsed, discourse)
        # The cells of a row are no sentence; they are read one by one below.
        ties = [] if layout.is_row(number) else _ties(text, parsed, names, discourse)
        found += [Draft(tie, _assertion(parsed, tie, text)) for tie in ties]
        remember(discourse, parsed, names, ties)
        for put in layout.read(number, parsed):
            found += _put_together(text, put, discourse)
    return found


def _ties(text: str, parsed: Parsed, names: Sequence[Spot], discourse: Discourse) -> list[RawTie]:
    """Return the ties of one sentence: by its grammar, by its words, by what its words point to."""
    sentence = parsed.masked.sentence
    ties = [
        *ties_in(parsed, discourse),
        *surface_ties(symbols_of(text, sentence, names), sentence, "en"),
    ]
    if pointing := list(stand_ins(parsed, discourse)):
        ties += surface_ties(symbols_of(text, sentence, names, pointing), sentence, "en")
    return ties


def _stands_for(parsed: Parsed, discourse: Discourse, token: "Token") -> tuple[Spot, ...]:
    return Roles(parsed, discourse, token).stand_in(token).spots


def _put_together(text: str, put: Composed, discourse: Discourse) -> Iterator[Draft]:
    """Yield the ties that join an item to its lead, or the cells of a row."""
    (doc,) = english_model().pipe([put.masked.text], disable=["ner"])
    parsed = Parsed.of(put.masked, doc)
    ties = [*ties_in(parsed, discourse), *surface_ties(put.symbols, put.masked.sentence, "en")]
    for tie in ties:
        if not put.joins(tie.subject, tie.object):
            continue
        if put.lead != tie.sentence:
            tie = replace(tie, antecedents=(*tie.antecedents, put.lead))
        yield Draft(tie, put.meant(_assertion(parsed, tie, text), tie.pattern.tie))


def _assertion(parsed: Parsed, draft: RawTie, text: str) -> Assertion:
    """Return how a draft is meant: as its clause says, or as its pattern always means it."""
    found = _read_assertion(parsed, draft, text)
    ends = {draft.subject.name, draft.object.name}
    if (
        found.stance == "reported"
        and found.polarity == "affirmed"
        and ends & set(found.attribution[:1])
    ):
        # What a party says of its own ties is asserted; the speaker stays on record.
        found = replace(found, stance="asserted")
    if draft.pattern.status == "planned":
        return replace(found, modality="planned")
    if draft.pattern.status == "ended":
        return replace(found, ended=True)
    return found


def _read_assertion(parsed: Parsed, draft: RawTie, text: str) -> Assertion:
    """Read the clause, or only the draft's own words where it merely describes."""
    matched = text[draft.trigger[0] : draft.trigger[1]]
    if draft.subject.end < draft.object.start:
        matched += " " + text[draft.subject.end : draft.object.start]
    token = draft.token
    if token is None and draft.pattern.tie == "located_in":
        token = _brought_about(parsed, draft.subject)
        if token is not None:
            return english_assertion(parsed, token)
    if token is not None and token.pos_ == "NOUN" and token.dep_ == "appos":
        return presupposed_assertion(parsed, token, matched)
    if token is None:
        token = _anchor(parsed, draft)
        described = draft.pattern.tie in _DESCRIPTIVE
        if token is None or (
            token.pos_ != "VERB" and described and token.lemma_ not in _HAPPENINGS
        ):
            return presupposed_assertion(parsed, None, matched)
    return english_assertion(parsed, token)


def _brought_about(parsed: Parsed, spot: Spot) -> "Token | None":
    """Return what makes a thing be where it is: "will build a plant in", "a deal on a park in"."""
    words = cues("en")
    at = next((i for i, group in parsed.spots.items() if spot in group), None)
    if at is None:
        return None
    token = parsed.doc[at]
    if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in words["create"]:
        return token.head
    for _ in range(4):
        if token.dep_ not in ("pobj", "prep"):
            return None
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_ in words["agree"] | words["plan_noun"]:
            return token
    return None


def _anchor(parsed: Parsed, draft: RawTie) -> "Token | None":
    """Return the token that says how a surface match is meant: its verb, else its last end."""
    inside = [
        token
        for token in parsed.doc
        if draft.trigger[0] <= parsed.masked.original(token.idx) < draft.trigger[1]
    ]
    verbs = [token for token in inside if token.pos_ == "VERB"]
    if verbs:
        return verbs[0]
    nouns = [t for t in inside if t.pos_ == "NOUN" and t.i not in parsed.spots]
    names = [token for token in inside if token.i in parsed.spots]
    if subjects := [t for t in nouns if t.dep_ in ("nsubj", "nsubjpass")]:
        # "The takeover of Hexi, a miner, by Lantian will not go ahead".
        return subjects[0]
    found = nouns or names
    return found[-1] if found else None
