"""An entity's page: what it is at one glance, how it is tied, since when, and who names it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crosstie.graph import Graph, Neighbour
from crosstie.graph.network import STATUSES
from crosstie.ontology.errors import NotFound
from crosstie.ontology.findings import (
    AffiliateFinding,
    Designation,
    EntityRef,
    ExposurePath,
    Quote,
    TieView,
)
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Entity, Identifier, Name
from crosstie.ontology.rollups import Presence, UniversityRow
from crosstie.reporting.ftm import ftm_files
from crosstie.store import browsing, reading, showing
from crosstie.store.browsing import NamingDocument
from crosstie.workspace.asking import Asked
from crosstie.workspace.exporting import contents_of
from crosstie.workspace.exposing import affiliates_of
from crosstie.workspace.lookup import Found
from crosstie.workspace.opened import Opened
from crosstie.workspace.tie_views import tie_views
from crosstie.workspace.trackers import presences_in, track_universities

TIES_PER_PAGE = 30
_NEAREST = 14
_DOCUMENTS = 12
_MEASURES = 12
_QUOTES = 2
_DATED = 60


@dataclass(frozen=True, slots=True)
class TiePage:
    """A page of an entity's ties. `by_mechanism` and `by_status` count all of them.

    `total` counts those that the filters leave, `everything` all.
    """

    ties: tuple[TieView, ...]
    total: int
    everything: int
    page: int
    pages: int
    by_mechanism: Mapping[str, int]
    by_status: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Near:
    """A tie as a picture of the nearest ties shows it; `acts` if the entity is its subject."""

    other: EntityRef
    label: str
    mechanism: str
    acts: bool
    anchor: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """What an entity's page tells. `dated` holds the ties that a source dates, oldest first."""

    entity: EntityRef
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    description: str | None
    anchor: str
    designations: tuple[Designation, ...]
    exposures: tuple[ExposurePath, ...]
    affiliates: tuple[AffiliateFinding, ...]
    ties: TiePage
    nearest: tuple[Near, ...]
    dated: tuple[TieView, ...]
    measures: tuple[Quote, ...]
    university: UniversityRow | None
    presences: tuple[Presence, ...]
    documents: tuple[NamingDocument, ...]
    documents_total: int
    mentions: int
    merged_because: tuple[str, ...]
    others: tuple[str, ...]
    day: str


class Portraits:
    """Show entities, each on a page of its own."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def find(self, key: str) -> EntityRef:
        """Return the entity that a key of an address means: an id, a starter slug, a unique name.

        An id that an entity once had leads to the one that it became. Raises NotFound or Ambiguous.
        """
        with self._opened.asked() as asked:
            return showing.entity_ref(_found(asked, key).entity)

    def of(self, key: str, *, mechanism: str = "", status: str = "", page: int = 1) -> Portrait:
        """Return the portrait of an entity, with one page of its ties. Raises NotFound."""
        with self._opened.asked() as asked:
            found = _found(asked, key)
            return _portrait(asked, found, _Wanted(mechanism, status, page), self._opened.now())

    def ties(self, key: str, *, mechanism: str = "", status: str = "", page: int = 1) -> TiePage:
        """Return one page of an entity's ties. Raises NotFound."""
        with self._opened.asked() as asked:
            entity = _found(asked, key).entity
            return _tie_page(asked, entity.id, _Wanted(mechanism, status, page))

    def ftm(self, key: str) -> bytes:
        """Return the entity and its ties as FollowTheMoney, a JSON object a line."""
        with self._opened.asked() as asked:
            entity = _found(asked, key).entity
            contents = contents_of(asked.db, asked.knowledge, entity.id, depth=1)
            return ftm_files(contents)["entities.ftm.json"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    mechanism: str
    status: str
    page: int


def _found(asked: Asked, key: str) -> Found:
    by_slug = reading.entity_identified(asked.db, "starter", key)
    if len(by_slug) == 1:
        return Found(reading.entities(asked.db, by_slug)[by_slug[0]])
    try:
        return asked.find(key)
    except NotFound as error:
        if key.startswith("ent-"):
            raise NotFound(
                "no entity has this address",
                remedy="it may have been merged or forgotten: search for its name",
                suggestions=error.suggestions,
            ) from error
        raise


def _portrait(asked: Asked, found: Found, wanted: _Wanted, today: str) -> Portrait:
    db, knowledge, entity = asked.db, asked.knowledge, found.entity
    documents, total = browsing.naming_documents(db, entity.id, limit=_DOCUMENTS)
    measures = reading.claims_about(db, entity.id, "measure")[:_MEASURES]
    quotes = showing.quotes(db, [claim.id for claim in measures])
    university = None
    if entity.kind == "university":
        university = track_universities(db, knowledge, entity.id, today=today)[0]
    organisation = kinds().is_organisation(entity.kind)
    return Portrait(
        entity=showing.entity_ref(entity),
        names=entity.names,
        identifiers=entity.identifiers,
        description=entity.description,
        anchor=knowledge.anchors().get(entity.id, ""),
        designations=tuple(knowledge.designations([entity.id])[entity.id]),
        exposures=tuple(knowledge.exposures([entity.id])[entity.id]),
        affiliates=affiliates_of(db, knowledge, entity.id),
        ties=_tie_page(asked, entity.id, wanted),
        nearest=_nearest(asked, entity.id),
        dated=_dated(asked, entity.id),
        measures=tuple(quote for claim in measures for quote in quotes[claim.id]),
        university=university,
        presences=tuple(presences_in(knowledge, [entity.id])) if organisation else (),
        documents=tuple(documents),
        documents_total=total,
        mentions=len(entity.mentions),
        merged_because=_reasons(entity),
        others=found.others,
        day=knowledge.day,
    )


def _reasons(entity: Entity) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(reason.text for found in entity.mentions for reason in found.reasons)
    )


