"""Find the names in English running text, with the kind of thing that each names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosstie.extraction.aliases import also_known_as, initials_of, short_form
from crosstie.extraction.context import kind_from_context, programme_noun
from crosstie.extraction.english_chunks import Chunk, Word, chunks
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import name_words, places, terms
from crosstie.extraction.models import english_words
from crosstie.extraction.name_kinds import is_demonym, is_place, is_strong, kind_of_name
from crosstie.extraction.passages import Sentence
from crosstie.extraction.people import looks_personal, people, without_posts
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot, without_overlaps

# How sure each way of finding a name is; the higher wins where two overlap.
GAZETTEER, QUOTED, STATE, FORM, ALIAS, WEAK_FORM, PLACE, TERM, MODEL, GUESS = (
    11,
    10,
    9,
    8,
    7,
    6,
    6,
    5,
    4,
    3,
)

_MODEL_KINDS = {
    "ORG": "company", "GPE": "place", "LOC": "place", "FAC": "facility", "PRODUCT": "system",
    "EVENT": "event", "LAW": "programme", "WORK_OF_ART": "document",
}  # fmt: skip
_NOISE = re.compile(
    r"(?:PhDs?|MSc|BSc|MBA|DNA|RNA|GDP|CEO|CFO|MW|GW|KW|kW|km|TV|OK|FR|USD|RMB|CNY|MOU|MoU|R&D|COVID.*|IDs?|IT|PDF|"
    r"Q[1-4]|[A-Z]|[IVXL]+|AM|PM|Ltd|Co|Inc|ISBN|DOI|http.*|www.*|NGOs?|SOEs?|URL|Fed|Reg|Act|Vol|UTC|GMT|Rev|"
    r"Risk|Ties|Partners|Additions|Revisions|Entities|Licenses|Constitution)$"
)
# A title in curly quotation marks may hold another: “Plan for the “Silk Line” Corridor”.
_QUOTED_TITLE = re.compile(
    r"“([A-Z][^“”\n]{2,120}(?:“[^“”\n]{2,60}”[^“”\n]{0,120})*)”|\"([A-Z][^\"\n]{6,180})\"|‘([A-Z][^‘’\n]{6,80})[,.]?’"
)
_SMALL_WORDS = frozenset(
    {"of", "and", "the", "for", "on", "in", "to", "a", "an", "with", "at", "by", "or"}
)
_COMMON_NOUN = re.compile(r"\s(?:[a-z]|are|is|country|countries|initiative|strategy)|[,.”]")
_LEGAL_DOT = re.compile(r"(?:Ltd|Co|Corp|Inc|Bhd|LTD|Pte)$")
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,6}\d{0,4}$")
_CAMEL = re.compile(r"[a-z][A-Z]|^\d+[A-Z][a-z]")
# What the model labels like this is a nation, a date or a number, and no name.
_NO_NAMES = frozenset(
    {"NORP", "DATE", "TIME", "LANGUAGE", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}
)
_LOCATIVE = r"\b(?:in|near|from|across|throughout|outside|around|at|off|to|towards|into|reached|visited)\s(?:the\s)?"
_STATE_NOUNS = {
    "government": "government_body", "Government": "government_body", "military": "military_unit",
    "armed forces": "military_unit", "army": "military_unit", "navy": "military_unit", "air force": "military_unit",
}  # fmt: skip
# "the Selimian military aircraft" names no armed service.
_NOT_BEHIND = (
    r"(?!\s(?:aircraft|compan|industr|official|personnel|end|moderni|base|equipment|technolog|media|power|"
    r"spending|application|use|leader|exercise|unit|capabilit|research|academ|universit|hardware|drone|vehicle|"
    r"purpose|activit|expan|might|budget|operation|strateg|doctrine|satellite|system|contract|presence|"
    r"complex|establishment|bas|support|cooperation|hospital|school|police|project|supplier|planner|and civil|and intell))(?!-)"
)
_MODIFIER = re.compile(r"(?:[ -][a-z]|\s(?:government|Government)\b)")
_ABBREVIATED = frozenset({"U.S.", "U.S", "US", "U.K.", "UK", "EU"})


@dataclass(frozen=True, slots=True)
class ModelName:
    """A name that the language model proposes, with its label."""

    start: int
    end: int
    label: str


def english_spots(
    text: str,
    sentences: Sequence[Sentence],
    model_names: Sequence[ModelName],
    gazetteer: Gazetteer,
) -> list[Spot]:
    """Return the names in the sentences, in order, without overlaps."""
    labels = _Labels(text, model_names)
    runs = [chunk for s in sentences for chunk in chunks(text, s.start, s.end)]
    found: list[Spot] = []
    for sentence in sentences:
        found.extend(_known(text, sentence, gazetteer))
        found.extend(_terms(text, sentence))
        found.extend(_state_organs(text, sentence))
        found.extend(_quoted_titles(text, sentence))
    posted = list(people(text, runs, labels.of))
    shapes = _Shapes(text, runs, labels, {part for spot in posted for part in spot.name.split()})
    found.extend(posted)
    for chunk in runs:
        found.extend(_typed(text, chunk))
        found.extend(shapes.spots(chunk))
    spots = _with_parents(text, without_overlaps(_known_yields(found)))
    return _with_aliases(text, spots, runs, shapes.surnames)


class _Labels:
    """What the language model says of a name, all over the document."""

    def __init__(self, text: str, names: Sequence[ModelName]) -> None:
        self._votes: dict[str, Counter[str]] = {}
        for name in names:
            surface = re.sub(r"^(?:the|The)\s+|['’]s$", "", text[name.start : name.end])
            self._votes.setdefault(" ".join(surface.split()), Counter())[name.label] += 1

    def of(self, surface: str) -> str | None:
        """Return the label most often given to this very name, if any."""
        votes = self._votes.get(surface)
        return max(sorted(votes), key=lambda label: votes[label]) if votes else None

    def votes(self, surface: str) -> Counter[str]:
        """Return all labels given to this very name."""
        return self._votes.get(surface, Counter())


def _known(text: str, sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Spot]:
    for found in gazetteer.find(text[sentence.start : sentence.end]):
        start, end = sentence.start + found.start, sentence.start + found.end
        name = found.name
        yield Spot(start, end, name.kind, name.text, GAZETTEER, country=name.country)


@cache
def _term_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    lexicon = terms("en")
    kinds = dict.fromkeys((t.casefold() for t in lexicon.programmes), "programme")
    for term in lexicon.technologies:
        kinds[term.casefold()] = "technology"
    longest_first = sorted(kinds, key=lambda term: (-len(term), term))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.I), kinds


def _terms(text: str, sentence: Sentence) -> Iterator[Spot]:
    pattern, kinds = _term_pattern()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        written = match.group()
        if len(written) <= 3 and not written.isupper():
            continue
        yield Spot(match.start(), match.end(), kinds[written.casefold()], written.lower(), TERM)


@cache
def _state_pattern() -> re.Pattern[str]:
    nations = sorted({*places().demonyms, *places().english}, key=lambda n: (-len(n), n))
    nouns = "|".join(_STATE_NOUNS)
    names = "|".join(map(re.escape, nations))
    return re.compile(
        rf"\b(?:(?P<nation>{names})\s(?P<noun>{nouns})\b{_NOT_BEHIND}"
        rf"|(?P<organ>government|embassy|armed\sforces|military)\sof\s(?:the\s)?(?P<state>{names})\b)"
    )


def _state_organs(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield "the Selimian government" and "the Selimian military"."""
    for match in _state_pattern().finditer(text, sentence.start, sentence.end):
        nation = match.group("nation") or match.group("state")
        country = places().demonyms.get(nation) or places().english.get(nation)
        noun = match.group("noun") or match.group("organ")
        kind = _STATE_NOUNS.get(noun, "government_body")
        yield Spot(match.start(), match.end(), kind, match.group(), STATE, country=country)


