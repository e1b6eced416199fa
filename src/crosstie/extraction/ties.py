"""Match the tie patterns against parsed sentences: patterns × frames → raw ties."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from crosstie.extraction.frames import (
    Parsed,
    agents,
    is_passive,
    patients,
    prepositional,
)
from crosstie.extraction.lexicon import grammar
from crosstie.extraction.masking import uncovered
from crosstie.extraction.passages import Sentence
from crosstie.extraction.patterns import NAME_FIRST, Pattern, shipped_patterns
from crosstie.extraction.reference import Discourse
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot
from crosstie.ontology.kinds import kinds

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = frozenset({"of", "from", "in", "at", "within", "for", "with"})
_THINGS = ("facility", "system", "programme", "technology")
_VERB_TAGS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True)
class RawTie:
    """A tie that a pattern found, before its assertion is read and it is verified."""

    subject: Spot
    object: Spot
    pattern: Pattern
    sentence: Sentence
    trigger: tuple[int, int]
    """Where the predicate stands in the document."""
    token: "Token | None" = None
    antecedents: tuple[Sentence, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Role:
    """The names that fill a role, with the antecedent's sentence when a word stands for them."""

    spots: tuple[Spot, ...]
    antecedents: tuple[Sentence, ...] = ()


@cache
def _by_trigger() -> dict[tuple[str, str], list[Pattern]]:
    table: dict[tuple[str, str], list[Pattern]] = {}
    for pattern in shipped_patterns():
        for word in sorted(pattern.triggers):
            table.setdefault((pattern.part, word), []).append(pattern)
    return table


def ties_in(parsed: Parsed, discourse: Discourse) -> Iterator[RawTie]:
    """Yield the ties that the grammar of one parsed sentence states."""
    for token in parsed.doc:
        part = _part(token)
        if part is None or token.i in parsed.spots:
            continue
        for pattern in _by_trigger().get((part, token.lemma_.lower()), ()):
            yield from _matches(parsed, discourse, token, pattern)


def _part(token: "Token") -> str | None:
    if token.pos_ in _VERB_TAGS:
        return "verbs"
    if token.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
        return "nouns"
    return "adjectives" if token.pos_ == "ADJ" else None


def _matches(
    parsed: Parsed, discourse: Discourse, token: "Token", pattern: Pattern
) -> Iterator[RawTie]:
    if pattern.passive is not None and is_passive(token) != pattern.passive:
        return
    if not _particle_fits(token, pattern) or not _patient_fits(parsed, token, pattern):
        return
    if not _oblique_fits(parsed, token, pattern):
        return
    fill = _Filler(parsed, discourse, token)
    start = parsed.masked.original(token.idx)
    trigger = (start, start + len(token.text))
    for left, right in _pairs(fill, pattern):
        for subject in left.spots:
            for object in right.spots:
                if fits(subject, pattern, object):
                    yield RawTie(
                        subject, object, pattern, parsed.masked.sentence, trigger, token,
                        (*left.antecedents, *right.antecedents),
                    )  # fmt: skip


def _particle_fits(token: "Token", pattern: Pattern) -> bool:
    """Return whether "set up" is `set` with its `up`, or with any of the words asked for."""
    if not pattern.particle:
        return True
    return any(
        c.dep_ in ("prt", "advmod", "prep") and c.lower_ in pattern.particle for c in token.children
    )


def _patient_fits(parsed: Parsed, token: "Token", pattern: Pattern) -> bool:
    """Return whether what is acted on is, or is not, one of the words or kinds asked for."""
    if not pattern.patient and not pattern.not_patient:
        return True
    found = patients(token)
    found = [*found, *(c for t in found for c in t.children if c.dep_ == "conj")]
    words = {t.lemma_.lower() for t in found}
    words |= {f"kind:{spot.kind}" for t in found for spot in parsed.spots.get(t.i, ())}
    if pattern.patient and not words & pattern.patient:
        return False
    return not words & pattern.not_patient


_ANY_PREPOSITION = frozenset({"to", "on", "in", "under", "among", "as", "onto"})


