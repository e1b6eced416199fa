"""Lists and tables as sentences: an item is read behind the line that leads into it.

"Hexi has signed agreements with:" and "- Lantian Holdings" read as one sentence, the row "Lantian |
Selimia | Supplies lenses to Hexi" as three. The words in between are the grammar's alone: every
name keeps its place in the document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.assertion import Assertion
from crosstie.extraction.frames import Parsed
from crosstie.extraction.masking import Masked, masked
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot
from crosstie.extraction.surfaces import Symbols, symbols_of

_MARK = re.compile(r"\s*(?:[-–—*•·▪◦‣]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
_LEADS = re.compile(r"[:：]\s*$")
_FOLLOWING = re.compile(r"(?:[,\s]+(?:as follows|namely|including))?[\s:：—–-]*$")
_THE_FOLLOWING = re.compile(r"\s(?:(?:the|these)\s)?(?:following|these)(?:\s[\w-]+){0,4}$")
_ITEM_END = re.compile(r"(?:[;,.]|[;,]\s(?:and|or))*\s*$")
_CELL = re.compile(r"\s\|\s|\t+")
_VERB_CELL = re.compile(r"[A-Z]?[a-z]+(?:s|ed)\s")
# An item without a mark is a name with few words around it.
_MOST_AROUND = 40
_SHARE = re.compile(r"\b(?:holds|owns|has|held|owned)\b.*(?:%|per ?cent|stake|shares?)")
_WHERE = frozenset({"country", "location", "city", "place", "based in", "headquarters", "region"})


@dataclass(frozen=True)
class Composed:
    """A sentence put together: for the parser, for the surfaces, and what else to cite."""

    masked: Masked
    symbols: Symbols
    lead: Sentence
    """The line that leads into the item; the item itself where a row is read."""

    parts: tuple[Sentence, ...] = ()
    status: Assertion | None = None

    def joins(self, subject: Spot, object: Spot) -> bool:
        """Return whether two names stand in different parts of what was put together."""
        return self._part_of(subject) != self._part_of(object)

    def _part_of(self, spot: Spot) -> Sentence | None:
        return next((p for p in self.parts if p.start <= spot.start < p.end), None)

    def meant(self, found: Assertion, tie: str) -> Assertion:
        """Return how a tie is meant: as its words say, and as the row's own column says."""
        if self.status is None or tie == "located_in":
            return found
        stance = found.stance if found.stance != "asserted" else self.status.stance
        planned = found.modality if found.modality != "actual" else self.status.modality
        ended = found.ended or self.status.ended
        return replace(found, stance=stance, modality=planned, ended=ended)


def items_of(
    text: str, sentences: Sequence[Sentence], inside: Sequence[Sequence[Spot]]
) -> Iterator[tuple[int, int]]:
    """Yield (number of the leading sentence, number of an item's first sentence)."""
    lead: int | None = None
    marked = False
    for number, sentence in enumerate(sentences):
        words = text[sentence.start : sentence.end]
        if lead is not None and _opens_line(text, sentences, number):
            has_mark = _MARK.match(words) is not None
            if has_mark or (not marked and _is_bare_name(sentence, inside[number])):
                marked = marked or has_mark
                yield lead, number
            else:
                lead = None
        if _LEADS.search(words):
            lead, marked = number, False


def _opens_line(text: str, sentences: Sequence[Sentence], number: int) -> bool:
    return number == 0 or "\n" in text[sentences[number - 1].end : sentences[number].start]


def _is_bare_name(sentence: Sentence, spots: Sequence[Spot]) -> bool:
    around = sentence.end - sentence.start - sum(s.covered - s.start for s in spots[:1])
    return bool(spots) and spots[0].start - sentence.start <= 4 and around <= _MOST_AROUND


def item_sentence(
    text: str, lead: Sentence, item: Sentence, spots: Sequence[Spot], *, verbless: bool
) -> Composed:
    """Return the item read behind its lead: "Partners of Hexi include Lantian"."""
    first = _FOLLOWING.sub("", text[lead.start : lead.end])
    first = _THE_FOLLOWING.sub("", first)
    head = Sentence(lead.start, lead.start + len(first))
    opening = _MARK.match(text, item.start, item.end)
    start = opening.end() if opening else item.start
    end = item.start + len(_ITEM_END.sub("", text[item.start : item.end]))
    middle = " include " if verbless else " "
    parts: list[str | Sentence] = [head, middle, Sentence(start, max(start, end)), "."]
    return composed(text, parts, spots, stands_for=item, lead=lead)


def row_sentences(
    text: str, header: Sentence | None, row: Sentence, spots: Sequence[Spot]
) -> Iterator[Composed]:
    """Yield the sentences that a table's row stands for: its first cell with each of the others."""
    cells = cells_of(text, row)
    titles = [text[c.start : c.end].strip() for c in cells_of(text, header)] if header else []
    if len(cells) < 2 or not any(cells[0].start <= s.start < cells[0].end for s in spots):
        return
    for number, cell in enumerate(cells[1:], start=1):
        title = titles[number].casefold() if number < len(titles) else ""
        names = [s for s in spots if cell.start <= s.start and s.covered <= cell.end]
        alone = sum(s.covered - s.start for s in names) > 0.8 * (cell.end - cell.start)
        if not names:
            continue
        joint = " "
        if alone and names[0].kind == "place" and (title in _WHERE or not title):
            joint = " is based in "
        elif alone and title:
            joint = f"'s {title} is "
        elif not _VERB_CELL.match(text, cell.start, cell.end) and names[0].start != cell.start:
            joint = " has a "
        elif names[0].start == cell.start:
            joint = " , in which " if _SHARE.search(text, cell.start, cell.end) else " , which "
        if alone and not title and joint == " ":
            continue
        put = composed(text, [cells[0], joint, cell, "."], spots, stands_for=row, lead=row)
        yield replace(put, status=_row_status(text, cells))


