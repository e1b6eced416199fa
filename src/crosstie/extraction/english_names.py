"""Find the names in English running text, with the kind of thing that each names."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from crosstie.extraction.aliases import also_known_as, initials_of, short_form
from crosstie.extraction.context import (
    facility_noun,
    kind_called,
    kind_from_context,
    programme_noun,
)
from crosstie.extraction.english_chunks import chunks
from crosstie.extraction.english_marks import known_names, quoted_titles, state_organs
from crosstie.extraction.english_plaintiffs import plaintiffs
from crosstie.extraction.english_shapes import Labels, ModelName, Shapes
from crosstie.extraction.english_signs import Signs
from crosstie.extraction.english_terms import term_names
from crosstie.extraction.english_words import Chunk, Word
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import name_words, places
from crosstie.extraction.name_kinds import is_demonym, is_place, is_strong, kind_of_name
from crosstie.extraction.passages import Sentence
from crosstie.extraction.people import people, without_posts
from crosstie.extraction.spots import (
    ORGANISATION_LIKE,
    Spot,
    Strength,
    known_yield,
    without_overlaps,
)

_LEGAL_DOT = re.compile(r"(?:Ltd|Co|Corp|Inc|Bhd|LTD|Pte)$")
_MODIFIER = re.compile(r"(?:[ -][a-z]|\s(?:government|Government)\b)")
_ABBREVIATED = frozenset({"U.S.", "U.S", "US", "U.K.", "UK", "EU"})


def english_spots(
    text: str,
    sentences: Sequence[Sentence],
    model_names: Sequence[ModelName],
    gazetteer: Gazetteer,
) -> list[Spot]:
    """Return the names in the sentences, in order, without overlaps."""
    labels = Labels(text, model_names)
    runs = [
        chunk
        for s in sentences
        for chunk in (_places_of(text, s) if s.dateline else chunks(text, s.start, s.end))
    ]
    found: list[Spot] = []
    for sentence in sentences:
        found.extend(known_names(text, sentence, gazetteer))
        found.extend(term_names(text, sentence))
        found.extend(state_organs(text, sentence))
        found.extend(quoted_titles(text, sentence))
        found.extend(plaintiffs(text, sentence))
    posted = list(people(text, runs, labels.of))
    surnames = {part for spot in posted for part in spot.name.split()}
    datelines = [chunk for s in sentences if s.dateline for chunk in _places_of(text, s)]
    signs = Signs(text, runs, datelines, labels.of)
    shapes = Shapes(text, runs, labels, signs, surnames)
    found.extend(posted)
    for chunk in runs:
        found.extend(_typed(text, chunk))
        found.extend(shapes.spots(chunk))
    spots = _with_parents(text, without_overlaps(known_yield(found)))
    return _with_aliases(text, spots, runs, lambda form: form in surnames or signs.is_place(form))


def _places_of(text: str, dateline: Sentence) -> Iterator[Chunk]:
    """Yield the names before a dateline's parenthesis, which names a news agency."""
    stop = text.find("(", dateline.start, dateline.end)
    yield from chunks(text, dateline.start, stop if stop > 0 else dateline.end)


def _typed(text: str, chunk: Chunk) -> Iterator[Spot]:
    """Yield the spot of a chunk whose own words tell its kind."""
    words = _without_nation_of_people(without_posts(chunk.words))
    if not words:
        return
    texts = [word.text for word in words]
    start, end = words[0].start, words[-1].end
    name = " ".join(text[start:end].split())
    if is_place(name):
        if not (
            name in _ABBREVIATED and (_MODIFIER.match(text, end) or text[end : end + 1] == "$")
        ):
            yield Spot(
                start, end, "place", name, Strength.PLACE, country=places().english.get(name)
            )
        return
    kind = kind_of_name(texts)
    longer = _with_noun(text, start, end, kind)
    if longer is not None:
        yield longer
        return
    told = _said_to_be(text, start, end, kind, texts)
    if told:
        # "the port operator Hualan Port" is a firm, here and wherever the name stands.
        kind = told
    if kind is None or is_demonym(name) or _only_nation(texts, kind):
        return
    if _LEGAL_DOT.search(texts[-1]) and text[end : end + 1] == ".":
        end += 1
    strength = Strength.FORM if is_strong(texts) or "of" in texts else Strength.WEAK_FORM
    if told:
        strength = Strength.STATE
    yield Spot(start, end, kind, " ".join(text[start:end].split()), strength)


