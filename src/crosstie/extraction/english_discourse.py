"""What an English sentence leaves for those behind it: who leads it, what it calls its names.

The words of a sentence that stand for names said before are found here too, for the surfaces.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crosstie.extraction.drafts import RawTie
from crosstie.extraction.frames import Parsed, agents
from crosstie.extraction.passages import Sentence
from crosstie.extraction.reference import Antecedent, Discourse, Heard
from crosstie.extraction.roles import Roles
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot
from crosstie.extraction.surfaces import StandIn
from crosstie.ontology.kinds import kinds

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN_TAGS = frozenset({"NN", "NNS"})
_PRONOUNS = frozenset({"it", "its", "their", "they"})
_SPEAKING_OF = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})


def stand_ins(parsed: Parsed, discourse: Discourse) -> Iterator[StandIn]:
    """Yield the pronouns and definite nouns of a sentence, with the names that they stand for."""
    sentence = parsed.masked.sentence
    last = sentence.start
    for token in parsed.doc:
        if token.dep_ not in _SPEAKING_OF or token.i in parsed.spots:
            continue
        if token.tag_ in ("PRP", "PRP$"):
            if token.lower_ not in _PRONOUNS:
                continue
        elif token.tag_ not in _NOUN_TAGS:
            continue
        role = Roles(parsed, discourse, token).stand_in(token)
        if not role.spots:
            continue
        first = parsed.doc[token.left_edge.i] if token.tag_ in _NOUN_TAGS else token
        if any(i in parsed.spots for i in range(first.i, token.i)):
            continue
        start = parsed.masked.original(first.idx)
        end = parsed.masked.original(token.idx) + len(token.text)
        if start >= last:
            last = end
            yield start, end, role.spots, role.antecedents[0] if role.antecedents else sentence


def remember(
    discourse: Discourse, parsed: Parsed, inside: Sequence[Spot], ties: Sequence[RawTie]
) -> None:
    """Tell the discourse of a sentence that has been read, and of the ties found in it."""
    sentence = parsed.masked.sentence
    leading = tuple(dict.fromkeys(_leading(parsed, discourse, sentence)))
    lists = tuple(group for group in parsed.spots.values() if len(group) > 1)
    for noun, spot in _descriptions(parsed):
        discourse.describe(noun, spot, sentence)
    discourse.add(Heard(sentence, tuple(inside), leading, lists))
    together = [tie for tie in ties if kinds().tie(tie.pattern.tie).symmetric]
    parties = {s.name: s for tie in together for s in (tie.subject, tie.object)}
    if len(parties) > 1:
        cited = dict.fromkeys([sentence, *(s for tie in together for s in tie.antecedents)])
        discourse.parties = Antecedent(tuple(parties.values()), tuple(cited))


def _leading(
    parsed: Parsed, discourse: Discourse, sentence: Sentence
) -> Iterator[tuple[Spot, Sentence]]:
    for token in parsed.doc:
        if token.dep_ != "ROOT":
            continue
        subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
        for subject in subjects or agents(token):
            if subject.i in parsed.spots:
                yield from ((spot, sentence) for spot in parsed.spots[subject.i])
            elif (found := discourse.resolve(subject)) is not None and len(found.spots) == 1:
                yield found.spots[0], found.sentences[0]


def _descriptions(parsed: Parsed) -> Iterator[tuple[str, Spot]]:
    """Yield the common nouns that a sentence says of a name: "Hexi, a maker of lenses"."""
    for at, spots in parsed.spots.items():
        if len(spots) != 1 or spots[0].kind not in ORGANISATION_LIKE:
            continue
        for noun in _said_of(parsed.doc[at]):
            if noun.tag_ == "NN" and noun.i not in parsed.spots:
                yield noun.lemma_.lower(), spots[0]


def _said_of(token: "Token") -> Iterator["Token"]:
    yield from (c for c in token.children if c.dep_ in ("appos", "compound", "nmod"))
    if token.dep_ == "appos":
        yield token.head
    if token.dep_ == "nsubj" and token.head.lemma_ == "be":
        yield from (c for c in token.head.children if c.dep_ == "attr")
