"""The trackers of a workspace: companies abroad by group, and universities."""

from collections.abc import Iterable

from crosstie.graph import Graph
from crosstie.graph.trackers import members_of, presences_of, stated_count, university_row
from crosstie.ontology.errors import UsageError
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId
from crosstie.ontology.rollups import GroupTracker, Presence, UniversityRow
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.text.countries import country_code
from crosstie.workspace.knowledge import Knowledge


def track_companies(db: Transaction, knowledge: Knowledge, group: EntityId | None) -> GroupTracker:
    """Return a group's members and where they are present; without one, every company that is."""
    graph, refs = knowledge.graph, _References(knowledge)
    if group is None:
        kinds = reading.entity_kinds(db)
        members: Iterable[EntityId] = [key for key in graph.entity_ids if kinds[key] == "company"]
    else:
        members = members_of(graph, group)
    presences = presences_in(knowledge, members, refs)
    named = refs.sorted(members) if group else refs.sorted(p.company.id for p in presences)
    shown = refs(group) if group else None
    return GroupTracker(
        group=shown,
        members=named,
        stated=stated_count(shown.name) if shown else None,
        presences=tuple(presences),
    )


def presences_in(
    knowledge: Knowledge, organisations: Iterable[EntityId], refs: "_References | None" = None
) -> list[Presence]:
    """Return where each of the organisations is present, by name, country, kind and place."""
    graph, describe = knowledge.graph, refs or _References(knowledge)
    found = [
        presence
        for organisation in organisations
        for presence in presences_of(
            graph,
            organisation,
            describe=describe,
            country_of=lambda ref: _country(graph, ref, describe),
        )
    ]
    return sorted(found, key=_order)


def track_universities(
    db: Transaction, knowledge: Knowledge, only: EntityId | None, *, today: str
) -> tuple[UniversityRow, ...]:
    """Return every university that any tie speaks of, those with the most to tell first.

    `only` asks for one; `today` (ISO 8601) decides which designations are in force.
    """
    graph, refs = knowledge.graph, _References(knowledge)
    kinds = reading.entity_kinds(db)
    universities = [key for key in graph.entity_ids if kinds[key] == "university"]
    if only:
        if kinds[only] != "university":
            name, kind = refs(only).name, kinds[only].replace("_", " ")
            raise UsageError(
                f"`{name}` is no university but a {kind}", remedy=f"crosstie show `{name}`"
            )
        universities = [only]
    designations = knowledge.designations(universities)
    rows = [
        university_row(
            graph,
            key,
            describe=refs,
            designations=sum(
                d.in_force(today) and d.inherited_from is None for d in designations[key]
            ),
        )
        for key in universities
    ]
    return tuple(sorted(rows, key=lambda row: (-_told(row), row.university.name)))


def _told(row: UniversityRow) -> int:
    return row.designations + sum(
        len(found)
        for found in (
            row.supervisors, row.programmes, row.alliances, row.laboratories, row.transfer_centres
        )
    )  # fmt: skip


def _order(presence: Presence) -> tuple[str, str, str, str]:
    return (presence.company.name, presence.country or "~", presence.kind, presence.place.name)


def _country(graph: Graph, place: EntityRef, refs: "_References") -> str | None:
    """Return a place's country: its own, the one it is, or the one it is said to lie in."""
    own = place.country or country_code(place.name)
    if own:
        return own
    around = sorted(
        {
            code
            for neighbour in graph.neighbours(place.id)
            if neighbour.forward
            and neighbour.tie.kind == "located_in"
            and neighbour.tie.status in ("asserted", "reported")
            and (other := refs(neighbour.other)).kind == "place"
            and (code := other.country or country_code(other.name))
        }
    )
    # Sources that disagree on the country leave it open.
    return around[0] if len(around) == 1 else None


class _References:
    """Entity references, looked up once each."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._known: dict[EntityId, EntityRef] = {}

    def __call__(self, key: EntityId) -> EntityRef:
        if key not in self._known:
            graph = self._knowledge.graph
            around = {key, *(neighbour.other for neighbour in graph.neighbours(key))}
            self._known.update(self._knowledge.refs(around - self._known.keys()))
        return self._known[key]

    def sorted(self, keys: Iterable[EntityId]) -> tuple[EntityRef, ...]:
        """Return the references in the order of their names, each once."""
        refs = {key: self(key) for key in keys}
        return tuple(sorted(refs.values(), key=lambda ref: (ref.name, ref.id)))
