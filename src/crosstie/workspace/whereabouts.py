"""In which country things lie, as sources say, and references to entities looked up once."""

from collections.abc import Iterable

from crosstie.graph import Graph
from crosstie.ontology.findings import EntityRef
from crosstie.ontology.ids import EntityId
from crosstie.text.countries import country_code
from crosstie.workspace.knowledge import Knowledge


def country_of(graph: Graph, place: EntityRef, refs: "References") -> str | None:
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


class References:
    """Entity references, looked up once each."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._known: dict[EntityId, EntityRef] = {}

    def __call__(self, key: EntityId) -> EntityRef:
        """Return an entity's reference, and look its neighbours up with it."""
        if key not in self._known:
            graph = self._knowledge.graph
            around = {key, *(neighbour.other for neighbour in graph.neighbours(key))}
            self._known.update(self._knowledge.refs(around - self._known.keys()))
        return self._known[key]

    def sorted(self, keys: Iterable[EntityId]) -> tuple[EntityRef, ...]:
        """Return the references in the order of their names, each once."""
        refs = {key: self(key) for key in keys}
        return tuple(sorted(refs.values(), key=lambda ref: (ref.name, ref.id)))