def _oblique_fits(parsed: Parsed, token: "Token", pattern: Pattern) -> bool:
    """Return whether a prepositional phrase holds a word, or a name of a kind, that is asked for."""
    if not pattern.oblique:
        return True
    for noun in prepositional(token, _ANY_PREPOSITION):
        spots = parsed.spots.get(noun.i, ())
        if noun.lemma_.lower() in pattern.oblique or any(
            f"kind:{s.kind}" in pattern.oblique for s in spots
        ):
            return True
    return False


def _pairs(fill: "_Filler", pattern: Pattern) -> Iterator[tuple[Role, Role]]:
    if pattern.among:
        for name in pattern.among:
            role = fill.role(name)
            unique = list({spot.name: spot for spot in role.spots}.values())
            for a, b in combinations(unique, 2):
                yield Role((a,), role.antecedents), Role((b,), role.antecedents)
    for subject in pattern.subject:
        left = fill.role(subject)
        if not left.spots:
            continue
        for object in pattern.object:
            right = fill.role(object, besides=left)
            if right.spots:
                yield left, right
                break
        else:
            continue
        break


def fits(subject: Spot, pattern: Pattern, object: Spot) -> bool:
    """Return whether both ends are of kinds that the pattern and the kind of tie allow."""
    if subject.name == object.name:
        return False
    if pattern.tie == "issued" and object.name.islower():
        # "China's military-civil fusion" is a policy talked about, no text that was issued.
        return False
    if pattern.subject_kinds and subject.kind not in pattern.subject_kinds:
        return False
    if pattern.object_kinds and object.kind not in pattern.object_kinds:
        return False
    return kinds().tie(pattern.tie).fits(subject.kind, object.kind)


