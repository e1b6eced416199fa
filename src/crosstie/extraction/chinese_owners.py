"""Whose value a Chinese quantity is: the name that its clause is about, or that it hangs on."""

import re
from collections.abc import Mapping, Sequence

from crosstie.extraction.chinese_subjects import Talk
from crosstie.extraction.measured import Measured
from crosstie.extraction.owners import Owners
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

_OWNERS = ORGANISATION_LIKE | {"facility", "programme", "system"}
# "Of the base, four units": the name stands right before its number.
_OF = re.compile(
    r"”?(?:的|有|共|现有|拥有|约|近|超过|已有|分别为|为|设有|共有|建有|达|达到|[：:])*$"
)
# "3,000 patents were declassified by the office".
_BY = re.compile(r"[^，。；]{0,14}?(?:由|被)$")


_NEAR = 8


class ChineseOwners:
    """Finds, for each quantity, its owner and the sentences that must be cited."""

    def __init__(self, text: str, talk: Talk, spots: Mapping[Sentence, Sequence[Spot]]) -> None:
        self._text, self._talk, self._spots = text, talk, spots
        self._other = Owners(text, list(spots), list(spots.values()))

    def of(self, measured: Measured, sentence: Sentence) -> tuple[Spot, list[Sentence]] | None:
        """Return the owner with the sentences to cite; None when the article names nobody."""
        inside = [spot for spot in self._spots[sentence] if spot.kind in _OWNERS]
        opened = (
            max(self._text.rfind(mark, sentence.start, measured.start) for mark in "，；。") + 1
        )
        before = [s for s in inside if max(opened, sentence.start) <= s.start < measured.start]
        if before and _OF.fullmatch(self._text, before[-1].covered, measured.start):
            return before[-1], [sentence]
        if before and before[-1].kind == "system" and measured.start - before[-1].end < _NEAR:
            return before[-1], [sentence]
        behind = [s for s in inside if s.start >= measured.end]
        if not before and behind and _BY.fullmatch(self._text, measured.end, behind[0].start):
            return behind[0], [sentence]
        named = self._talk.subject_at(sentence, measured.start)
        if named is not None:
            return named[0], list(dict.fromkeys((sentence, named[1])))
        return self._other.of(measured, sentence)
