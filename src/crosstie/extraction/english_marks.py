"""Names that English text marks by itself: known ones, organs of states, quoted titles."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crosstie.extraction.gazetteer import Gazetteer
from crosstie.extraction.lexicon import (
    alternatives,
    load_lexicon,
    name_words,
    places,
    word_set,
)
from crosstie.extraction.models import english_words
from crosstie.extraction.name_kinds import is_demonym, kind_of_name
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, Strength

# A title in curly quotation marks may hold another: “Plan for the “Silk Line” Corridor”.
_QUOTED_TITLE = re.compile(
    r"“([A-Z][^“”\n]{2,120}(?:“[^“”\n]{2,60}”[^“”\n]{0,120})*)”"
    r"|\"([A-Z][^\"\n]{6,180})\"|‘([A-Z][^‘’\n]{6,80})[,.]?’"
)
_SMALL_WORDS = frozenset(
    {"of", "and", "the", "for", "on", "in", "to", "a", "an", "with", "at", "by", "or"}
)
_COMMON_NOUN = re.compile(r"\s(?:[a-z]|are|is|country|countries|initiative|strategy)|[,.”]")
_STATE_NOUNS = {
    "government": "government_body",
    "Government": "government_body",
    "military": "military_unit",
    "armed forces": "military_unit",
    "army": "military_unit",
    "navy": "military_unit",
    "air force": "military_unit",
}


def known_names(text: str, sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Spot]:
    """Yield the names that the gazetteer knows."""
    for found in gazetteer.find(text[sentence.start : sentence.end]):
        start, end = sentence.start + found.start, sentence.start + found.end
        name = found.name
        if _is_common(text[start:end]):
            continue
        yield Spot(start, end, name.kind, name.text, Strength.GAZETTEER, country=name.country)


def _is_common(written: str) -> bool:
    """Return whether a known name is, as written here, a word that opens sentences: "Talks"."""
    lexicon = name_words()
    return written in lexicon.not_names or written in lexicon.fields or is_demonym(written)


@cache
def _state_pattern() -> re.Pattern[str]:
    names = alternatives({*places().demonyms, *places().english})
    nouns = alternatives(_STATE_NOUNS)
    others = alternatives(word_set(load_lexicon("names_en"), "not_behind_state"))
    return re.compile(
        rf"\b(?:(?P<nation>{names}|[A-Z][a-z]{{3,}})\s(?:(?:municipal|provincial|city|regional|federal)\s)?(?P<noun>{nouns})\b(?!\s(?:{others}))(?!-)"
        rf"|(?P<organ>government|embassy|armed\sforces|military)\sof\s(?:the\s)?(?P<state>{names}|[A-Z][a-z]{{3,}})\b)"
    )


def state_organs(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield "the Selimian government" and "the Selimian military"."""
    for match in _state_pattern().finditer(text, sentence.start, sentence.end):
        nation = match.group("nation") or match.group("state")
        if not _may_be_nation(nation):
            continue
        country = places().demonyms.get(nation) or places().english.get(nation)
        noun = match.group("noun") or match.group("organ")
        kind = _STATE_NOUNS.get(noun, "government_body")
        yield Spot(match.start(), match.end(), kind, match.group(), Strength.STATE, country=country)


def _may_be_nation(word: str) -> bool:
    """Return whether a word is a nation's, or none that English has: "the Lysian government"."""
    known = places()
    return word in known.demonyms or word in known.english or word.casefold() not in english_words()


def quoted_titles(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield titles in quotation marks: of plans, of documents, and short names of programmes."""
    for match in _QUOTED_TITLE.finditer(text, sentence.start, sentence.end):
        start = match.start(match.lastindex or 1)
        title = (match.group(match.lastindex or 1)).rstrip(",. ")
        kind = _kind_of_title(text, title, match.end())
        if kind:
            yield Spot(start, start + len(title), kind, " ".join(title.split()), Strength.QUOTED)


def _kind_of_title(text: str, title: str, end: int) -> str | None:
    words = re.findall(r"[\w’'-]+", title)
    capitals = sum(1 for w in words if w[0].isupper() or w in _SMALL_WORDS)
    if len(words) < 3 or (not words[-1][0].isupper() and len(words) < 6):
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