_OVER = re.compile(r"(?:ended|terminated|expired|former|cancelled|dissolved|closed|lapsed)\b", re.I)
_TO_COME = re.compile(r"(?:planned|proposed|pending|announced|under negotiation)\b", re.I)
_HEARSAY = re.compile(r"(?:reported|alleged|unconfirmed|claimed)\b", re.I)


def _row_status(text: str, cells: Sequence[Sentence]) -> Assertion | None:
    """Return how a row is meant when one of its cells says it: "Ended in 2021", "Reported"."""
    for cell in cells[1:]:
        if _OVER.match(text, cell.start, cell.end):
            return Assertion(ended=True)
        if _TO_COME.match(text, cell.start, cell.end):
            return Assertion(modality="planned")
        if _HEARSAY.match(text, cell.start, cell.end):
            return Assertion(stance="reported")
    return None


class Layout:
    """The lists and tables of an article, read as its sentences go by."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], inside: Sequence[Sequence[Spot]]
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._inside = inside
        self._lead_of = {item: lead for lead, item in items_of(text, sentences, inside)}
        self._verbless: dict[int, bool] = {}
        self._header: Sentence | None = None

    def is_row(self, number: int) -> bool:
        """Return whether a sentence is a table's row."""
        return is_row(self._text, self._sentences[number])

    def read(self, number: int, parsed: Parsed) -> Iterator[Composed]:
        """Yield what the sentence just parsed says together with its lead, or as a row."""
        sentence = self._sentences[number]
        if number in self._lead_of.values():
            self._verbless[number] = not any(t.pos_ in ("VERB", "AUX") for t in parsed.doc)
        if is_row(self._text, sentence):
            before = self._header
            self._header = before or sentence
            if before is not None:
                spots = self._inside[number]
                yield from row_sentences(self._text, before, sentence, spots)
            return
        self._header = None
        lead = self._lead_of.get(number)
        if lead is None or not self._inside[number] or _is_whole(parsed):
            return
        spots = [*self._inside[lead], *self._inside[number]]
        verbless = self._verbless.get(lead, False)
        line = self._sentences[lead]
        yield item_sentence(self._text, line, sentence, spots, verbless=verbless)


def _is_whole(parsed: Parsed) -> bool:
    """Return whether an item is a sentence of its own: it has a subject and a verb."""
    return any(
        t.dep_ in ("nsubj", "nsubjpass")
        and t.head.dep_ == "ROOT"
        and t.head.pos_ in ("VERB", "AUX")
        for t in parsed.doc
    )


def is_row(text: str, sentence: Sentence) -> bool:
    """Return whether a line is a table's row."""
    return _CELL.search(text, sentence.start, sentence.end) is not None


def cells_of(text: str, row: Sentence) -> list[Sentence]:
    """Return the places of a row's cells that hold anything."""
    found, at = [], row.start
    for mark in _CELL.finditer(text, row.start, row.end):
        found.append(Sentence(at, mark.start()))
        at = mark.end()
    return [*found, Sentence(at, row.end)]


def composed(
    text: str,
    parts: Sequence[str | Sentence],
    spots: Sequence[Spot],
    *,
    stands_for: Sentence,
    lead: Sentence,
) -> Composed:
    """Put together stretches of the document and words of grammar, every offset kept."""
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    at: dict[int, tuple[Spot, ...]] = {}
    signs = Symbols("", {}, {}, [])
    length, place = 0, stands_for.start
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            shifts.append((length, place))
            length += len(part)
            signs = _with_words(signs, part, place)
            continue
        here = [s for s in spots if part.start <= s.start and s.end <= part.end]
        piece = masked(text, part, here)
        words = _opened(piece.text) if pieces else piece.text
        shifts += [(length, part.start), *((length + a, b) for a, b in piece.shifts)]
        at.update({length + offset: group for offset, group in piece.at.items()})
        pieces.append(words)
        length, place = length + len(words), part.end
        signs = _with_symbols(signs, symbols_of(text, part, here, first=len(signs.spots)))
    whole = Masked(stands_for, "".join(pieces), at, tuple(shifts))
    kept = tuple(part for part in parts if isinstance(part, Sentence))
    return Composed(whole, signs, lead, kept)


def _opened(words: str) -> str:
    """Return the words of an item as they stand in mid-sentence: "The Fleet" → "the Fleet"."""
    first = words.split(" ", 1)[0]
    lowered = first in ("The", "A", "An", "Its") or _VERB_CELL.match(words)
    return words[:1].lower() + words[1:] if lowered else words


def _with_words(signs: Symbols, words: str, place: int) -> Symbols:
    offsets = [*signs.offsets[: len(signs.text)], *([place] * (len(words) + 1))]
    return Symbols(signs.text + words, signs.spots, signs.antecedents, offsets)


def _with_symbols(signs: Symbols, more: Symbols) -> Symbols:
    return Symbols(
        signs.text + (_opened(more.text) if signs.text else more.text),
        {**signs.spots, **more.spots},
        {**signs.antecedents, **more.antecedents},
        [*signs.offsets[: len(signs.text)], *more.offsets],
    )
