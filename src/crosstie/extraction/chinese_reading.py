"""Read a Chinese article: names, surface patterns over masked sentences, assertions."""

from collections.abc import Sequence
from dataclasses import replace

from crosstie.extraction.assertion import Assertion, chinese_assertion
from crosstie.extraction.chinese_names import chinese_spots, units_by_name
from crosstie.extraction.chinese_quantities import chinese_quantities
from crosstie.extraction.claiming import Claims, by_sentence
from crosstie.extraction.drafts import RawTie
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.passages import Sentence
from crosstie.extraction.reference import both_sides, that_one
from crosstie.extraction.revision import Draft
from crosstie.extraction.spots import Spot
from crosstie.extraction.surfaces import Symbols, surface_ties, symbols_of

# How many names back "that company" may reach.
_LAST_NAMED = 12
# A phrase this short before the first comma holds for the clause behind it: "据报道，…".
_OPENING_PHRASE = 14
_TWO_SIDED = frozenset({"signed_agreement", "joint_lab", "collaborates_with", "joint_venture"})
Parties = tuple[tuple[Spot, ...], Sentence]


def read_chinese(claims: Claims, gazetteer: Gazetteer) -> None:
    """Find the names, ties and quantities of an article and claim them."""
    text = claims.document.text
    spots = chinese_spots(text, claims.sentences, gazetteer)
    for spot in spots:
        claims.mention(spot)
    claims.claim(spots, _drafts(text, claims.sentences, spots))
    for unit, owner in units_by_name(text, spots):
        claims.parent(unit, owner)
    claims.measure(spots, chinese_quantities)


def _drafts(text: str, sentences: Sequence[Sentence], spots: Sequence[Spot]) -> list[Draft]:
    parties: Parties | None = None
    named: list[tuple[Spot, Sentence]] = []
    found: list[Draft] = []
    for sentence, inside in zip(sentences, by_sentence(sentences, spots), strict=True):
        named += [(spot, sentence) for spot in inside]
        stand_ins = both_sides(text, sentence, inside, parties)
        stand_ins += that_one(text, sentence, named[-_LAST_NAMED:])
        symbols = symbols_of(text, sentence, inside, stand_ins)
        ties = list(surface_ties(symbols, sentence, "zh"))
        found += [Draft(tie, _assertion(symbols, tie)) for tie in ties]
        parties = _parties(ties, sentence) or parties
    return found


def _assertion(symbols: Symbols, tie: RawTie) -> Assertion:
    found = chinese_assertion(*_clause(symbols, tie))
    return replace(found, modality="planned") if tie.pattern.status == "planned" else found


def _clause(symbols: Symbols, tie: RawTie) -> tuple[str, str, str]:
    """Return the matched text, what stands before it in its clause, and the sentence's rest."""
    start = symbols.offsets.index(tie.trigger[0])
    end = symbols.offsets.index(tie.trigger[1])
    opened = max(symbols.text.rfind(mark, 0, start) for mark in "，。；：")
    if symbols.text[opened : opened + 1] == "，" and opened < _OPENING_PHRASE:
        opened = -1
    return symbols.text[start:end], symbols.text[opened + 1 : start], symbols.text[end:]


def _parties(drafts: Sequence[RawTie], sentence: Sentence) -> Parties | None:
    """Return the two parties of a sentence's agreement or venture, for "both sides" after it."""
    for draft in drafts:
        if draft.pattern.tie in _TWO_SIDED:
            pairs = {
                (d.subject.name, d.object.name)
                for d in drafts
                if d.pattern.tie == draft.pattern.tie
            }
            return ((draft.subject, draft.object), sentence) if len(pairs) == 1 else None
    return None