def _with_noun(text: str, start: int, end: int, kind: str | None) -> Spot | None:
    """Return a name that a common noun goes on: "the Silver Bridge plan", "the Hexi Bay yard"."""
    if kind not in _SITES or text[max(0, start - 4) : start].casefold() != "the ":
        return None
    for stop, other in (
        (programme_noun(text, end), "programme"),
        (facility_noun(text, end), "facility"),
    ):
        if stop is not None:
            return Spot(start, stop, other, " ".join(text[start:stop].split()), Strength.FORM)
    return None


# What a text calls a thing settles its kind, unless the name's own form leaves no doubt.
_SETTLED = frozenset({"university", "court", "military_unit", "party_body", "place", "system"})
# "The frigate Sorrow Bay", "the port operator Hualan Port".
_SITES = frozenset({"place", "facility"})
_ALIKE = frozenset({"research_institute", "laboratory", "university", "facility"})


def _said_to_be(
    text: str, start: int, end: int, kind: str | None, texts: Sequence[str]
) -> str | None:
    """Return the kind that the text gives against the name's own: "Talent Bridge, a programme"."""
    if kind in _SITES and (told := kind_from_context(text, start, end)) in ("company", "system"):
        return told
    if kind is None or kind in _SETTLED:
        return None
    if any(word.rstrip(".") in name_words().legal_forms for word in texts):
        return None
    told = kind_called(text, end)
    return None if told == kind or {told, kind} <= _ALIKE else told


def _only_nation(texts: Sequence[str], kind: str) -> bool:
    """Return whether a name is a nation and a common noun: "Selimian Companies"."""
    return (
        len(texts) == 2
        and texts[0] in places().demonyms
        and kind in ("company", "ngo", "programme")
    )


