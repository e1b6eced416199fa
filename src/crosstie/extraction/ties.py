"""Match the tie patterns against parsed sentences: patterns × frames → raw ties."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from crosstie.extraction.drafts import MOST_PARTIES, RawTie, fits
from crosstie.extraction.frames import Parsed, is_passive, patients, prepositional
from crosstie.extraction.patterns import Pattern, shipped_patterns
from crosstie.extraction.reference import Discourse
from crosstie.extraction.roles import VERB_TAGS, Role, Roles

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    if token.pos_ in VERB_TAGS:
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
    if not _oblique_fits(parsed, token, pattern) or _is_open_question(token):
        return
    fill = Roles(parsed, discourse, token)
    start = parsed.masked.original(token.idx)
    trigger = (start, start + len(token.text))
    for left, right in _pairs(fill, pattern):
        for subject in left.spots:
            for object in right.spots:
                if fits(subject, pattern, object):
                    yield RawTie(
                        subject, object, pattern, parsed.masked.sentence, trigger, token,
                        (*left.antecedents, *right.antecedents), _item(parsed, token, pattern),
                    )  # fmt: skip


_OPEN = frozenset({"whether", "if", "unless"})


def _is_open_question(token: "Token") -> bool:
    """Return whether the clause only asks or supposes: "whether Hexi sold", "if Hexi sells"."""
    for _ in range(4):
        if any(c.dep_ == "mark" and c.lower_ in _OPEN for c in token.children):
            return True
        if token.head == token or token.dep_ in ("relcl", "acl"):
            return False
        token = token.head
    return False


_LONGEST_ITEM = 60


def _item(parsed: Parsed, token: "Token", pattern: Pattern) -> dict[str, str]:
    """Return what is supplied or given, in the text's words: {"item": "thermal lenses"}."""
    if not pattern.item:
        return {}
    for noun in patients(token):
        if noun.pos_ == "NOUN" and noun.i not in parsed.spots:
            first = parsed.doc[noun.left_edge.i]
            words = parsed.doc[first.i : noun.i + 1].text
            if len(words) <= _LONGEST_ITEM and not any(
                t.i in parsed.spots for t in parsed.doc[first.i : noun.i + 1]
            ):
                return {"item": words}
    return {}


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
    found += [c for t in found for c in _parts_of(t)]
    words = {t.lemma_.lower() for t in found}
    words |= {c.lemma_.lower() for t in found for c in t.children if c.dep_ == "nummod"}
    for spot in (spot for t in found for spot in parsed.spots.get(t.i, ())):
        words |= {f"kind:{spot.kind}", *(f"name:{w.casefold()}" for w in spot.name.split())}
    if pattern.patient and not words & pattern.patient:
        return False
    return not words & pattern.not_patient


def _parts_of(noun: "Token") -> list["Token"]:
    """Return what a sum or share is of: "most of its budget", "a series of grants"."""
    return [
        inner
        for word in noun.children
        if word.dep_ == "prep" and word.lower_ == "of"
        for inner in word.children
        if inner.dep_ == "pobj"
    ]


_ANY_PREPOSITION = frozenset({"to", "on", "in", "under", "among", "as", "onto", "from", "off"})


def _oblique_fits(parsed: Parsed, token: "Token", pattern: Pattern) -> bool:
    """Return whether a prepositional phrase holds a word or kind of name that is asked for."""
    if not pattern.oblique:
        return True
    for noun in prepositional(token, _ANY_PREPOSITION):
        spots = parsed.spots.get(noun.i, ())
        if noun.lemma_.lower() in pattern.oblique or any(
            f"kind:{s.kind}" in pattern.oblique for s in spots
        ):
            return True
    return False


def _pairs(fill: "Roles", pattern: Pattern) -> Iterator[tuple[Role, Role]]:
    if pattern.among:
        for name in pattern.among:
            role = fill.role(name)
            unique = list({spot.name: spot for spot in role.spots}.values())
            if len(unique) > MOST_PARTIES:
                continue
            for a, b in combinations(unique, 2):
                yield Role((a,), role.antecedents), Role((b,), role.antecedents)
    for subject in pattern.subject:
        left = fill.role(subject)
        if not left.spots:
            continue
        for object in pattern.object:
            right = fill.role(object, besides=left)
            if right.spots and right.spots != left.spots:
                yield left, right
                break
        else:
            continue
        break
