"""Cut a Han name into the words of the lexicon, and read them in English, part by part."""

from collections.abc import Iterator

from crosstie.matching.names.lexicon import HanWord, Lexicon
from crosstie.matching.names.pinyin import pinyin, syllables_of
from crosstie.text.scripts import has_han

_UNKNOWN = 2.2
"""What a character outside of every known word costs, when a known word costs one."""
_LONGEST_WITH_SHORT_FORM = 12

Piece = tuple[str, HanWord | None]


def pieces_of(text: str, lexicon: Lexicon) -> list[Piece]:
    """Cut a folded Han run into known words and the unknown runs between them.

    An official short form at the head gives way to the words of the full name.
    """
    cut = _merged(_cheapest(text, lexicon))
    found: list[Piece] = []
    for place, (piece, word) in enumerate(cut):
        if word is None or word.kind != "short" or not has_han(word.readings[0][0]):
            found.append((piece, word))
            continue
        full = word.readings[0][0]
        known_rest = len(cut) == 1 or cut[1][1] is not None
        if place == 0 and known_rest and len(text) <= _LONGEST_WITH_SHORT_FORM:
            found += _full_pieces(full, lexicon)
        else:
            found.append((piece, None))
    return found


def _full_pieces(full: str, lexicon: Lexicon) -> list[Piece]:
    """Cut a full name; one whose English name is no translation stays whole."""
    known = lexicon.han.get(full)
    if known is not None and not has_han(known.readings[0][0]):
        return [(full, known)]
    return _merged(_cheapest(full, lexicon, short=False))


def _cheapest(text: str, lexicon: Lexicon, *, short: bool = True) -> list[Piece]:
    """Return the cut with the fewest words and unknown characters, longer words first."""
    costs = [0.0] + [1e9] * len(text)
    back: list[tuple[int, HanWord | None]] = [(0, None)] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        costs[end], back[end] = costs[end - 1] + _UNKNOWN, (end - 1, None)
        for size in lexicon.han_sizes.get(text[end - 1], ()):
            start = end - size
            word = lexicon.han.get(text[start:end]) if start >= 0 else None
            if word is None or (word.kind == "short" and _is_out_of_place(word, start, short)):
                continue
            cost = costs[start] + 1.0 - 0.001 * (end - start) ** 2
            if cost < costs[end]:
                costs[end], back[end] = cost, (start, word)
    cut: list[Piece] = []
    end = len(text)
    while end:
        start, word = back[end]
        cut.append((text[start:end], word))
        end = start
    return cut[::-1]


def _is_out_of_place(word: HanWord, start: int, short: bool) -> bool:
    """A short form stands at the head; a full name (国防科技大学) may have words before it."""
    return not short or (start > 0 and has_han(word.readings[0][0]))


def _merged(cut: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece, word in cut:
        if word is None and merged and merged[-1][1] is None:
            merged[-1] = (merged[-1][0] + piece, None)
        else:
            merged.append((piece, word))
    return merged


def readings_of(piece: str, word: HanWord | None) -> tuple[tuple[str, ...], ...]:
    """Return the English readings of a piece, likeliest first; for an unknown one its pinyin."""
    if word is not None:
        spelled = ((pinyin(piece),),) if word.kind == "short" or not word.readings else ()
        return (*word.readings, *spelled)
    return tuple(dict.fromkeys(filter(all, _spellings(piece)))) or ((piece,),)


def _spellings(piece: str) -> Iterator[tuple[str, ...]]:
    syllables = syllables_of(piece)
    if not syllables:
        return
    yield ("".join(syllables),)
    if len(syllables) > 2:
        yield ("".join(syllables[:2]), "".join(syllables[2:]))
    if 1 < len(syllables) < 5:
        yield tuple(syllables)
