"""Put the text pieces of a PDF page together into lines, table rows and paragraph gaps."""

import re
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
# Letters this much larger than most are a title's; its lines stand this close, in their own size.
_LARGE, _TITLE_GAP = 1.15, 1.6


class TooManySteps(Exception):
    """A page draws more than any page of text does."""


_HAN = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")

# (text, x, y, size of its letters), in points.
Piece = tuple[str, float, float, float]


@dataclass(slots=True)
class _Line:
    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as pypdf gives it: its text, the pieces with place and size, the steps it draws."""

    text: str
    pieces: tuple[Piece, ...]
    steps: int


def drawn(page: PageObject) -> DrawnPage:
    """Return what a page draws. Raises TooManySteps, and whatever pypdf does on a damaged page."""
    steps = 0
    pieces: list[Piece] = []

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise TooManySteps

    def keep(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        if text:
            drawn_size = abs(size * inner[3] * outer[3]) or size
            pieces.append((text, *_place(outer, inner), drawn_size))

    text = page.extract_text(visitor_operand_before=count, visitor_text=keep)
    return DrawnPage(text, tuple(pieces), steps)


def page_text(page: DrawnPage) -> str:
    """Return a page's text, with its table rows and paragraph gaps.

    Pieces that stand side by side, each on a line of its own in the file, are cells of one row:
    they are parted by ` | `. A wide gap between lines gives a blank line. The lines of a title in
    large letters are put together.
    """
    lines = _lines(page.pieces)
    if _letters(" ".join(line.text for line in lines)) != _letters(page.text):
        # The pieces leave something out: rather no rows than missing words.
        return page.text
    return _spaced(lines) if lines else ""


def joined(before: str, after: str) -> str:
    """Join two lines of one paragraph: no space behind a hyphen or between Han characters."""
    tight = before[-1:] == "-" or (_HAN.match(before[-1:]) and _HAN.match(after[:1]))
    return f"{before}{after}" if tight else f"{before} {after}"


def _place(outer: list[float], inner: list[float]) -> tuple[float, float]:
    """Return the point at which a piece begins, in the page's coordinates."""
    a, b, c, d, e, f = outer
    x, y = inner[4], inner[5]
    return a * x + c * y + e, b * x + d * y + f


def _letters(text: str) -> str:
    return "".join(text.split()).replace("|", "")


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    open_line = False
    for text, x, y, size in pieces:
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
                lines.append(_Line(part, x, y, size))
            open_line = True
    return lines


_CELLS = " | "
# A line that a column ended in mid-sentence is about as long as its column is wide.
_LEAST_RUNNING, _LEAST_RUNNING_HAN = 30, 12


def _runs_on(before: str, after: str) -> bool:
    """Tell whether a sentence goes on from the foot of one column to the head of the next."""
    last, first = before.strip(), after.strip()
    if not last or last[-1] in '.!?。！？…:：;；”"' or _CELLS in last:
        return False
    least = _LEAST_RUNNING_HAN if _HAN.match(last) else _LEAST_RUNNING
    return len(last) >= least and (first[:1].islower() or _HAN.match(first[:1]) is not None)


def _spaced(lines: list[_Line]) -> str:
    gaps = [above.y - below.y for above, below in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > _SAME_ROW] or [0.0])
    plain = median(line.size for line in lines for _ in line.text)
    out: list[str] = []
    size = 0.0
    for line, gap in zip(lines, [0.0, *gaps], strict=True):
        same_title = line.size == size > plain * _LARGE and 0 < gap < size * _TITLE_GAP
        size = line.size
        if same_title:
            out[-1] = joined(out[-1], line.text.strip())
            continue
        # A new column begins above the one before it.
        column = gap < -_SAME_ROW
        apart = not _runs_on(out[-1], line.text) if out and column else gap > usual * _WIDE_GAP
        if out and apart and not (_CELLS in out[-1] and _CELLS in line.text):
            out.append("")
        out.append(line.text.strip())
    return "\n".join(out)
