"""A list row as a small document: `field: value` lines, and where each value stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crosstie.ontology.records import Document, Evidence

_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in the row's text, and where its whole line does."""

    start: int
    end: int
    line_start: int
    text: str

    def within(self, part: str, *, after: int = 0) -> "Place | None":
        """Return the place of a part of this value, looking from `after` characters on."""
        at = self.text.find(part, after)
        if at < 0 or not part:
            return None
        return self.cut(at, at + len(part))

    def label(self, field: str) -> "Place":
        """Return the place of the line's own label, where that is what names something."""
        return Place(self.line_start, self.line_start + len(field), self.line_start, field)

    def cut(self, start: int, end: int) -> "Place":
        """Return the place of the value's characters from `start` to `end`."""
        return Place(self.start + start, self.start + end, self.line_start, self.text[start:end])


class RowText:
    """Builds the text of a row; values go in verbatim, so equal rows have equal text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def line(self, field: str, value: str) -> Place:
        """Add a line and return the place of its value."""
        start = self._length
        self._parts.append(f"{field}: {value}")
        self._length += len(field) + 2 + len(value) + 1
        value_start = start + len(field) + 2
        return Place(value_start, value_start + len(value), start, value)

    def lines(self, field: str, values: Iterable[str]) -> list[Place]:
        """Add one line for each value."""
        return [self.line(field, value) for value in values]

    def document(self, **values: Any) -> Document:
        """Return the finished document; `values` are what `Document.of` takes beside the text."""
        return Document.of(origin="list", text="\n".join(self._parts), **values)


def quote_lines(document: Document, *places: Place | None) -> list[Evidence]:
    """Quote the lines at these places, in the text's order; lines that adjoin make one quote."""
    spans = sorted({(place.line_start, place.end) for place in places if place is not None})
    quoted: list[tuple[int, int]] = []
    for start, end in spans:
        # One newline stands between a line and the next.
        if quoted and start <= quoted[-1][1] + 1:
            quoted[-1] = (quoted[-1][0], max(end, quoted[-1][1]))
        else:
            quoted.append((start, end))
    return [document.evidence(start, end) for start, end in quoted]


def tidy(text: str) -> str:
    """Return text on one line: single spaces, no control characters."""
    return " ".join(text.translate(_CONTROLS).split())


class Keys:
    """Gives rows keys that are unique in a file: a repeated one gets an ordinal."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, key: str) -> str:
        """Return the key, or `key#2`, `key#3`, … when it has been given before."""
        count = self._seen.get(key, 0) + 1
        self._seen[key] = count
        return key if count == 1 else f"{key}#{count}"
