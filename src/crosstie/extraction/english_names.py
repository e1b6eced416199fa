"""Find the names in English running text, with the kind of thing that each names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from crosstie.extraction.aliases import also_known_as, initials_of, short_form
from crosstie.extraction.english_chunks import Chunk, Word, chunks
from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import load_lexicon, name_words, places, terms, word_set
from crosstie.extraction.name_kinds import is_demonym, is_place, is_strong, kind_of_name
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import ORGANISATION_LIKE, Spot, without_overlaps

# How sure each way of finding a name is; the higher wins where two overlap.
GAZETTEER, QUOTED, FORM, STATE, PLACE, WEAK_FORM, TERM, MODEL, GUESS = 9, 8, 7, 6, 5, 5, 4, 3, 2

_MODEL_KINDS = {
    "ORG": "company", "GPE": "place", "LOC": "place", "FAC": "facility", "PRODUCT": "system",
    "EVENT": "event", "LAW": "programme", "WORK_OF_ART": "document",
}  # fmt: skip
_NOISE = re.compile(
    r"(?:PhD|MSc|BSc|MBA|DNA|RNA|GDP|CEO|CFO|MW|GW|KW|kW|km|TV|OK|FR|USD|RMB|CNY|MOU|MoU|R&D|COVID.*|ID|IT|PDF|"
    r"Q[1-4]|[A-Z]|[IVXL]+|AM|PM|Ltd|Co|Inc|ISBN|DOI|http.*|www.*|PhDs|NGO|NGOs|SOE|SOEs|URL|II?I?)$"
)
_QUOTED_TITLE = re.compile(r"[“\"]([A-Z][^”\"\n]{8,180})[”\"]")
_LEGAL_DOT = re.compile(r"(?:Ltd|Co|Corp|Inc|Bhd|LTD|Pte)$")
_STATE_NOUNS = {
    "government": "government_body", "military": "military_unit", "armed forces": "military_unit",
    "army": "military_unit", "navy": "military_unit", "air force": "military_unit",
}  # fmt: skip
_PERSON_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?$")


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
    people = list(_people(text, runs, labels))
    surnames = {part for spot in people for part in spot.name.split()}
    found.extend(people)
    for chunk in runs:
        found.extend(_typed(text, chunk))
        found.extend(_model_typed(text, chunk, labels, surnames))
    spots = without_overlaps(_gazetteer_yields(found))
    return _with_aliases(text, sentences, spots, runs, surnames)


class _Labels:
    """What the language model says of a stretch of text, and of a name all over the document."""

    def __init__(self, text: str, names: Sequence[ModelName]) -> None:
        self._at = {name.start: name for name in names}
        self._names = sorted(names, key=lambda n: n.start)
        self._votes: dict[str, Counter[str]] = {}
        for name in names:
            surface = re.sub(r"^(?:the|The)\s+|['’]s$", "", text[name.start : name.end])
            self._votes.setdefault(surface, Counter())[name.label] += 1

    def of(self, surface: str) -> str | None:
        """Return the label most often given to this very name, if any."""
        votes = self._votes.get(surface)
        return votes.most_common(1)[0][0] if votes else None

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
    longest_first = sorted(kinds, key=len, reverse=True)
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
    nations = sorted({*places().demonyms, *places().english}, key=len, reverse=True)
    nouns = "|".join(_STATE_NOUNS)
    return re.compile(rf"\b({'|'.join(map(re.escape, nations))})\s({nouns})\b")


def _state_organs(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield "the Selimian government" and "the Selimian military"."""
    for match in _state_pattern().finditer(text, sentence.start, sentence.end):
        nation = match.group(1)
        country = places().demonyms.get(nation) or places().english.get(nation)
        kind = _STATE_NOUNS[match.group(2)]
        yield Spot(match.start(), match.end(), kind, match.group(), STATE + 2, country=country)


