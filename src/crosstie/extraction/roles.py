"""The names that fill a predicate's roles, behind pronouns, lists and "staff of Hexi"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosstie.extraction.frames import (
    Parsed,
    agents,
    antecedent,
    is_passive,
    patients,
    prepositional,
)
from crosstie.extraction.lexicon import grammar
from crosstie.extraction.passages import Sentence
from crosstie.extraction.reference import Discourse
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

VERB_TAGS = frozenset({"VERB", "AUX"})
_INSIDE = frozenset({"of", "from", "in", "at", "within", "for"})
_LOCAL = frozenset({"in", "at", "within", "from"})
_BEARING = frozenset({"compound", "nmod", "appos"})
# "Its customers include Hexi", "its owner is Hexi": what stands behind is what the noun names.
_LISTING = frozenset({"include", "comprise", "be"})
_PARTS = frozenset(
    {"most", "many", "some", "part", "half", "majority", "several", "dozens", "rest"}
)
_SOME = frozenset({"one", "some", "several", "many", "any", "each", "both", "all"})
# Of several things that a noun repeats, the first of these kinds is meant.
_THINGS = ("facility", "system", "programme")


def _clause_of(token: "Token") -> "Token":
    while token.pos_ not in VERB_TAGS and token.head != token:
        token = token.head
    return token


def _bearers_of(verb: "Token") -> list["Token"]:
    return agents(verb) or [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _examples_of(noun: "Token") -> list["Token"]:
    """Return what "such as" and "including" give: "partners including Hexi"."""
    return [
        example
        for word in noun.children
        if word.dep_ == "prep" and word.lower_ in ("including", "as", "like", "namely")
        for example in word.children
        if example.dep_ == "pobj"
    ]


@dataclass(frozen=True)
class Role:
    """The names that fill a role, with the antecedent's sentence when a word stands for them."""

    spots: tuple[Spot, ...]
    antecedents: tuple[Sentence, ...] = ()


