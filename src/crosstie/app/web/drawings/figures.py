"""A series as a picture: over time where it has several times, else its values side by side.

Facts are filled, plans, targets and estimates hollow; what a source contradicts bears a mark.
Lengths are in units of the picture's own grid, 760 wide; the page scales it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.app.web import addresses
from crosstie.ontology.figures import Point, Series
from crosstie.reporting.figures import words

WIDTH = 760
_NAMES, _VALUES = 220.0, 130.0
_ROW, _BAR = 30.0, 14.0
_TOP, _FOOT, _PLOT = 34.0, 34.0, 250.0
_LEFT, _RIGHT = 36.0, 110.0
_LONGEST_NAME = 30
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in its place, and the address of its sentence. `length` is that of a bar."""

    x: float
    y: float
    length: float
    name: str
    label: str
    reading: str
    flagged: bool
    actual: bool
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A time on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class FigurePicture:
    """The whole picture; `lines` join the facts of one owner over time, as SVG point lists."""

    over_time: bool
    width: int
    height: float
    base: float
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    ticks: tuple[Tick, ...]
    left_out: int


def draw_series(series: Series) -> FigurePicture:
    """Lay a series out; values without a time stand in the table alone when others have one."""
    if len(series.times) > 1:
        return _over_time(series)
    return _side_by_side(series)


def _side_by_side(series: Series) -> FigurePicture:
    ranked = sorted(series.points, key=lambda p: (-p.amount, p.owner, p.claim_id))
    shown = ranked[:_MOST_ROWS]
    most = max((abs(p.upper or p.amount) for p in shown), default=1.0) or 1.0
    room = WIDTH - _NAMES - _VALUES
    marks = tuple(
        _mark(series, point, _NAMES, 8 + row * _ROW, max(2.0, room * abs(point.amount) / most))
        for row, point in enumerate(shown)
    )
    height = 16 + _ROW * len(shown)
    return FigurePicture(False, WIDTH, height, height - 8, marks, (), (), len(ranked) - len(shown))


def _over_time(series: Series) -> FigurePicture:
    dated = [p for p in series.points if p.time is not None]
    years = [_year(p) for p in dated]
    first, last = min(years), max(years)
    most = max(abs(p.upper or p.amount) for p in dated) or 1.0
    base = _TOP + _PLOT

    def x(point: Point) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (_year(point) - first) / (last - first or 1.0)

    def y(point: Point) -> float:
        return base - _PLOT * abs(point.amount) / most

    marks = tuple(_mark(series, p, round(x(p), 1), round(y(p), 1), 0.0) for p in dated)
    owners = sorted({p.owner for p in dated})
    lines = tuple(
        " ".join(f"{x(p):.1f},{y(p):.1f}" for p in found)
        for owner in owners
        if len(found := [p for p in dated if p.owner == owner and _joins(p)]) > 1
    )
    whole = sorted({int(year) for year in years})
    return FigurePicture(
        True, WIDTH, base + _FOOT, base, marks, lines,
        tuple(
            Tick(round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (year - first) / (last - first or 1), 1),
                 str(year))
            for year in _thinned(whole)
        ),
        len(series.points) - len(dated),
    )  # fmt: skip


def _joins(point: Point) -> bool:
    return point.is_actual and not point.contradicted_by and point.comparator == "="


def _thinned(years: Sequence[int]) -> list[int]:
    """Return years that have room for their labels, the first and the last among them."""
    step = max(1, -(-len(years) // 10))
    kept = list(years[::step])
    return kept if kept[-1] == years[-1] else [*kept, years[-1]]


def _mark(series: Series, point: Point, x: float, y: float, length: float) -> Mark:
    reading = words.reading_words(point)
    return Mark(
        x=x,
        y=y,
        length=round(length, 1),
        name=_short(point.owner),
        label=words.short_value(point, series.unit),
        reading="" if reading == "actual" else reading,
        flagged=bool(point.flags or point.contradicted_by),
        actual=point.is_actual,
        address=addresses.claim(point.claim_id),
        words=f"{point.owner}, {words.time_words(point)}: {words.printed_words(point)} ({reading})",
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _year(point: Point) -> float:
    """Return a partial date as a number of years: 2012 → 2012.0, 2018-08 → 2018.6."""
    parts = [int(part) for part in (point.time or "0").split("-")[:2]]
    return parts[0] + ((parts[1] - 1) / 12 if len(parts) > 1 else 0.0)
