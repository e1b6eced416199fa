"""What a source dates, on a line of years: a lane for each mechanism, a mark for each tie.

Lengths are in units of the picture's own grid; the page scales it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH = 760
_NAMES = 150.0
_RIGHT = 20.0
_TOP = 8.0
_ROW = 20.0
_LANE = 8.0
_FOOT = 26.0
_APART = 13.0
_MOST_YEARS = 9


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that began or ended on a day (partial ISO); `address` leads to its sentence."""

    start: str | None
    end: str | None
    mechanism: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in its place; `width` is 0 for one that has no length."""

    moment: Moment
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """The moments of one mechanism."""

    mechanism: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year on the axis."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture."""

    width: int
    height: float
    axis: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    years: tuple[Year, ...]


def draw_timeline(moments: Sequence[Moment], *, order: Iterable[str]) -> Timeline | None:
    """Place the moments; lanes in the order of `order`. None where nothing is dated."""
    dated = [moment for moment in moments if _first(moment) is not None]
    if not dated:
        return None
    first = int(min(_first(m) or 0 for m in dated))
    last = int(max(_last(m) for m in dated)) + 1
    scale = (WIDTH - _NAMES - _RIGHT) / max(1, last - first)

    def x_of(year: float) -> float:
        return round(_NAMES + (year - first) * scale, 1)

    lanes, marks, y = [], [], _TOP
    for mechanism in order:
        here = sorted((m for m in dated if m.mechanism == mechanism), key=lambda m: _first(m) or 0)
        if not here:
            continue
        placed, rows = _stacked(here, x_of)
        lanes.append(Lane(mechanism, y, rows * _ROW))
        marks += [Mark(m, x, y + (row + 0.5) * _ROW, width) for m, x, width, row in placed]
        y += rows * _ROW + _LANE
    step = -(-(last - first) // _MOST_YEARS) or 1
    years = tuple(Year(year, x_of(year)) for year in range(first, last + 1, step))
    return Timeline(WIDTH, y + _FOOT, y, tuple(lanes), tuple(marks), years)


def _stacked(
    moments: Sequence[Moment], x_of: Callable[[float], float]
) -> tuple[list[tuple[Moment, float, float, int]], int]:
    """Return each moment's place, in as few rows as keep the marks apart."""
    ends: list[float] = []
    placed = []
    for moment in moments:
        x = x_of(_first(moment) or 0)
        width = max(0.0, x_of(_last(moment)) - x) if moment.start and moment.end else 0.0
        row = next((n for n, end in enumerate(ends) if end + _APART <= x), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + width
        placed.append((moment, x, width, row))
    return placed, len(ends)


def _first(moment: Moment) -> float | None:
    return _year(moment.start or moment.end)


def _last(moment: Moment) -> float:
    return _year(moment.end or moment.start) or 0.0


def _year(day: str | None) -> float | None:
    """Return a partial ISO date as a year with a fraction."""
    parts = (day or "").split("-")
    if not parts[0].isdigit():
        return None
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 1
    return int(parts[0]) + (month - 1) / 12
