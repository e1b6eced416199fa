"""What all charts share: fonts that hold Chinese, a quiet palette, and files that do not change.

matplotlib is imported where a chart is drawn, and nowhere before: it is slow to load.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Theme = Literal["light", "dark"]
FORMATS = (".svg", ".png")
WIDTH = 7.6
"""The width of every chart, in inches."""
_LATIN = ("Noto Sans", "Source Sans 3", "Liberation Sans", "DejaVu Sans")
_HAN = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK JP",
    "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "Noto Serif CJK SC",
)  # fmt: skip
NO_HAN_FONT = (
    "no font on this machine holds Chinese characters, so that they are drawn as boxes: install"
    " one, such as Debian's fonts-noto-cjk"
)
_DOTS = 160


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a theme. Series colours are told apart by people who see no red or no green."""

    paper: str
    ink: str
    quiet: str
    rule: str
    accent: str
    warning: str
    series: tuple[str, ...]


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        paper="#fbfaf7", ink="#1d1d1b", quiet="#6d6a64", rule="#d9d5cc", accent="#1f5d8c",
        warning="#b5480a",
        series=("#1f5d8c", "#c46a00", "#2a7f62", "#8c4a86", "#7a6f2b", "#4f5660"),
    ),
    "dark": Palette(
        paper="#16181b", ink="#eceae4", quiet="#a19d94", rule="#3a3d42", accent="#7fb7e0",
        warning="#f0935a",
        series=("#7fb7e0", "#f0ab4f", "#6fcba4", "#d29bcb", "#cbbf6a", "#b3bac4"),
    ),
}  # fmt: skip


def rendered(figure: "Figure", suffix: str, *, title: str) -> bytes:
    """Return a figure as SVG or PNG; the same figure gives the same bytes, whatever the day."""
    import matplotlib as mpl

    buffer = io.BytesIO()
    metadata: dict[str, Any] = {"Title": title, "Date": None, "Creator": "Crosstie"}
    if suffix == ".png":
        metadata = {"Title": title, "Software": "Crosstie"}
    with mpl.rc_context({"svg.hashsalt": "crosstie", "svg.fonttype": "path"}):
        figure.savefig(
            buffer,
            format=suffix[1:],
            dpi=_DOTS,
            facecolor=figure.get_facecolor(),
            metadata=metadata,
        )
    return buffer.getvalue()


def new_figure(height: float, palette: Palette) -> "Figure":
    """Return an empty figure on the paper of its theme, without any global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), facecolor=palette.paper)
    FigureCanvasAgg(figure)
    return figure


def fonts() -> list[str]:
    """Return the font families to draw with, in order: one for Latin letters, one for Chinese."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    latin = [name for name in _LATIN if name in known][:1]
    return [*latin, *[name for name in _HAN if name in known][:1]]


def missing_fonts(texts: Sequence[str], families: Sequence[str]) -> list[str]:
    """Return a notice where texts hold Chinese characters that none of the fonts can show."""
    has_han = any("㐀" <= c <= "鿿" for text in texts for c in text)
    return [NO_HAN_FONT] if has_han and not set(families) & set(_HAN) else []


def plain(text: str) -> str:
    """Return text that a chart can hold: no control characters, and no sign that starts maths."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split()).replace("$", r"\$")


def wrapped(text: str, width: int, *, most: int = 6) -> list[str]:
    """Cut a text into lines of about `width` Latin letters; a Chinese character counts as two.

    What does not fit on `most` lines ends in an ellipsis.
    """
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = _size(piece)
        if used and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            size = _size(piece)
        line, used = line + piece, used + size
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,;，、") + " …"]
    return lines


def _pieces(text: str) -> list[str]:
    """Return the parts between which a line may break: behind a space, around a Han character."""
    pieces: list[str] = []
    for character in " ".join(text.split()):
        wide = unicodedata.east_asian_width(character) in "WF"
        last = pieces[-1] if pieces else " "
        ended = last.endswith(" ") or unicodedata.east_asian_width(last[-1]) in "WF"
        if wide or ended or _size(last) > _LONGEST_WORD:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


_LONGEST_WORD = 40


def _size(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
