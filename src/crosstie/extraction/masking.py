"""Sentences with each name replaced by one plain word, so that a parser sees only the grammar.

"Hexi (Wuxi) Optics Co., Ltd.; and Lantian signed" → "Google signed", a list as one word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crosstie.extraction.context import described_from
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot

# Words that a small English model knows well, one for each sort of name.
_STAND_INS = {
    "place": "France", "person": "Smith", "technology": "software", "programme": "NATO",
    "event": "NATO", "facility": "NASA", "system": "NASA", "document": "NATO",
}  # fmt: skip
_ORGANISATION = "NASA"
_JOIN = re.compile(
    r"\s*(?:(?:;|,)\s*(?:and|as well as)?|and|&|as well as|along with)\s+(?:the\s+)?$"
)
_AND_OTHERS = re.compile(r",? (?:and|among) (?:other|others|more)\b")
_LAST_JOIN = re.compile(r"(?:;|\band\b|&|\bas well as\b|\balong with\b)")


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence. `at` maps the offset of a stand-in to the spots that it stands for."""

    sentence: Sentence
    text: str
    at: dict[int, tuple[Spot, ...]]
    shifts: tuple[tuple[int, int], ...]
    """(offset here, offset in the document) at every stand-in's start and end, in order."""

    def original(self, offset: int) -> int:
        """Return where an offset of the masked text stands in the document."""
        here, there = 0, self.sentence.start
        for masked, document in self.shifts:
            if masked > offset:
                break
            here, there = masked, document
        return there + offset - here


def masked(text: str, sentence: Sentence, spots: Sequence[Spot]) -> Masked:
    """Replace the names of a sentence. `spots` are those inside it, in order."""
    pieces: list[str] = []
    at: dict[int, tuple[Spot, ...]] = {}
    shifts: list[tuple[int, int]] = []
    length = 0
    position = sentence.start
    for group in _lists(text, uncovered(spots)):
        start = _start(text, group[0], position)
        before = _plain(text[position:start])
        length += len(before)
        word = _stand_in(group)
        at[length] = tuple(group)
        pieces += [before, word]
        shifts.append((length, start))
        length += len(word)
        position = min(group[-1].covered, sentence.end)
        shifts.append((length, position))
    pieces.append(_plain(text[position : sentence.end]))
    return Masked(sentence, "".join(pieces), at, tuple(shifts))


def _start(text: str, spot: Spot, floor: int) -> int:
    """Return where a name, with what describes it, starts."""
    if spot.kind not in ORGANISATION_LIKE:
        return spot.start
    return described_from(text, spot.start, floor)


def uncovered(spots: Sequence[Spot]) -> list[Spot]:
    """Return the spots that stand outside the parentheses and parents of the spots before them."""
    kept: list[Spot] = []
    for spot in spots:
        if not kept or spot.start >= kept[-1].covered:
            kept.append(spot)
    return kept


def _plain(text: str) -> str:
    """Return the text with line ends as spaces and curly apostrophes straight: same length."""
    return (
        text.replace("\n", " ")
        .replace("’", "'")
        .replace("‘", "'")
        .replace(";", ",")
        .replace("*", " ")
    )


def _stand_in(group: Sequence[Spot]) -> str:
    word = _STAND_INS.get(group[0].kind, _ORGANISATION)
    # A list stays a list of two, or "Hexi and Lantian work" would parse as one firm's work.
    return f"{word} and {word}" if len(group) > 1 else word


def _lists(text: str, spots: Sequence[Spot]) -> list[list[Spot]]:
    """Group the spots that a list joins: "A, B and C" is one group, "A in B" is two."""
    groups: list[list[Spot]] = []
    run: list[Spot] = []
    for spot in spots:
        if run and _joins(text, run[-1], spot):
            run.append(spot)
        else:
            groups += _closed(text, _parent_apart(text, run, groups))
            run = [spot]
    return groups + _closed(text, _parent_apart(text, run, groups))


_NUMBER = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_THEIRS = re.compile(r"\b(\w+)\s[\w -]{2,30}s\sof\s(?:the\s)?$")


def _parent_apart(text: str, run: list[Spot], groups: list[list[Spot]]) -> list[Spot]:
    """Set apart whose the members of a list are: "Two units of Hexi, Lantian and Beihe"."""
    if len(run) < 2:
        return run
    before = _THEIRS.search(text, max(0, run[0].start - 50), run[0].start)
    if before is None or _NUMBER.get(before.group(1).casefold()) != len(run) - 1:
        return run
    groups.append(run[:1])
    return run[1:]


def _joins(text: str, left: Spot, right: Spot) -> bool:
    same = left.kind == right.kind or {left.kind, right.kind} <= ORGANISATION_LIKE
    gap = text[left.covered : right.start]
    if text[right.covered : right.covered + 2] in ("'s", "’s"):
        # "Hexi and the Academy's Institute": the Academy itself is not in the list.
        return False
    return same and len(gap) < 20 and _JOIN.fullmatch(gap) is not None


def _closed(text: str, run: list[Spot]) -> list[list[Spot]]:
    """Return the run as one list when an `and` or a semicolon says that it is one."""
    if len(run) < 2:
        return [run] if run else []
    gaps = [text[a.covered : b.start] for a, b in pairwise(run)]
    if any(_LAST_JOIN.search(gap) for gap in gaps) or len(run) > 3:
        return [run]
    if len(run) > 2 and _AND_OTHERS.match(text, run[-1].covered):
        return [run]
    return [[spot] for spot in run]
