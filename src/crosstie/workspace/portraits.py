"""An entity's page: what it is at one glance, how it is tied, since when, and who names it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
_DOCUMENTS, _DOCUMENTS_READ = 12, 80
_MEASURES = 12
_QUOTES = 2
_DATED = 40


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
            arcs = _arcs(asked.knowledge.graph, entity.id)
            return _tie_page(asked, entity.id, arcs, _Wanted(mechanism, status, page))

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
    documents, total = browsing.naming_documents(db, entity.id, limit=_DOCUMENTS_READ)
    measures = reading.claims_about(db, entity.id, "measure")[:_MEASURES]
    quotes = showing.quotes(db, [claim.id for claim in measures])
    university = None
    if entity.kind == "university":
        university = track_universities(db, knowledge, entity.id, today=today)[0]
    organisation = kinds().is_organisation(entity.kind)
    arcs = _arcs(knowledge.graph, entity.id)
    return Portrait(
        entity=showing.entity_ref(entity),
        names=entity.names,
        identifiers=entity.identifiers,
        description=entity.description,
        anchor=knowledge.anchors().get(entity.id, ""),
        designations=tuple(knowledge.designations([entity.id])[entity.id]),
        exposures=tuple(knowledge.exposures([entity.id])[entity.id]),
        affiliates=affiliates_of(db, knowledge, entity.id),
        ties=_tie_page(asked, entity.id, arcs, wanted),
        nearest=_nearest(asked, arcs),
        dated=_dated(asked, entity.id, arcs),
        measures=tuple(quote for claim in measures for quote in quotes[claim.id]),
        university=university,
        presences=tuple(presences_in(knowledge, [entity.id])) if organisation else (),
        documents=_grouped(documents),
        documents_total=total,
        mentions=len(entity.mentions),
        merged_because=_reasons(entity),
        others=found.others,
        day=knowledge.day,
    )


def _grouped(documents: Sequence[NamingDocument]) -> tuple[NamingDocument, ...]:
    """Return the documents, curated facts of one source as one: it is cited once."""
    found: dict[tuple[object, ...], NamingDocument] = {}
    for one in documents:
        same = (one.title, one.publisher, one.date) if one.origin == "starter" else (one.id,)
        before = found.get(same)
        found[same] = one if before is None else replace(before, times=before.times + one.times)
    return tuple(found.values())[:_DOCUMENTS]


def _reasons(entity: Entity) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(reason.text for found in entity.mentions for reason in found.reasons)
    )


@dataclass(frozen=True, slots=True)
class _Arc:
    """A tie of the entity as the network's columns have it: no record is fetched for it.

    `head` is the row of its other end.
    """

    number: int
    head: int
    forward: bool
    kind: str
    status: str

    @property
    def mechanism(self) -> str:
        """Return the mechanism of the tie's kind."""
        return kinds().tie(self.kind).mechanism


def _arcs(graph: Graph, entity: EntityId) -> list[_Arc]:
    """Return the ties of an entity but for who designated it, which is told of by itself."""
    place = graph.places.get(entity)
    if place is None:
        return []
    row, names = graph.arcs.row(place), list(kinds().ties)
    numbers = np.asarray(graph.arcs.ties[row])
    columns = (numbers, graph.arcs.heads[row], graph.arcs.steps[row])
    found = [
        _Arc(number, head, step % 2 == 0, names[step // 2], STATUSES[status])
        for number, head, step, status in zip(
            *(column.tolist() for column in columns),
            graph.columns.statuses[numbers].tolist(),
            strict=True,
        )
    ]
    return [arc for arc in found if arc.kind != "designated" or arc.forward]


def _tie_page(asked: Asked, entity: EntityId, arcs: Sequence[_Arc], wanted: _Wanted) -> TiePage:
    order = list(kinds().mechanisms)
    kept = sorted(
        (
            arc
            for arc in arcs
            if wanted.mechanism in ("", arc.mechanism) and wanted.status in ("", arc.status)
        ),
        key=lambda a: (order.index(a.mechanism), STATUSES.index(a.status), a.kind, a.number),
    )
    pages = max(1, -(-len(kept) // TIES_PER_PAGE))
    page = min(max(1, wanted.page), pages)
    shown = kept[(page - 1) * TIES_PER_PAGE : page * TIES_PER_PAGE]
    by_mechanism = Counter(arc.mechanism for arc in arcs)
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
        (
            entity,
            Neighbour(graph.ties[arc.number], graph.entity_ids[arc.head], arc.forward, arc.number),
        )
        for arc in arcs
    ]
    return tie_views(asked.knowledge, ties, quotes_each=quotes_each)


def _nearest(asked: Asked, arcs: Sequence[_Arc]) -> tuple[Near, ...]:
    """Return the ties that say most of an entity: anchors first, then one of each mechanism."""
    knowledge, known = asked.knowledge, kinds()
    graph, anchors = knowledge.graph, knowledge.anchors()
    near_anchors = {graph.places[key] for key in anchors if key in graph}
    turns: Counter[str] = Counter()
    ranked, seen = [], set()
    for arc in sorted(arcs, key=lambda a: STATUSES.index(a.status)):
        if arc.head in seen or arc.status == "denied":
            continue
        seen.add(arc.head)
        ranked.append((arc.head not in near_anchors, turns[arc.mechanism], arc.number, arc))
        turns[arc.mechanism] += 1
    shown = [item[-1] for item in sorted(ranked, key=lambda item: item[:3])[:_NEAREST]]
    ends = {arc.head: graph.entity_ids[arc.head] for arc in shown}
    refs = knowledge.refs(ends.values())
    return tuple(
        Near(
            other=refs[ends[arc.head]],
            label=known.tie(arc.kind).label if arc.forward else known.tie(arc.kind).inverse,
            mechanism=arc.mechanism,
            acts=arc.forward,
            anchor=ends[arc.head] in anchors,
        )
        for arc in shown
    )


def _dated(asked: Asked, entity: EntityId, arcs: Sequence[_Arc]) -> tuple[TieView, ...]:
    """Return the ties to which a source gives a day, oldest first; of many, the strongest."""
    backing = asked.knowledge.graph.backing
    if backing is None or not arcs:
        return ()
    begins, ends = np.asarray(backing.starts), np.asarray(backing.ends)
    rows = np.asarray(backing.rows)
    known = (begins > 0) | (ends > 0)
    # How many claims up to each place have a day: a tie is dated if that grows within its claims.
    counted = np.concatenate([[0], np.cumsum(known)])
    numbers = np.array([arc.number for arc in arcs])
    dated = counted[rows[numbers + 1]] > counted[rows[numbers]]
    found = [arc for arc, is_dated in zip(arcs, dated.tolist(), strict=True) if is_dated]
    kept = sorted(found, key=lambda arc: (STATUSES.index(arc.status), arc.number))[:_DATED]
    views = _views(asked, entity, kept, quotes_each=1)
    shown = [view for view in views if view.valid_from or view.valid_to]
    return tuple(sorted(shown, key=lambda view: view.valid_from or view.valid_to or ""))
