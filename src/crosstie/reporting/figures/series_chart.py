"""Draw series: values over time where there are times, else side by side; flags in plain sight."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crosstie.ontology.figures import Point, Series
from crosstie.reporting.figures import words
from crosstie.reporting.figures.drawing import (
    PALETTES,
    Palette,
    Theme,
    fonts,
    missing_fonts,
    new_figure,
    plain,
    rendered,
    wrapped,
)
from crosstie.reporting.figures.pooling import pooled_series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS = 6
_MOST_LINES = 6
_MOST_ROWS = 30
_HEAD, _FOOT = 0.9, 0.52
_OVER_TIME = 2.7
_ROW = 0.27
# The width of a letter, as a part of the figure's.
_LETTER = 0.0122
_LONGEST_NAME = 42
_WARNINGS = ("!", "≠")
_HOLLOW = "a hollow mark is a plan, target or estimate"


def series_chart(
    series: Sequence[Series], suffix: str, *, theme: Theme = "light"
) -> tuple[bytes, list[str]]:
    """Return a chart of up to six series as SVG or PNG, and notices on what it could not show."""
    import matplotlib as mpl

    palette, pooled = PALETTES[theme], pooled_series(series)
    shown = pooled[:MOST_PANELS]
    notices = missing_fonts([words.title_of(one) for one in shown] + _names(shown), fonts())
    if len(pooled) > len(shown):
        notices.append(f"{len(pooled) - len(shown)} more series are in the CSV, not in the chart")
    heights = [_height(one) for one in shown]
    feet = [_foot(one) for one in shown]
    total = sum(heights) + sum(_HEAD + _FOOT + 0.16 * (len(foot) - 1) for foot in feet)
    with mpl.rc_context({"font.family": fonts(), "font.size": 9, "axes.unicode_minus": False}):
        figure = new_figure(total, palette)
        top = total
        for one, height, foot in zip(shown, heights, feet, strict=True):
            top -= _HEAD
            axes = figure.add_axes(_box(one, total, top, height))
            _draw(axes, one, palette)
            _headline(figure, one, palette, (top + _HEAD) / total, total)
            top -= height + _FOOT + 0.16 * (len(foot) - 1)
            _footer(figure, foot, palette, (top + 0.1) / total, total)
        raw = rendered(figure, suffix, title="; ".join(words.title_of(one) for one in shown))
    return raw, notices


def _names(series: Sequence[Series]) -> list[str]:
    return [point.owner + point.written for one in series for point in one.points]


def _is_over_time(series: Series) -> bool:
    return len(series.times) > 1


def _height(series: Series) -> float:
    rows = min(len(series.points), _MOST_ROWS)
    return _OVER_TIME if _is_over_time(series) else max(0.5, _ROW * rows + 0.12)


def _box(
    series: Series, total: float, top: float, height: float
) -> tuple[float, float, float, float]:
    """Return where the axes stand, as parts of the figure: rows need room for their labels."""
    left, width = 0.075, 0.8
    if not _is_over_time(series):
        points = series.points
        left = 0.05 + _LETTER * max(len(_row_name(p, series)) for p in points)
        width = 0.93 - left - _LETTER * max(len(_row_label(p, series)) + 4 for p in points)
    return left, (top - height) / total, width, height / total


def _headline(figure: "Figure", series: Series, palette: Palette, top: float, total: float) -> None:
    title = wrapped(words.title_of(series), 84, most=1)[0]
    # A long heading is set smaller, so that it stays on its line.
    size = 12.5 if len(title) <= 62 else 12.5 * 62 / len(title)
    figure.text(
        0.035, top - 0.22 / total, plain(title), fontsize=size, fontweight="bold",
        color=palette.ink, va="top",
    )  # fmt: skip
    figure.text(
        0.035, top - 0.5 / total, plain(_subtitle(series)), fontsize=9, color=palette.quiet,
        va="top",
    )  # fmt: skip
    from matplotlib.lines import Line2D

    figure.add_artist(
        Line2D([0.035, 0.965], [top - 0.1 / total] * 2, color=palette.ink, linewidth=1.6)
    )


def _subtitle(series: Series) -> str:
    owners = sorted({point.owner for point in series.points})
    times = series.times
    when = "" if not times else times[0] if len(times) == 1 else f"{times[0]} to {times[-1]}"
    if times and all(point.time_kind == "edition" for point in series.points):
        when = f"edition of {when}"
    if times and all(point.time_kind == "due" for point in series.points):
        when = f"by {when}"
    who = owners[0] if len(owners) == 1 else f"{len(owners)} named"
    parts = [part for part in (who, when or "no date in the text") if part]
    return wrapped(f"{', '.join(parts)}; as the documents state it", 96, most=1)[0]


def _foot(series: Series) -> list[str]:
    lines = []
    if any(not point.is_actual for point in series.points):
        lines.append(f"{_HOLLOW[0].upper()}{_HOLLOW[1:]}.")
    for flag in dict.fromkeys(flag for point in series.points for flag in point.flags):
        printed = [words.printed_words(p) for p in series.points if flag in p.flags]
        lines.append(f"! {'; '.join(printed)}: {words.flag_words(flag)}. Shown as printed.")
    if series.contradicted:
        lines.append("≠ sources give different values for the same thing and time: all are shown.")
    hidden = 0 if _is_over_time(series) else len(series.points) - _MOST_ROWS
    if hidden > 0:
        lines.append(f"{hidden} more values are in the CSV.")
    sources = dict.fromkeys(
        ", ".join(filter(None, (q.citation.publisher or q.citation.title, q.citation.date)))
        for point in series.points
        for q in point.quotes[:1]
    )
    lines.append(f"Source: {'; '.join(sources)}.")
    # A line that goes on is led by a space, and keeps the colour of the one above it.
    return [
        cut if number == 0 else f" {line[0]}{cut}" if line[0] in _WARNINGS else cut
        for line in lines
        for number, cut in enumerate(wrapped(line, 104, most=2))
    ]


def _footer(
    figure: "Figure", lines: Sequence[str], palette: Palette, bottom: float, total: float
) -> None:
    for number, line in enumerate(reversed(lines)):
        warned = line.lstrip().startswith(_WARNINGS)
        figure.text(
            0.035, bottom + 0.16 * number / total,
            plain(line[2:] if line.startswith(" ") else line), fontsize=7.6,
            color=palette.warning if warned else palette.quiet, va="bottom",
        )  # fmt: skip


def _draw(axes: "Axes", series: Series, palette: Palette) -> None:
    axes.set_facecolor(palette.paper)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.quiet)
    axes.tick_params(colors=palette.quiet, length=0, labelsize=8.5)
    if _is_over_time(series):
        _over_time(axes, series, palette)
    else:
        _side_by_side(axes, series, palette)


def _over_time(axes: "Axes", series: Series, palette: Palette) -> None:
    lines: dict[str, list[Point]] = defaultdict(list)
    for point in series.points:
        if point.time is not None:
            lines[point.owner].append(point)
    ranked = sorted(lines, key=lambda name: (-len(lines[name]), name))
    for number, name in enumerate(ranked):
        colour = palette.series[number] if number < _MOST_LINES else palette.quiet
        _line(axes, lines[name], colour, palette, series.unit)
        if len(ranked) > 1:
            last = lines[name][-1]
            axes.annotate(
                plain(name), (_year(last), last.amount), xytext=(9, 0),
                textcoords="offset points", color=colour, fontsize=8.5, va="center",
            )  # fmt: skip
    _axes_of_time(axes, series, palette)


def _line(axes: "Axes", points: Sequence[Point], colour: str, palette: Palette, unit: str) -> None:
    joined = _joined([p for p in points if p.is_actual and p.polarity == "affirmed"])
    xs, ys = [_year(p) for p in joined], [p.amount for p in joined]
    axes.plot(xs, ys, color=colour, linewidth=2, solid_capstyle="round", zorder=2)
    for point in points:
        _mark(axes, _year(point), point.amount, point, colour, palette, upright=True)
        _label(axes, point, points, palette, unit)


def _joined(points: Sequence[Point]) -> list[Point]:
    """Return the points that a line runs through: one for each time.

    Where sources differ on a time, the line keeps to the one that tells most of the others.
    """
    told = Counter(q.citation.document_id for p in points for q in p.quotes[:1])
    by_time: dict[float, list[Point]] = defaultdict(list)
    for point in points:
        by_time[_year(point)].append(point)
    return [
        max(found, key=lambda p: sum(told[q.citation.document_id] for q in p.quotes[:1]))
        for _, found in sorted(by_time.items())
    ]


def _label(
    axes: "Axes", point: Point, points: Sequence[Point], palette: Palette, unit: str
) -> None:
    """Write a value beside its mark, where neither the line nor another value is."""
    here = [p.amount for p in points if p.time == point.time]
    before = [p.amount for p in points if _year(p) < _year(point)]
    falling = bool(before) and point.amount < before[-1]
    shift, across, along = (0, 9), "center", "bottom"
    if len(here) > 1 and point.amount < max(here):
        shift, across, along = (-10, 0), "right", "center"
    elif falling:
        shift, along = (0, -9), "top"
    axes.annotate(
        plain(_signed(words.short_value(point, unit), point)),
        (_year(point), point.upper or point.amount), xytext=shift, textcoords="offset points",
        ha=across, va=along, fontsize=9.5, fontweight="bold", zorder=5,
        color=palette.warning if point.flags or point.contradicted_by else palette.ink,
        bbox={"facecolor": palette.paper, "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip


def _signed(label: str, point: Point) -> str:
    sign = ("!" if point.flags else "") + ("≠" if point.contradicted_by else "")
    return f"{label} {sign}" if sign else label


def _mark(
    axes: "Axes", x: float, y: float, point: Point, colour: str, palette: Palette, *, upright: bool
) -> None:
    """Draw a value: a dot, filled if it is a fact; a bar for a range; an arrow for "more than"."""
    if point.upper is not None:
        ends = ([x, x], [y, point.upper]) if upright else ([y, point.upper], [x, x])
        axes.plot(*ends, color=colour, linewidth=5, alpha=0.4, solid_capstyle="butt", zorder=2)
    place = (x, y) if upright else (y, x)
    ring = palette.warning if point.flags or point.contradicted_by else colour
    axes.plot(
        *place, marker="o", markersize=7.5, markeredgewidth=1.8, markeredgecolor=ring,
        markerfacecolor=colour if point.is_actual else palette.paper, zorder=4, clip_on=False,
    )  # fmt: skip
    if point.comparator in (">", ">=", "<", "<="):
        way = 16 if point.comparator.startswith(">") else -16
        axes.annotate(
            "", place, xytext=(0, way) if upright else (way, 0), textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1.4}, zorder=3,
        )  # fmt: skip


def _axes_of_time(axes: "Axes", series: Series, palette: Palette) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    years = sorted({_year(point) for point in series.points if point.time is not None})
    span = max(1.0, years[-1] - years[0])
    # The labels of the scale stand on its lines, left of the first value.
    axes.set_xlim(years[0] - span * 0.22, years[-1] + span * 0.07)
    ticks = sorted({int(year) for year in years})
    axes.set_xticks(ticks if len(ticks) <= 12 else ticks[:: len(ticks) // 12 + 1])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    highest = max(p.upper or p.amount for p in series.points if p.time is not None)
    lowest = min(p.amount for p in series.points if p.time is not None)
    if lowest >= 0:
        axes.set_ylim(0, highest * 1.2 or 1)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.amount_words(value)))
    axes.tick_params(axis="y", labelsize=8, pad=-2)
    for label in axes.get_yticklabels():
        label.set_horizontalalignment("left")
        label.set_verticalalignment("bottom")
    axes.grid(axis="y", color=palette.rule, linewidth=0.8)
    axes.set_axisbelow(True)


def _side_by_side(axes: "Axes", series: Series, palette: Palette) -> None:
    shown = sorted(series.points, key=lambda p: (-p.amount, p.owner, p.claim_id))[:_MOST_ROWS]
    highest = max((p.upper or p.amount for p in shown), default=1.0)
    for number, point in enumerate(shown):
        colour = palette.accent
        axes.plot(
            [0, point.amount], [number, number], color=colour, linewidth=1.6,
            linestyle="-" if point.is_actual else (0, (3, 2)), alpha=0.55, zorder=2,
        )  # fmt: skip
        _mark(axes, number, point.amount, point, colour, palette, upright=False)
        axes.annotate(
            plain(_row_label(point, series)), (point.upper or point.amount, number),
            xytext=(22 if point.comparator in (">", ">=") else 9, 0),
            textcoords="offset points", va="center", fontsize=9, fontweight="bold",
            color=palette.warning if point.flags or point.contradicted_by else palette.ink,
        )  # fmt: skip
    axes.set_yticks(range(len(shown)))
    axes.set_yticklabels([plain(_row_name(p, series)) for p in shown])
    for label in axes.get_yticklabels():
        label.set_color(palette.ink)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(min(0.0, min((p.amount for p in shown), default=0.0)), highest or 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color=palette.quiet, linewidth=0.8, zorder=1)


def _row_name(point: Point, series: Series) -> str:
    """Return what tells a row from the others: whose the value is, or how it is meant."""
    if len({p.owner for p in series.points}) > 1:
        return wrapped(point.owner, _LONGEST_NAME, most=1)[0]
    said = words.reading_words(point)
    return f"{said}, {words.time_words(point)}" if point.time else said


def _row_label(point: Point, series: Series) -> str:
    parts = [_signed(words.short_value(point, series.unit), point)]
    reading = words.reading_words(point)
    if len({p.owner for p in series.points}) > 1 and reading != "actual":
        parts.append(f"{reading} {words.time_words(point)}" if point.time else reading)
    return ", ".join(parts)


def _year(point: Point) -> float:
    """Return a partial date as a number of years: "2018-08" → 2018.58."""
    parts: list[Any] = [int(part) for part in (point.time or "0").split("-")]
    months = parts[1] - 1 if len(parts) > 1 else 0
    days = parts[2] - 1 if len(parts) > 2 else 0
    return float(parts[0] + months / 12 + days / 372)
