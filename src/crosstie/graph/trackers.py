"""Track groups of companies abroad, and universities: gather from ties what readers compare."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from crosstie.graph.network import Graph, Neighbour
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie
from crosstie.ontology.rollups import Presence, UniversityRow
from crosstie.text.numbers import FIGURES, HAN_FIGURES, number_words, read_number

Describe = Callable[[EntityId], EntityRef]
Place = Callable[[EntityRef], str | None]
_STATED_COUNT = re.compile(
    rf"(?<![\w.,])(?P<number>{FIGURES}|{number_words()})\s+(?:[\w'-]+\s+){{0,3}}?(?:compan|universit|"
    rf"institut|school|firm|enterprise|agenc|member|academ|organi)"
    rf"|(?P<han>\d+|{HAN_FIGURES})(?:家|所|个)",
    re.IGNORECASE,
)
_PRESENCE_KINDS = ("operates_in", "located_in", "hosts")
_MEMBERSHIPS = ("member_of", "participates_in")
_LIVE = ("asserted", "reported", "alleged", "planned", "ended")
"""A denied tie is no presence and no membership; the others are shown with their status."""


def stated_count(name: str) -> int | None:
    """Return the number of members that a group's name gives: "27 companies" → 27."""
    found = _STATED_COUNT.search(name)
    if found is None:
        return None
    number = read_number(found["number"] or found["han"])
    return int(number) if number else None


def members_of(graph: Graph, group: EntityId) -> tuple[EntityId, ...]:
    """Return the entities that a source names as members of the group, in a fixed order."""
    return tuple(
        dict.fromkeys(
            neighbour.other
            for neighbour in graph.neighbours(group, tie_kinds=("member_of",))
            if not neighbour.forward and neighbour.tie.status in _LIVE
        )
    )


def presences_of(
    graph: Graph,
    company: EntityId,
    *,
    describe: Describe,
    country_of: Callable[[EntityRef], str | None],
) -> Iterator[Presence]:
    """Yield where the company is present, by place and kind; `located_in` counts as an office."""
    found: dict[tuple[EntityId, str], list[Tie]] = defaultdict(list)
    for neighbour in graph.neighbours(company, tie_kinds=_PRESENCE_KINDS):
        if neighbour.forward and _is_live(neighbour):
            for kind in _presence_kinds(neighbour.tie):
                found[neighbour.other, kind].append(neighbour.tie)
    for (place, kind), ties in sorted(found.items()):
        ref = describe(place)
        if ref.kind not in ("place", "facility"):
            continue
        yield Presence(
            company=describe(company),
            place=ref,
            country=country_of(ref),
            kind=kind,
            status=min((tie.status for tie in ties), key=_LIVE.index),
            sources=max(tie.sources for tie in ties),
            ties=tuple(sorted(tie.id for tie in ties)),
        )


def _presence_kinds(tie: Tie) -> list[str]:
    """Return how the company is present: a tie whose claims differ holds several kinds."""
    said = [kind for kind in tie.attributes.get("presence", "").split("; ") if kind]
    known = [kind for kind in said if kind in kinds().presence_kinds]
    return known or ["office" if tie.kind == "located_in" else "other"]


def university_row(
    graph: Graph, university: EntityId, *, describe: Describe, designations: int
) -> UniversityRow:
    """Return what the ties say of a university's place in the framework."""
    neighbours = [n for n in graph.neighbours(university) if _is_live(n)]

    def ends(
        tie_kinds: Sequence[str], forward: bool | None, of: Sequence[str]
    ) -> tuple[EntityRef, ...]:
        refs = (
            describe(n.other)
            for n in neighbours
            if n.tie.kind in tie_kinds and forward in (None, n.forward)
        )
        return _named(ref for ref in refs if not of or ref.kind in of)

    laboratories = _named(
        (
            *ends(("affiliated_with", "founded"), None, ("laboratory",)),
            *ends(("hosts", "founded", "owns"), True, ("laboratory",)),
            *ends(("joint_lab",), None, ("laboratory",)),
        )
    )
    hosted = ends(("hosts", "founded", "affiliated_with", "owns"), None, ())
    return UniversityRow(
        university=describe(university),
        supervisors=ends(("supervises",), False, ()),
        programmes=ends(_MEMBERSHIPS, True, ("programme",)),
        alliances=ends(_MEMBERSHIPS, True, ("ngo", "group")),
        laboratories=laboratories,
        transfer_centres=_named(ref for ref in hosted if is_transfer_centre(ref.name)),
        designations=designations,
    )


def is_transfer_centre(name: str) -> bool:
    """Return whether a body's name says that it transfers technology."""
    return bool(re.search(r"technolog(?:y|ical)\W+transfer|技术转移|成果转化", name, re.IGNORECASE))


def _is_live(neighbour: Neighbour) -> bool:
    return neighbour.tie.status in _LIVE


def _named(refs: Iterable[EntityRef]) -> tuple[EntityRef, ...]:
    return tuple(sorted({ref.id: ref for ref in refs}.values(), key=lambda ref: (ref.name, ref.id)))
