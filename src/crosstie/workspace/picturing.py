"""Parts of the network for pictures: entities as nodes, ties as edges, each with a quote."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from crosstie.graph import Neighbour
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId, TieId
from crosstie.ontology.kinds import kinds
from crosstie.workspace.asking import Asked
from crosstie.workspace.neighbours import mechanism_kinds
from crosstie.workspace.opened import Opened
from crosstie.workspace.question import CHAINS

_PATHS = 3


@dataclass(frozen=True, slots=True)
class PictureNode:
    """An entity; `ties` counts all of its ties, `anchor` says that it is one."""

    entity: EntityRef
    ties: int
    anchor: bool


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """A tie between two nodes, with the words that stand for it; `curated` marks ours."""

    id: TieId
    subject: EntityId
    object: EntityId
    kind: str
    label: str
    mechanism: str
    status: str
    sources: int
    valid_from: str | None
    valid_to: str | None
    quote: str
    curated: bool
    claim_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of the network. `left_out` counts ties beyond the limit; `start` what was asked."""

    start: tuple[EntityId, ...]
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    left_out: int


class Picturing:
    """Draw what stands around entities, or between two of them."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def around(
        self,
        names: Sequence[str],
        *,
        depth: int = 1,
        mechanisms: Collection[str] = (),
        limit: int = 500,
    ) -> Picture:
        """Return the ties out to `depth` ties from the entities, and those among what they reach.

        `mechanisms` keeps to ties of these. Raises NotFound or Ambiguous.
        """
        with self._opened.asked() as asked:
            start = tuple(dict.fromkeys(asked.find(name).entity.id for name in names))
            ties = _reached(asked, start, depth, mechanism_kinds(mechanisms))
            return _picture(asked, start, ties[:limit], left_out=max(0, len(ties) - limit))

    def between(self, one: str, two: str) -> Picture:
        """Return the best chains of ties between two entities. Raises NotFound or Ambiguous."""
        with self._opened.asked(CHAINS) as asked:
            first, last = asked.find_two(one, two)
            paths = asked.knowledge.chains(first.id, last.id, limit=_PATHS)
            wanted = {(s.subject.id, s.kind, s.object.id) for path in paths for s in path.steps}
            ends = dict.fromkeys(end for tie in sorted(wanted) for end in (tie[0], tie[2]))
            ties = [
                neighbour
                for neighbour in _each(asked, ends)
                if (neighbour.tie.subject, neighbour.tie.kind, neighbour.tie.object) in wanted
            ]
            return _picture(asked, (first.id, last.id), ties, left_out=0)


def _reached(
    asked: Asked, start: Sequence[EntityId], depth: int, wanted: Collection[str] | None
) -> list[Neighbour]:
    """Walk outwards, nearest first; ties among the outermost are found by looking once more."""
    found: dict[int, Neighbour] = {}
    known, edge = set(start), list(start)
    for _ in range(depth):
        further: set[EntityId] = set()
        for neighbour in _each(asked, edge):
            if wanted is None or neighbour.tie.kind in wanted:
                found.setdefault(neighbour.number, neighbour)
                further.add(neighbour.other)
        edge = sorted(further - known)
        known |= further
    for neighbour in _each(asked, edge):
        if neighbour.other in known and (wanted is None or neighbour.tie.kind in wanted):
            found.setdefault(neighbour.number, neighbour)
    return list(found.values())


def _each(asked: Asked, entities: Iterable[EntityId]) -> Iterable[Neighbour]:
    seen: set[int] = set()
    for entity in entities:
        for neighbour in asked.knowledge.graph.neighbours(entity):
            if neighbour.number not in seen:
                seen.add(neighbour.number)
                yield neighbour


def _picture(
    asked: Asked, start: tuple[EntityId, ...], ties: Sequence[Neighbour], *, left_out: int
) -> Picture:
    knowledge = asked.knowledge
    ends = dict.fromkeys(
        [*start, *(end for found in ties for end in (found.tie.subject, found.tie.object))]
    )
    refs, anchors = knowledge.refs(ends), knowledge.anchors()
    quotes = knowledge.quotes([found.tie for found in ties], limit=1)
    edges = []
    for found in ties:
        tie, kind = found.tie, kinds().tie(found.tie.kind)
        said = quotes[tie.id][0] if quotes[tie.id] else None
        edges.append(
            PictureEdge(
                id=tie.id,
                subject=tie.subject,
                object=tie.object,
                kind=tie.kind,
                label=kind.label,
                mechanism=kind.mechanism,
                status=tie.status,
                sources=tie.sources,
                valid_from=tie.valid_from,
                valid_to=tie.valid_to,
                quote=said.text if said else "",
                curated=said is not None and said.citation.curated,
                claim_id=said.claim_id if said else "",
                document_id=said.citation.document_id if said else "",
            )
        )
    nodes = tuple(
        PictureNode(refs[key], knowledge.graph.degree(key), key in anchors) for key in ends
    )
    return Picture(start, nodes, tuple(edges), left_out)
