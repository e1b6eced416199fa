"""Large groups, and bodies known by a name that is no description, found in a name's words.

Both views are kept: the one concept that stands for the group, and the words of its name, which
a name written loosely may still meet.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from crosstie.matching.names.conventions import conventions
from crosstie.matching.names.legal_forms import canonical_legal_forms
from crosstie.matching.names.lexicon import CORPORATE, LINKING, Lexicon

_SURE = {"parent": 4, "short": 3}
"""Words of a name that need no corporate word beside them to mean a group, or a known body."""
_TOLD = 3
"""Words of a group's name that need no more than a corporate word anywhere behind them."""
_MOST_WORDS = 10
FIRST_GROUP = -1000
"""Numbers at or below this one stand for groups, and for a group alone or a part of one."""
_SPAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """Words with each group's name as one concept, and the words that stood for each of them."""

    words: list[str]
    written: dict[str, tuple[str, ...]]


def with_groups(words: Sequence[str], lexicon: Lexicon) -> Found:
    """Replace the names of known groups by the concept that stands for each.

    It comes before legal forms are taken off: the corporation in 'China Shipbuilding Industry
    Corporation 719th Institute' is part of the group's name.
    """
    row = [word for word in words if word not in LINKING]
    if lexicon.group_heads.isdisjoint(row):
        return Found(row, {})
    before_of = _before_of(words)
    typed = [_with_plain_type(word, lexicon) for word in row]
    found = Found([], {})
    place = 0
    while place < len(row):
        concept, size = _group_at(row, typed, place, lexicon)
        # 'Beijing University of Technology' is no Beijing University.
        if size and lexicon.kind(concept) == "short" and place + size - 1 in before_of:
            size = 0
        if size:
            meant = lexicon.concepts(
                canonical_legal_forms(row[place : place + size])[0], groups=False
            )
            found.written[concept] = tuple(meant) if size > 1 else lexicon.full_name(concept)
            found.words.append(concept)
        else:
            found.words.append(row[place])
        place += size or 1
    return found


def _before_of(words: Sequence[str]) -> set[int]:
    """Return the places, among the words that do not link, after which 'of' follows."""
    places, count = set(), 0
    for word in words:
        if word not in LINKING:
            count += 1
        elif word == "of":
            places.add(count - 1)
    return places


def _with_plain_type(word: str, lexicon: Lexicon) -> str:
    """Return the word that a type's spelling stands for: 'Beihang Univ.' is Beihang University."""
    concept = lexicon.phrases.get((word,), word)
    return concept if lexicon.kind(concept) == "type" else word


def _group_at(row: list[str], typed: list[str], place: int, lexicon: Lexicon) -> tuple[str, int]:
    if row[place] in lexicon.group_starts:
        written = max((row, typed), key=lambda words: lexicon.phrase_size(words, place))
        size = lexicon.phrase_size(written, place)
        concept = lexicon.phrases[tuple(written[place : place + size])] if size else ""
        if concept and lexicon.kind(concept) in ("parent", "short"):
            return concept, size
    first = lexicon.phrases.get((row[place],), row[place])
    return _loosely(row, place, lexicon) if first in lexicon.loose_starts else ("", 0)


def _loosely(row: list[str], place: int, lexicon: Lexicon) -> tuple[str, int]:
    """Return the group whose name the words have, whatever their endings and corporate words."""
    met: list[str] = []
    best, size, corporate = "", 0, False
    end = place
    while end < len(row) and end - place < _MOST_WORDS:
        if met and row[end] in CORPORATE:
            corporate = True
            end += 1
        else:
            step = lexicon.phrase_size(row, end, groups=False) or 1
            met.append(lexicon.phrases.get(tuple(row[end : end + step]), row[end]))
            end += step
        group = lexicon.loose.get(tuple(met))
        if group is not None:
            named = corporate or (end < len(row) and row[end] in CORPORATE)
            # 'China Electronics Technology HIK Group' is a part of the group.
            named = named or (len(met) >= _TOLD and not CORPORATE.isdisjoint(row[end:]))
            if named or len(met) >= _SURE[lexicon.kind(group)]:
                best, size = group, end - place
    while size and place + size < len(row) and row[place + size] in CORPORATE:
        size += 1
    return best, size


def group_numbers(groups: Collection[str], concepts: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Return numbers for the groups of a name: two groups are two, and a group is not its branch.

    The second number of each tells whether the name is the group's own or a part's. A name that
    adds but a place to the group's may be either, and has no such number.
    """
    found: set[int] = set()
    if not groups:
        return found
    rest = [c for c in concepts if c not in groups and c not in CORPORATE]
    rest = [c for c in rest if c not in conventions().owners and lexicon.kind(c) != "stop"]
    part = any(lexicon.kind(c) != "place" for c in rest)
    for group in groups:
        # Groups that have merged keep their institutes' numbers: to an institute they are one.
        numbered = any(c.isdecimal() for c in concepts)
        near = (two for one, two in lexicon.near if one == group) if numbered else ()
        code = crc32(min([group, *near]).encode()) % _SPAN
        found.add(FIRST_GROUP - code)
        if part or not rest:
            found.add(FIRST_GROUP - (2 if part else 1) * _SPAN - code)
    return found


def place_number(place: str) -> int:
    """Return the number that stands for a place in brackets, which tells two companies apart."""
    return FIRST_GROUP - 3 * _SPAN - crc32(place.encode()) % _SPAN


def whole_and_part(a: Iterable[int], b: Iterable[int]) -> bool:
    """Return whether, by their numbers, one name is a group's own and the other a part's."""
    one, two = ({divmod(FIRST_GROUP - n, _SPAN) for n in numbers if n < 0} for numbers in (a, b))
    return any((3 - kind, code) in two for kind, code in one if kind in (1, 2))


def seats_differ(a: Iterable[int], b: Iterable[int]) -> bool:
    """Return whether, by their numbers, each name has a place in brackets that the other lacks."""
    one, two = ({n for n in numbers if n <= FIRST_GROUP - 3 * _SPAN} for numbers in (a, b))
    return bool(one - two and two - one)
