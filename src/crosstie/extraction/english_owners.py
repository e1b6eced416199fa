"""Whose value an English quantity is: the subject of its clause, or the thing that it hangs on.

What a clause tells of its numbers is read while its sentence is parsed, when the words that stand
for names said before ("it", "the company") still point to them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from crosstie.extraction.assertion import Assertion, english_assertion
from crosstie.extraction.frames import Parsed, antecedent, is_passive
from crosstie.extraction.lexicon import load_lexicon, word_set
from crosstie.extraction.measured import Measured
from crosstie.extraction.owners import OWNERS, Owners
from crosstie.extraction.passages import Sentence
from crosstie.extraction.reference import Discourse
from crosstie.extraction.roles import VERB_TAGS, Role, Roles
from crosstie.extraction.spots import Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_HUNG_ON_NAME = frozenset({"appos", "relcl", "acl", "prep", "amod"})
_OF_NUMBER = frozenset({"of", "with", "worth", "for"})
_THINGS = frozenset({"facility", "system", "programme", "event", "document", "laboratory"})
_LISTS = frozenset({"list", "schedule", "register", "annex", "blacklist", "catalogue", "lists"})
_PLACING = frozenset({"at", "in", "by", "from", "to", "of", "on"})
_HELD = re.compile(
    r"(?:\s[\w-]+){0,3}?\s(?:in the hands of|(?:held|owned|controlled) by)\s(?:the\s)?"
)
_BELONGING = frozenset({"of", "by", "between", "with", "from", "as"})
_SPEAKERS = frozenset({"we", "our", "us", "i"})


@cache
def _words(key: str) -> frozenset[str]:
    return word_set(load_lexicon("quantities_en"), key)


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause tells of one of its numbers: whose it is, and what else must be cited.

    Without `spots` the clause is about something that this article named before.
    """

    spots: tuple[Spot, ...] = ()
    cited: tuple[Sentence, ...] = ()
    ours: bool = False
    """Whether the page speaks of itself: "we reduced our interest"."""


@dataclass
class NumberTalk:
    """What the sentences of an article tell of their numbers, by the number's place."""

    told: dict[int, Told] = field(default_factory=dict)
    meant: dict[int, Assertion] = field(default_factory=dict)
    """How the clause of a number is meant, by the number's place."""
    leads: dict[Sentence, tuple[Spot, Sentence]] = field(default_factory=dict)
    """Sentence → whom the article was speaking of before it."""
    endings: dict[str, Told] = field(default_factory=dict)
    """Last word of a thing's name → its last mention; "list" the last list, "" the last thing."""
    _lead: tuple[Spot, Sentence] | None = None

    def hear(self, parsed: Parsed, discourse: Discourse) -> None:
        """Remember a parsed sentence; `discourse` knows the sentences before it, not this one."""
        sentence = parsed.masked.sentence
        if self._lead is not None:
            self.leads[sentence] = self._lead
        for token in parsed.doc:
            if token.i not in parsed.spots and (token.like_num or token.text[:1].isdigit()):
                at = parsed.masked.original(token.idx)
                told = _Clause(self, parsed, discourse, token).told()
                if told is not None:
                    self.told[at] = told
                verb = _verb_above(token)
                if verb.pos_ in VERB_TAGS:
                    self.meant[at] = english_assertion(parsed, verb)
        self._lead = _lead_of(parsed, discourse) or self._lead
        for spots in parsed.spots.values():
            for spot in spots:
                self._remember(spot, sentence)

    def _remember(self, spot: Spot, sentence: Sentence) -> None:
        if spot.kind not in _THINGS:
            return
        last = spot.name.split()[-1].casefold()
        told = Told((spot,), (sentence,))
        self.endings[last] = told
        if spot.kind in ("programme", "document") and last in _LISTS:
            self.endings["list"] = told
        if spot.kind in ("facility", "system"):
            self.endings[""] = told


def _lead_of(parsed: Parsed, discourse: Discourse) -> tuple[Spot, Sentence] | None:
    """Return whom a sentence is about: the first name in its main subject."""
    for token in parsed.doc:
        if token.dep_ == "ROOT" and token.pos_ in VERB_TAGS:
            role = _subject(parsed, discourse, token)
            for spot in _owning(role):
                return spot, role.antecedents[0] if role.antecedents else parsed.masked.sentence
    return None


def _subject(parsed: Parsed, discourse: Discourse, verb: "Token") -> Role:
    roles = Roles(parsed, discourse, verb)
    return roles.role("patient") if is_passive(verb) else roles.role("agent")


def _owning(role: Role) -> tuple[Spot, ...]:
    return tuple(spot for spot in role.spots if spot.kind in OWNERS)