def _quoted_titles(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield titles in quotation marks: of plans, of documents, and short names of programmes."""
    for match in _QUOTED_TITLE.finditer(text, sentence.start, sentence.end):
        start = match.start(match.lastindex or 1)
        title = (match.group(match.lastindex or 1)).rstrip(",. ")
        kind = _kind_of_title(text, title, match.end())
        if kind:
            yield Spot(start, start + len(title), kind, " ".join(title.split()), QUOTED)


def _kind_of_title(text: str, title: str, end: int) -> str | None:
    words = re.findall(r"[\w’'-]+", title)
    capitals = sum(1 for w in words if w[0].isupper() or w in _SMALL_WORDS)
    if len(words) < 3 or not words[-1][0].isupper() and len(words) < 6:
        return None
    if capitals < (len(words) if len(words) < 6 else 0.6 * len(words)):
        return None
    if _titles_programme(words):
        return "programme"
    kind = kind_of_name(words)
    if kind is not None:
        return kind
    return (
        "programme"
        if "and" in words and len(words) < 7 and _COMMON_NOUN.match(text, end)
        else "document"
    )


def _titles_programme(words: Sequence[str]) -> bool:
    lexicon = name_words()
    heads = {lexicon.first.get(words[0]), lexicon.last.get(words[-1])}
    return "programme" in heads or any(lexicon.last.get(w) == "programme" for w in words[:3])


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
            yield Spot(start, end, "place", name, PLACE, country=places().english[name])
        return
    kind = kind_of_name(texts)
    if kind == "facility" and kind_from_context(text, start, end) == "company":
        kind = "company"
    if kind is None or is_demonym(name) or _only_nation(texts, kind):
        return
    if _LEGAL_DOT.search(texts[-1]) and text[end : end + 1] == ".":
        end += 1
    strength = FORM if is_strong(texts) or "of" in texts else WEAK_FORM
    yield Spot(start, end, kind, " ".join(text[start:end].split()), strength)


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


class _Shapes:
    """Types the chunks that only the model, their context or their shape take for names."""

    def __init__(
        self, text: str, runs: Sequence[Chunk], labels: _Labels, surnames: set[str]
    ) -> None:
        self.text = text
        self.labels = labels
        self.surnames = surnames
        self.dictionary = english_words()
        self._inside = Counter(self._surface(c.words) for c in runs if not c.opens)
        self._all = Counter(self._surface(c.words) for c in runs)

    def _surface(self, words: Sequence[Word]) -> str:
        return " ".join(self.text[words[0].start : words[-1].end].split())

    def spots(self, chunk: Chunk) -> Iterator[Spot]:
        """Yield the spot of a chunk whose own words tell no kind."""
        words = without_posts(chunk.words)
        if len(words) != len(chunk.words):
            return
        if words[0].text in places().demonyms and len(words) > 1:
            words = words[1:]
        surface = self._surface(words)
        if self._is_nothing(words, surface):
            return
        noun = programme_noun(self.text, words[-1].end)
        if noun is not None and len(words) > 1:
            start = chunk.start
            yield Spot(start, noun, "programme", " ".join(self.text[start:noun].split()), WEAK_FORM)
            return
        kind, strength = self._kind(surface, words, chunk)
        if kind:
            yield Spot(words[0].start, words[-1].end, kind, surface, strength)

    def _is_nothing(self, words: Sequence[Word], surface: str) -> bool:
        if _NOISE.match(surface) or is_demonym(surface) or surface in name_words().not_names:
            return True
        known = kind_of_name([w.text for w in words])
        return known is not None or is_place(surface) or surface in self.surnames

    def _kind(self, surface: str, words: Sequence[Word], chunk: Chunk) -> tuple[str | None, int]:
        label = self.labels.of(surface)
        if label in _NO_NAMES or looks_personal(words):
            return None, 0
        told = kind_from_context(self.text, words[0].start, words[-1].end)
        if label == "PERSON" and len(words) > 1 and all(w.text.isalpha() for w in words):
            return (told or self._place_behind(words)), MODEL
        if told and (not chunk.opens or label or self._repeated(surface) or self._unknown(words)):
            return told, MODEL + 1
        if label == "GPE" and _CAMEL.search(surface):
            return "company", MODEL
        if label == "GPE" and not self._stands_like_a_place(surface):
            return "company", MODEL
        if label in _MODEL_KINDS:
            return _MODEL_KINDS[label], MODEL
        return self._guess(surface, words, chunk, label)

    def _stands_like_a_place(self, surface: str) -> bool:
        """Return whether the text ever says "in X" or "X's city": else X is no place."""
        return re.search(rf"{_LOCATIVE}{re.escape(surface)}\b", self.text) is not None

    def _guess(
        self, surface: str, words: Sequence[Word], chunk: Chunk, label: str | None
    ) -> tuple[str | None, int]:
        if _ACRONYM.match(surface) or _CAMEL.search(surface):
            return "company", GUESS
        if label == "PERSON" and surface.isalpha() and not self.labels.votes(surface).get("ORG"):
            return None, 0
        if self.labels.votes(surface).get("ORG") or self._repeated(surface):
            return "company", GUESS
        if not chunk.opens and (len(words) > 1 or self.labels.votes(surface)):
            return (
                "place" if len(words) == 1 and self._stands_like_a_place(surface) else "company"
            ), GUESS
        if self._unknown(words) and label is None and not surface.isupper():
            return ("place" if self._stands_like_a_place(surface) else "company"), GUESS
        return None, 0

    def _unknown(self, words: Sequence[Word]) -> bool:
        """Return whether a word is none that the language model knows in lower case."""
        return any(w.text.isalpha() and w.text.casefold() not in self.dictionary for w in words)

    def _repeated(self, surface: str) -> bool:
        return self._inside[surface] > 1 or (self._inside[surface] > 0 and self._all[surface] > 1)

    def _place_behind(self, words: Sequence[Word]) -> str | None:
        """Return the kind of "Hexi Selimia": a firm's name and the place of its branch."""
        return "company" if is_place(words[-1].text) and not is_place(words[0].text) else None


def _known_yields(spots: Iterable[Spot]) -> list[Spot]:
    """Let a longer name win over a known name inside it: Hexi Marine Cables over Hexi."""
    listed = list(spots)
    longer = [s for s in listed if s.strength in (FORM, WEAK_FORM) and s.kind != "person"]
    return [
        replace(s, strength=GUESS) if s.strength == GAZETTEER and _inside_longer(s, longer) else s
        for s in listed
    ]


def _inside_longer(spot: Spot, longer: Iterable[Spot]) -> bool:
    return any(
        other.start <= spot.start
        and spot.end <= other.end
        and other.end - other.start > spot.end - spot.start + 4
        and not is_demonym(other.name.split()[0])
        for other in longer
    )


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
        and spot.strength >= FORM
        and parent.strength >= FORM
        and _PARENT_JOIN.fullmatch(text[spot.end : parent.start]) is not None
        and _AFTER_PARENT.match(text, parent.end) is not None
    )


