"""Ids and names as they were given, laid end to end so that they can be mapped from disk."""

from typing import Any

import numpy as np


class Texts:
    """Ids and names end to end, as UTF-8, and the entity of each name.

    `id_ptr` (entities + 1) and `name_ptr` (names + 1) say where each begins in `ids` and `names`
    (bytes); `owner` (names) is the number of the entity that a name belongs to.
    """

    fields = ("id_ptr", "ids", "name_ptr", "names", "owner")

    def __init__(self, id_ptr: Any, ids: Any, name_ptr: Any, names: Any, owner: Any) -> None:
        self.id_ptr, self.ids, self.name_ptr, self.names = id_ptr, ids, name_ptr, names
        self.owner = owner
        # A memoryview gives a number or a slice several times faster than an array does.
        self._id_ptr, self._ids = memoryview(id_ptr), memoryview(ids)
        self._name_ptr, self._names = memoryview(name_ptr), memoryview(names)

    @classmethod
    def of(cls, ids: list[str], names: list[str], owners: list[int]) -> "Texts":
        """Lay texts end to end."""
        return cls(*_joined_text(ids), *_joined_text(names), np.array(owners, dtype=np.int32))

    def arrays(self) -> dict[str, Any]:
        """Return the arrays by name."""
        return {name: getattr(self, name) for name in self.fields}

    def id(self, entity: int) -> str:
        """Return the id of an entity."""
        row = self._ids[self._id_ptr[entity] : self._id_ptr[entity + 1]]
        return str(row, "utf-8", "surrogatepass")

    def name(self, number: int) -> str:
        """Return a name as it was given."""
        row = self._names[self._name_ptr[number] : self._name_ptr[number + 1]]
        return str(row, "utf-8", "surrogatepass")


def _joined_text(texts: list[str]) -> tuple[Any, Any]:
    raw = [text.encode(errors="surrogatepass") for text in texts]
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in raw])]).astype(np.int64)
    return ptr, np.frombuffer(b"".join(raw), dtype=np.uint8)