class _Filler:
    """Finds the names that fill a predicate's roles."""

    def __init__(self, parsed: Parsed, discourse: Discourse, token: "Token") -> None:
        self.parsed = parsed
        self.discourse = discourse
        self.token = token
        self.besides: set[str] = set()

    def role(self, name: str, *, besides: Role | None = None) -> Role:
        """Return the names in a role: agent, patient, possessor, modifier, or a preposition.

        `besides` fills the other end already: "its" in "supplying its department" is not that one.
        """
        self.besides = {spot.name for spot in besides.spots} if besides else set()
        # "A, a director of X, and B, the head of Y": B is no director of X.
        return self._named(self._tokens(name), lists=name != "apposed")

    def _tokens(self, name: str) -> list["Token"]:
        token = self.token
        verbal = token.pos_ in _VERB_TAGS
        if name == "agent":
            return agents(token) if verbal else self._noun_agents()
        if name == "patient":
            return patients(token)
        if name == "possessor":
            return [c for c in token.children if c.dep_ == "poss"]
        if name == "patient_possessor":
            return [c for p in patients(token) for c in p.children if c.dep_ == "poss"]
        if name == "modifier":
            return [c for c in token.children if c.dep_ in ("compound", "nmod", "amod", "npadvmod")]
        if name == "holder":
            return self._holders()
        if name == "apposed":
            return self._apposed()
        return list(prepositional(token, frozenset(name.split("|"))))

    def _noun_agents(self) -> list["Token"]:
        """Return who acts in a nominal predicate: "Hexi has a partnership with ..."."""
        token = self.token
        own = [c for c in token.children if c.dep_ == "poss"]
        if own:
            return own
        head, child = token.head, token
        for _ in range(4):
            if head.pos_ in _VERB_TAGS:
                if (
                    child.dep_ in ("dobj", "attr", "nsubjpass", "pobj", "oprd", "conj", "prep")
                    and head.lemma_ in grammar().support
                ):
                    return agents(head)
                return []
            if head.dep_ == "prep" or head.pos_ in ("ADP", "NOUN"):
                child, head = head, head.head
                continue
            break
        return []

    def _holders(self) -> list["Token"]:
        """Return the noun that a participle or a phrase describes: "firms linked to ..."."""
        token = self.token
        if token.dep_ in ("acl", "amod", "relcl"):
            return [token.head]
        if token.pos_ == "ADJ" or is_passive(token):
            return patients(token) or [
                c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")
            ]
        return agents(token)

    def _apposed(self) -> list["Token"]:
        """Return what a noun is said to be: "Hexi, a subsidiary of ...", "Hexi is a subsidiary"."""
        token = self.token
        if token.dep_ == "appos":
            return [token.head]
        if token.dep_ in ("attr", "oprd") or (
            token.dep_ == "dobj" and token.head.lemma_ == "become"
        ):
            return agents(token.head) or [c for c in token.head.children if c.dep_ == "nsubj"]
        if token.dep_ == "conj":
            return _Filler(self.parsed, self.discourse, token.head)._apposed()
        if token.dep_ == "pobj" and token.head.lower_ == "as":
            return patients(token.head.head)
        return [c for c in token.children if c.dep_ in ("appos",)]

    def _named(self, tokens: Iterable["Token"], *, lists: bool) -> Role:
        spots: list[Spot] = []
        antecedents: list[Sentence] = []
        for token in tokens:
            if not lists and token.i in self.parsed.spots:
                spots += self.parsed.spots[token.i]
                continue
            role = self._names_of(token, 0)
            spots += role.spots
            antecedents += role.antecedents
        return Role(tuple(dict.fromkeys(spots)), tuple(dict.fromkeys(antecedents)))

    def _names_of(self, token: "Token", depth: int) -> Role:
        if depth > 3:
            return Role(())
        found = list(self.parsed.spots.get(token.i, ()))
        antecedents: list[Sentence] = []
        for child in token.children:
            if (
                child.dep_ == "appos"
                and found
                and (child.i not in self.parsed.spots or found[0].kind == "place")
            ):
                continue
            if child.dep_ in ("conj", "appos") and (found or child.dep_ == "appos"):
                role = self._names_of(child, depth + 1)
                found += role.spots
                antecedents += role.antecedents
        if not found:
            role = self._stand_in(token, depth)
            found += role.spots
            antecedents += role.antecedents
        return Role(tuple(found), tuple(antecedents))

    def _stand_in(self, token: "Token", depth: int) -> Role:
        """Return the names behind a pronoun, a definite noun, or "staff of Hexi"."""
        if token.tag_ in ("PRP", "PRP$"):
            within = self._within_sentence(token)
            if within:
                return Role(within)
        if token.pos_ in ("NOUN", "PROPN") and (named := self._named_by_modifier(token)):
            return Role(named)
        if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in grammar().transparent:
            for child in token.children:
                if child.dep_ in ("poss", "compound", "nmod") or (
                    child.dep_ == "amod" and child.i in self.parsed.spots
                ):
                    role = self._names_of(child, depth + 1)
                    if role.spots:
                        return role
            inner = [
                noun
                for child in token.children
                if child.dep_ == "prep"
                and child.lower_ in ("of", "from", "in", "at", "within", "for", "with")
                for noun in child.children
                if noun.dep_ == "pobj"
            ]
            for noun in inner:
                role = self._names_of(noun, depth + 1)
                if role.spots:
                    return role
        antecedent = self.discourse.resolve(token)
        if antecedent is None:
            return Role(())
        return Role(antecedent.spots, antecedent.sentences)

    def _inside(self, token: "Token", depth: int) -> Role:
        """Return the name in "members of the Fleet", "departments in Selimia"."""
        for child in token.children:
            if child.dep_ != "prep" or child.lower_ not in _INSIDE:
                continue
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                role = self._names_of(noun, depth + 1)
                local = (
                    role.spots
                    and role.spots[0].kind == "place"
                    and child.lower_ in ("in", "at", "within", "from")
                )
                if role.spots and (not local or token.lemma_.lower() in grammar().official):
                    return role
        return Role(())

    def _named_by_modifier(self, token: "Token") -> tuple[Spot, ...]:
        """Return the thing that a common noun repeats: "the Selim Three power plant"."""
        for child in token.children:
            spots = self.parsed.spots.get(child.i, ())
            if (
                child.dep_ in ("compound", "nmod", "amod", "nsubj")
                and spots
                and spots[0].kind in _THINGS
            ):
                return spots
        return ()

    def _within_sentence(self, token: "Token") -> tuple[Spot, ...]:
        """Return an organisation that leads an earlier clause of this sentence, for its pronoun."""
        if token.lower_ not in ("it", "its", "itself", "they", "their"):
            return ()
        leading = [
            t for t in self.parsed.doc[: token.i]
            if t.dep_ in ("nsubj", "nsubjpass") and t.i in self.parsed.spots
            and self.parsed.spots[t.i][0].kind in ORGANISATION_LIKE
        ]  # fmt: skip
        for found in reversed(leading):
            if not self.besides & {spot.name for spot in self.parsed.spots[found.i]}:
                return self.parsed.spots[found.i]
        return self._nearest_other(token) if leading else ()

    def _nearest_other(self, token: "Token") -> tuple[Spot, ...]:
        """Return the nearest organisation before a pronoun that is not the other end itself."""
        for before in reversed(self.parsed.doc[: token.i]):
            spots = self.parsed.spots.get(before.i, ())
            if spots and spots[0].kind in ORGANISATION_LIKE and spots[0].name not in self.besides:
                return spots
        return ()


