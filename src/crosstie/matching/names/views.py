"""A name as the matcher compares it: views, each a row of weighted slots.

A Latin name has one view; a Han name has its words, their English translation and its pinyin. A
slot is one part of the name, with the readings that may stand for it. A name that gives another
in brackets or after 'a.k.a.' has a view for each. Abbreviations are a view of their own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crosstie.matching.names.acronyms import (
    LONGEST_HAN_SHORT_FORM,
    han_short_forms,
    initials,
    may_be_acronym,
)
from crosstie.matching.names.compass import POINTS, without_slips
from crosstie.matching.names.han import pieces_of, readings_of
from crosstie.matching.names.legal_forms import canonical_legal_forms
from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.pinyin import split_words, spoken_numbers, syllables_of
from crosstie.matching.names.words import LONGEST_NAME, words_of
from crosstie.text.scripts import HAN_CLASS, fold, has_han

LATIN, HAN, TRANSLATED, PINYIN, SHORT, DERIVED = range(6)
SLOT_KINDS = ("core", "place", "field", "generic", "type", "parent", "number")
BASE_WEIGHTS = {
    "core": 1.0, "place": 0.7, "field": 0.6, "generic": 0.35, "type": 0.3, "parent": 1.2,
    "number": 0.9, "short": 1.2,
}  # fmt: skip
"""What a slot weighs by its kind; a core or field word weighs less when it is common."""

_MOST_SLOTS = 28
_MOST_READINGS = 4
_LONGEST_TOGETHER = 10
_MOST_VARIANTS = 5
_KNOWN_AS = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\.?|f\.?k\.?a\.?|also known as|formerly known as|formerly|"
    r"may be (?:another name for|part of)|known as)\b[:,]?\s*(?:the\s)?",
    re.IGNORECASE,
)
_HAN_RUN = re.compile(rf"[{HAN_CLASS}]")
_LATIN_WORDS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a name: what it tells, and the readings (rows of concepts) that it may have."""

    kind: str
    weight: float
    readings: tuple[tuple[str, ...], ...]
    text: str = ""
    """The words as written, where they are not the first reading itself."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to read a name; `text` is its letters run together.

    `numbers` are its identity; points of the compass are as well, as numbers below zero.
    """

    sort: int
    slots: tuple[Slot, ...]
    numbers: tuple[int, ...]
    text: str


def variants_of(name: str) -> list[str]:
    """Return the names that a written name holds, itself first."""
    text = name[:LONGEST_NAME]
    found = [text]
    parts = [text]
    for cut in (_split_known_as, _split_brackets, _split_slash, _split_scripts):
        parts = [piece for part in parts for piece in cut(part)]
    for part in parts:
        if part not in found and len(words_of(part)) and len(part) > 1:
            found.append(part)
    return found[:_MOST_VARIANTS]


def _split_known_as(text: str) -> list[str]:
    return [part.strip(" ,;()") for part in _KNOWN_AS.split(text)]


def _split_brackets(text: str) -> list[str]:
    folded = text.replace("（", "(").replace("）", ")")
    if "(" not in folded and ")" not in folded:
        return [text]
    inside = [part for part in re.findall(r"\(([^()]*)\)", folded) if _stands_alone(part)]
    outside = re.sub(r"\([^()]*\)?", " ", folded).replace(")", " ")
    return [outside.strip(), *inside]


def _stands_alone(part: str) -> bool:
    return len(_LATIN_WORDS.findall(part)) > 1 or len(_HAN_RUN.findall(part)) > 3


def _split_slash(text: str) -> list[str]:
    parts = re.split(r"\s*[/／;；]\s*", text)
    return parts if len(parts) > 1 and all(_stands_alone(part) for part in parts) else [text]


def _split_scripts(text: str) -> list[str]:
    if not has_han(text) or len(_LATIN_WORDS.findall(text)) < 2:
        return [text]
    latin = re.sub(rf"[{HAN_CLASS}]+", " ", text).strip()
    han = "".join(re.findall(rf"[{HAN_CLASS}0-9]+", text))
    return [latin, han]


def views_of(name: str, lexicon: Lexicon) -> list[View]:
    """Read a name in every way that it may be compared."""
    found: list[View] = []
    for variant in variants_of(name):
        words = words_of(variant)
        if not words:
            continue
        if any(not word.isascii() and _HAN_RUN.match(word) for word in words):
            found += _han_views(words, fold(variant), lexicon)
        else:
            found += _latin_views(words, lexicon)
    return list(dict.fromkeys(view for view in found if view.slots))


def _latin_views(words: list[str], lexicon: Lexicon) -> list[View]:
    grouped = lexicon.with_groups(without_slips(words, lexicon))
    concepts = lexicon.concepts(canonical_legal_forms(grouped)[0])
    rest, _ = canonical_legal_forms(words)
    kept = [c for c in concepts if lexicon.kind(c) != "stop"] or concepts
    slots = tuple(_latin_slot(concept, lexicon) for concept in kept[:_MOST_SLOTS])
    numbers = _numbers(kept)
    surface = "".join(word for word in rest if lexicon.phrases.get((word,)) not in ("of", "the"))
    views = [View(LATIN, slots, numbers, surface)]
    together = _run_together(kept, lexicon)
    if together:
        again = tuple(_latin_slot(concept, lexicon) for concept in together[:_MOST_SLOTS])
        views.append(View(LATIN, again, numbers, surface))
    syllables = split_words(rest)
    if len(syllables) > 1:
        views.append(_pinyin_view(syllables))
    if may_be_acronym(rest, lexicon):
        views.append(_short_view(SHORT, rest))
    # Initials leave the number out, and it is what tells the institutes of one group apart.
    full = () if any(n >= 0 for n in numbers) else initials(words, lexicon)
    if full:
        views.append(_short_view(DERIVED, full))
    return views


