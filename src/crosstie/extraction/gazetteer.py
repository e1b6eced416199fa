"""Names that the workspace already knows, found in running text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
# A short Latin name such as "MIT" must stand in its own case; a longer one may be set in capitals.
_CASE_MATTERS_BELOW = 6
_MIN_HAN = 2
_LEGAL_FORM = re.compile(r"\b(?:Ltd|Co|Corp|Inc|Bhd|Pte|LTD)$")


@dataclass(frozen=True, slots=True)
class GazetteerName:
    """A known name: its kind of entity, its language and, where known, its country."""

    text: str
    kind: str
    language: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text where a known name stands."""

    start: int
    end: int
    name: GazetteerName


class _Shelf:
    """Names that begin alike, by their whole key, with the lengths that occur, longest first."""

    __slots__ = ("lengths", "names")

    def __init__(self) -> None:
        self.names: dict[Sequence[str], GazetteerName] = {}
        self.lengths: list[int] = []

    def add(self, key: Sequence[str], name: GazetteerName) -> bool:
        """Keep the name unless the key is taken; return whether it was new."""
        if key in self.names:
            return False
        self.names[key] = name
        if len(key) not in self.lengths:
            self.lengths = sorted({*self.lengths, len(key)}, reverse=True)
        return True


class Gazetteer:
    """An index of known names; `find` returns the longest ones, without overlaps, in order."""

    def __init__(self) -> None:
        self._words: dict[str, _Shelf] = {}
        self._han: dict[str, _Shelf] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, entries: Iterable[GazetteerName]) -> Self:
        """Index the entries; of two for the same name the first is kept."""
        gazetteer = cls()
        for entry in entries:
            gazetteer._add(entry)
        return gazetteer

    def _add(self, entry: GazetteerName) -> None:
        text = unicodedata.normalize("NFC", entry.text).strip()
        if _HAN.search(text):
            if len(text) >= _MIN_HAN:
                shelf = self._han.setdefault(text[:_MIN_HAN], _Shelf())
                self._size += shelf.add(text, entry)
            return
        words = tuple(_WORD.findall(text.casefold()))
        if words and len(text) > 1:
            self._size += self._words.setdefault(words[0], _Shelf()).add(words, entry)

    def find(self, text: str) -> Iterator[Found]:
        """Yield the known names in the text, longest first at each place, left to right."""
        yield from self._find_words(text)
        yield from self._find_han(text)

    def _find_words(self, text: str) -> Iterator[Found]:
        if not self._words:
            return
        spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        folded = [text[start:end].casefold() for start, end in spans]
        at = 0
        while at < len(spans):
            found = self._at_word(text, spans, folded, at)
            if found is None:
                at += 1
                continue
            yield found
            while at < len(spans) and spans[at][0] < found.end:
                at += 1

    def _at_word(
        self, text: str, spans: list[tuple[int, int]], folded: list[str], at: int
    ) -> Found | None:
        shelf = self._words.get(folded[at])
        if shelf is None or not _starts_like_a_name(text[spans[at][0]]):
            return None
        for length in shelf.lengths:
            words = tuple(folded[at : at + length])
            name = shelf.names.get(words)
            if name is None or len(words) < length:
                continue
            start, end = spans[at][0], spans[at + length - 1][1]
            if _written_alike(text[start:end], name.text):
                return Found(start, _over_dot(text, end), name)
        return None

    def _find_han(self, text: str) -> Iterator[Found]:
        if not self._han:
            return
        at = 0
        while at + _MIN_HAN <= len(text):
            shelf = self._han.get(text[at : at + _MIN_HAN])
            found = _longest(text, at, shelf) if shelf else None
            if found is not None:
                yield found
            at = found.end if found else at + 1


def _over_dot(text: str, end: int) -> int:
    """Return the end behind the dot of a legal form: "Hexi Co., Ltd." and not "... Ltd"."""
    dotted = text[end : end + 1] == "." and _LEGAL_FORM.search(text, max(0, end - 6), end)
    return end + 1 if dotted else end


def _longest(text: str, at: int, shelf: _Shelf) -> Found | None:
    for length in shelf.lengths:
        key = text[at : at + length]
        if len(key) == length and key in shelf.names:
            return Found(at, at + length, shelf.names[key])
    return None


def _starts_like_a_name(character: str) -> bool:
    return character.isupper() or character.isdigit() or not character.isascii()


def _written_alike(found: str, known: str) -> bool:
    if "\n\n" in found or len(found) > len(known) + 12:
        return False
    if len(known) >= _CASE_MATTERS_BELOW:
        return sum(1 for c in found if c.isupper()) >= min(2, sum(1 for c in known if c.isupper()))
    return found == known
