"""A document's text cut for reading: into parts of bounded size, paragraphs, and marked pieces."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.records import Article

PART = 24_000
"""The most characters of a document on one page."""

_BACK = 4_000
"""How far a part is cut short for the sake of a paragraph's end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with something to say: it names an entity, or a claim rests on it."""

    start: int
    end: int
    entity: EntityRef | None = None
    claim: ClaimId | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in which nothing begins or ends: its innermost entity, and the claims on it."""

    text: str
    entity: EntityRef | None
    claims: tuple[ClaimId, ...]
    chosen: bool
    first: bool
    """Whether the chosen words begin here: the one place that an address leads to."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; `kind` says what it is if it is no running text (title, byline, …)."""

    start: int
    kind: str
    pieces: tuple[Piece, ...]


def parts_of(text: str) -> tuple[int, ...]:
    """Return where each part begins; a part ends at a line's end where one is near."""
    starts = [0]
    while len(text) - starts[-1] > PART:
        end = starts[-1] + PART
        line = text.rfind("\n", end - _BACK, end)
        starts.append(end if line < 0 else line + 1)
    return tuple(starts)


def part_at(starts: Sequence[int], place: int) -> int:
    """Return the number, from 0, of the part in which a place lies."""
    return max(0, bisect_right(starts, place) - 1)


def paragraphs(
    text: str,
    start: int,
    end: int,
    marks: Sequence[Mark],
    article: Article | None,
    *,
    leads: bool = True,
) -> tuple[Paragraph, ...]:
    """Return the lines of a stretch of text that hold anything, cut at the marks.

    With `leads` the first of the chosen words are what an address leads to.
    """
    found, place = [], start
    for line in text[start:end].splitlines(keepends=True):
        stop = place + len(line)
        if line.strip():
            here = [mark for mark in marks if mark.start < stop and mark.end > place]
            pieces = _pieces(text, place, stop, here, leads=leads)
            leads = leads and not any(piece.first for piece in pieces)
            found.append(Paragraph(place, _kind(article, place), pieces))
        place = stop
    return tuple(found)


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], *, leads: bool
) -> tuple[Piece, ...]:
    cuts = {start, end}
    for mark in marks:
        cuts.update(place for place in (mark.start, mark.end) if start < place < end)
    found = []
    for left, right in pairwise(sorted(cuts)):
        over = [mark for mark in marks if mark.start <= left and mark.end >= right]
        chosen = any(mark.chosen for mark in over)
        found.append(
            Piece(
                text=text[left:right].strip("\n"),
                entity=_innermost(over),
                claims=tuple(dict.fromkeys(m.claim for m in over if m.claim is not None)),
                chosen=chosen,
                first=chosen and leads,
            )
        )
        leads = leads and not chosen
    return tuple(found)


def _innermost(over: Iterable[Mark]) -> EntityRef | None:
    named = [mark for mark in over if mark.entity is not None]
    return min(named, key=lambda mark: mark.end - mark.start).entity if named else None


def _kind(article: Article | None, place: int) -> str:
    if article is None:
        return ""
    return next((b.kind for b in article.blocks if b.start <= place < b.end), "")
