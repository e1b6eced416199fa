"""Put the text pieces of a PDF page together into lines, table rows and paragraph gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject

# Drawing steps: a dense page of text has some ten thousand, a map a million.
MOST_STEPS = 1_000_000
# Pieces whose base lines differ by less than this many points stand in one row.
_SAME_ROW = 1.0
# A gap this much larger than the usual one parts paragraphs.
_WIDE_GAP = 1.35


class TooManySteps(Exception):
    """A page draws more than any page of text does."""


@dataclass(slots=True)
class _Line:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as pypdf gives it: its text, the pieces with their places, the steps it draws."""

    text: str
    pieces: tuple[tuple[str, float, float], ...]
    steps: int


def drawn(page: PageObject) -> DrawnPage:
    """Return what a page draws. Raises TooManySteps, and whatever pypdf does on a damaged page."""
    steps = 0
    pieces: list[tuple[str, float, float]] = []

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise TooManySteps

    def keep(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
        if text:
            pieces.append((text, *_place(outer, inner)))

    text = page.extract_text(visitor_operand_before=count, visitor_text=keep)
    return DrawnPage(text, tuple(pieces), steps)


def page_text(page: DrawnPage) -> str:
    """Return a page's text, with its table rows and paragraph gaps.

    Pieces that stand side by side, each on a line of its own in the file, are cells of one row:
    they are parted by ` | `. A wide gap between lines gives a blank line.
    """
    lines = _lines(page.pieces)
    if _letters(" ".join(line.text for line in lines)) != _letters(page.text):
        # The pieces leave something out: rather no rows than missing words.
        return page.text
    return _spaced(lines) if lines else ""


def _place(outer: list[float], inner: list[float]) -> tuple[float, float]:
    """Return the point at which a piece begins, in the page's coordinates."""
    a, b, c, d, e, f = outer
    x, y = inner[4], inner[5]
    return a * x + c * y + e, b * x + d * y + f


def _letters(text: str) -> str:
    return "".join(text.split()).replace("|", "")


def _lines(pieces: Sequence[tuple[str, float, float]]) -> list[_Line]:
    lines: list[_Line] = []
    open_line = False
    for text, x, y in pieces:
        for at, part in enumerate(text.split("\n")):
            if at:
                open_line = False
            if not part.strip():
                if open_line and part:
                    lines[-1].text += part
                continue
            if open_line:
                lines[-1].text += part
            elif at == 0 and lines and abs(lines[-1].y - y) < _SAME_ROW and x > lines[-1].x:
                lines[-1].text = f"{lines[-1].text.rstrip()} | {part.lstrip()}"
                lines[-1].x = x
            else:
                lines.append(_Line(part, x, y))
            open_line = True
    return lines


def _spaced(lines: list[_Line]) -> str:
    gaps = [above.y - below.y for above, below in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > _SAME_ROW] or [0.0])
    out: list[str] = []
    for line, gap in zip(lines, [0.0, *gaps], strict=True):
        # A new column begins above the one before it.
        if out and (gap > usual * _WIDE_GAP or gap < -_SAME_ROW):
            out.append("")
        out.append(line.text.strip())
    return "\n".join(out)
