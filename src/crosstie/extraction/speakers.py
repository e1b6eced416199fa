"""Who says what a clause states: a chain from the first speaker on, and where the words stand."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosstie.extraction.frames import Parsed, agents, antecedent
from crosstie.ontology.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

HAN_CHARGE = r"(?P<han>起诉书|起诉状|公诉书|诉状)[中里]?(?:还|并|又)?(?:称|指出|指控|显示|写道)"
CHARGES = re.compile(
    r"\b(?:indictment|lawsuit|complaint|charges?|prosecut\w+|plaintiff|affidavit|suit)\b"
    r"|起诉书|起诉状|公诉书|诉状",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"\b[Aa]ccording to\b|\bciting\b|\bsources say\b")
_ACCORDING_PHRASE = re.compile(
    r"[Aa]ccording to (?:the |an? )?([^,;.()]{2,60}?)(?=,|;|\.|$| that | on | in )"
)
_CITING = frozenset({"citing", "quoting"})
_OF = frozenset({"by", "of", "from", "at", "for"})
_IN_NOUN = frozenset({"compound", "amod", "nmod"})
# "Told": who is told is the next one to say it, when it is a medium.
_TOLD = frozenset({"tell"})


@dataclass(frozen=True, slots=True)
class Said:
    """The speakers of a clause, the first one first, and the span of the words that say so."""

    speakers: tuple[str, ...] = ()
    cue: tuple[int, int] | None = None


def stance_of_source(source: str) -> Stance:
    """Return `alleged` for an indictment or a lawsuit, `reported` for any other source."""
    return "alleged" if CHARGES.search(source) else "reported"


def chained(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the speakers of all parts in order, each once."""
    return tuple(dict.fromkeys(name for part in parts for name in part))


def said_by(parsed: Parsed, verb: "Token") -> Said:
    """Return who says what hangs on `verb`: whom the speaker cites, the speaker, who was told.

    "Selim Daily reported, citing an official" → ("official", "Selim Daily").
    """
    own = [token for token in agents(verb) if token.dep_ != "expl"]
    spoken = chained(*(_called(parsed, token) for token in own))
    told = [
        c
        for c in verb.children
        if c.dep_ in ("dobj", "dative") and verb.lemma_ in _TOLD
        and any(spot.kind == "media" for spot in parsed.spots.get(c.i, ()))
    ]  # fmt: skip
    outlets = chained(*(_called(parsed, token) for token in told))
    first = min((token.left_edge.i for token in own if token.i < verb.i), default=verb.i)
    words = parsed.doc[min(first, verb.i) : verb.i + 1]
    cue = (parsed.masked.original(words.start_char), parsed.masked.original(words.end_char))
    return Said(chained(_cited(parsed), spoken, outlets), cue if cue[0] < cue[1] else None)


def _cited(parsed: Parsed) -> tuple[str, ...]:
    """Return whom the sentence cites: "citing a ministry official"."""
    for token in parsed.doc:
        if token.lower_ in _CITING:
            objects = [c for c in token.children if c.dep_ in ("dobj", "pobj")]
            return chained(*(_called(parsed, noun) for noun in objects))
    return ()


def _called(parsed: Parsed, token: "Token") -> tuple[str, ...]:
    """Return the names of a speaker; of one without a name, the words for it: "officials"."""
    token = antecedent(token, token.head)
    spots = parsed.spots.get(token.i)
    if not spots and parsed.stands_for is not None:
        spots = parsed.stands_for(token)
    if spots:
        return tuple(dict.fromkeys(spot.name for spot in spots))
    if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ == "DATE":
        return ()
    inside = [
        spot.name
        for word in token.children
        for noun in ([word] if word.dep_ == "poss" else word.children)
        if word.dep_ == "poss" or (word.dep_ == "prep" and word.lower_ in _OF)
        for spot in parsed.spots.get(noun.i, ())
    ]
    if inside:
        return tuple(dict.fromkeys(inside))
    before = [c.text for c in token.children if c.dep_ in _IN_NOUN and c.i < token.i]
    return (" ".join([*before, token.text]),)


def according_to(parsed: Parsed) -> Said:
    """Return who is cited: the name in "according to X", or the words, such as "indictment"."""
    masked = parsed.masked
    match = _ACCORDING_PHRASE.search(masked.text)
    if match is None:
        return Said(_cited(parsed))
    cue = (masked.original(match.start()), masked.original(match.end(1)))
    for offset, spots in sorted(masked.at.items()):
        if match.start(1) <= offset < match.end(1):
            return Said(tuple(dict.fromkeys(spot.name for spot in spots)), cue)
    return Said((match.group(1),), cue)


def stands_apart(parsed: Parsed, clause: "Token | None") -> bool:
    """Return whether "according to X" stands outside of a clause that only describes a name."""
    match = ACCORDING.search(parsed.masked.text)
    if clause is None or match is None:
        return False
    return not any(token.idx == match.start() for token in clause.subtree)
