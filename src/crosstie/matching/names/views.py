"""A name as the matcher compares it: views, each a row of weighted slots.

A Latin name has one view; a Han name has its words, their English translation and its pinyin. A
slot is one part of the name, with the readings that may stand for it. A name that gives another
in brackets or after 'a.k.a.' has a view for each. Abbreviations are a view of their own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from crosstie.matching.names.acronyms import (
    LONGEST_HAN_SHORT_FORM,
    han_short_forms,
    initials,
    may_be_acronym,
)
from crosstie.matching.names.compass import points_of
from crosstie.matching.names.groups import group_numbers, place_number, with_groups
from crosstie.matching.names.han import pieces_of, readings_of
from crosstie.matching.names.legal_forms import canonical_legal_forms
from crosstie.matching.names.lexicon import Lexicon
from crosstie.matching.names.mending import dotted_words, mended
from crosstie.matching.names.pinyin import split_words, spoken_numbers, syllables_of
from crosstie.matching.names.words import LONGEST_NAME, words_of
from crosstie.matching.names.written import name_only
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
_MAY_SLASH, _SLASH = re.compile(r"[/／;；]"), re.compile(r"\s*[/／;；]\s*")
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
    text = name_only(name[:LONGEST_NAME])
    found = [text]
    parts = [text]
    for cut in (_split_known_as, _split_brackets, _split_slash, _split_scripts):
        parts = [piece for part in parts for piece in cut(part)]
    for part in parts:
        if part not in found and len(words_of(part)) and len(part) > 1:
            found.append(part)
    return found[:_MOST_VARIANTS]


def _split_known_as(text: str) -> list[str]:
    lower = text.lower()
    if "k" not in lower and "formerly" not in lower and "may be" not in lower:
        return [text.strip(" ,;()")]
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
    parts = _SLASH.split(text) if _MAY_SLASH.search(text) else [text]
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
    seats = _bracketed_places(name, lexicon)
    for variant in variants_of(name):
        words = words_of(variant)
        if not words:
            continue
        if not variant.isascii() and any(_HAN_RUN.match(word) for word in words):
            found += _han_views(words, fold(variant), lexicon)
        else:
            found += _latin_views(words, dotted_words(variant), lexicon)
    if seats:
        found = [replace(view, numbers=tuple(sorted({*view.numbers, *seats}))) for view in found]
    return _once(view for view in found if view.slots)


def _once(views: Iterable[View]) -> list[View]:
    """Return the views without those that came before: few are compared faster than hashed."""
    kept: list[View] = []
    for view in views:
        if view not in kept:
            kept.append(view)
    return kept


def _bracketed_places(name: str, lexicon: Lexicon) -> set[int]:
    """Return numbers for the places in brackets: Bank X (Hong Kong) is not Bank X (Singapore)."""
    if "(" not in name and "（" not in name:
        return set()
    found = set()
    for inside in re.findall(r"[(（]([^()（）]*)[)）]", name):
        concepts = lexicon.concepts(c for w in words_of(inside) for c in _english_of(w, lexicon))
        if concepts and all(lexicon.kind(concept) == "place" for concept in concepts):
            found.add(place_number(" ".join(concepts)))
    return found


def _english_of(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    known = lexicon.han.get(word)
    return readings_of(word, known)[0] if known else (word,)


def _latin_views(words: list[str], dotted: frozenset[str], lexicon: Lexicon) -> list[View]:
    meant, others = mended(words, dotted, lexicon)
    grouped = with_groups(meant, lexicon)
    concepts = lexicon.concepts(canonical_legal_forms(grouped.words)[0], groups=False)
    kept = [c for c in concepts if lexicon.kinds.get(c) != "stop"] or concepts
    numbers = _numbers(kept, lexicon, grouped.written, words)
    surface = _surface(kept, lexicon)
    views = []
    for row in (kept, _run_together(kept, lexicon), _unfolded(kept, grouped.written)):
        if row:
            slots = tuple(_latin_slot(c, lexicon, others.get(c, ())) for c in row[:_MOST_SLOTS])
            views.append(View(LATIN, slots, numbers, surface))
    rest, legal = canonical_legal_forms(words)
    syllables = split_words(rest)
    if len(syllables) > 1:
        views.append(_pinyin_view(syllables))
    if may_be_acronym(rest, lexicon):
        views.append(_short_view(SHORT, rest))
    # Initials leave the number out, and it is what tells the institutes of one group apart.
    numbered = numbers and numbers[-1] >= 0
    full = [] if numbered else initials(rest, legal, lexicon)
    if full:
        views.append(_short_view(DERIVED, full))
    return views


def _unfolded(concepts: Sequence[str], written: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the concepts with the words that stood for each group in its place, if there is one.

    A name written loosely meets these words where it does not meet the group as a whole.
    """
    if not written or not any(len(written.get(concept, ())) > 1 for concept in concepts):
        return []
    return [word for concept in concepts for word in written.get(concept, (concept,))]