def _without_nation_of_people(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words without the nation before "People's ...", which names no part of it."""
    if len(words) > 2 and words[0].text in places().demonyms and words[1].text.startswith("People"):
        return words[1:]
    return words


_PARENT_JOIN = re.compile(r",\s(?:the\s)?$")
_AFTER_PARENT = re.compile(r"\s?(?:,|\.|;|\)|$|\s(?:in|to|and|under)\b)")
_CHILD_KINDS = frozenset({"research_institute", "laboratory"})
_PARENT_KINDS = frozenset({"research_institute", "university", "company"})


def _with_parents(text: str, spots: list[Spot]) -> list[Spot]:
    """Join an institute with the parent set behind a comma: "Hexi Institute, Selim Academy"."""
    result: list[Spot] = []
    at = 0
    while at < len(spots):
        spot = spots[at]
        parent = spots[at + 1] if at + 1 < len(spots) else None
        if parent is not None and _is_numbered_unit(text, spot, parent):
            name = " ".join(text[spot.start : parent.end].split())
            result.append(replace(parent, start=spot.start, name=name, part_of=spot))
            at += 2
            continue
        if parent is not None and _is_parent(text, spot, parent):
            name = " ".join(text[spot.start : parent.end].split())
            result.append(replace(spot, end=parent.end, name=name, part_of=parent))
            at += 2
            continue
        result.append(spot)
        at += 1
    return result


_UNIT = re.compile(r"(?:No\.?\s?)?\d+(?:st|nd|rd|th)?\s")


def _is_numbered_unit(text: str, owner: Spot, unit: Spot) -> bool:
    """Return whether a numbered institute stands behind its owner: "Hexi Group's 9th Institute"."""
    return (
        owner.kind in _PARENT_KINDS | {"military_unit", "government_body"}
        and unit.kind in _CHILD_KINDS
        and text[owner.end : unit.start] in ("'s ", "’s ", " ")
        and _UNIT.match(unit.name) is not None
    )


def _is_parent(text: str, spot: Spot, parent: Spot) -> bool:
    return (
        spot.kind in _CHILD_KINDS
        and parent.kind in _PARENT_KINDS
        and spot.strength >= Strength.FORM
        and parent.strength >= Strength.FORM
        and _PARENT_JOIN.fullmatch(text[spot.end : parent.start]) is not None
        and _AFTER_PARENT.match(text, parent.end) is not None
    )


def _with_aliases(
    text: str, spots: list[Spot], runs: Sequence[Chunk], is_taken: Callable[[str], bool]
) -> list[Spot]:
    """Add the short forms that the text defines, and mark every spot with its full name."""
    defined, table = _defined_aliases(text, spots)
    explicit = dict(table)
    for form, full in _short_forms(text, defined).items():
        if not is_taken(form):
            table.setdefault(form, full)
    more = [*_alias_chunks(text, runs, table), *_found_again(text, runs, defined)]
    found = without_overlaps(known_yield([*defined, *more]))
    return _of_one_kind([_in_full(spot, table, explicit) for spot in found])


def _of_one_kind(spots: Sequence[Spot]) -> list[Spot]:
    """Give every place of a name the kind that its surest place tells."""
    surest: dict[str, Spot] = {}
    for spot in spots:
        if spot.name not in surest or spot.strength > surest[spot.name].strength:
            surest[spot.name] = spot
    return [replace(spot, kind=surest[spot.name].kind) for spot in spots]


def _in_full(
    spot: Spot, table: dict[str, tuple[str, str]], explicit: dict[str, tuple[str, str]]
) -> Spot:
    """Return the spot with the full name and kind of the alias that it is.

    A name that the workspace knows keeps its kind, and is renamed only where the text says so.
    """
    if spot.strength >= Strength.GAZETTEER:
        return replace(spot, name=explicit[spot.name][0]) if spot.name in explicit else spot
    if spot.name not in table:
        return spot
    name, kind = table[spot.name]
    return replace(spot, name=name, kind=kind)


def _defined_aliases(
    text: str, spots: Iterable[Spot]
) -> tuple[list[Spot], dict[str, tuple[str, str]]]:
    """Return the spots, their parentheses taken in, and alias → (full name, kind)."""
    table: dict[str, tuple[str, str]] = {}
    result: list[Spot] = []
    for spot in spots:
        named = short_form(text, spot.end, spot.name) if spot.kind != "person" else None
        if named and named[0] not in table and not is_place(named[0]):
            table[named[0]] = (spot.name, spot.kind)
            spot = replace(spot, alias=named[0], cover_end=named[1])
        elif spot.kind in ORGANISATION_LIKE and (second := also_known_as(text, spot.end)):
            table.setdefault(text[second[0] : second[1]], (spot.name, spot.kind))
        result.append(spot)
    return result, table


def _alias_chunks(
    text: str, runs: Sequence[Chunk], table: dict[str, tuple[str, str]]
) -> Iterator[Spot]:
    """Yield every chunk, or end of a chunk, that is an alias or a short form."""
    for chunk in runs:
        for word in chunk.words:
            surface = text[word.start : chunk.end]
            if surface in table:
                yield Spot(word.start, chunk.end, table[surface][1], surface, Strength.ALIAS)
                break


def _found_again(text: str, runs: Sequence[Chunk], spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield chunks that are, word for word, a name found elsewhere in the article."""
    kinds = {s.name: s.kind for s in spots if s.strength >= Strength.MODEL and s.kind != "person"}
    for chunk in runs:
        surface = " ".join(text[chunk.start : chunk.end].split())
        if surface in kinds:
            yield Spot(chunk.start, chunk.end, kinds[surface], surface, Strength.GUESS)


def _short_forms(text: str, spots: Iterable[Spot]) -> dict[str, tuple[str, str]]:
    """Return first words and initials of full names that fit one name only: Hexi → Hexi Group."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for spot in spots:
        words = spot.name.split()
        if spot.kind not in ORGANISATION_LIKE or len(words) < 2:
            continue
        forms = {initials_of(spot.name)} - {""}
        if spot.strength >= Strength.WEAK_FORM or kind_called(text, spot.end) == spot.kind:
            forms.update(" ".join(words[:n]) for n in range(1, len(words)))
            if is_place(words[0]):
                # "Hangzhou Beihe Optics" goes by "Beihe".
                forms.update(" ".join(words[1:n]) for n in range(2, len(words)))
        for form in forms:
            if _may_be_short(form):
                owners.setdefault(form, set()).add((spot.name, spot.kind))
    return {form: next(iter(full)) for form, full in owners.items() if len(full) == 1}


def _may_be_short(form: str) -> bool:
    lexicon = name_words()
    words = form.split()
    if len(form) < 2 or is_place(form) or is_demonym(form) or kind_of_name(words):
        return False
    common = lexicon.not_names | lexicon.fields | lexicon.posts
    return words[-1] not in ("of", "and", "the", "for", "on", "in", "&") and not (
        len(words) == 1 and (form in common or form in lexicon.last or form in lexicon.first)
    )
