"""What "it", "the company" and "the two entities" stand for, by narrow rules.

Each answer names the sentence that holds the antecedent, so that a claim can cite it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosstie.extraction.lexicon import grammar
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such", "all"})
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
# Who did something together before: "the two partners", "both sides".
_PARTIES = frozenset({"party", "partner", "side", "signatory"})
_LOOK_BACK = 6
_LEADERS = ORGANISATION_LIKE | {"facility", "system", "programme"}
_SAME = frozenset({"same", "latter", "said"})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What an expression stands for, and the sentences in which it was named."""

    spots: tuple[Spot, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence read before: its names, its leading names with where they stand, its lists."""

    sentence: Sentence
    spots: tuple[Spot, ...]
    leading: tuple[tuple[Spot, Sentence], ...]
    lists: tuple[tuple[Spot, ...], ...]


@dataclass(slots=True)
class Discourse:
    """The sentences read so far: their names, what they call them, who dealt with whom."""

    history: list[Heard] = field(default_factory=list)
    described: dict[str, tuple[Spot, Sentence]] = field(default_factory=dict)
    """Common noun → the name it was last said of: "its distributor, Hexi Trade"."""
    parties: Antecedent | None = None
    """The last ones said to have dealt with each other."""

    def add(self, heard: Heard) -> None:
        """Remember a sentence."""
        self.history.append(heard)

    def describe(self, noun: str, spot: Spot, sentence: Sentence) -> None:
        """Remember that a common noun was said of a name."""
        self.described[noun] = (spot, sentence)

    def resolve(self, token: "Token") -> Antecedent | None:
        """Return what a pronoun or a definite noun stands for, or None when no rule is sure."""
        if token.tag_ in ("PRP", "PRP$"):
            if token.lower_ in ("it", "its", "itself"):
                return self._singular(_LEADERS)
            if token.lower_ in ("they", "their", "them"):
                return self._several(None, 0) or self._singular(ORGANISATION_LIKE)
            return None
        if token.lower_ == "both":
            return self._several(None, 2)
        return self._noun(token)

    def _noun(self, token: "Token") -> Antecedent | None:
        noun = token.lemma_.lower()
        determiners = {
            c.lower_ for c in token.children if c.dep_ in ("det", "nummod", "predet", "poss")
        }
        if not determiners & (_DEFINITE | _NUMBERS.keys()) or _is_another(token):
            return None
        kinds = grammar().nouns_for.get(noun)
        wanted = next((_NUMBERS[d] for d in sorted(determiners) if d in _NUMBERS), 0)
        if token.tag_ == "NNS" or wanted:
            return self._group(noun, kinds, wanted)
        if _is_modified(token):
            return self._as_described(noun) or (self._only(kinds) if kinds else None)
        if kinds is None:
            return self._as_described(noun)
        return self._singular(kinds, leading_only=False) or self._as_described(noun)

    def _group(self, noun: str, kinds: frozenset[str] | None, wanted: int) -> Antecedent | None:
        if kinds is None and noun not in _PARTIES:
            return None
        together = self.parties
        fits = together is not None and wanted in (0, len(together.spots))
        if noun in _PARTIES and fits:
            return together
        found = self._several(kinds, wanted)
        if found is None and fits and wanted == 2 and together is not None and kinds is not None:
            return together if all(spot.kind in kinds for spot in together.spots) else None
        return found

    def _as_described(self, noun: str) -> Antecedent | None:
        said = self.described.get(noun)
        return Antecedent((said[0],), (said[1],)) if said else None

    def _only(self, kinds: frozenset[str]) -> Antecedent | None:
        """Return the one name of these kinds in the sentences just read, if there is but one."""
        found: dict[str, tuple[Spot, Sentence]] = {}
        for heard in self.history[-_LOOK_BACK:]:
            for spot in heard.spots:
                if spot.kind in kinds:
                    found[spot.name] = (spot, heard.sentence)
        if len(found) != 1:
            return None
        spot, sentence = next(iter(found.values()))
        return Antecedent((spot,), (sentence,))

    def _singular(self, kinds: frozenset[str], *, leading_only: bool = True) -> Antecedent | None:
        for heard in reversed(self.history[-_LOOK_BACK:]):
            led = {s.name: (s, where) for s, where in heard.leading if s.kind in kinds}
            if len(led) == 1:
                spot, sentence = next(iter(led.values()))
                return Antecedent((spot,), (sentence,))
            if leading_only:
                if heard.spots and self.history[-1] is not heard:
                    return None
                continue
            fitting = [s for s in heard.spots if s.kind in kinds]
            if len({s.name for s in fitting}) == 1:
                return Antecedent((fitting[0],), (heard.sentence,))
            if fitting:
                return None
        return None

    def _several(self, kinds: frozenset[str] | None, wanted: int) -> Antecedent | None:
        allowed = kinds or ORGANISATION_LIKE
        gathered: dict[str, Spot] = {}
        for heard in reversed(self.history[-_LOOK_BACK:]):
            for group in heard.lists:
                fitting = {s.name: s for s in group if s.kind in allowed}
                if len(fitting) > 1 and (not wanted or len(fitting) == wanted):
                    return Antecedent(tuple(fitting.values()), (heard.sentence,))
            leading = {spot for spot, _ in heard.leading}
            here = {s.name: s for s in heard.spots if s.kind in allowed}
            rest = {n: s for n, s in here.items() if s not in leading}
            for some in (here, rest):
                if wanted > 1 and len(some) == wanted:
                    return Antecedent(tuple(some.values()), (heard.sentence,))
            gathered.update({n: s for n, s in here.items() if n not in gathered})
            if wanted == 2 and kinds is not None and len(kinds) == 1 and len(gathered) == wanted:
                return Antecedent(tuple(gathered.values()), self._sentences_of(gathered))
        return None

    def _sentences_of(self, spots: Mapping[str, Spot]) -> tuple[Sentence, ...]:
        """Return the sentences in which the spots stand, in order."""
        wanted = set(spots.values())
        return tuple(h.sentence for h in self.history if wanted & set(h.spots))


def _is_another(token: "Token") -> bool:
    """Return whether a noun is told apart by what follows it, or by a name: "the firm that"."""
    return any(
        c.dep_ in ("relcl", "acl", "prep") or c.tag_ in ("NNP", "JJR", "JJS")
        or (c.dep_ == "amod" and c.lower_ in ("other", "new", "another", "different", "second"))
        for c in token.children
    )  # fmt: skip


def _is_modified(token: "Token") -> bool:
    """Return whether a noun has a word of its own before it: "the chip designer"."""
    return any(
        c.dep_ == "compound" or (c.dep_ == "amod" and c.lower_ not in _SAME) for c in token.children
    )
