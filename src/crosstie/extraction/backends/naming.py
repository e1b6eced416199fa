"""Where the names that a model proposes stand in the document."""

from collections.abc import Iterator, Sequence

from crosstie.extraction.backends.proposals import ProposedName
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, Strength, without_overlaps
from crosstie.extraction.verifier import alike
from crosstie.ontology.records import Document


class Names:
    """The proposed names of an article, each at every place where it stands in running text."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._sentences = sentences
        self._alike = {s: alike(document.text[s.start : s.end]) for s in sentences}
        self._found: dict[tuple[int, int], Spot] = {}
        self.spots: list[Spot] = []

    def add(self, name: ProposedName, within: tuple[int, int]) -> bool:
        """Note every place of a name in a passage; return whether there is one."""
        places = [
            place
            for sentence in self._sentences
            if within[0] <= sentence.start and sentence.end <= within[1]
            for place in self._places(name.text, sentence)
        ]
        for start, end in places:
            spot = Spot(start, end, name.kind, self._document.text[start:end], Strength.MODEL)
            self._found.setdefault((start, end), spot)
        return bool(places)

    def settle(self) -> None:
        """Keep the longer of overlapping names; `spots` are then in order."""
        self.spots = without_overlaps(self._found.values())

    def inside(self, sentence: Sentence) -> list[Spot]:
        """Return the names of a sentence, in order."""
        return [s for s in self.spots if sentence.start <= s.start and s.end <= sentence.end]

    def end(
        self, name: ProposedName, quote: tuple[int, int], cited: Sequence[Sentence]
    ) -> Spot | None:
        """Return where one end of a tie stands in its evidence, the quote itself first.

        A name inside a longer name is that longer one; a name that was not proposed as an entity
        becomes one of the kind that the tie gives.
        """
        places = [place for sentence in cited for place in self._places(name.text, sentence)]
        places.sort(key=lambda p: (not (quote[0] <= p[0] and p[1] <= quote[1]), p))
        for start, end in places:
            holding = [s for s in self.spots if s.start < end and start < s.end]
            if not holding:
                spot = Spot(start, end, name.kind, self._document.text[start:end], Strength.MODEL)
                self.spots = sorted([*self.spots, spot], key=lambda s: s.start)
                return spot
            if holding[0].start <= start and end <= holding[0].end:
                return holding[0]
        return None

    def _places(self, text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
        wanted, part = alike(text.strip()), self._alike[sentence]
        at = part.find(wanted) if wanted else -1
        while at >= 0:
            if _stands_alone(part, at, at + len(wanted)):
                yield sentence.start + at, sentence.start + at + len(wanted)
            at = part.find(wanted, at + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no word runs on over an edge: "Hexi" is no name in "Hexiang"."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    # Chinese sets no spaces: only letters and digits of an alphabet can run on.
    return len(pair) == 2 and all(c.isalnum() and ord(c) < 0x2E80 for c in pair)
