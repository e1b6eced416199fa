"""The nearest ties of one entity: who acts on it at its left, on whom it acts at its right.

Lengths are in units of the picture's own grid; the page scales it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.workspace.portraits import Near

WIDTH = 760
_ROW = 42
_EDGE = 34
_LEFT, _RIGHT = 268.0, 492.0
_BOX = 112.0
_LETTERS = 33
_MOST = 7


@dataclass(frozen=True, slots=True)
class Branch:
    """A tie: where its other end stands, the line to it, and its words cut to fit."""

    near: Near
    name: str
    x: float
    y: float
    anchor: str
    line: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The whole picture; the entity stands in a box in the middle."""

    width: int
    height: int
    middle: float
    box_left: float
    box_width: float
    title: tuple[str, ...]
    branches: tuple[Branch, ...]


def draw_surroundings(name: str, nearest: Sequence[Near]) -> Surroundings:
    """Place the entity and its nearest ties."""
    right = [near for near in nearest if near.acts][:_MOST]
    left = [near for near in nearest if not near.acts][:_MOST]
    rows = max(len(left), len(right), 2)
    height = rows * _ROW + 2 * (_EDGE - _ROW // 2)
    middle = height / 2
    branches = [
        *_side(left, middle, x=_LEFT - 16, anchor="end", near=_LEFT - 8, far=WIDTH / 2 - _BOX / 2),
        *_side(right, middle, x=_RIGHT + 16, anchor="start", near=_RIGHT + 8,
               far=WIDTH / 2 + _BOX / 2),
    ]  # fmt: skip
    return Surroundings(
        WIDTH, height, middle, WIDTH / 2 - _BOX / 2, _BOX, _lines(name), tuple(branches)
    )


def _side(
    ties: Sequence[Near], middle: float, *, x: float, anchor: str, near: float, far: float
) -> list[Branch]:
    top = middle - (len(ties) - 1) * _ROW / 2
    found = []
    for place, tie in enumerate(ties):
        y = top + place * _ROW
        bend = (near + far) / 2
        line = (
            f"M{near:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {middle:.1f} {far:.1f} {middle:.1f}"
        )
        found.append(Branch(tie, cut(tie.other.name, _LETTERS), x, round(y, 1), anchor, line))
    return found


def _lines(name: str) -> tuple[str, ...]:
    """Return the name in the box: at most three lines of words."""
    lines: list[str] = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and _wide(joined) > 13:
            lines.append(word)
        else:
            lines[-1] = joined
    shown = [cut(line, 14) for line in lines[:3]]
    if len(lines) > 3:
        shown[-1] = cut(f"{shown[-1]} …", 14)
    return tuple(shown)


def cut(text: str, most: int) -> str:
    """Return a text that is at most so wide, in Latin letters; Chinese ones count double."""
    if _wide(text) <= most:
        return text
    wide, kept = 0, []
    for character in text:
        wide += _wide(character)
        if wide > most - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
