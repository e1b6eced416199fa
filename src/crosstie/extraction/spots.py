"""A spot: a place where a name stands, before it becomes a mention."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

ORGANISATION_LIKE = frozenset(
    {
        "company", "university", "research_institute", "laboratory", "government_body",
        "party_body", "military_unit", "court", "media", "ngo", "intergovernmental_body", "group",
    }
)  # fmt: skip


class Strength(IntEnum):
    """How sure each way of finding a name is; the higher wins where two overlap."""

    GUESS = 3
    MODEL = 4
    TERM = 5
    PLACE = 6
    WEAK_FORM = 6
    ALIAS = 7
    FORM = 8
    STATE = 9
    QUOTED = 10
    GAZETTEER = 11


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in the document's text: its span, its kind, and the full name it stands for.

    `strength` says how sure the kind is: a gazetteer or legal form beats a guess. `alias` is the
    short form that the text itself defines right behind the name, in parentheses.
    """

    start: int
    end: int
    kind: str
    name: str
    strength: int = 0
    alias: str = ""
    country: str | None = None
    cover_end: int = 0
    """Where the name and its parenthesis end together; `end` when nothing follows."""

    part_of: "Spot | None" = None
    """The parent that the name itself ends in: "Hexi Institute, Selim Academy"."""

    @property
    def covered(self) -> int:
        """Return the end of everything that belongs to the name."""
        return max(self.end, self.cover_end)


def without_overlaps(spots: Iterable[Spot]) -> list[Spot]:
    """Keep, of overlapping spots, the stronger, then the longer one; return them in order."""
    ranked = sorted(spots, key=lambda s: (-s.strength, s.start - s.end, s.start, s.kind))
    taken = bytearray(max((spot.end for spot in ranked), default=0))
    kept: list[Spot] = []
    for spot in ranked:
        if not any(taken[spot.start : spot.end]):
            taken[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
            kept.append(spot)
    return sorted(kept, key=lambda spot: spot.start)


# A known name gives way to a name this much longer that holds it; "the" alone makes no other name.
_MUCH_LONGER = 2
_NAMES_BY_FORM = frozenset({Strength.WEAK_FORM, Strength.ALIAS, Strength.FORM, Strength.QUOTED})


def known_yield(spots: Iterable[Spot]) -> list[Spot]:
    """Let a longer name win over a known name inside it: Hexi Marine Cables over Hexi.

    A known place gives way to any name that holds it: "Hualan Argentina" is no place.
    """
    listed = list(spots)
    unknown = [s for s in listed if s.strength < Strength.GAZETTEER and s.kind != "person"]
    formed = [s for s in unknown if s.strength in _NAMES_BY_FORM]
    return [
        replace(spot, strength=Strength.GUESS)
        if spot.strength == Strength.GAZETTEER
        and _holds(unknown if spot.kind == "place" else formed, spot)
        else spot
        for spot in listed
    ]


def _holds(longer: Iterable[Spot], spot: Spot) -> bool:
    return any(
        other.start <= spot.start
        and spot.end <= other.end
        and other.end - other.start >= spot.end - spot.start + _MUCH_LONGER
        and not other.name.startswith(("Chinese People", "the "))
        for other in longer
    )
