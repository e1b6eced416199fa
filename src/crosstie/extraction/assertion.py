"""How a claim is meant: affirmed or denied, actual or planned, asserted or reported, live or ended.

Scope is the clause: cues are looked for on the way from the predicate up to the sentence's root.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from crosstie.extraction.frames import Parsed, agents, is_passive
from crosstie.extraction.lexicon import load_lexicon, word_set
from crosstie.extraction.speakers import (
    ACCORDING,
    CHARGES,
    according_to,
    chained,
    said_by,
    stance_of_source,
    stands_apart,
)
from crosstie.ontology.datafiles import Section
from crosstie.ontology.records import Modality, Polarity, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNTIL = re.compile(
    r"\b[Uu]ntil\s+(?:(?:\w+\s+){0,2}?((?:19|20)\d\d)\b|(?:last|this|recently|then|its|their)\b)"
)
_FROM_TO = re.compile(r"\b[Ff]rom\s+(?:19|20)\d\d\s+(?:to|until|through)\s+((?:19|20)\d\d)\b")
_FORMERLY = re.compile(r"\b(?:then|former|formerly|ex|once|previously|late)\b")
_DESCRIBING = frozenset({"acl", "relcl", "appos", "amod", "compound", "nmod"})
_CLAUSE_ENDS = frozenset({"advcl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """How a clause is meant, and who says it."""

    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    stance: Stance = "asserted"
    ended: bool = False
    attribution: tuple[str, ...] = ()
    valid_to: str | None = None
    cue: tuple[int, int] | None = None
    """Where the document says who speaks."""


@cache
def cues(language: str) -> Mapping[str, frozenset[str]]:
    """Return the cue words of a language by what they tell."""
    section = load_lexicon("cues").require(language, Section)
    return {key: word_set(section, key) for key in section}


def presupposed_assertion(parsed: Parsed, token: "Token | None", matched: str) -> Assertion:
    """Return how a description is meant ("Hexi, once part of Lantian"): its own words decide.

    What a name or a noun phrase takes for granted is not touched by "said" or "denied" above it.
    """
    found = Assertion()
    if token is not None:
        found = _own_words(found, token, cues("en"))
    if _FORMERLY.search(matched):
        found = replace(found, ended=True)
    return found


def english_assertion(parsed: Parsed, token: "Token") -> Assertion:
    """Return how the predicate at `token` is meant in its parsed sentence."""
    found = Assertion()
    for link, below in _way_up(parsed, token):
        found = _read(parsed, found, link, below, token)
    return _sentence_wide(parsed, found, token)


def _way_up(parsed: Parsed, token: "Token") -> Iterator[tuple["Token", "Token | None"]]:
    """Yield the predicate and each head above it, with the child it was reached from."""
    below: Token | None = None
    link = token
    for _ in range(10):
        yield link, below
        # A clause that only describes a name ("Hexi, which supplied ...,") stands for itself.
        if link.head == link or (link.dep_ in _DESCRIBING and link.head.i in parsed.spots):
            return
        if link.dep_ == "prep" and link.lower_ in cues("en")["resting"] and below is not None:
            return
        below, link = link, link.head


def _read(
    parsed: Parsed, found: Assertion, link: "Token", below: "Token | None", token: "Token"
) -> Assertion:
    words = cues("en")
    lemma = link.lemma_.lower()
    if below is not None and below.dep_ in _CLAUSE_ENDS and below.dep_ != "parataxis":
        if lemma in words["plan"] and any(c.lower_ == "to" for c in below.children):
            # "Has been chosen to supply": the purpose is yet to come.
            return replace(found, modality="planned")
        # An adverbial clause does not take on the negation of the clause above it.
        return _spoken(parsed, found, link, below) if lemma in words["say"] else found
    # "Could not confirm that ..." denies nothing of what stands behind "that".
    if _negated(link, token) and (below is None or below.dep_ != "ccomp"):
        found = replace(found, polarity="denied" if found.polarity == "affirmed" else "affirmed")
    if any(c.dep_ == "aux" and c.lower_ in words["modal"] for c in link.children) and _hypothetical(
        link, below, words
    ):
        found = replace(found, modality="planned")
    if _would_have(link):
        found = replace(found, polarity="denied")
    if _is_to(link):
        found = replace(found, modality="planned")
    if below is None:
        return _own_words(found, link, words)
    if lemma == "be" and below.dep_ in ("attr", "acomp", "prep"):
        # "Was once part of": the copula's adverbs are the noun's.
        found = _own_words(found, link, words)
    itself = below == token
    return _governed(parsed, found, link, below, lemma, itself=itself)


def _hypothetical(
    link: "Token", below: "Token | None", words: Mapping[str, frozenset[str]]
) -> bool:
    return below is None or link.lemma_.lower() not in words["say"]


def _would_have(link: "Token") -> bool:
    """Return whether the verb says what did not come to be: "would have supplied"."""
    helpers = {c.lower_ for c in link.children if c.dep_ == "aux"}
    return (
        link.tag_ in ("VBN", "VBD")
        and "have" in helpers
        and bool(helpers & {"would", "could", "should", "might"})
    )


def _is_to(link: "Token") -> bool:
    """Return whether the verb stands in "is to receive", "were to invest"."""
    if not any(c.lower_ == "to" and c.dep_ == "aux" for c in link.children):
        return False
    if link.dep_ == "xcomp":
        return link.head.lemma_ == "be"
    # What two parties agreed to do ("signed a contract to build") is not yet a fact.
    if link.dep_ not in ("acl", "relcl", "advcl"):
        return False
    around = {
        link.head.lemma_.lower(),
        *(c.lemma_.lower() for c in link.head.children),
        link.head.head.lemma_.lower(),
    }
    return bool(around & cues("en")["agree"])


def _negated(link: "Token", token: "Token") -> bool:
    if link != token and link.lemma_.lower() in cues("en")["end"] | cues("en")["fail"]:
        # "Has not stopped selling" goes on.
        return False
    if any(child.lower_ == "longer" for child in link.children):
        # "No longer" ends a tie; it does not deny that there was one.
        return False
    if any(_denies(child) for child in link.children):
        return True
    return link.dep_ == "pcomp" and link.head.lower_ in cues("en")["not"]


@cache
def _untrue(language: str) -> re.Pattern[str]:
    """Return what calls a whole sentence untrue: no tie that it names is then taken as live."""
    words = "|".join(re.escape(word) for word in sorted(cues(language)["untrue"]))
    being = r"\b(?:is|are|was|were|be|been|as)\s+(?:\w+ly\s+)?"
    return re.compile(rf"{being}(?:{words})\b|\bfalsely\b", re.IGNORECASE)


def _denies(child: "Token") -> bool:
    """Return whether a word below the predicate turns it round: not, no, at no time."""
    if child.dep_ == "nsubj" and any(c.lower_ == "neither" for c in child.children):
        return True
    if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("none", "nobody", "nothing"):
        return True
    if child.dep_ == "neg" or child.lower_ in ("never", "neither"):
        return True
    if child.dep_ == "det" and child.lower_ in ("no", "neither"):
        return True
    return child.lower_ == "at" and any(
        noun.lower_ == "time" and any(word.lower_ == "no" for word in noun.children)
        for noun in child.children
    )


def _own_words(found: Assertion, token: "Token", words: Mapping[str, frozenset[str]]) -> Assertion:
    """Read the adjectives and adverbs of the predicate itself."""
    for child in token.children:
        found = _own_word(found, child, words)
        nothing = child.lower_ in ("nothing", "none") or any(
            c.dep_ == "det" and c.lower_ == "no" for c in child.children
        )
        if child.dep_ == "dobj" and nothing:
            found = replace(found, polarity="denied")
        if child.dep_ == "dobj" and child.pos_ == "NOUN":
            # "Announced a planned partnership with": the noun says how the tie is meant.
            for word in child.children:
                if word.dep_ == "amod":
                    found = _own_word(found, word, words)
    if any(c.lower_ == "longer" for c in token.children):
        found = replace(found, ended=True, polarity="affirmed")
    if token.dep_ == "xcomp" and token.head.lemma_ == "use" and token.head.tag_ == "VBD":
        found = replace(found, ended=True)
    return found


def _own_word(found: Assertion, child: "Token", words: Mapping[str, frozenset[str]]) -> Assertion:
    word = child.lower_
    if word in words["reported"] or word in words["reported_noun"]:
        return replace(found, stance="reported")
    if word in words["alleged"] or word in words["alleged_noun"]:
        return replace(found, stance="alleged")
    if child.dep_ == "amod" and word in words["planned_noun"]:
        return replace(found, modality="planned")
    if child.dep_ == "amod" and word in words["ended_noun"]:
        return replace(found, ended=True)
    if child.dep_ == "advmod" and word in words["ended"]:
        return replace(found, ended=True)
    return found


# How a clause may hang on the verb that governs it.
_CLAUSAL = frozenset({"ccomp", "xcomp", "dobj", "pcomp", "prep", "nsubjpass", "oprd"})
_NOMINAL = frozenset({"dobj", "xcomp", "nsubj", "nsubjpass", "prep", "pobj"})


def _governed(
    parsed: Parsed, found: Assertion, link: "Token", below: "Token", lemma: str, *, itself: bool
) -> Assertion:
    """Read the verb above: who denies, plans, ends, tries, alleges or says it.

    `itself` says that the predicate is the noun right below: "the lawsuit was dismissed".
    """
    words = cues("en")
    role = below.dep_
    if _is_denial(link, lemma, role, itself=itself):
        return _denied(parsed, found, link)
    if _ends(link, lemma, role) and not any(_denies(child) for child in link.children):
        return replace(found, ended=True)
    if _plans(lemma, role, words) and not _holds_to_be(link, role):
        return replace(found, modality="planned")
    if lemma in words["fail"] and role in ("xcomp", "prep", "dobj"):
        failed = not any(_denies(child) for child in link.children)
        return replace(found, polarity="denied") if failed else found
    if lemma in words["attempt"] and role == "xcomp":
        stopped = any(c.lower_ == "but" for c in link.children)
        return replace(found, polarity="denied" if stopped else found.polarity, modality="planned")
    if lemma in words["allege"] and role in _CLAUSAL:
        return replace(_attributed(parsed, found, link), stance="alleged")
    if lemma in words["say"] and _is_reported_clause(link, below):
        return _spoken(parsed, found, link, below)
    return found


_COURTS_WORDS = frozenset({"dismiss", "reject", "dispute", "contradict"})


def _is_denial(link: "Token", lemma: str, role: str, *, itself: bool) -> bool:
    """Return whether a verb denies what hangs on it: "denied selling", "ruled out selling"."""
    if role not in _CLAUSAL:
        return False
    if itself and role == "nsubjpass" and lemma in _COURTS_WORDS:
        # A lawsuit that is dismissed was filed all the same.
        return False
    return lemma in cues("en")["deny"] or _phrase(link) & cues("en")["deny_phrases"] != frozenset()


def _denied(parsed: Parsed, found: Assertion, link: "Token") -> Assertion:
    if any(_denies(child) for child in link.children):
        # "Has not ruled out", "did not deny": no denial, and no fact either.
        return replace(found, polarity="affirmed", stance="reported")
    return replace(_attributed(parsed, found, link), polarity="denied", stance="reported")


def _ends(link: "Token", lemma: str, role: str) -> bool:
    words = cues("en")
    if role in _NOMINAL and (lemma in words["end"] or _comes_to_an_end(link)):
        return True
    return bool(_phrase(link) & words["end_phrases"]) and role in _NOMINAL | {"prt", "advmod"}


def _comes_to_an_end(link: "Token") -> bool:
    return link.lemma_ == "come" and any(
        noun.lemma_ in ("end", "halt", "close", "standstill")
        for c in link.children
        if c.lower_ == "to"
        for noun in c.children
    )


def _phrase(link: "Token") -> frozenset[str]:
    """Return the verb with each particle that follows it: {"pull out"}."""
    return frozenset(
        f"{link.lemma_.lower()} {c.lower_}"
        for c in link.children
        if c.dep_ in ("prt", "prep", "advmod") and c.i > link.i
    )


def _plans(lemma: str, role: str, words: Mapping[str, frozenset[str]]) -> bool:
    # "The purchase is expected next year" plans as "is expected to buy" does.
    if lemma in words["plan"] and role in ("xcomp", "ccomp", "nsubjpass"):
        return True
    if lemma in words["plan_for"] and role == "dobj":
        return True
    return lemma in words["plan_noun"] and role in ("acl", "prep", "relcl")


def _holds_to_be(link: "Token", role: str) -> bool:
    """Return whether a verb tells what something is held to be: "were considered to have"."""
    return link.lemma_ == "consider" and is_passive(link) and role in ("xcomp", "ccomp", "oprd")


def _is_reported_clause(link: "Token", below: "Token") -> bool:
    """Return whether the clause below is what someone says: "says that", "is said to"."""
    return below.dep_ == "ccomp" or (below.dep_ == "xcomp" and is_passive(link))


def _spoken(parsed: Parsed, found: Assertion, link: "Token", below: "Token") -> Assertion:
    charge = next((t.text for t in agents(link) if CHARGES.fullmatch(t.lower_)), "")
    if charge and found.stance == "asserted":
        # "The indictment says that": what a charge says is alleged.
        return replace(_attributed(parsed, found, link, charge), stance="alleged")
    if found.stance != "asserted" or found.polarity == "denied":
        return _attributed(parsed, found, link)
    return replace(_attributed(parsed, found, link), stance="reported")


def _attributed(parsed: Parsed, found: Assertion, verb: "Token", charge: str = "") -> Assertion:
    """Add who says it to those who said it first: "Hexi said the Institute had found"."""
    said = said_by(parsed, verb)
    speakers = (charge,) if charge else said.speakers
    return replace(
        found, attribution=chained(found.attribution, speakers), cue=found.cue or said.cue
    )


def _sentence_wide(parsed: Parsed, found: Assertion, token: "Token") -> Assertion:
    text = parsed.masked.text
    past = token.tag_ in ("VBD", "VBN")
    for until in (*_UNTIL.finditer(text), *(_FROM_TO.finditer(text) if past else ())):
        if _same_clause(parsed, token, until.start()):
            found = replace(found, ended=True, valid_to=until.group(1))
    if _untrue("en").search(text):
        found = replace(found, polarity="denied")
    if (
        found.stance == "asserted"
        and ACCORDING.search(text)
        and not stands_apart(parsed, _description(parsed, token))
    ):
        said = according_to(parsed)
        stance = stance_of_source(" ".join(said.speakers))
        found = replace(found, stance=stance, attribution=said.speakers, cue=said.cue)
    return found


def _description(parsed: Parsed, token: "Token") -> "Token | None":
    """Return the head of the clause that only describes a name, if the predicate is in one."""
    *_, (last, _) = _way_up(parsed, token)
    describes = last.dep_ in _DESCRIBING and last.head.i in parsed.spots
    return last if describes else None


def _same_clause(parsed: Parsed, token: "Token", offset: int) -> bool:
    """Return whether the word at an offset stands in the predicate's own clause."""
    at = next((t for t in parsed.doc if t.idx == offset), None)
    return at is not None and _clause_verb(at) == _clause_verb(token)


def _clause_verb(token: "Token") -> "Token":
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token
