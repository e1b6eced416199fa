"""Ties that a table's rows state by its header: Company | Partner | Agreement.

Only a header that a lexicon knows is read, and only cells that are names and nothing else.
"""

import re
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
    yield from _form_ties(text, start, end, named)
    header: tuple[tuple[int, int], list[_Cell]] | None = None
    for line in lines_of(text, start, end):
        cells = _cells(text, *line)
        if len(cells) < 2:
            header = header if not text[line[0] : line[1]].strip() else None
        elif header is None:
            header = (line, cells) if _subject_column(cells) is not None else None
        elif len(cells) == len(header[1]):
            yield from _of_row(cells, line, *header, named)


_FIELD = re.compile(
    r"\s*(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．)）]\s?)?(?P<label>[^：:|，。]{2,24})[：:]\s*(?P<value>.+?)\s*$"
)
_MOST_FIELDS = 20


def _form_ties(
    text: str, start: int, end: int, named: Mapping[tuple[int, int], Spot]
) -> Iterator[RowTie]:
    """Read the fields of a form, each on its line, as the one row of a table."""
    fields: list[tuple[_Cell, _Cell, tuple[int, int]]] = []
    for line in [*lines_of(text, start, end), (end, end)]:
        match = _FIELD.match(text[line[0] : line[1]])
        if match and len(fields) < _MOST_FIELDS:
            head, value = (
                _Cell(line[0] + match.start(part), line[0] + match.end(part), match.group(part))
                for part in ("label", "value")
            )
            fields.append((head, value, _bare(text, line)))
        elif text[line[0] : line[1]].strip() or line[0] == end:
            yield from _of_form(fields, named)
            fields = []


def _bare(text: str, line: tuple[int, int]) -> tuple[int, int]:
    words = text[line[0] : line[1]]
    return line[0] + len(words) - len(words.lstrip()), line[0] + len(words.rstrip())


def _of_form(
    fields: Sequence[tuple[_Cell, _Cell, tuple[int, int]]], named: Mapping[tuple[int, int], Spot]
) -> Iterator[RowTie]:
    heads = [head for head, _, _ in fields]
    first = _subject_column(heads)
    subject = _named(fields[first][1], named) if first is not None else None
    if first is None or subject is None:
        return
    for column, tie, reverse in _tie_columns(heads):
        object = _named(fields[column][1], named)
        if object is None or column == first or object.name == subject.name:
            continue
        left, right = (object, subject) if reverse else (subject, object)
        if kinds().tie(tie).fits(left.kind, right.kind):
            yield RowTie(left, tie, right, fields[column][2], fields[first][2])


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
