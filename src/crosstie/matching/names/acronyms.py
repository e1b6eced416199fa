"""Abbreviations by rule: initials of Latin names (KMUST), short forms of Han names (云师大)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product

from crosstie.matching.names.conventions import conventions
from crosstie.matching.names.han import pieces_of
from crosstie.matching.names.lexicon import HanWord, Lexicon
from crosstie.matching.names.pinyin import split_word

_SHORTEST, _LONGEST = 2, 8
_MOST_WORDS = 9
_MOST_FORMS = 6
LONGEST_HAN_SHORT_FORM = 6
"""Characters of a Han name that may be a short form."""


def may_be_acronym(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a name of one word may be an abbreviation."""
    if len(words) != 1 or not _SHORTEST <= len(words[0]) <= _LONGEST:
        return False
    return words[0].isalpha() and lexicon.kind(words[0]) in ("core", "parent", "short")


def initials(plain: Sequence[str], legal: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the abbreviations that words and their legal forms may have, likeliest first.

    A pinyin word gives its first letter or those of its syllables: Kunming University of Science
    and Technology is KUST or KMUST.
    """
    rest = [word for word in plain if not word.isdigit()]
    big = [word for word in rest if word not in conventions().no_initial]
    if not 2 <= len(big) <= _MOST_WORDS or (len(big) < 3 and not _is_institution(big, lexicon)):
        return []
    fewer = [word for word in big if word not in conventions().may_give_none]
    rows = [big] if fewer == big or big[0] != fewer[0] or big[-1] != fewer[-1] else [big, fewer]
    forms = [form for row in rows for form in _spelled(row)]
    if legal and legal[-1] in ("corp", "co"):
        forms = [form + "c" for form in forms] + forms
    kept = [form for form in dict.fromkeys(forms) if _SHORTEST < len(form) + 1 <= _LONGEST + 1]
    return [form for form in kept if len(form) > 1][:_MOST_FORMS]


def _spelled(big: Sequence[str]) -> list[str]:
    choices = [_first_letters(word) for word in big]
    if all(len(choice) == 1 for choice in choices):
        return ["".join(choice[0] for choice in choices)]
    forms = ["".join(letters) for letters in islice(product(*choices), 16)]
    return sorted(forms, key=len, reverse=any(len(choice) > 1 for choice in choices))


def _is_institution(words: Sequence[str], lexicon: Lexicon) -> bool:
    return any(lexicon.kind(concept) in ("type", "short") for concept in lexicon.concepts(words))


@lru_cache(1 << 14)
def _first_letters(word: str) -> tuple[str, ...]:
    told = conventions().initials.get(word, ())
    syllables = split_word(word)
    spelled = ["".join(s[0] for s in syllables), word[0]] if len(syllables) > 1 else []
    return tuple(dict.fromkeys((*told, *spelled))) or (word[0],)


def han_short_forms(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the short forms that a Han name may have: 云南师范大学 → 云师大, 云师, 云南师大."""
    if len(words) != 1:
        return []
    text = words[0]
    if len(text) < 4:
        return []
    pieces = [piece for piece, word in pieces_of(text, lexicon) if not _is_stop(word)]
    forms = _contractions(pieces, text) if pieces else []
    return [f for f in dict.fromkeys(forms) if 1 < len(f) <= LONGEST_HAN_SHORT_FORM and f != text]


def _is_stop(word: HanWord | None) -> bool:
    return word is not None and word.kind == "stop"


def _contractions(pieces: Sequence[str], text: str) -> list[str]:
    if pieces[0] in conventions().left_out_at_head and len(pieces) > 1:
        pieces = pieces[1:]
    whole = next((end for end in conventions().kept_by_first_character if text.endswith(end)), "")
    end = whole or text[-2:]
    head = pieces[0]
    middle = "".join(pieces[1:]).removesuffix(end)
    last = end[0] if whole else end[-1]
    if not middle:
        return [head[0] + last, head + last] if len(pieces) > 1 else []
    return [
        head[0] + middle[0] + last,
        head[0] + middle[0],
        head + middle[0] + last,
        head[0] + middle[:2],
        head[0] + middle[:2] + last,
        head[0] + middle + last,
        "".join(piece[0] for piece in pieces),
        head + middle,
    ]
