"""Names that the workspace already knows, found in running text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

_WORD = re.compile(r"\w+")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
# A short Latin name such as "MIT" must stand in its own case; a longer one may be set in capitals.
_CASE_MATTERS_BELOW = 6
_MIN_HAN = 2


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


class Gazetteer:
    """An index of known names; `find` returns the longest ones, without overlaps, in order."""

    def __init__(self) -> None:
        self._words: dict[str, dict[tuple[str, ...], GazetteerName]] = {}
        self._lengths: dict[str, list[int]] = {}
        self._han: dict[str, dict[str, GazetteerName]] = {}
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
                shelf = self._han.setdefault(text[:_MIN_HAN], {})
                self._size += text not in shelf
                shelf.setdefault(text, entry)
            return
        words = tuple(_WORD.findall(text.casefold()))
        if words and len(text) > 1:
            table = self._words.setdefault(words[0], {})
            self._size += words not in table
            table.setdefault(words, entry)
            lengths = self._lengths.setdefault(words[0], [])
            if len(words) not in lengths:
                # Longest first; thousands of names may begin with one word ("China").
                lengths.append(len(words))
                lengths.sort(reverse=True)

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
        table = self._words.get(folded[at])
        if not table or not _starts_like_a_name(text[spans[at][0]]):
            return None
        for length in self._lengths[folded[at]]:
            stop = at + length
            name = table.get(tuple(folded[at:stop])) if stop <= len(folded) else None
            if name is None:
                continue
            start, end = spans[at][0], _with_stop(text, spans[stop - 1][1], name.text)
            if _written_alike(text[start:end], name.text):
                return Found(start, end, name)
        return None

    def _find_han(self, text: str) -> Iterator[Found]:
        if not self._han:
            return
        at = 0
        while at + _MIN_HAN <= len(text):
            shelf = self._han.get(text[at : at + _MIN_HAN], {})
            best = max((n for n in shelf if text.startswith(n, at)), key=len, default="")
            if best:
                yield Found(at, at + len(best), shelf[best])
            at += max(1, len(best))


def _with_stop(text: str, end: int, known: str) -> int:
    """Take in the full stop of "Ltd.": left outside, it would end the sentence for the parser."""
    return end + 1 if known.endswith(".") and text[end : end + 1] == "." else end


def _starts_like_a_name(character: str) -> bool:
    return character.isupper() or character.isdigit() or not character.isascii()


def _written_alike(found: str, known: str) -> bool:
    if "\n\n" in found or len(found) > len(known) + 12:
        return False
    if len(known) >= _CASE_MATTERS_BELOW:
        return sum(1 for c in found if c.isupper()) >= min(2, sum(1 for c in known if c.isupper()))
    return found == known