class _Clause:
    """Walks from a number up through its clause to whom the number belongs."""

    def __init__(
        self, talk: NumberTalk, parsed: Parsed, discourse: Discourse, number: "Token"
    ) -> None:
        self._talk, self._number = talk, number
        self._parsed, self._discourse = parsed, discourse

    def told(self) -> Told | None:
        """Return whose the number is; None when its grammar does not say."""
        below: Token | None = None
        link = self._number
        for _ in range(12):
            found = self._at(link, below)
            if found is not None:
                return found
            if link.head == link:
                return None
            below, link = link, link.head
        return None

    def _at(self, link: "Token", below: "Token | None") -> Told | None:
        if link.pos_ in VERB_TAGS and below is not None:
            return self._at_verb(link, below)
        if below is None or link.pos_ not in _NOUNS:
            return None
        if link.i in self._parsed.spots:
            return self._role(Role(self._parsed.spots[link.i])) if _hangs(below) else None
        whose = [antecedent(c, _verb_above(link)) for c in link.children if c.dep_ == "poss"]
        if below.dep_ == "prep" and below.lower_ in _OF_NUMBER:
            whose += [c for c in link.children if c.dep_ in ("compound", "nmod")]
        return self._role(self._named(whose))

    def _at_verb(self, verb: "Token", below: "Token") -> Told | None:
        if below.dep_ in _SUBJECTS and verb.lemma_ not in _words("to_list"):
            return self._counted_subject(verb, below)
        if verb.lemma_ in _words("to_list"):
            listed = self._listed(verb)
            if listed is not None or below.dep_ in _SUBJECTS:
                return listed
        if verb.lemma_ in _words("value_of_object"):
            objects = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
            # "Fined Hexi 3 million": the parser may hang the name on the sum.
            behind = [t for t in verb.subtree if verb.i < t.i < self._number.i]
            objects += [t for t in behind[:2] if t.i in self._parsed.spots]
            found = self._role(self._named(c for c in objects if c != below))
            if found is not None:
                return found
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if not subjects and (signed := self._signed_by(verb)) is not None:
            return signed
        costs = verb.lemma_ == "cost" and any(c.lower_ == "it" for c in subjects)
        found = self._role(_subject(self._parsed, self._discourse, verb))
        if found is not None and not costs:
            return found
        return self._of_subject(verb, subjects[0]) if subjects else None

    def _of_subject(self, verb: "Token", subject: "Token") -> Told | None:
        """Return whose a subject is that is no name: "the revenue of Hexi", "the deal Hexi won"."""
        if subject.lower_ in _SPEAKERS or _is_bare_measure(subject):
            speaker = self._speaker(verb)
            if speaker is not None or subject.lower_ in _SPEAKERS:
                return speaker or Told(ours=True)
        if verb.lemma_ == "cost" and subject.lower_ == "it" and "" in self._talk.endings:
            return self._talk.endings[""]
        if subject.tag_ in ("WDT", "WP"):
            return None
        found = self._role(self._named(self._inside(verb, subject)))
        return found or self._signed_by(verb) or self._like_name(subject) or Told()

    def _inside(self, verb: "Token", subject: "Token") -> list["Token"]:
        """Return the names inside a subject that say whose it is: "Hexi's plants in Selimia"."""
        whose = [antecedent(c, verb) for c in subject.children if c.dep_ == "poss"]
        named = [t for t in subject.subtree if t.i in self._parsed.spots and t.dep_ != "poss"]
        named = [t for t in named if t.dep_ != "pobj" or t.head.lower_ in _BELONGING]
        return whose or named[:1]

    def _signed_by(self, verb: "Token") -> Told | None:
        """Return who did what came first: "was signed by Hexi and is worth 40 million"."""
        while verb.dep_ == "conj" and verb.head.pos_ in VERB_TAGS:
            verb = verb.head
            deals = [c for c in verb.children if c.lemma_.lower() in _words("deals")]
            if is_passive(verb) and deals:
                role = Roles(self._parsed, self._discourse, verb).role("agent")
                return self._role(role)
        return None

    def _like_name(self, noun: "Token") -> Told | None:
        """Return the name that ends in a definite noun: "the show" for the Selim Arms Show."""
        if not any(c.lower_ in ("the", "this") for c in noun.children):
            return None
        return self._talk.endings.get(noun.lemma_.lower())

    def _speaker(self, verb: "Token") -> Told | None:
        if verb.dep_ != "ccomp":
            return None
        role = _subject(self._parsed, self._discourse, verb.head)
        kept = tuple(spot for spot in role.spots if spot.kind != "media")
        return self._role(Role(kept, role.antecedents))

    def _counted_subject(self, verb: "Token", subject: "Token") -> Told | None:
        """Return whose the things are that a number counts in a subject: "14 units of Hexi"."""
        inside = [t for t in subject.subtree if t.i in self._parsed.spots]
        if inside:
            return self._role(self._named(inside[:1]))
        if is_passive(verb):
            agent = self._role(Roles(self._parsed, self._discourse, verb).role("agent"))
            if agent is not None:
                return agent
        behind = [
            noun
            for word in sorted(verb.children, key=lambda word: word.i < verb.i)
            if word.dep_ in ("prep", "agent") and word.lower_ in _PLACING
            for noun in word.children
            if noun.dep_ == "pobj"
        ]
        objects = [c for c in verb.children if c.dep_ in ("dobj", "attr")]
        return self._role(self._named([*behind, *objects]))

    def _listed(self, verb: "Token") -> Told | None:
        named = [
            spot
            for word in verb.subtree
            if word.dep_ == "prep" and word.lower_ in ("to", "from", "on", "in")
            for noun in word.children
            for spot in self._parsed.spots.get(noun.i, ())
            if spot.kind in ("programme", "document")
        ]
        if named or not is_passive(verb):
            return Told((named[0],)) if named else None
        return self._talk.endings.get("list")

    def _named(self, tokens: "Iterator[Token] | Sequence[Token]") -> Role:
        spots: list[Spot] = []
        cited: list[Sentence] = []
        for token in tokens:
            found = self._parsed.spots.get(token.i, ())
            if not found:
                role = Roles(self._parsed, self._discourse, token).stand_in(token)
                found, more = role.spots, role.antecedents
                cited += more
            spots += found
        return Role(tuple(dict.fromkeys(spots)), tuple(dict.fromkeys(cited)))

    def _role(self, role: Role) -> Told | None:
        spots = _owning(role)
        return Told(spots, role.antecedents) if spots else None


