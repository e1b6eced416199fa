"""Names to the keys under which resolution looks for the same name elsewhere."""

from crosstie.matching.names import core_name, is_weak_name, normal_name
from crosstie.ontology.records import Name, NameKind

# How much a shared name says, by what it is to the entity: a main name says most.
USE_ORDER: dict[NameKind, int] = {"primary": 0, "alias": 1, "former": 2, "acronym": 3, "weak": 4}


class NameKey:
    """One name's keys: `normal` for equal names, `core` without legal form; `weak` says little.

    Only `normal` is needed for every name; the others are worked out when they are asked for.
    """

    __slots__ = ("_core", "_text", "_weak", "normal")

    def __init__(self, text: str) -> None:
        self._text = text
        self.normal = normal_name(text)
        self._core: str | None = None
        self._weak: bool | None = None

    @property
    def core(self) -> str:
        """Return the key without legal form."""
        if self._core is None:
            self._core = core_name(self._text)
        return self._core

    @property
    def weak(self) -> bool:
        """Return whether the name cannot identify an organisation alone."""
        if self._weak is None:
            self._weak = is_weak_name(self._text)
        return self._weak


class KeyTable:
    """Computes each distinct name's keys once."""

    def __init__(self) -> None:
        self._known: dict[str, NameKey] = {}

    def key(self, name: Name) -> NameKey:
        """Return the keys of a name; names without any letter or digit have empty keys."""
        found = self._known.get(name.text)
        if found is None:
            found = self._known[name.text] = NameKey(name.text)
        return found