def _with_aliases(
    text: str, spots: list[Spot], runs: Sequence[Chunk], surnames: set[str]
) -> list[Spot]:
    """Add the short forms that the text defines, and mark every spot with its full name."""
    defined, table = _defined_aliases(text, spots)
    for form, full in _short_forms(defined).items():
        if form not in surnames:
            table.setdefault(form, full)
    found = without_overlaps([*defined, *_alias_chunks(text, runs, table)])
    return [_in_full(spot, table) for spot in found]


def _in_full(spot: Spot, table: dict[str, tuple[str, str]]) -> Spot:
    """Return the spot with the full name and kind of the alias that it is."""
    if spot.name not in table or spot.strength >= GAZETTEER:
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
                yield Spot(word.start, chunk.end, table[surface][1], surface, ALIAS)
                break


def _short_forms(spots: Iterable[Spot]) -> dict[str, tuple[str, str]]:
    """Return first words and initials of full names that fit one name only: Hexi → Hexi Group."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for spot in spots:
        words = spot.name.split()
        if spot.kind not in ORGANISATION_LIKE or len(words) < 2:
            continue
        forms = {initials_of(spot.name)} - {""}
        if spot.strength >= WEAK_FORM:
            forms.update(" ".join(words[:n]) for n in range(1, len(words)))
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