def _quoted_titles(text: str, sentence: Sentence) -> Iterator[Spot]:
    for match in _QUOTED_TITLE.finditer(text, sentence.start, sentence.end):
        title = match.group(1).rstrip(",. ")
        words = re.findall(r"[\w’'-]+", title)
        capitals = sum(1 for w in words if w[0].isupper() or len(w) < 4)
        kind = kind_of_name(words) or (kind_of_name(words[:1] + ["of"]) if words else None)
        first = name_words().first.get(words[0]) or name_words().last.get(words[0])
        opens_programme = "programme" in (first, kind) or any(
            name_words().last.get(w) == "programme" for w in words[:3]
        )
        if len(words) >= 3 and capitals >= 0.6 * len(words) and opens_programme:
            yield Spot(match.start(1), match.start(1) + len(title), "programme", title, QUOTED)


def _typed(text: str, chunk: Chunk) -> Iterator[Spot]:
    """Yield the spot of a chunk whose own words tell its kind."""
    words = _without_posts(chunk.words)
    if (
        words
        and words[0].text in places().demonyms
        and len(words) > 2
        and "People" in words[1].text
    ):
        words = words[1:]
    if not words:
        return
    texts = [word.text for word in words]
    name = " ".join(text[words[0].start : words[-1].end].split())
    if is_place(name):
        yield Spot(
            words[0].start, words[-1].end, "place", name, PLACE, country=places().english[name]
        )
        return
    kind = kind_of_name(texts)
    if kind is None or is_demonym(name):
        return
    if (
        len(texts) == 2
        and texts[0] in places().demonyms
        and kind in ("company", "ngo", "programme")
    ):
        return
    end = words[-1].end
    if _LEGAL_DOT.search(texts[-1]) and text[end : end + 1] == ".":
        end += 1
    strength = FORM if is_strong(texts) or "of" in texts else WEAK_FORM
    yield Spot(words[0].start, end, kind, " ".join(text[words[0].start : end].split()), strength)


def _without_posts(words: Sequence[Word]) -> Sequence[Word]:
    posts = name_words().posts
    for number, word in enumerate(words):
        if word.text not in posts:
            return words[number:]
    return ()


def _model_typed(text: str, chunk: Chunk, labels: _Labels, surnames: set[str]) -> Iterator[Spot]:
    """Yield the spot of a chunk that only the model, or its own shape, takes for a name."""
    words = _without_posts(chunk.words)
    if not words or len(words) != len(chunk.words):
        return
    if words[0].text in places().demonyms:
        words = words[1:]
    if not words:
        return
    surface = " ".join(text[words[0].start : words[-1].end].split())
    if _NOISE.match(surface) or is_demonym(surface) or surface in name_words().not_names:
        return
    if kind_of_name([w.text for w in words]) or is_place(surface):
        return
    kind, strength = _shape_kind(surface, chunk, labels, surnames)
    if kind:
        yield Spot(words[0].start, words[-1].end, kind, surface, strength)


def _shape_kind(
    surface: str, chunk: Chunk, labels: _Labels, surnames: set[str]
) -> tuple[str | None, int]:
    votes = labels.votes(surface)
    label = labels.of(surface)
    if surface in surnames or (label == "PERSON" and " " in surface):
        return None, 0
    if label in _MODEL_KINDS and label != "PERSON":
        return _MODEL_KINDS[label], MODEL
    if re.fullmatch(r"[A-Z][A-Z&-]{1,6}\d{0,4}", surface) or re.search(r"[a-z][A-Z]", surface):
        return "company", GUESS
    if votes.get("ORG") or (len(chunk.words) > 1 and not chunk.opens):
        return "company", GUESS
    if not chunk.opens and votes:
        return "company", GUESS
    return None, 0


