"""Ties that a table's rows state by its header: Company | Partner | Agreement.

Only a header that a lexicon knows is read, and only cells that are names and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from crosstie.extraction.lexicon import load_lexicon, word_set
from crosstie.extraction.spots import Spot
from crosstie.ontology.datafiles import Section, sections
from crosstie.ontology.kinds import kinds
from crosstie.text.lines import lines_of

_BAR = "|"
_MOST_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class RowTie:
    """A tie of one row, with where the row and its header stand."""

    subject: Spot
    tie: str
    object: Spot
    row: tuple[int, int]
    header: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Column:
    tie: str
    reverse: bool
    words: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def row_ties(text: str, start: int, end: int, spots: Sequence[Spot]) -> Iterator[RowTie]:
    """Yield the ties that the rows of the tables in text[start:end] state."""
    named = {(spot.start, spot.end): spot for spot in spots}
    header: tuple[tuple[int, int], list[_Cell]] | None = None
    for line in lines_of(text, start, end):
        cells = _cells(text, *line)
        if len(cells) < 2:
            header = header if not text[line[0] : line[1]].strip() else None
        elif header is None:
            header = (line, cells) if _subject_column(cells) is not None else None
        elif len(cells) == len(header[1]):
            yield from _of_row(cells, line, *header, named)


def _cells(text: str, start: int, end: int) -> list[_Cell]:
    cells: list[_Cell] = []
    at = start
    for piece in text[start:end].split(_BAR)[:_MOST_COLUMNS]:
        body = piece.strip()
        first = at + len(piece) - len(piece.lstrip())
        cells.append(_Cell(first, first + len(body), body))
        at += len(piece) + 1
    # A Markdown row has a bar at either end.
    return [cell for n, cell in enumerate(cells) if cell.text or 0 < n < len(cells) - 1]


def _of_row(
    cells: Sequence[_Cell],
    row: tuple[int, int],
    header: tuple[int, int],
    heads: Sequence[_Cell],
    named: Mapping[tuple[int, int], Spot],
) -> Iterator[RowTie]:
    first = _subject_column(heads)
    subject = _named(cells[first], named) if first is not None else None
    if subject is None:
        return
    for column, tie, reverse in _tie_columns(heads):
        object = _named(cells[column], named)
        if object is None or column == first or object.name == subject.name:
            continue
        left, right = (object, subject) if reverse else (subject, object)
        if kinds().tie(tie).fits(left.kind, right.kind):
            yield RowTie(left, tie, right, row, header)


def _named(cell: _Cell, named: Mapping[tuple[int, int], Spot]) -> Spot | None:
    return named.get((cell.start, cell.end))


def _subject_column(heads: Sequence[_Cell]) -> int | None:
    return next((n for n, head in enumerate(heads) if head.text.casefold() in _first()), None)


def _tie_columns(heads: Sequence[_Cell]) -> list[tuple[int, str, bool]]:
    words = {head.text.casefold() for head in heads}
    found: dict[int, tuple[int, str, bool]] = {}
    for column in _columns():
        if column.needs and not column.needs & words:
            continue
        for number, head in enumerate(heads):
            if head.text.casefold() in column.words:
                # The first that fits: a partner with an agreement signed one.
                found.setdefault(number, (number, column.tie, column.reverse))
    return list(found.values())


@cache
def _first() -> frozenset[str]:
    table = load_lexicon("tables").require("first", Section)
    return frozenset(word for language in table for word in word_set(table, language))


@cache
def _columns() -> tuple[_Column, ...]:
    data = load_lexicon("tables")
    found = []
    for entry in sections(data.require("ties", list), file="tables.yaml", what="ties"):
        entry.allow(["tie", "reverse", "needs", "columns"])
        found.append(
            _Column(
                tie=entry.one_of("tie", kinds().ties),
                reverse=bool(entry.get("reverse", False)),
                words=_by_language(entry.require("columns", Section)),
                needs=_by_language(entry["needs"]) if "needs" in entry else frozenset(),
            )
        )
    return tuple(found)


def _by_language(table: Section) -> frozenset[str]:
    return frozenset(word.casefold() for key in table for word in word_set(table, key))
