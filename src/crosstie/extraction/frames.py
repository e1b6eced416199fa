"""Who does what to whom: a predicate with its roles, whatever the grammar around it.

Passive, relative clause, apposition, conjunction and control are undone here, once, so that a
pattern only names a word and its roles.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosstie.extraction.lexicon import grammar
from crosstie.extraction.masking import Masked
from crosstie.extraction.spots import Spot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
# "The ban on Hexi was lifted": what is said of a predicate's object may hang on that object.
_HOLDING = frozenset({"dobj", "attr", "prt", "advmod", "acomp", "nsubjpass"})


@dataclass
class Parsed:
    """A parsed masked sentence, with the spots behind its stand-ins."""

    masked: Masked
    doc: "Doc"
    spots: dict[int, tuple[Spot, ...]] = field(default_factory=dict)
    stands_for: Callable[["Token"], tuple[Spot, ...]] | None = None
    """Finds the names behind a pronoun or a definite noun; set by whoever reads the article."""

    @classmethod
    def of(cls, masked: Masked, doc: "Doc") -> "Parsed":
        """Attach spots to tokens by the offsets of their stand-ins."""
        by_token = {t.i: masked.at[t.idx] for t in doc if t.idx in masked.at}
        return cls(masked, doc, by_token)


def agents(token: "Token", depth: int = 0) -> list["Token"]:
    """Return the tokens that do what the predicate says, through control and conjunction."""
    if depth > 6:
        return []
    own = [c for c in token.children if c.dep_ in _SUBJECTS]
    passive = [c for c in token.children if c.dep_ in ("nsubjpass", "csubjpass")]
    if _is_stray_verb(token):
        return [token.head]
    if passive or is_passive(token):
        return _by_agents(token) or [
            agent for c in token.children if c.dep_ == "conj" for agent in _by_agents(c)
        ]
    if own:
        return [antecedent(c, token) for c in own]
    return _inherited(token, depth)


def patients(token: "Token", depth: int = 0) -> list["Token"]:
    """Return the tokens that the predicate is done to."""
    if depth > 6:
        return []
    found = [c for c in token.children if c.dep_ in ("dobj", "attr", "oprd")]
    passive = [c for c in token.children if c.dep_ in ("nsubjpass", "csubjpass")]
    if passive:
        return [antecedent(c, token) for c in passive]
    if token.dep_ == "xcomp" and _has_passive(token):
        return _controllers(token, token.head, depth)
    if _is_opening_participle(token):
        return [*_subject_tokens(token.head), *found]
    if _is_participle_passive(token):
        return [token.head, *found]
    if token.dep_ == "conj" and token.tag_ == "VBN" and not found:
        if is_passive(token.head):
            return patients(token.head, depth + 1)
        if _has_passive(token):
            return agents(token.head, depth + 1)
    if token.dep_ == "relcl" and not found:
        return _relative_patients(token)
    return [antecedent(c, token) for c in found]


def _relative_patients(token: "Token") -> list["Token"]:
    """Return what a relative clause is about: "the firms which Hexi bought", "that it sold"."""
    pronouns = [c for c in token.children if c.dep_ in ("dobj", "pobj") and c.tag_ in ("WDT", "WP")]
    gap = any(c.dep_ in _SUBJECTS and c.tag_ not in ("WDT", "WP") for c in token.children)
    if not pronouns and gap:
        return [token.head]
    return [antecedent(c, token) for c in pronouns]


def _has_passive(token: "Token") -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)


def _is_participle_passive(token: "Token") -> bool:
    return token.dep_ == "acl" and token.tag_ == "VBN"


def _is_opening_participle(token: "Token") -> bool:
    """Return whether the verb opens or closes its clause: "Founded by Hexi, Lantian makes"."""
    return (
        token.dep_ in ("advcl", "prep")
        and token.tag_ == "VBN"
        and not any(c.dep_ in (*_SUBJECTS, "aux", "auxpass", "mark") for c in token.children)
    )


def _subject_tokens(verb: "Token") -> list["Token"]:
    return [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]


def _is_stray_verb(token: "Token") -> bool:
    """Return whether a verb was taken for a participle: "the two firms collaborated" as a noun."""
    return (
        _is_participle_passive(token)
        and token.head.dep_ == "ROOT"
        and token.head.pos_ in ("NOUN", "PROPN")
        and not _by_agents(token)
    )


def is_passive(token: "Token") -> bool:
    """Return whether the predicate stands in the passive."""
    return (
        _has_passive(token)
        or _is_participle_passive(token)
        or _is_opening_participle(token)
        or _is_second_passive(token)
    )


def _is_second_passive(token: "Token") -> bool:
    """Return whether a verb shares the passive before it: "was nationalised and handed over"."""
    return (
        token.dep_ == "conj"
        and token.tag_ == "VBN"
        and _has_passive(token.head)
        and not any(c.dep_ in (*_SUBJECTS, "dobj", "aux", "auxpass") for c in token.children)
    )


def _by_agents(token: "Token") -> list["Token"]:
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lemma_ == "by"):
            found.extend(c for c in child.children if c.dep_ == "pobj")
    return found


def antecedent(token: "Token", predicate: "Token") -> "Token":
    """Return what a relative pronoun stands for; any other token is returned as it is."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and predicate.dep_ == "relcl"):
        clause = predicate
        for _ in range(4):
            if clause.dep_ == "relcl":
                return clause.head
            clause = clause.head
    return token