@cache
def _office_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for an office before a name and for one behind it."""
    data = load_lexicon("offices")
    nouns = "|".join(sorted(map(re.escape, word_set(data, "en")), key=len, reverse=True))
    titles = "|".join(sorted(map(re.escape, word_set(data, "titles")), key=len, reverse=True))
    before = re.compile(rf"(?:\b(?:{nouns}|{titles})\.?,?\s)$")
    behind = re.compile(
        rf",\s(?:who\s(?:is|was)\s)?(?:[\w’'&.-]+\s){{0,8}}?(?:{nouns})\b|\s\((?:[\w’'&.-]+\s){{0,4}}(?:{nouns})\)",
        re.I,
    )
    return before, behind


def _people(text: str, runs: Iterable[Chunk], labels: _Labels) -> Iterator[Spot]:
    """Yield people whose office the text states: a title before, or a post behind the name."""
    before, behind = _office_pattern()
    seen: dict[str, str] = {}
    candidates: list[tuple[Chunk, Sequence[Word], str]] = []
    for chunk in runs:
        words = _without_posts(chunk.words)
        if not words or len(words) > 4 or words[0].text in places().demonyms:
            continue
        name = " ".join(text[words[0].start : words[-1].end].split())
        if not _person_like(words, name, labels):
            continue
        titled = len(words) < len(chunk.words) or bool(
            before.search(text, max(0, words[0].start - 40), words[0].start)
        )
        posted = bool(behind.match(text, words[-1].end)) and len(words) > 1
        if titled or posted:
            seen[name] = name
        candidates.append((chunk, words, name))
    for _, words, name in candidates:
        if name in seen:
            yield Spot(words[0].start, words[-1].end, "person", name, FORM)


def _person_like(words: Sequence[Word], name: str, labels: _Labels) -> bool:
    if is_place(name) or kind_of_name([word.text for word in words]):
        return False
    if not all(_PERSON_WORD.match(word.text) and not word.text.isupper() for word in words):
        return False
    label = labels.of(name)
    return label == "PERSON" or (len(words) in (2, 3) and label in (None, "GPE", "ORG", "NORP"))


def _gazetteer_yields(spots: Iterable[Spot]) -> list[Spot]:
    """Let a longer name win over a known name inside it: Hexi Marine Cables over Hexi."""
    listed = list(spots)
    longer = [s for s in listed if s.strength in (FORM, WEAK_FORM) and s.kind != "person"]
    kept = []
    for spot in listed:
        if spot.strength == GAZETTEER and any(
            other.start <= spot.start and spot.end <= other.end
            and other.end - other.start > spot.end - spot.start + 4
            for other in longer
        ):  # fmt: skip
            spot = replace(spot, strength=WEAK_FORM - 1)
        kept.append(spot)
    return kept


def _with_aliases(
    text: str,
    sentences: Sequence[Sentence],
    spots: list[Spot],
    runs: Sequence[Chunk],
    surnames: set[str],
) -> list[Spot]:
    """Add the short forms that the text defines, and mark every spot with its full name."""
    defined, table = _defined_aliases(text, spots)
    spots = without_overlaps([*defined, *_chunk_aliases(text, spots, runs, table, surnames)])
    return [
        replace(s, name=table[s.name][0], kind=_kind(s, table)) if s.name in table else s
        for s in spots
    ]


def _kind(spot: Spot, table: dict[str, tuple[str, str]]) -> str:
    return table[spot.name][1]


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


def _chunk_aliases(
    text: str,
    spots: Sequence[Spot],
    runs: Sequence[Chunk],
    table: dict[str, tuple[str, str]],
    surnames: set[str],
) -> Iterator[Spot]:
    """Yield all spots, and every chunk that is an alias or the short form of a full name."""
    short = _short_forms(spots)
    for name, full in short.items():
        if name not in surnames:
            table.setdefault(name, full)
    for chunk in runs:
        for first in range(len(chunk.words)):
            surface = text[chunk.words[first].start : chunk.end]
            if surface in table:
                full, kind = table[surface]
                start = chunk.words[first].start
                yield Spot(start, chunk.end, kind, surface, FORM)
                break
    yield from spots


def _short_forms(spots: Iterable[Spot]) -> dict[str, tuple[str, str]]:
    """Return first words and initials of full names that fit one name only: Hexi → Hexi Group."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for spot in spots:
        words = spot.name.split()
        if spot.kind not in ORGANISATION_LIKE or len(words) < 2 or spot.strength < WEAK_FORM:
            continue
        forms = {initials_of(spot.name)} - {""}
        forms.update(" ".join(words[:n]) for n in range(1, len(words)))
        for form in forms:
            if (
                not is_place(form)
                and not is_demonym(form)
                and not form.endswith((" of", " and", ","))
            ):
                owners.setdefault(form, set()).add((spot.name, spot.kind))
    blocked = name_words().not_names | name_words().fields | name_words().posts
    return {
        form: next(iter(full))
        for form, full in owners.items()
        if len(full) == 1
        and form not in blocked
        and form not in name_words().last
        and len(form) > 1
    }
