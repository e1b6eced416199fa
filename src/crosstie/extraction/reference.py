"""What "it", "the company" and "the two entities" stand for, by narrow rules.

Each answer names the sentence that holds the antecedent, so that a claim can cite it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosstie.extraction.lexicon import grammar
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such", "all"})
_TWO = frozenset({"two", "both", "three", "four", "five", "six", "seven"})
_LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What an expression stands for, and the sentences in which it was named."""

    spots: tuple[Spot, ...]
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Discourse:
    """The sentences read so far: which names they hold, and which of them lead."""

    history: list[
        tuple[Sentence, tuple[Spot, ...], tuple[Spot, ...], tuple[tuple[Spot, ...], ...]]
    ] = field(default_factory=list)

    def add(
        self,
        sentence: Sentence,
        spots: Sequence[Spot],
        leading: Sequence[Spot],
        lists: Sequence[tuple[Spot, ...]],
    ) -> None:
        """Remember a sentence, its leading names (its subject's) and its lists of names."""
        self.history.append((sentence, tuple(spots), tuple(leading), tuple(lists)))

    def resolve(self, token: "Token") -> Antecedent | None:
        """Return what a pronoun or a definite noun stands for, or None when no rule is sure."""
        if token.tag_ in ("PRP", "PRP$"):
            if token.lower_ in ("it", "its", "itself"):
                return self._singular(ORGANISATION_LIKE | {"facility", "system", "programme"})
            if token.lower_ in ("they", "their", "them"):
                return self._several(None, 0) or self._singular(ORGANISATION_LIKE)
            return None
        return self._noun(token)

    def _noun(self, token: "Token") -> Antecedent | None:
        kinds = grammar().nouns_for.get(token.lemma_.lower())
        determiners = {
            c.lower_ for c in token.children if c.dep_ in ("det", "nummod", "predet", "poss")
        }
        blocked = any(
            c.dep_ in ("relcl", "acl", "prep", "compound") or c.tag_ == "NNP"
            for c in token.children
        )
        if kinds is None or not determiners & (_DEFINITE | _TWO) or blocked:
            return None
        if any(
            c.dep_ == "amod" and c.lower_ not in ("same", "latter", "said") for c in token.children
        ):
            return None
        if token.tag_ == "NNS" or determiners & _TWO:
            count = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
            wanted = next((count[d] for d in sorted(determiners) if d in count), 0)
            return self._several(kinds, wanted)
        return self._singular(kinds, leading_only=False)

    def _singular(self, kinds: frozenset[str], *, leading_only: bool = True) -> Antecedent | None:
        for sentence, spots, leading, _ in reversed(self.history[-_LOOK_BACK:]):
            fitting = [s for s in leading if s.kind in kinds]
            if len({s.name for s in fitting}) == 1:
                return Antecedent((fitting[0],), (sentence,))
            if leading_only:
                if spots and self.history[-1][0] is not sentence:
                    return None
                continue
            fitting = [s for s in spots if s.kind in kinds]
            if len({s.name for s in fitting}) == 1:
                return Antecedent((fitting[0],), (sentence,))
            if fitting:
                return None
        return None

    def _several(self, kinds: frozenset[str] | None, wanted: int) -> Antecedent | None:
        allowed = kinds or ORGANISATION_LIKE
        gathered: dict[str, Spot] = {}
        for sentence, spots, leading, lists in reversed(self.history[-_LOOK_BACK:]):
            for group in lists:
                fitting = {s.name: s for s in group if s.kind in allowed}
                if len(fitting) > 1 and (not wanted or len(fitting) == wanted):
                    return Antecedent(tuple(fitting.values()), (sentence,))
            here = {s.name: s for s in spots if s.kind in allowed}
            rest = {n: s for n, s in here.items() if s not in leading}
            for some in (here, rest):
                if wanted > 1 and len(some) == wanted:
                    return Antecedent(tuple(some.values()), (sentence,))
            gathered.update({n: s for n, s in here.items() if n not in gathered})
            if wanted == 2 and kinds is not None and len(kinds) == 1 and len(gathered) == wanted:
                return Antecedent(tuple(gathered.values()), self._sentences_of(gathered))
        return None

    def _sentences_of(self, spots: Mapping[str, Spot]) -> tuple[Sentence, ...]:
        """Return the sentences in which the spots stand, in order."""
        wanted = set(spots.values())
        return tuple(s for s, inside, _, _ in self.history if wanted & set(inside))


_THAT_ONE = re.compile(
    r"该(公司|集团|企业|校|大学|院|所|研究所|机构|单位)|(?<=，)(公司)(?=[从并也还曾已将拟计在与同向未])"
)
_KINDS_OF_THAT = {
    "公司": ("company",),
    "集团": ("company",),
    "企业": ("company",),
    "校": ("university",),
    "大学": ("university",),
    "院": ("research_institute", "university"),
    "所": ("research_institute",),
    "研究所": ("research_institute",),
}
StandIn = tuple[int, int, tuple[Spot, ...], Sentence]


def that_one(
    text: str, sentence: Sentence, named: Sequence[tuple[Spot, Sentence]]
) -> list[StandIn]:
    """Return the places where Chinese says "that company" of the last one named before."""
    found: list[StandIn] = []
    for match in _THAT_ONE.finditer(text, sentence.start, sentence.end):
        kinds = _KINDS_OF_THAT.get(match.group(1) or match.group(2), tuple(ORGANISATION_LIKE))
        before = [(s, where) for s, where in named if s.kind in kinds and s.end <= match.start()]
        if before:
            spot, where = before[-1]
            found.append((match.start(), match.end(), (spot,), where))
    return found


_BOTH_SIDES = re.compile(r"双方|两校|两国|两家(?:单位|企业|公司)?|校企|两单位")


def both_sides(
    text: str,
    sentence: Sentence,
    spots: Sequence[Spot],
    parties: tuple[tuple[Spot, ...], Sentence] | None,
) -> list[StandIn]:
    """Return the places where Chinese says "both sides" of the two parties named before."""
    if parties is None or parties[1] is sentence:
        return []
    taken = [(spot.start, spot.covered) for spot in spots]
    return [
        (match.start(), match.end(), *parties)
        for match in _BOTH_SIDES.finditer(text, sentence.start, sentence.end)
        if all(match.end() <= start or end <= match.start() for start, end in taken)
    ]