@dataclass(frozen=True, slots=True)
class _Arc:
    """A tie of the entity as the network's columns have it: no record is fetched for it."""

    number: int
    other: EntityId
    forward: bool
    kind: str
    status: str


def _arcs(graph: Graph, entity: EntityId) -> list[_Arc]:
    """Return the ties of an entity but for who designated it, which is told of by itself."""
    place = graph.places.get(entity)
    if place is None:
        return []
    row, names = graph.arcs.row(place), list(kinds().ties)
    found = [
        _Arc(number, graph.entity_ids[head], step % 2 == 0, names[step // 2], STATUSES[status])
        for number, head, step, status in zip(
            graph.arcs.ties[row].tolist(),
            graph.arcs.heads[row].tolist(),
            graph.arcs.steps[row].tolist(),
            graph.columns.statuses[graph.arcs.ties[row]].tolist(),
            strict=True,
        )
    ]
    return [arc for arc in found if arc.kind != "designated" or arc.forward]


def _mechanism(arc: _Arc) -> str:
    return kinds().tie(arc.kind).mechanism


def _tie_page(asked: Asked, entity: EntityId, wanted: _Wanted) -> TiePage:
    arcs = _arcs(asked.knowledge.graph, entity)
    order = list(kinds().mechanisms)
    kept = sorted(
        (
            arc
            for arc in arcs
            if wanted.mechanism in ("", _mechanism(arc)) and wanted.status in ("", arc.status)
        ),
        key=lambda a: (order.index(_mechanism(a)), STATUSES.index(a.status), a.kind, a.number),
    )
    pages = max(1, -(-len(kept) // TIES_PER_PAGE))
    page = min(max(1, wanted.page), pages)
    shown = kept[(page - 1) * TIES_PER_PAGE : page * TIES_PER_PAGE]
    by_mechanism = Counter(_mechanism(arc) for arc in arcs)
    by_status = Counter(arc.status for arc in arcs)
    return TiePage(
        ties=_views(asked, entity, shown, quotes_each=_QUOTES),
        total=len(kept),
        everything=len(arcs),
        page=page,
        pages=pages,
        by_mechanism={key: by_mechanism[key] for key in order if by_mechanism[key]},
        by_status={key: by_status[key] for key in STATUSES if by_status[key]},
    )


def _views(
    asked: Asked, entity: EntityId, arcs: Sequence[_Arc], *, quotes_each: int
) -> tuple[TieView, ...]:
    graph = asked.knowledge.graph
    ties = [
        (entity, Neighbour(graph.ties[arc.number], arc.other, arc.forward, arc.number))
        for arc in arcs
    ]
    return tie_views(asked.knowledge, ties, quotes_each=quotes_each)


def _nearest(asked: Asked, entity: EntityId) -> tuple[Near, ...]:
    """Return the ties that say most of an entity: anchors first, then one of each mechanism."""
    knowledge = asked.knowledge
    anchors, known, turns = knowledge.anchors(), kinds(), Counter[str]()
    ranked, seen = [], {entity}
    for arc in sorted(_arcs(knowledge.graph, entity), key=lambda a: STATUSES.index(a.status)):
        if arc.other in seen or arc.status == "denied":
            continue
        seen.add(arc.other)
        mechanism = _mechanism(arc)
        ranked.append((arc.other not in anchors, turns[mechanism], arc.number, arc))
        turns[mechanism] += 1
    shown = [item[-1] for item in sorted(ranked, key=lambda item: item[:3])[:_NEAREST]]
    refs = knowledge.refs([arc.other for arc in shown])
    return tuple(
        Near(
            other=refs[arc.other],
            label=known.tie(arc.kind).label if arc.forward else known.tie(arc.kind).inverse,
            mechanism=_mechanism(arc),
            acts=arc.forward,
            anchor=arc.other in anchors,
        )
        for arc in shown
    )


def _dated(asked: Asked, entity: EntityId) -> tuple[TieView, ...]:
    """Return the ties to which a source gives a day, oldest first; of many, the strongest."""
    graph = asked.knowledge.graph
    backing = graph.backing
    if backing is None:
        return ()
    found = []
    for arc in _arcs(graph, entity):
        row = slice(int(backing.rows[arc.number]), int(backing.rows[arc.number + 1]))
        if np.any(backing.starts[row] > 0) or np.any(backing.ends[row] > 0):
            found.append(arc)
    kept = sorted(found, key=lambda arc: (STATUSES.index(arc.status), arc.number))[:_DATED]
    views = _views(asked, entity, kept, quotes_each=1)
    dated = [view for view in views if view.valid_from or view.valid_to]
    return tuple(sorted(dated, key=lambda view: view.valid_from or view.valid_to or ""))