class Roles:
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
        described = name == "apposed" and self.token.dep_ == "appos"
        return self._named(self._tokens(name), lists=not described)

    def _tokens(self, name: str) -> list["Token"]:
        token = self.token
        verbal = token.pos_ in VERB_TAGS
        if name == "agent":
            return agents(token) if verbal else self._noun_agents()
        if name == "patient":
            return patients(token)
        if name == "possessor":
            return self._possessors()
        if name == "bearer":
            named = [c for c in token.children if c.dep_ == "appos"]
            return named or ([token.head] if token.dep_ in _BEARING else [])
        if name == "patient_possessor":
            return [c for p in patients(token) for c in p.children if c.dep_ == "poss"]
        if name == "agent_possessor":
            return [c for a in agents(token) for c in a.children if c.dep_ == "poss"]
        if name == "modifier":
            return [c for c in token.children if c.dep_ in ("compound", "nmod", "amod", "npadvmod")]
        if name == "holder":
            return self._holders()
        if name == "apposed":
            return self._apposed()
        return list(prepositional(token, frozenset(name.split("|"))))

    def _possessors(self) -> list["Token"]:
        """Return whose a noun is; in "its founder Li Heng" the parser hangs "its" on the name."""
        token = self.token
        holders = [token, token.head] if token.dep_ in _BEARING else [token]
        return [
            antecedent(c, _clause_of(token))
            for holder in holders
            for c in holder.children
            if c.dep_ == "poss"
        ]

    def _noun_agents(self) -> list["Token"]:
        """Return who acts in a nominal predicate: "Hexi has a partnership with ..."."""
        token = self.token
        own = [c for c in token.children if c.dep_ == "poss"]
        if own:
            return own
        head, child = token.head, token
        for _ in range(4):
            if head.pos_ in VERB_TAGS:
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
        if (
            token.pos_ == "ADJ"
            or is_passive(token)
            or (token.dep_ == "conj" and token.tag_ == "VBN" and is_passive(token.head))
        ):
            of_head = [c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")]
            # "Is a large school and is subordinate to": the subject stands with the first verb.
            return patients(token) or of_head or agents(token.head)
        return agents(token)

    def _apposed(self) -> list["Token"]:
        """Return what a noun is said to be: "Hexi, a subsidiary of ...", "Hexi is a subsidiary"."""
        token = self.token
        if token.dep_ == "appos":
            return [token.head]
        if token.dep_ in ("attr", "oprd") or (
            token.dep_ == "dobj" and token.head.lemma_ == "become"
        ):
            return _bearers_of(token.head)
        if token.dep_ == "conj":
            return Roles(self.parsed, self.discourse, token.head)._apposed()
        if token.dep_ == "pobj":
            return self._behind_preposition()
        if token.dep_ == "nsubj" and token.head.lemma_ in _LISTING:
            return [c for c in token.head.children if c.dep_ in ("dobj", "attr")]
        return [c for c in token.children if c.dep_ == "appos"] or _examples_of(token)

    def _behind_preposition(self) -> list["Token"]:
        """Return who is one of, among or acts as what the noun says."""
        preposition, token = self.token.head, self.token.head.head
        word = preposition.lower_
        if word == "as":
            opens = preposition.i < token.i
            return agents(token) if opens else patients(token) or agents(token)
        if word == "among" and token.lemma_ == "be":
            return _bearers_of(token) + [c for c in token.children if c.dep_ == "attr"]
        if word == "among":
            return patients(token)
        if word == "of" and (token.lower_ in _SOME or token.pos_ == "NUM"):
            return Roles(self.parsed, self.discourse, token)._apposed()
        return _examples_of(self.token)

    def _named(self, tokens: Iterable["Token"], *, lists: bool) -> Role:
        spots: list[Spot] = []
        antecedents: list[Sentence] = []
        for token in tokens:
            if not lists and token.i in self.parsed.spots:
                group = self.parsed.spots[token.i]
                # "A and B, the arm of X": of one thing the last of the list is said.
                spots += group[-1:] if self.token.tag_ == "NN" else group
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

    def stand_in(self, token: "Token") -> Role:
        """Return the names behind a pronoun or a definite noun, none when no rule is sure."""
        if token.tag_ in ("PRP", "PRP$"):
            within = self._within_sentence(token)
            if within:
                return Role(within)
        elif token.tag_ == "NNS" and (here := self._both_named_here(token)):
            return Role(here)
        found = self.discourse.resolve(token)
        return Role(found.spots, found.sentences) if found else Role(())

    def _both_named_here(self, token: "Token") -> tuple[Spot, ...]:
        """Return the two of a list before "both institutions" in one sentence."""
        if not any(c.lower_ in ("both", "two") for c in token.children):
            return ()
        for before in reversed(self.parsed.doc[: token.i]):
            spots = self.parsed.spots.get(before.i, ())
            if len(spots) == 2 and all(s.kind in ORGANISATION_LIKE for s in spots):
                return spots
        return ()

    def _stand_in(self, token: "Token", depth: int) -> Role:
        """Return the names behind a pronoun, a definite noun, or "staff of Hexi"."""
        if token.lower_ in _PARTS and (role := self._part_of(token, depth)).spots:
            return role
        elif token.lower_ == "both":
            return (
                Role(self._two_before(token)) if self._two_before(token) else self.stand_in(token)
            )
        elif token.pos_ in ("NOUN", "PROPN"):
            role = self._behind_noun(token, depth)
            if not role.spots:
                role = self._one_of(token, depth)
            if not role.spots:
                role = self._examples(token, depth)
            if role.spots:
                return role
        return self.stand_in(token)

    def _behind_noun(self, token: "Token", depth: int) -> Role:
        """Return the name that a common noun repeats, or that stands inside its phrase."""
        named = self._named_by_modifier(token)
        if named:
            return Role(named)
        if token.lemma_.lower() not in grammar().transparent:
            return Role(())
        for child in token.children:
            if child.dep_ in ("poss", "compound", "nmod") or (
                child.dep_ == "amod" and child.i in self.parsed.spots
            ):
                role = self._names_of(child, depth + 1)
                if role.spots:
                    return role
        return self._inside(token, depth)

    def _examples(self, token: "Token", depth: int) -> Role:
        """Return the names that "including" gives: "seven universities, including Yunmen"."""
        for example in _examples_of(token):
            role = self._names_of(example, depth + 1)
            if role.spots:
                return role
        return Role(())

    def _part_of(self, token: "Token", depth: int) -> Role:
        """Return what a part is of: "most of the ballistic missiles"."""
        for word in token.children:
            if word.dep_ == "prep" and word.lower_ == "of":
                for noun in word.children:
                    if noun.dep_ == "pobj":
                        return self._names_of(noun, depth + 1)
        return Role(())

    def _two_before(self, token: "Token") -> tuple[Spot, ...]:
        """Return the two organisations named last before "both"."""
        found: dict[str, Spot] = {}
        for before in reversed(self.parsed.doc[: token.i]):
            for spot in self.parsed.spots.get(before.i, ()):
                if spot.kind in ORGANISATION_LIKE:
                    found.setdefault(spot.name, spot)
            if len(found) > 1:
                break
        return tuple(found.values()) if len(found) == 2 else ()

    def _one_of(self, token: "Token", depth: int) -> Role:
        """Return who is one of a number: "Hexi is one of the seven universities overseen by"."""
        if token.dep_ != "pobj" or token.head.lower_ != "of" or token.tag_ != "NNS":
            return Role(())
        if token.head.head.lower_ not in _SOME:
            return Role(())
        found = Role(())
        for bearer in Roles(self.parsed, self.discourse, token)._apposed():
            found = self._names_of(bearer, depth + 1)
        return found

    def _inside(self, token: "Token", depth: int) -> Role:
        """Return the name in "members of the Fleet", "departments in Selimia"."""
        for child in token.children:
            if child.dep_ != "prep" or child.lower_ not in _INSIDE:
                continue
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                role = self._names_of(noun, depth + 1)
                local = role.spots and role.spots[0].kind == "place" and child.lower_ in _LOCAL
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
        if (speaker := self._speaker_of_clause(token)) is not None:
            return speaker
        leading = [
            t for t in self.parsed.doc[: token.i]
            if t.dep_ in ("nsubj", "nsubjpass") and t.i in self.parsed.spots
            and self.parsed.spots[t.i][0].kind in ORGANISATION_LIKE | {"place"}
        ]  # fmt: skip
        for found in reversed(leading):
            if not self.besides & {spot.name for spot in self.parsed.spots[found.i]}:
                return self.parsed.spots[found.i]
        return self._nearest_other(token) if leading else ()

    def _speaker_of_clause(self, token: "Token") -> tuple[Spot, ...] | None:
        """Return who speaks when a noun does: "The company said that it had never sold"."""
        clause = _clause_of(token)
        if token.dep_ not in ("nsubj", "nsubjpass") or clause.dep_ != "ccomp":
            return None
        for speaker in clause.head.children:
            if speaker.dep_ == "nsubj" and speaker.tag_ == "NN":
                found = self.discourse.resolve(speaker)
                return found.spots if found is not None and len(found.spots) == 1 else None
        return None

    def _nearest_other(self, token: "Token") -> tuple[Spot, ...]:
        """Return the nearest organisation before a pronoun that is not the other end itself."""
        for before in reversed(self.parsed.doc[: token.i]):
            spots = self.parsed.spots.get(before.i, ())
            if spots and spots[0].kind in ORGANISATION_LIKE and spots[0].name not in self.besides:
                return spots
        return ()
