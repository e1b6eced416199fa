"""What one country's organisations have abroad, as a map shows it: ties that cross a border."""

from collections import Counter
from dataclasses import dataclass

from crosstie.ontology.findings import EntityRef, Quote
from crosstie.ontology.ids import EntityId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie
from crosstie.store import reading
from crosstie.workspace.knowledge import Knowledge
from crosstie.workspace.opened import Opened
from crosstie.workspace.whereabouts import References, country_of

_PRESENCE = "overseas_presence"
# What an authority says about somebody abroad is neither presence nor cooperation.
_LEFT_OUT = frozenset({"designation"})


@dataclass(frozen=True, slots=True)
class Abroad:
    """A tie from `home` to something in another country; `presence` is its kind, if it says one.

    `country` is an ISO 3166-1 alpha-2 code, or None where no source says where `there` lies.
    """

    home: EntityRef
    there: EntityRef
    country: str | None
    mechanism: str
    label: str
    presence: str
    status: str
    sources: int
    valid_from: str | None
    valid_to: str | None
    quotes: tuple[Quote, ...]

    def stands_in(self, year: int) -> bool:
        """Return whether it is dated and stands in a year; an open end goes on."""
        start = int(self.valid_from[:4]) if self.valid_from else None
        end = int(self.valid_to[:4]) if self.valid_to else None
        return (start is not None or end is not None) and (
            (start is None or start <= year) and (end is None or year <= end)
        )

    @property
    def dated(self) -> bool:
        """Return whether a source dates it."""
        return bool(self.valid_from or self.valid_to)


class Mapping:
    """Answer where organisations of a country are present and with whom they work abroad."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def homes(self) -> tuple[tuple[str, int], ...]:
        """Return the countries whose organisations have ties, most first."""
        with self._opened.asking() as (db, _):
            knowledge = self._opened.knowledge(db)
            refs = knowledge.refs(knowledge.graph.entity_ids)
            known = kinds()
            counted = Counter(
                ref.country
                for ref in refs.values()
                if ref.country and known.is_organisation(ref.kind)
            )
            return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def abroad(self, home: str) -> tuple[Abroad, ...]:
        """Return the ties of a country's organisations to others, by country and name."""
        with self._opened.asking() as (db, _):
            knowledge = self._opened.knowledge(db)
            borders = _Borders(knowledge, home)
            found = [
                (tie, crossing)
                for tie in reading.all_ties(db)
                if (crossing := borders.crossed(tie)) is not None
            ]
            quotes = knowledge.quotes([tie for tie, _ in found], limit=1)
            made = [_abroad(tie, crossing, quotes[tie.id]) for tie, crossing in found]
            return tuple(sorted(made, key=_order))


class _Borders:
    """Tells which ties cross the border of a country; each entity is looked up once."""

    def __init__(self, knowledge: Knowledge, home: str) -> None:
        self._graph = knowledge.graph
        self._refs = References(knowledge)
        self._home = home
        self._countries: dict[EntityId, str | None] = {}

    def crossed(self, tie: Tie) -> "_Crossing | None":
        """Return the tie's two ends if one is of the country and the other of another."""
        if kinds().tie(tie.kind).mechanism in _LEFT_OUT:
            return None
        subject, object = self._country(tie.subject), self._country(tie.object)
        if subject == self._home and object != self._home:
            near, far, country, forward = tie.subject, tie.object, object, True
        elif object == self._home and subject != self._home:
            near, far, country, forward = tie.object, tie.subject, subject, False
        else:
            return None
        known = kinds()
        if not known.is_organisation(self._refs(near).kind) and self._refs(near).kind != "place":
            return None
        if country is None and tie.kind != "operates_in":
            # Nothing says that the other end lies abroad.
            return None
        return _Crossing(self._refs(near), self._refs(far), country, forward)

    def _country(self, key: EntityId) -> str | None:
        if key not in self._countries:
            self._countries[key] = country_of(self._graph, self._refs(key), self._refs)
        return self._countries[key]


@dataclass(frozen=True, slots=True)
class _Crossing:
    near: EntityRef
    far: EntityRef
    country: str | None
    forward: bool


def _abroad(tie: Tie, crossing: _Crossing, quotes: tuple[Quote, ...]) -> Abroad:
    kind = kinds().tie(tie.kind)
    return Abroad(
        home=crossing.near,
        there=crossing.far,
        country=crossing.country,
        mechanism=kind.mechanism,
        label=kind.label if crossing.forward else kind.inverse,
        presence=tie.attributes.get("presence", "") if kind.mechanism == _PRESENCE else "",
        status=tie.status,
        sources=tie.sources,
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        quotes=quotes,
    )


def _order(found: Abroad) -> tuple[str, str, str]:
    return found.country or "~", found.home.name, found.there.name
