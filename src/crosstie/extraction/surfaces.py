"""Match the surface patterns: a sentence with one symbol for each name → raw ties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from crosstie.extraction.drafts import MOST_PARTIES, RawTie, fits
from crosstie.extraction.masking import uncovered
from crosstie.extraction.passages import Sentence
from crosstie.extraction.patterns import NAME_FIRST, Pattern, shipped_patterns
from crosstie.extraction.spots import Spot

# A word that stands for names said before: where it is, the names, and the sentence to cite.
StandIn = tuple[int, int, tuple[Spot, ...], Sentence]


_PERSON = frozenset({"person"})


@dataclass(frozen=True)
class Symbols:
    """A sentence with one private character for each name, and what each of them stands for."""

    text: str
    spots: dict[str, tuple[Spot, ...]]
    antecedents: dict[str, Sentence]
    offsets: list[int]
    """Where each character stands in the document."""


def surface_ties(
    symbols: Symbols, sentence: Sentence, language: str, *, people: bool | None = None
) -> Iterator[RawTie]:
    """Yield the ties that surface patterns find in a sentence whose names are masked.

    `people` takes only the patterns whose subject is a person, or only the others.
    """
    if len({spot.name for spots in symbols.spots.values() for spot in spots}) < _LEAST_NAMES:
        return
    for pattern, surface in _surfaces(language, people):
        match = surface.search(symbols.text)
        while match is not None:
            found: list[RawTie] = []
            if _named_fits(pattern, match, symbols):
                found = list(_surface_match(pattern, match, sentence, symbols))
            yield from found
            # A name that does not fit hides none behind it.
            match = surface.search(symbols.text, match.end() if found else match.start() + 1)


# One name alone is tied to nothing.
_LEAST_NAMES = 2


@cache
def _surfaces(language: str, people: bool | None) -> list[tuple[Pattern, re.Pattern[str]]]:
    return [
        (pattern, pattern.surface)
        for pattern in shipped_patterns()
        if pattern.surface is not None
        and pattern.language == language
        and people in (None, pattern.subject_kinds == _PERSON)
    ]


def _named_fits(pattern: Pattern, match: re.Match[str], symbols: Symbols) -> bool:
    """Return whether the name in slot L, if one stands there, is of a kind the pattern asks for."""
    named = symbols.spots.get(match.groupdict().get("L") or "", ())
    return not pattern.named_kinds or all(spot.kind in pattern.named_kinds for spot in named)


def symbols_of(
    text: str,
    sentence: Sentence,
    spots: Sequence[Spot],
    stand_ins: Sequence[StandIn] = (),
    *,
    first: int = 0,
) -> Symbols:
    """Replace each name with one private character, and each word that stands for names too."""
    items: list[tuple[int, int, tuple[Spot, ...], Sentence | None]] = [
        (spot.start, min(spot.covered, sentence.end), (spot,), None) for spot in uncovered(spots)
    ]
    items += stand_ins
    pieces: list[str] = []
    offsets: list[int] = []
    held: dict[str, tuple[Spot, ...]] = {}
    antecedents: dict[str, Sentence] = {}
    at = sentence.start
    for number, (start, end, names, antecedent) in enumerate(
        sorted(items, key=lambda i: i[0]), start=first
    ):
        symbol = chr(ord(NAME_FIRST) + number)
        held[symbol] = names
        if antecedent is not None:
            antecedents[symbol] = antecedent
        pieces += [_plain(text[at:start]), symbol]
        offsets += range(at, start + 1)
        if text[start:end].casefold() in _POSSESSIVES:
            pieces.append("'s")
            offsets += [end - 1, end - 1]
        at = end
    pieces.append(_plain(text[at : sentence.end]))
    offsets += range(at, sentence.end + 1)
    return Symbols("".join(pieces), held, antecedents, offsets)


# "Its unit" reads like "Hexi's unit".
_POSSESSIVES = frozenset({"its", "their"})


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace("’", "'")


def _surface_match(
    pattern: Pattern, match: re.Match[str], sentence: Sentence, symbols: Symbols
) -> Iterator[RawTie]:
    last = len(symbols.offsets) - 1
    trigger = (symbols.offsets[match.start()], symbols.offsets[min(match.end(), last)])
    said = {k: v for k, v in match.groupdict().items() if k.islower() and v}
    for a, b in _surface_pairs(pattern, match):
        used = tuple(symbols.antecedents[c] for c in (a, b) if c in symbols.antecedents)
        for subject, object in _spot_pairs(symbols, a, b):
            if fits(subject, pattern, object):
                yield RawTie(
                    subject, object, pattern, sentence, trigger, antecedents=used, attributes=said
                )


def _spot_pairs(symbols: Symbols, a: str, b: str) -> Iterator[tuple[Spot, Spot]]:
    if a == b:
        yield from combinations(symbols.spots.get(a, ()), 2)
        return
    for subject in symbols.spots.get(a, ()):
        for object in symbols.spots.get(b, ()):
            yield subject, object


def _surface_pairs(pattern: Pattern, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of symbols; a pair of one symbol with itself stands for "the two"."""
    groups = match.groupdict()
    for name in pattern.among:
        letters = [c for c in groups.get(name) or "" if c >= NAME_FIRST]
        if len(letters) <= MOST_PARTIES:
            yield from combinations(letters, 2)
        if len(letters) == 1:
            yield letters[0], letters[0]
    for subject in pattern.subject:
        for object in pattern.object:
            for a in groups.get(subject) or "":
                for b in groups.get(object) or "":
                    if a != b:
                        yield a, b