def _inherited(token: "Token", depth: int) -> list["Token"]:
    head = token.head
    if head == token:
        return []
    if token.dep_ == "conj":
        if _passive_pair(token, head):
            return _by_agents(token)
        # "is affiliated with X and has a tie with Y": the one spoken of stays the same.
        return patients(head, depth + 1) if _has_passive(head) else agents(head, depth + 1)
    if token.dep_ in ("xcomp", "advcl", "pcomp", "ccomp"):
        return _controllers(token, head, depth)
    if token.dep_ == "acl" and token.tag_ in ("VBG", "VBD"):
        return [head]
    if token.dep_ == "acl":
        return _purpose_agents(head, depth)
    if token.dep_ == "relcl":
        marked = any(c.tag_ in ("WDT", "WP") for c in token.children)
        return [head] if marked else _purpose_agents(head, depth)
    return []


def _passive_pair(token: "Token", head: "Token") -> bool:
    return (
        token.tag_ in ("VBN", "VBD")
        and _has_passive(head)
        and not any(c.dep_ in ("dobj", "aux") for c in token.children)
    )


def _controllers(token: "Token", head: "Token", depth: int) -> list["Token"]:
    if head.dep_ == "prep" or head.pos_ in ("ADP", "SCONJ"):
        word, head = head.lower_, head.head
        if word == "for" and (blamed := _blamed(head)):
            fined = [c for c in blamed.children if c.dep_ == "dative" and c.pos_ != "ADP"]
            return fined or patients(blamed, depth + 1)
        if word in ("of", "from", "with") and head.lemma_ in grammar().blamed:
            # "Accusing both of sending", "barred Hexi from selling".
            return patients(head, depth + 1)
    if token.dep_ in ("xcomp", "ccomp") and head.lemma_ in grammar().object_control:
        objects = [c for c in head.children if c.dep_ == "dobj"]
        if objects:
            return objects
    if head.pos_ in ("NOUN", "PROPN"):
        return _purpose_agents(head, depth)
    if is_passive(head):
        return patients(head, depth + 1)
    return agents(head, depth + 1)


def _blamed(token: "Token") -> "Token | None":
    """Return the verb of blame that "for supplying ..." hangs on: "decided to list X for"."""
    for _ in range(4):
        if token.pos_ == "VERB" or token.head == token:
            break
        token = token.head
    for verb in (token, *(c for c in token.children if c.dep_ == "xcomp")):
        if verb.lemma_ in grammar().blamed:
            return verb
    return None


def _purpose_agents(noun: "Token", depth: int) -> list["Token"]:
    """Return the agents of the clause that a noun stands in: "signed a deal to build ..."."""
    head = noun
    for _ in range(5):
        if head.head == head:
            break
        head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return agents(head, depth + 1)
    return []


def prepositional(token: "Token", prepositions: frozenset[str]) -> Iterator["Token"]:
    """Yield the objects of these prepositions that hang on the predicate or on its object.

    A relative pronoun is undone: "Hexi, in which Lantian holds a stake".
    """
    for noun in _prepositional(token, prepositions):
        yield antecedent(noun, token)


def _prepositional(token: "Token", prepositions: frozenset[str]) -> Iterator["Token"]:
    holders = [
        token,
        *(c for c in token.children if c.dep_ in _HOLDING),
    ]
    holders += [
        c
        for h in list(holders)
        for c in h.children
        if c.dep_ in ("acl", "amod") and c.pos_ == "VERB"
    ]
    # "Owns Hexi and 30% of Lantian".
    holders += [
        c for h in list(holders) if h.dep_ in ("dobj", "attr") for c in h.children
        if c.dep_ == "conj" and c.pos_ == "NOUN"
    ]  # fmt: skip
    if token.dep_ == "acl" or token.dep_ == "relcl":
        holders = [token, *(c for c in token.children if c.dep_ in ("dobj", "prt"))]
    if token.pos_ in ("NOUN", "PROPN"):
        yield from _right_behind(token, prepositions)
        holders += [c for c in token.children if c.dep_ == "acl"]
        if token.dep_ == "dobj" and token.head.lemma_ in grammar().support:
            holders.append(token.head)
    for holder in holders:
        for child in holder.children:
            yield from _objects(child, prepositions)
            if child.dep_ == "prep":
                for noun in child.children:
                    if noun.dep_ == "pobj" and (holder != token or token.pos_ == "NOUN"):
                        for deeper in noun.children:
                            yield from _objects(deeper, prepositions - {"of", "in"})


def _right_behind(noun: "Token", prepositions: frozenset[str]) -> Iterator["Token"]:
    """Yield the object of the preposition next to a noun, wherever the parser hung it."""
    if noun.i + 1 < len(noun.doc):
        yield from _objects(noun.nbor(1), prepositions)


def _objects(child: "Token", prepositions: frozenset[str]) -> Iterator["Token"]:
    if child.dep_ == "prep" and child.lower_ == "on" and "for" in prepositions:
        # "Acquired detectors on behalf of Hexi" acquires for Hexi.
        for noun in child.children:
            if noun.lower_ == "behalf":
                yield from (c for of in noun.children for c in of.children if c.dep_ == "pobj")
    if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
        for noun in child.children:
            if noun.dep_ == "pobj":
                yield noun
            elif noun.dep_ == "prep":
                yield from (c for c in noun.children if c.dep_ == "pobj")
    elif child.dep_ == "dative" and "to" in prepositions and child.pos_ != "ADP":
        yield child