def _verb_above(token: "Token") -> "Token":
    while token.pos_ not in VERB_TAGS and token.head != token:
        token = token.head
    return token


def _hangs(below: "Token") -> bool:
    return below.dep_ in _HUNG_ON_NAME


def _is_bare_measure(noun: "Token") -> bool:
    """Return whether a noun is a measure of whoever speaks: "said revenue rose"."""
    return noun.lemma_.lower() in _words("speakers_own") and not any(
        c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "of") for c in noun.children
    )


class EnglishOwners:
    """Finds, for each quantity, its owner and the sentences that must be cited."""

    def __init__(
        self,
        text: str,
        talk: NumberTalk,
        sentences: Sequence[Sentence],
        spots: Sequence[Sequence[Spot]],
    ) -> None:
        self._talk, self._text = talk, text
        self._other = Owners(text, sentences, spots)
        self._spots = dict(zip(sentences, spots, strict=True))
        self._shared: dict[tuple[Sentence, tuple[Spot, ...]], int] = {}

    def of(self, measured: Measured, sentence: Sentence) -> tuple[Spot, list[Sentence]] | None:
        """Return the owner with the sentences to cite; None when the article names nobody."""
        beside = self._other.beside(measured, sentence)
        if beside is not None:
            return beside, [sentence]
        held = self._held_by(measured, sentence)
        if held is not None:
            return held, [sentence]
        places = range(measured.start, measured.end)
        told = next((self._talk.told[at] for at in places if at in self._talk.told), None)
        if told is None:
            return self._other.of(measured, sentence)
        if told.spots:
            spot = told.spots[self._turn(told, sentence)]
            return spot, list(dict.fromkeys((sentence, *told.cited)))
        before = self._other.topic() if told.ours else self._talk.leads.get(sentence)
        if before is None:
            return self._other.of(measured, sentence)
        return before[0], list(dict.fromkeys((sentence, before[1])))

    def meant(self, measured: Measured) -> Assertion:
        """Return how the clause of a value is meant, and who says it."""
        places = range(measured.start, measured.end)
        return next((self._talk.meant[at] for at in places if at in self._talk.meant), Assertion())

    def _held_by(self, measured: Measured, sentence: Sentence) -> Spot | None:
        """Return the name behind a share that says who has it: "40 % in the hands of Hexi"."""
        behind = next((s for s in self._spots[sentence] if s.start >= measured.end), None)
        if behind is None or behind.kind not in OWNERS:
            return None
        return behind if _HELD.fullmatch(self._text, measured.end, behind.start) else None

    def _turn(self, told: Told, sentence: Sentence) -> int:
        """Return which of several owners is meant: each in turn, where the sentence says so."""
        if len(told.spots) == 1 or "respectively" not in self._text[sentence.start : sentence.end]:
            return 0
        turn = self._shared.get((sentence, told.spots), 0)
        self._shared[(sentence, told.spots)] = turn + 1
        return min(turn, len(told.spots) - 1)
