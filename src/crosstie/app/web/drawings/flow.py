"""The three tiers as a flow: ribbons of ties between ecosystem, priorities and foundation.

Lengths are in units of the picture's own grid (1200 wide); the page scales it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosstie.ontology.rollups import Band

WIDTH = 1200
_NODE_WIDTH = 190
_LEFT = {
    "ecosystem": 0,
    "priorities": (WIDTH - _NODE_WIDTH) // 2,
    "foundation": WIDTH - _NODE_WIDTH,
}
_PAIRS = (("ecosystem", "priorities"), ("priorities", "foundation"), ("ecosystem", "foundation"))
_TOP = 16
_GAP = 7
_THINNEST, _THICKEST = 13.0, 74.0
_LEAST_NODE = 184.0
_BETWEEN = 34.0
"""The space between what passes through the priorities and what goes past them."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The ties of one mechanism between two tiers, both ways; `path` is its outline."""

    one: str
    two: str
    mechanism: str
    forth: int
    back: int
    path: str
    thickness: float
    label_x: float
    label_y: float

    @property
    def ties(self) -> int:
        """Return the ties of both directions."""
        return self.forth + self.back


@dataclass(frozen=True, slots=True)
class Node:
    """A tier as a block: its place, and the ties that stay inside it."""

    tier: str
    x: float
    y: float
    width: float
    height: float
    inside: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture."""

    width: int
    height: float
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


def draw_flow(bands: Iterable[Band]) -> Flow:
    """Lay the bands out; bands with an end outside of the three tiers are left to the table."""
    joined, inside = _joined(bands)
    most = max((forth + back for forth, back in joined.values()), default=1)
    stacks = {
        pair: sorted(
            (
                (mechanism, forth, back, _thickness(forth + back, most))
                for (one, two, mechanism), (forth, back) in joined.items()
                if (one, two) == pair
            ),
            key=lambda item: (-item[3], item[0]),
        )
        for pair in _PAIRS
    }
    through = max(_height(stacks[_PAIRS[0]]), _height(stacks[_PAIRS[1]]), _LEAST_NODE)
    past = _TOP + through + _BETWEEN
    bottom = past + _height(stacks[_PAIRS[2]])
    height = max(bottom, past + 40) + _TOP
    starts = {_PAIRS[0]: float(_TOP), _PAIRS[1]: float(_TOP), _PAIRS[2]: past}
    ribbons = [ribbon for pair in _PAIRS for ribbon in _ribbons(pair, stacks[pair], starts[pair])]
    nodes = tuple(
        Node(
            tier,
            x,
            _TOP,
            _NODE_WIDTH,
            through if tier == "priorities" else height - 2 * _TOP,
            inside[tier],
        )
        for tier, x in _LEFT.items()
    )
    return Flow(WIDTH, round(height, 1), nodes, tuple(ribbons))


def _joined(
    bands: Iterable[Band],
) -> tuple[dict[tuple[str, str, str], tuple[int, int]], dict[str, int]]:
    """Return the ties forth and back by pair of tiers and mechanism, and those inside a tier."""
    joined: dict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    inside: dict[str, int] = defaultdict(int)
    for band in bands:
        ends = band.subject_tier, band.object_tier
        if ends[0] == ends[1]:
            inside[ends[0]] += band.ties
        elif ends in _PAIRS:
            forth, back = joined[(*ends, band.mechanism)]
            joined[(*ends, band.mechanism)] = forth + band.ties, back
        elif ends[::-1] in _PAIRS:
            forth, back = joined[(*ends[::-1], band.mechanism)]
            joined[(*ends[::-1], band.mechanism)] = forth, back + band.ties
    return dict(joined), inside


def _thickness(ties: int, most: int) -> float:
    """Return a ribbon's thickness: by the root, so that a single tie can still be seen and hit."""
    return max(_THINNEST, _THICKEST * math.sqrt(ties / most))


def _height(stack: Sequence[tuple[str, int, int, float]]) -> float:
    return sum(item[3] for item in stack) + _GAP * max(0, len(stack) - 1)


def _ribbons(
    pair: tuple[str, str], stack: Sequence[tuple[str, int, int, float]], start: float
) -> Iterable[Ribbon]:
    one, two = pair
    left, right = _LEFT[one] + _NODE_WIDTH, _LEFT[two]
    y = start
    for mechanism, forth, back, thickness in stack:
        yield Ribbon(
            one,
            two,
            mechanism,
            forth,
            back,
            _outline(left, right, y, thickness),
            round(thickness, 1),
            (left + right) / 2,
            round(y + thickness / 2, 1),
        )
        y += thickness + _GAP


def _outline(left: float, right: float, y: float, thickness: float) -> str:
    """Return a band that swells a little towards both ends, as a closed path."""
    low = y + thickness
    pinch = min(thickness * 0.12, 5)
    third = (right - left) / 3
    return (
        f"M{left} {y:.1f}C{left + third:.1f} {y + pinch:.1f} {right - third:.1f} {y + pinch:.1f}"
        f" {right} {y:.1f}L{right} {low:.1f}C{right - third:.1f} {low - pinch:.1f}"
        f" {left + third:.1f} {low - pinch:.1f} {left} {low:.1f}Z"
    )
