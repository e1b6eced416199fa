"""Keep a network as plain arrays in a folder, and open it memory-mapped: nothing is read ahead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.backing import Backing
from crosstie.graph.grades import Publication
from crosstie.graph.network import STATUSES, Arcs, Graph, TieColumns
from crosstie.ontology.errors import InputError
from crosstie.ontology.ids import EntityId, TieId
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Tie, decode, encode

_LAYOUT = "crosstie-graph-3"
_MARK = "layout.txt"
_PUBLICATIONS = "publications.json"
_ARCS = tuple(field.name for field in fields(Arcs))
_TIES = tuple(field.name for field in fields(TieColumns))
_CLAIMS = tuple(field.name for field in fields(Backing) if field.name != "publications")


def save_graph(graph: Graph, folder: Path) -> None:
    """Write the network into a folder; an interrupted writing leaves no readable network."""
    save_columns(
        folder,
        arcs=graph.arcs,
        ties=graph.columns,
        backing=graph.backing,
        entity_ids=np.array([entity.encode() for entity in graph.entity_ids], np.bytes_),
        kind_codes=graph.kind_codes,
        tie_ids=np.array([tie.id.encode() for tie in graph.ties], np.bytes_),
    )


def save_columns(
    folder: Path,
    *,
    arcs: Arcs,
    ties: TieColumns,
    backing: Backing | None,
    entity_ids: NDArray[np.bytes_],
    kind_codes: NDArray[np.int8],
    tie_ids: NDArray[np.bytes_],
) -> None:
    """Write a network that is given as columns."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / _MARK
    mark.unlink(missing_ok=True)
    columns = {"entity_ids": entity_ids, "kind_codes": kind_codes, "tie_ids": tie_ids}
    columns |= {f"arcs.{name}": getattr(arcs, name) for name in _ARCS}
    columns |= {f"ties.{name}": getattr(ties, name) for name in _TIES}
    if backing is not None:
        columns |= {f"claims.{name}": getattr(backing, name) for name in _CLAIMS}
        (folder / _PUBLICATIONS).write_bytes(encode(backing.publications))
    for name, array in columns.items():
        np.save(folder / f"{name}.npy", array)
    # The mark names the kinds too: the arrays count through them, so that others make them void.
    draft = folder / f"{_MARK}.new"
    draft.write_text(_mark(), encoding="ascii")
    draft.replace(mark)


def open_graph(folder: Path, tie_of: Callable[[TieId], Tie] | None = None) -> Graph:
    """Open a saved network without reading it; `tie_of` fetches a tie's record when it is needed.

    Without `tie_of` ties have neither claims nor dates. Raises InputError where the folder holds
    no whole network of this version and these kinds.
    """
    try:
        return _opened(folder, tie_of)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(
            f"the saved network is damaged ({error})", where=str(folder), remedy="save it again"
        ) from error


def fetching(graph: Graph, tie_of: Callable[[TieId], Tie]) -> Graph:
    """Return the same network with another way to fetch its ties; one in memory stays as it is.

    A network is so kept for many questions, each of which fetches in a transaction of its own.
    """
    if not isinstance(graph.ties, SavedTies):
        return graph
    return replace(graph, ties=graph.ties.fetching(tie_of))


def _opened(folder: Path, tie_of: Callable[[TieId], Tie] | None) -> Graph:
    mark = folder / _MARK
    if not mark.is_file() or mark.read_text(encoding="ascii") != _mark():
        raise InputError(
            "no saved network of this version", where=str(folder), remedy="save it again"
        )

    def column(name: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
        return found

    ids = SavedIds(column("entity_ids"))
    ties = TieColumns(**{name: column(f"ties.{name}") for name in _TIES})
    backing = None
    if (folder / _PUBLICATIONS).is_file():
        publications = decode((folder / _PUBLICATIONS).read_bytes(), tuple[Publication, ...])
        claims = {name: column(f"claims.{name}") for name in _CLAIMS}
        backing = Backing(publications=publications, **claims)
    return Graph(
        entity_ids=ids,
        ties=SavedTies(column("tie_ids"), ties, ids, tie_of),
        columns=ties,
        arcs=Arcs(**{name: column(f"arcs.{name}") for name in _ARCS}),
        kind_codes=column("kind_codes"),
        places=SavedPlaces(ids),
        backing=backing,
    )


def _mark() -> str:
    columns = (*_ARCS, *_TIES, *_CLAIMS)
    return "\n".join([_LAYOUT, *columns, *kinds().ties, *kinds().entities, *STATUSES])


class SavedIds(Sequence[EntityId]):
    """Sorted ids in a memory-mapped array of bytes."""

    def __init__(self, array: NDArray[np.bytes_]) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, place: int) -> EntityId: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[EntityId]: ...
    def __getitem__(self, place: int | slice) -> EntityId | Sequence[EntityId]:
        if isinstance(place, slice):
            return SavedIds(self.array[place])
        return EntityId(bytes(self.array[place]).decode())


class SavedPlaces(Mapping[EntityId, int]):
    """The place of each id, found by halving."""

    def __init__(self, ids: SavedIds) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._ids)

    def __getitem__(self, entity: EntityId) -> int:
        place = int(np.searchsorted(self._ids.array, np.bytes_(entity.encode())))
        if place == len(self._ids) or self._ids[place] != entity:
            raise KeyError(entity)
        return place


class SavedTies(Sequence[Tie]):
    """Ties made when asked for: from the arrays, or by their id through `tie_of`."""

    def __init__(
        self,
        tie_ids: NDArray[np.bytes_],
        columns: TieColumns,
        ids: SavedIds,
        tie_of: Callable[[TieId], Tie] | None,
    ) -> None:
        self._tie_ids = tie_ids
        self._columns = columns
        self._ids = ids
        self._tie_of = tie_of
        self._kinds = list(kinds().ties)

    def fetching(self, tie_of: Callable[[TieId], Tie]) -> "SavedTies":
        """Return the same ties, fetched in another way."""
        return SavedTies(self._tie_ids, self._columns, self._ids, tie_of)

    def __len__(self) -> int:
        return len(self._tie_ids)

    @overload
    def __getitem__(self, number: int) -> Tie: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Tie]: ...
    def __getitem__(self, number: int | slice) -> Tie | Sequence[Tie]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        column = self._columns
        tie_id = TieId(bytes(self._tie_ids[number]).decode())
        if self._tie_of is not None:
            return self._tie_of(tie_id)
        return Tie(
            id=tie_id,
            subject=self._ids[int(column.subjects[number])],
            kind=self._kinds[int(column.kinds[number])],
            object=self._ids[int(column.objects[number])],
            status=STATUSES[int(column.statuses[number])],
            claims=(),
            sources=0,
        )
