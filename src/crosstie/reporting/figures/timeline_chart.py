"""Draw a dispute as a timeline: dates down the side, what happened, and who says so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosstie.ontology.figures import Dispute, DisputeEvent
from crosstie.reporting.figures import words
from crosstie.reporting.figures.drawing import (
    PALETTES,
    WIDTH,
    Palette,
    Theme,
    fonts,
    missing_fonts,
    new_figure,
    plain,
    rendered,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST_EVENTS = 40
_LINE, _GAP, _HEAD, _FOOT = 0.185, 0.2, 1.0, 0.62
_DATE, _SPINE, _TEXT = 0.035, 0.175, 0.205
_LETTERS = 88
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class _Row:
    """An event as it is drawn: its lines, and how high they stand."""

    event: DisputeEvent
    statement: list[str]
    notes: list[str]

    @property
    def height(self) -> float:
        return _LINE * (len(self.statement) + 0.85 * len(self.notes)) + _GAP


def timeline_chart(
    dispute: Dispute, suffix: str, *, theme: Theme = "light"
) -> tuple[bytes, list[str]]:
    """Return a dispute as SVG or PNG, and notices on what the chart could not show."""
    import matplotlib as mpl

    palette = PALETTES[theme]
    shown = dispute.events[:_MOST_EVENTS]
    rows = [_row(event) for event in shown]
    notices = missing_fonts([dispute.name, *(event.statement for event in shown)], fonts())
    if len(dispute.events) > len(shown):
        notices.append(f"{len(dispute.events) - len(shown)} later events are not in the chart")
    total = _HEAD + sum(row.height for row in rows) + _FOOT
    with mpl.rc_context({"font.family": fonts(), "font.size": 9}):
        figure = new_figure(total, palette)
        _headline(figure, dispute, palette, total)
        _spine(figure, rows, palette, total)
        top = total - _HEAD
        for row in rows:
            _event(figure, row, palette, top, total)
            top -= row.height
        _footer(figure, dispute, palette, total)
        raw = rendered(figure, suffix, title=dispute.name)
    return raw, notices


def _row(event: DisputeEvent) -> _Row:
    said = f"Said by: {words.said_words(event)}"
    how = words.how_words(event)
    notes = [said, f"Date: {how}"] if how and event.date else [said]
    denied = ["Denied"] if event.polarity == "denied" else []
    cut = [line for note in (*denied, *notes) for line in wrapped(note, _LETTERS + 8, most=2)]
    return _Row(event, wrapped(event.statement, _LETTERS, most=5), cut)


def date_words(date: str | None) -> str:
    """Return a partial date for the side of a timeline: "2018-08" → "Aug 2018"."""
    if date is None:
        return "no date"
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def _headline(figure: "Figure", dispute: Dispute, palette: Palette, total: float) -> None:
    from matplotlib.lines import Line2D

    figure.add_artist(
        Line2D([0.035, 0.965], [1 - 0.1 / total] * 2, color=palette.ink, linewidth=1.6)
    )
    figure.text(
        0.035, 1 - 0.22 / total, plain(wrapped(dispute.name, 70, most=1)[0]), fontsize=12.5,
        fontweight="bold", color=palette.ink, va="top",
    )  # fmt: skip
    others = ", ".join(ref.name for ref in dispute.others)
    third = f"; also named: {others}" if others else ""
    number = f"{len(dispute.events)} step{'s' if len(dispute.events) != 1 else ''}"
    line = f"{number}, in the words of the documents{third}"
    figure.text(
        0.035, 1 - 0.5 / total, plain(wrapped(line, 100, most=1)[0]), fontsize=9,
        color=palette.quiet, va="top",
    )  # fmt: skip


def _spine(figure: "Figure", rows: list[_Row], palette: Palette, total: float) -> None:
    from matplotlib.lines import Line2D

    top = total - _HEAD - 0.08
    bottom = top - sum(row.height for row in rows[:-1])
    figure.add_artist(
        Line2D(
            [_SPINE] * 2, [top / total, bottom / total], color=palette.rule, linewidth=2, zorder=1
        )
    )


def _event(figure: "Figure", row: _Row, palette: Palette, top: float, total: float) -> None:
    from matplotlib.patches import Ellipse

    alleged = row.event.stance != "asserted"
    colour = palette.series[1] if alleged else palette.accent
    size = 0.125
    figure.add_artist(
        Ellipse(
            (_SPINE, (top - 0.08) / total), size / WIDTH, size / total, linewidth=1.8,
            edgecolor=colour, facecolor=palette.paper if alleged else colour, zorder=3,
        )
    )  # fmt: skip
    figure.text(
        _DATE, top / total, date_words(row.event.date), fontsize=10, fontweight="bold",
        color=palette.ink if row.event.date else palette.quiet, va="top",
    )  # fmt: skip
    at = top
    for line in row.statement:
        figure.text(_TEXT, at / total, plain(line), fontsize=9, color=palette.ink, va="top")
        at -= _LINE
    for line in row.notes:
        figure.text(_TEXT, at / total, plain(line), fontsize=7.6, color=palette.quiet, va="top")
        at -= _LINE * 0.85


def _footer(figure: "Figure", dispute: Dispute, palette: Palette, total: float) -> None:
    sources = dict.fromkeys(
        ", ".join(filter(None, (c.title, c.publisher, c.date)))
        for c in (event.quote.citation for event in dispute.events)
    )
    lines = wrapped(f"Source: {'; '.join(sources)}.", 104, most=2)
    lines = ["A hollow mark is what somebody alleges or reports, not a finding.", *lines]
    for number, line in enumerate(reversed(lines)):
        figure.text(
            0.035, (0.12 + 0.16 * number) / total, plain(line), fontsize=7.6, color=palette.quiet,
            va="bottom",
        )  # fmt: skip