def _latin_slot(concept: str, lexicon: Lexicon) -> Slot:
    kind = "number" if concept.isdigit() else lexicon.kind(concept)
    kind = kind if kind in BASE_WEIGHTS and kind != "short" else "core"
    return Slot(kind, BASE_WEIGHTS[kind], ((concept,),))


def _run_together(concepts: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Join the first two short words of no known meaning: 'bu ali sina' is written 'buali sina'."""
    for place, (a, b) in enumerate(pairwise(concepts)):
        short = len(a) + len(b) <= _LONGEST_TOGETHER and min(len(a), len(b)) <= 4
        if short and a.isalpha() and b.isalpha() and lexicon.kind(a) == lexicon.kind(b) == "core":
            return [*concepts[:place], a + b, *concepts[place + 2 :]]
    return []


def _numbers(concepts: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers among the concepts, and the points of the compass below zero."""
    row = list(concepts)
    points = {POINTS[c] for c in row if c in POINTS}
    return tuple(sorted(points | {int(c) for c in row if c.isdecimal() and len(c) < 7}))


def _short_view(sort: int, forms: Sequence[str]) -> View:
    readings = tuple(("^" + form,) for form in forms)
    written = forms[0] if sort == SHORT else ""
    return View(sort, (Slot("core", BASE_WEIGHTS["short"], readings),), (), written)


def _pinyin_view(syllables: Sequence[str]) -> View:
    pairs = [a + "+" + b for a, b in pairwise(syllables)]
    slots = tuple(Slot("field", 0.5, (("~" + pair,),)) for pair in pairs[:_MOST_SLOTS])
    return View(PINYIN, slots, tuple(spoken_numbers(syllables)), "".join(syllables))


def _han_views(words: list[str], folded: str, lexicon: Lexicon) -> list[View]:
    pairs: list[tuple[Slot, Slot]] = []
    text = ""
    for place, word in enumerate(words):
        numbered = place + 1 < len(words) and words[place + 1].isdigit()
        found = (
            _mixed_slots(word, lexicon)
            if word.isascii()
            else _han_slots(word, lexicon, numbered=numbered)
        )
        pairs += found
        text += "".join(slot.text for slot, _ in found)
    read = [concept for _, english in pairs for concept in english.readings[0]]
    numbers = _numbers([*(word for word in words if word.isdigit()), *read])
    pairs = pairs[:_MOST_SLOTS]
    views = [
        View(HAN, tuple(han for han, _ in pairs), numbers, text),
        View(TRANSLATED, tuple(english for _, english in pairs), numbers, ""),
    ]
    syllables = syllables_of(folded)
    if len(syllables) > 1:
        views.append(_pinyin_view(syllables))
    runs = [word for word in words if not word.isascii()]
    if len(words) == 1 and 2 <= len(runs[0]) <= LONGEST_HAN_SHORT_FORM:
        views.append(_short_view(SHORT, runs))
    short = han_short_forms(runs, lexicon)
    return views + [_short_view(DERIVED, short)] * bool(short)


def _mixed_slots(word: str, lexicon: Lexicon) -> list[tuple[Slot, Slot]]:
    """Return the slot of a Latin word or number in a Han name, for both views."""
    concept = (lexicon.concepts([word]) or [word])[0]
    if lexicon.kind(concept) == "stop":
        return []
    slot = replace(_latin_slot(concept, lexicon), text=word)
    return [(slot, slot)]


def _han_slots(run: str, lexicon: Lexicon, *, numbered: bool) -> list[tuple[Slot, Slot]]:
    """Return the slots of a Han run, as Han words and as English, pairwise.

    A run that is an industry's name before a number stands for the industry's groups.
    """
    group = lexicon.han.get(run + "#") if numbered else None
    found = []
    for piece, known in [(run, group)] if group else pieces_of(run, lexicon):
        kind = known.kind if known and known.kind != "short" else "core"
        readings = readings_of(piece, known)[:_MOST_READINGS]
        if kind == "stop" or readings == (("ltd",),):
            continue
        english = _translated_slot(piece, kind, readings, lexicon)
        found.append((english if kind == "parent" else _han_slot(piece, kind), english))
    return found


def _han_slot(piece: str, kind: str) -> Slot:
    readings: tuple[tuple[str, ...], ...] = ((piece,),)
    if kind == "core" and len(piece) > 2:
        readings += (tuple(piece[i : i + 2] for i in range(len(piece) - 1)),)
    weight = BASE_WEIGHTS[kind] * (1.6 if len(piece) > 3 else 1.0)
    return Slot(kind, weight, readings, piece)


def _translated_slot(
    piece: str, kind: str, readings: tuple[tuple[str, ...], ...], lexicon: Lexicon
) -> Slot:
    weights = [BASE_WEIGHTS.get(lexicon.kind(concept), 0.6) for concept in readings[0]]
    if kind in ("core", "place", "parent"):
        weights = [BASE_WEIGHTS[kind]]
    return Slot(kind, sum(weights), readings, piece)
