"""Names to the keys under which resolution looks for the same name elsewhere."""

from dataclasses import dataclass

from crosstie.matching.names import core_name, is_weak_name, normal_name
from crosstie.ontology.records import Name, NameKind

# How much a shared name says, by what it is to the entity: a main name says most.
USE_ORDER: dict[NameKind, int] = {"primary": 0, "alias": 1, "former": 2, "acronym": 3, "weak": 4}


@dataclass(frozen=True, slots=True)
class NameKey:
    """One name's keys: `normal` for equal names, `core` without legal form; `weak` says little."""

    normal: str
    core: str
    weak: bool


class KeyTable:
    """Computes each distinct name's keys once."""

    def __init__(self) -> None:
        self._known: dict[str, NameKey] = {}

    def key(self, name: Name) -> NameKey:
        """Return the keys of a name; names without any letter or digit have empty keys."""
        found = self._known.get(name.text)
        if found is None:
            found = self._known[name.text] = _compute(name.text)
        return found


def _compute(text: str) -> NameKey:
    return NameKey(normal_name(text), core_name(text), is_weak_name(text))
