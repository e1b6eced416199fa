"""Whose value a quantity is: the name that its sentence is about, or the last one spoken of."""

import re
from collections import Counter
from collections.abc import Sequence

from crosstie.extraction.measured import Measured
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

OWNERS = ORGANISATION_LIKE | {"facility", "place", "programme", "system", "document", "event"}
# A name may follow its value: "eight laboratories are based at Yunmen University".
_REACH_BEHIND = 70
_LOOK_BACK = 3
# Who reports a figure does not own it.
_SPEAKS = re.compile(
    r"\s(?:has\s|had\s)?(?:said|says|reported|found|estimates?d?|wrote|claimed)\b|称|表示|报道"
)


class Owners:
    """Finds, for each quantity, its owner and the sentences that must be cited."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], spots: Sequence[Sequence[Spot]]
    ) -> None:
        self._text = text
        self._spots = dict(zip(sentences, spots, strict=True))
        self._sentences = list(sentences)
        counts = Counter(s.name for inside in spots for s in inside if s.kind in ORGANISATION_LIKE)
        self._topic = max(sorted(counts), key=lambda name: counts[name], default="")

    def of(self, measured: Measured, sentence: Sentence) -> tuple[Spot, list[Sentence]] | None:
        """Return the owner with the sentences to cite; None when the article names nobody."""
        inside = [spot for spot in self._spots[sentence] if spot.kind in OWNERS]
        beside = self.beside(measured, sentence)
        if beside is not None:
            return beside, [sentence]
        found = self._before(inside, measured) or self._behind(inside, measured)
        if found is not None:
            return found, [sentence]
        return self._earlier(sentence)

    def beside(self, measured: Measured, sentence: Sentence) -> Spot | None:
        """Return the name right before a bare number: "Selimia 62, Norvik 51"."""
        if measured.unit:
            return None
        inside = [spot for spot in self._spots[sentence] if spot.kind in OWNERS]
        return next((s for s in reversed(inside) if 0 <= measured.start - s.end <= 2), None)

    def _before(self, inside: Sequence[Spot], measured: Measured) -> Spot | None:
        before = [
            spot
            for spot in inside
            if spot.end <= measured.start and not _SPEAKS.match(self._text, spot.end)
        ]
        opened = max(self._text.rfind(mark, 0, measured.start) for mark in "，；;。|")
        near = [spot for spot in before if spot.start > opened]
        if near:
            before = near
        leading = [spot for spot in before if spot.kind not in ("place", "programme")]
        found = leading or before
        return found[0] if found else None

    def _behind(self, inside: Sequence[Spot], measured: Measured) -> Spot | None:
        behind = [s for s in inside if measured.end <= s.start <= measured.end + _REACH_BEHIND]
        return behind[0] if behind else None

    def _earlier(self, sentence: Sentence) -> tuple[Spot, list[Sentence]] | None:
        at = self._sentences.index(sentence)
        for earlier in reversed(self._sentences[max(0, at - _LOOK_BACK) : at]):
            named = [s for s in self._spots[earlier] if s.kind in OWNERS and s.kind != "place"]
            if named:
                return named[0], [sentence, earlier]
        topic = self.topic()
        return (topic[0], [sentence, topic[1]]) if topic else None

    def topic(self) -> tuple[Spot, Sentence] | None:
        """Return the organisation that the article names most, where it first does."""
        for sentence in self._sentences:
            for spot in self._spots[sentence]:
                if spot.name == self._topic:
                    return spot, sentence
        return None
