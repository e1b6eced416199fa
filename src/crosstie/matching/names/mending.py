"""Words as they were meant: abbreviations, split words and slips become words of the lexicon.

'Univ. Elect. Sci. & Technlogy' is read as university, electronics (or electric), science,
technology. Only a word that the lexicon does not hold is mended, and only into a word that it
holds: a brand stays as it is, and so does every pinyin word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from crosstie.matching.names.legal_forms import begins_legal_form
from crosstie.matching.names.lexicon import LINKING, SHORTEST_SLIP, Lexicon
from crosstie.matching.names.pinyin import split_word

_DOTTED = re.compile(r"\b([^\W\d_]{2,})\.(?=\W|$)")
_SHORTEST_DOTTED, _SHORTEST_BESIDE_ANOTHER, _SHORTEST_ALONE = 4, 6, 7
_LEFT_OUT = 3
"""Letters that an abbreviation leaves out at least: fewer are an ending."""
_SHORTEST_JOINED, _MOST_JOINED = 6, 3
_LOOK_ALIKE = (("rn", "m"), ("m", "rn"), ("l", "i"), ("i", "l"), ("vv", "w"), ("cl", "d"))
"""Letters that a scan takes for others."""
_DIGITS = str.maketrans("01358", "olesb")
_MOST_MEANINGS = 3


def dotted_words(text: str) -> frozenset[str]:
    """Return the words that a name writes with a dot: 'Harbin Inst. of Tech.' → inst, tech."""
    return frozenset(_DOTTED.findall(text.lower())) if "." in text else frozenset()


def mended(
    words: Sequence[str], dotted: frozenset[str], lexicon: Lexicon
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return the words as meant, and the other meanings of those that may mean several things."""
    row: list[str] = []
    others: dict[str, tuple[str, ...]] = {}
    # One abbreviation makes others likely: 'Beijing Inst Aeronaut Mat'.
    short = bool(dotted) or not lexicon.abbreviations.keys().isdisjoint(words)
    for word in _joined(words, lexicon):
        if word in lexicon.starts or begins_legal_form(word) or word.isdigit():
            row.append(word)
            continue
        meanings = _meanings(word, word in dotted, short, lexicon) if word.isalnum() else ()
        row += meanings[0].split() if meanings else [word]
        if len(meanings) > 1:
            others[meanings[0]] = meanings[1:]
    return row, others


def _joined(words: Sequence[str], lexicon: Lexicon) -> Iterable[str]:
    """Return the words; those that make one word of the lexicon together as that word."""
    starts = lexicon.starts
    unknown = [word not in starts for word in words]
    return _join(words, lexicon) if (True, True) in pairwise(unknown) else words


def _join(words: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    starts = lexicon.starts
    place = 0
    while place < len(words):
        run = 0
        while run < _MOST_JOINED and place + run < len(words) and words[place + run] not in starts:
            run += 1
        for size in range(run, 1, -1):
            word = "".join(words[place : place + size])
            if len(word) >= _SHORTEST_JOINED and word.isalpha() and lexicon.knows_word(word):
                yield word
                place += size
                break
        else:
            yield words[place]
            place += 1


@lru_cache(1 << 16)
def _meanings(word: str, dot: bool, short: bool, lexicon: Lexicon) -> tuple[str, ...]:
    if lexicon.knows(word) and not dot:
        return ()
    if not word.isalpha():
        plain = word.translate(_DIGITS)
        told = len(plain) >= _SHORTEST_DOTTED or plain in LINKING
        return _meant(plain, lexicon) if plain.isalpha() and told else ()
    if (dot or short) and word in lexicon.abbreviations:
        return lexicon.abbreviations[word]
    if split_word(word) and not dot:
        return ()
    alone = _SHORTEST_BESIDE_ANOTHER if short else _SHORTEST_ALONE
    if len(word) >= (_SHORTEST_DOTTED if dot else alone):
        begun = lexicon.words_beginning(word, len(word) + _LEFT_OUT)
        if 0 < len(begun) <= _MOST_MEANINGS:
            return begun
    return _meant(word, lexicon)


def _meant(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the word of the lexicon that this one is a slip for, if there is just one."""
    if lexicon.knows_word(word):
        return (word,)
    looks = {
        word[:place] + right + word[place + len(wrong) :]
        for wrong, right in _LOOK_ALIKE
        if wrong in word
        for place in range(len(word))
        if word.startswith(wrong, place)
    }
    seen = sorted(w for w in looks if len(w) > 4 and (w,) in lexicon.phrases)
    if len(seen) == 1:
        return (seen[0],)
    close = lexicon.slips(word) if len(word) >= SHORTEST_SLIP else []
    if len(close) == 1:
        return tuple(close)
    # A brand that a scan may have misread: it may be either.
    return (word, word.replace("rn", "m")) if "rn" in word[1:] else ()
