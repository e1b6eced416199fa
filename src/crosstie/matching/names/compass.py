"""The points of the compass in a name: they tell two organisations apart, as numbers do."""

from collections.abc import Collection, Sequence

from crosstie.matching.names.lexicon import Lexicon

POINTS = {
    point: -place
    for place, point in enumerate(
        ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"), 1
    )
}
"""Each point as a number below zero, beside the numbers of names."""
_ADJECTIVE = "ern"
_SPELLINGS = POINTS | {point + _ADJECTIVE: number for point, number in POINTS.items()}
_AS_WRITTEN = {
    spelling: 10 * number - spelling.endswith(_ADJECTIVE) for spelling, number in _SPELLINGS.items()
}
_TWO_POINTS = 6
"""Letters from which a point is one between two: only of these is the adjective another name."""


def points_of(concepts: Sequence[str], lexicon: Lexicon, written: Collection[str] = ()) -> set[int]:
    """Return the points of the compass among a name's concepts, as numbers below zero.

    Where a Latin name has nothing else that is its own, the form counts too: Northwest University
    is not Northwestern University, though Northwest Polytechnic is Northwestern Polytechnic. It
    counts as `written` in one word only: who cuts North East University in two may mean either.
    """
    if _SPELLINGS.keys().isdisjoint(concepts):
        return set()
    found = {_SPELLINGS[c] for c in concepts if c in _SPELLINGS}
    own = [c for c in concepts if c not in _SPELLINGS and lexicon.kind(c) != "type"]
    if not own:
        whole = (c for c in concepts if len(c) > _TWO_POINTS and c in written)
        found |= {_AS_WRITTEN[c] for c in whole if c in _SPELLINGS}
    return found


def point_name(number: int) -> str:
    """Return the point that a number stands for."""
    names = {value: point for point, value in POINTS.items()}
    written = {value: spelling for spelling, value in _AS_WRITTEN.items()}
    return names.get(number) or written[number]
