"""Technologies that English text names as fields of work, and not as goods that change hands."""

import re
from collections.abc import Iterator
from functools import cache

from crosstie.extraction.lexicon import alternatives, load_lexicon, places, terms, word_set
from crosstie.extraction.passages import Sentence
from crosstie.extraction.spots import Spot, Strength

_WINDOW = 70
_BEHIND_NAME = re.compile(r"\b[A-Z][\w-]+ $")
# What can be counted can be delivered: "drones" and "radar", but neither "robotics" nor "imaging".
_THING = re.compile(r"(?:[^s]s|radar|sonar|lidar)$")
_NO_THING = re.compile(r"(?:ics|tions|sions|ings|sis|ologies|networks)$")
_COUNT = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens? of|scores of|"
    r"hundreds of|thousands of|several|some|many|its|their|his|her|these|those|such|a|an|one|this|"
    r"that|the first|the last)"
)


def term_names(text: str, sentence: Sentence) -> Iterator[Spot]:
    """Yield the technologies and lower-case programmes of the lexicon, and fields of research."""
    pattern, kinds = _term_pattern()
    for match in pattern.finditer(text, sentence.start, sentence.end):
        written = match.group()
        kind = kinds.get(written.casefold(), "technology")
        if len(written) <= 3 and not written.isupper():
            continue
        if _belongs_to_name(text, match) or (kind == "technology" and _is_goods(text, match)):
            continue
        yield Spot(match.start(), match.end(), kind, written.lower(), Strength.TERM)
    for match in _field_pattern().finditer(text, sentence.start, sentence.end):
        yield Spot(*match.span(1), "technology", match.group(1), Strength.TERM)


@cache
def _term_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    lexicon = terms("en")
    kinds = dict.fromkeys((t.casefold() for t in lexicon.programmes), "programme")
    for term in lexicon.technologies:
        kinds[term.casefold()] = "technology"
    modifiers, heads = alternatives(lexicon.modifiers), alternatives(lexicon.compound_heads)
    found = rf"\b(?:{alternatives(kinds)}|(?:(?:{modifiers})\s){{1,2}}(?:{heads}))\b"
    return re.compile(found, re.IGNORECASE), kinds


@cache
def _field_pattern() -> re.Pattern[str]:
    """Return a pattern for "laboratory for lightweight structures": any adjective before a head."""
    data = load_lexicon("context_en")
    work = alternatives(word_set(data, "field_nouns"))
    heads = alternatives(terms("en").compound_heads)
    small = "the|a|an|its|their|of|for|and|to|in|on|with|new|more|these|those|such|some|other"
    return re.compile(
        rf"\b(?:{work})\s(?:for|on|in|into)\s(?:the\s)?((?:(?!(?:{small})\b)[a-z][a-z-]+\s){{1,2}}(?:{heads}))\b"
    )


def _belongs_to_name(text: str, match: re.Match[str]) -> bool:
    """Return whether a term is the end of a firm's name: "Hexi Antennas"."""
    before = text[max(0, match.start() - 24) : match.start()]
    return match.group()[0].isupper() and _BEHIND_NAME.search(before) is not None


@cache
def _goods_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_lexicon("context_en")
    verbs = alternatives(word_set(data, "supply_verbs"))
    nouns = alternatives(word_set(data, "supply_nouns"))
    makers = alternatives(word_set(data, "makers_of_goods"))
    nations = alternatives(places().demonyms)
    before = re.compile(
        rf"\b(?:{verbs})(?:\s[\w'’-]+){{0,5}}\s$"
        rf"|\b(?:{nouns})\s(?:of|for)\s(?:[\w-]+\s){{0,3}}$"
        rf"|\b{_COUNT}\s(?:[a-z-]+\s)?$"
        rf"|\b(?:{nations})\s(?:[a-z-]+\s(?:[a-z]+\sand\s)?){{0,2}}$",
        re.IGNORECASE,
    )
    return before, re.compile(rf"\s(?:{makers})\b")


def _is_goods(text: str, match: re.Match[str]) -> bool:
    """Return whether a term stands for things that are made, sold or counted: "sold 40 drones"."""
    written = match.group()
    before, behind = _goods_patterns()
    if behind.match(text, match.end()):
        return True
    if not _THING.search(written) or _NO_THING.search(written):
        return False
    window = text[max(0, match.start() - _WINDOW) : match.start()].replace("\n", " ")
    return before.search(re.split(r"[.;:]\s", window)[-1]) is not None
