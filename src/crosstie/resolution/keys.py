"""Names to the keys under which resolution looks for the same name elsewhere."""

import re

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


_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"[’']s\b")
_BRACKETED = re.compile(r"(.*\S)\s*[(（]([A-Z]{3,10})[)）]")
# Words that acronyms leave out.
_UNCOUNTED = frozenset({"of", "the", "and", "for", "in", "on", "at", "de", "to"})
FEWEST_INITIALS = 3


def initials_of(name: str) -> set[str]:
    """Return a name's initials, with and without its small words: 'Hexi Works of Optics' → how."""
    words = [word.casefold() for word in _LETTERS.findall(_POSSESSIVE.sub("", name))]
    counted = [word for word in words if word not in _UNCOUNTED]
    found = {"".join(word[0] for word in some) for some in (words, counted)}
    return {initials for initials in found if len(initials) >= FEWEST_INITIALS}


def without_own_initials(name: str) -> str:
    """Return a name without its own initials in brackets: 'Hexi Optics Works (HOW)' loses them."""
    found = _BRACKETED.fullmatch(name)
    if found and found[2].casefold() in initials_of(found[1]):
        return found[1]
    return name