def _surface(concepts: Sequence[str], lexicon: Lexicon) -> str:
    """Return the letters run together: of what words stand for, and of a group's full name.

    So 'Uralskaya Vertoletnaya' is as like 'Ural Helicopter' as one word is to itself.
    """
    words = concepts
    if not lexicon.full_names.keys().isdisjoint(concepts):
        words = [word for concept in concepts for word in lexicon.full_name(concept)]
    return "".join(words).replace(" ", "")


@lru_cache(1 << 16)
def _latin_slot(concept: str, lexicon: Lexicon, others: tuple[str, ...] = ()) -> Slot:
    """Return the slot of a concept; `others` are what else it may mean."""
    kind = "number" if concept.isdigit() else lexicon.kind(concept)
    kind = kind if kind in BASE_WEIGHTS and kind != "short" else "core"
    return Slot(kind, BASE_WEIGHTS[kind], tuple((meaning,) for meaning in (concept, *others)))


def _run_together(concepts: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Join the first two short words of no known meaning: 'bu ali sina' is written 'buali sina'."""
    for place, (a, b) in enumerate(pairwise(concepts)):
        short = len(a) + len(b) <= _LONGEST_TOGETHER and min(len(a), len(b)) <= 4
        if short and a.isalpha() and b.isalpha() and lexicon.kind(a) == lexicon.kind(b) == "core":
            return [*concepts[:place], a + b, *concepts[place + 2 :]]
    return []


def _numbers(
    concepts: Iterable[str],
    lexicon: Lexicon,
    groups: Mapping[str, Sequence[str]],
    written: Sequence[str] = (),
) -> tuple[int, ...]:
    """Return the numbers among the concepts; below zero, the points of the compass and the groups.

    The points in a group's own name count, as a name that does not give the group in full has them.
    """
    named = list(concepts)
    row = [*named, *(word for full in groups.values() for word in full)]
    numbers = {int(c) for c in row if c.isdecimal() and len(c) < 7}
    below = points_of(row, lexicon, written) | group_numbers(groups, named, lexicon)
    return tuple(sorted(below | numbers))


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
    digits = [word for word in words if word.isdigit()]
    groups: dict[str, tuple[str, ...]] = {}
    for _, english in pairs:
        meant = {row[0] for row in english.readings if row[0] in lexicon.full_names}
        # 中电 may be either of two groups: it names neither.
        if len(meant) == 1 and len(english.readings[0]) == 1:
            groups |= {group: lexicon.full_names[group] for group in meant}
    numbers = _numbers([*digits, *read], lexicon, groups)
    pairs = pairs[:_MOST_SLOTS]
    views = [
        View(HAN, tuple(han for han, _ in pairs), numbers, text),
        View(TRANSLATED, tuple(english for _, english in pairs), numbers, ""),
        View(TRANSLATED, tuple(_english_unfolded([e for _, e in pairs], lexicon)), numbers, ""),
    ]
    syllables = syllables_of(folded)
    if len(syllables) > 1:
        views.append(_pinyin_view(syllables))
    runs = [word for word in words if not word.isascii()]
    # An official short form has its full name; a rule would give it to others too.
    official = runs and (known := lexicon.han.get(runs[0])) and known.kind == "short"
    if len(words) == 1 and 2 <= len(runs[0]) <= LONGEST_HAN_SHORT_FORM and not official:
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


def _english_unfolded(slots: Sequence[Slot], lexicon: Lexicon) -> list[Slot]:
    """Return the slots with the words of each group's full name in its place, if there is one."""
    row: list[Slot] = []
    for slot in slots:
        full = lexicon.full_names.get(slot.readings[0][0]) if len(slot.readings[0]) == 1 else None
        words = [replace(_latin_slot(word, lexicon), text=slot.text) for word in full or ()]
        row += words or [slot]
    return row[:_MOST_SLOTS] if len(row) > len(slots) else []


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
