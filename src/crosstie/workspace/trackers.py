"""The trackers of a workspace: companies abroad by group, and universities."""

from collections.abc import Iterable

from crosstie.graph.trackers import members_of, presences_of, stated_count, university_row
from crosstie.ontology.errors import UsageError
from crosstie.ontology.ids import EntityId
from crosstie.ontology.rollups import GroupTracker, Presence, UniversityRow
from crosstie.store import reading
from crosstie.store.engine import Transaction
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.whereabouts import References, country_of


def track_companies(db: Transaction, knowledge: Knowledge, group: EntityId | None) -> GroupTracker:
    """Return a group's members and where they are present; without one, every company that is."""
    graph, refs = knowledge.graph, References(knowledge)
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
    knowledge: Knowledge, organisations: Iterable[EntityId], refs: References | None = None
) -> list[Presence]:
    """Return where each of the organisations is present, by name, country, kind and place."""
    graph, describe = knowledge.graph, refs or References(knowledge)
    found = [
        presence
        for organisation in organisations
        for presence in presences_of(
            graph,
            organisation,
            describe=describe,
            country_of=lambda ref: country_of(graph, ref, describe),
        )
    ]
    return sorted(found, key=_order)


def track_universities(
    db: Transaction, knowledge: Knowledge, only: EntityId | None, *, today: str
) -> tuple[UniversityRow, ...]:
    """Return every university that any tie speaks of, those with the most to tell first.

    `only` asks for one; `today` (ISO 8601) decides which designations are in force.
    """
    graph, refs = knowledge.graph, References(knowledge)
    if only is None:
        kinds = reading.entity_kinds(db)
        universities = [key for key in graph.entity_ids if kinds[key] == "university"]
    elif (asked := refs(only)).kind != "university":
        kind = asked.kind.replace("_", " ")
        raise UsageError(
            f"`{asked.name}` is no university but a {kind}", remedy=f"crosstie show `{asked.name}`"
        )
    else:
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