@dataclass(frozen=True)
class Symbols:
    """A sentence with one private character for each name, and what each of them stands for."""

    text: str
    spots: dict[str, tuple[Spot, ...]]
    antecedents: dict[str, Sentence]
    offsets: list[int]
    """Where each character stands in the document."""


def surface_ties(symbols: Symbols, sentence: Sentence, language: str) -> Iterator[RawTie]:
    """Yield the ties that surface patterns find in a sentence whose names are masked."""
    for pattern in shipped_patterns():
        if pattern.surface is None or pattern.language != language:
            continue
        for match in pattern.surface.finditer(symbols.text):
            yield from _surface_match(pattern, match, sentence, symbols)


def symbols_of(
    text: str,
    sentence: Sentence,
    spots: Sequence[Spot],
    stand_ins: Sequence[tuple[int, int, tuple[Spot, ...], Sentence]] = (),
) -> Symbols:
    """Replace each name with one private character, and each word that stands for names too."""
    items: list[tuple[int, int, tuple[Spot, ...], Sentence | None]] = [
        (spot.start, min(spot.covered, sentence.end), (spot,), None) for spot in uncovered(spots)
    ]
    items += stand_ins
    pieces: list[str] = []
    offsets: list[int] = []
    held: dict[str, tuple[Spot, ...]] = {}
    antecedents: dict[str, Sentence] = {}
    at = sentence.start
    for number, (start, end, names, antecedent) in enumerate(sorted(items, key=lambda i: i[0])):
        symbol = chr(ord(NAME_FIRST) + number)
        held[symbol] = names
        if antecedent is not None:
            antecedents[symbol] = antecedent
        pieces += [_plain(text[at:start]), symbol]
        offsets += range(at, start + 1)
        at = end
    pieces.append(_plain(text[at : sentence.end]))
    offsets += range(at, sentence.end + 1)
    return Symbols("".join(pieces), held, antecedents, offsets)


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace("’", "'")


def _surface_match(
    pattern: Pattern, match: re.Match[str], sentence: Sentence, symbols: Symbols
) -> Iterator[RawTie]:
    last = len(symbols.offsets) - 1
    trigger = (symbols.offsets[match.start()], symbols.offsets[min(match.end(), last)])
    said = {k: v for k, v in match.groupdict().items() if k.islower() and v}
    for a, b in _surface_pairs(pattern, match):
        used = tuple(symbols.antecedents[c] for c in (a, b) if c in symbols.antecedents)
        for subject, object in _spot_pairs(symbols, a, b):
            if fits(subject, pattern, object):
                yield RawTie(
                    subject, object, pattern, sentence, trigger, antecedents=used, attributes=said
                )


def _spot_pairs(symbols: Symbols, a: str, b: str) -> Iterator[tuple[Spot, Spot]]:
    if a == b:
        yield from combinations(symbols.spots.get(a, ()), 2)
        return
    for subject in symbols.spots.get(a, ()):
        for object in symbols.spots.get(b, ()):
            yield subject, object


def _surface_pairs(pattern: Pattern, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of symbols; a pair of one symbol with itself stands for "the two"."""
    groups = match.groupdict()
    for name in pattern.among:
        letters = [c for c in groups.get(name) or "" if c >= NAME_FIRST]
        yield from combinations(letters, 2)
        if len(letters) == 1:
            yield letters[0], letters[0]
    for subject in pattern.subject:
        for object in pattern.object:
            for a in groups.get(subject) or "":
                for b in groups.get(object) or "":
                    if a != b:
                        yield a, b
