"""What the words around an English name tell of its kind: "the port of X", "X, a maker of"."""

import re
from functools import cache

from crosstie.extraction.lexicon import alternatives, load_lexicon, word_set
from crosstie.ontology.datafiles import Section

_WINDOW = 48
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|new|[Tt]his)\s$")
_DESCRIPTION_WINDOW = 90


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load_lexicon("context_en")
    found = [
        (kind, re.compile(rf"\b(?:{words}) of (?:the )?$")) for kind, words in _tables(data, "of")
    ]
    found.append(("company", re.compile(r"-based (?:[a-z-]+ ){0,4}$")))
    found += [(kind, re.compile(rf"\b(?:{words}),? $")) for kind, words in _tables(data, "before")]
    return tuple(found)


@cache
def _behind() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load_lexicon("context_en")
    found: list[tuple[str, re.Pattern[str]]] = []
    # A stock code behind a name: "(SEHK: 9)".
    found.append(("company", re.compile(r"\s\((?:[A-Z]{2,6}:\s?[\w.]+)\)")))
    one_of = alternatives(word_set(data, "one_of"))
    found.append(
        ("company", re.compile(rf",\sone of (?:the|its)\s(?:[\w'’-]+\s){{0,5}}?(?:{one_of})\b"))
    )
    called = r"(?:,|\sis|\swas)\s(?:a|an|the|one of the)\s(?:[\w'’-]+\s){0,7}?"
    found += [
        (kind, re.compile(rf"{called}(?:{words})\b")) for kind, words in _tables(data, "called")
    ]
    found.append(("media", re.compile(r"\s(?:had\s|has\s|first\s|also\s)?(?:reported|wrote)\b")))
    return tuple(found)


@cache
def _things() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load_lexicon("context_en")
    return tuple(
        (kind, re.compile(rf"\s(?:[a-z-]+\s){{0,2}}(?:{words})\b(?! design)"))
        for kind, words in _tables(data, "behind")
    )


def _thing_behind(text: str, start: int, end: int, before: str) -> str | None:
    """Return the kind of a thing that a common noun repeats: "the Hualan Three power plant".

    Without an article or a number in the name it may be a maker's: "Hexi drones".
    """
    name = text[start:end]
    if not (_DETERMINED.search(before) or any(c.isdigit() for c in name)) or name.isupper():
        return None
    for kind, pattern in _things():
        if pattern.match(text, end):
            return kind
    return None


def _tables(data: Section, key: str) -> list[tuple[str, str]]:
    table = data.require(key, Section)
    return [(kind, alternatives(word_set(table, kind))) for kind in table]


def kind_from_context(text: str, start: int, end: int) -> str | None:
    """Return the kind that the words before or behind a name tell, or None."""
    before = text[max(0, start - _WINDOW) : start].replace("\n", " ")
    for kind, pattern in _before():
        if pattern.search(before):
            return kind
    for kind, pattern in _behind():
        if pattern.match(text, end):
            return kind
    return _thing_behind(text, start, end, before)


@cache
def _programme_noun() -> re.Pattern[str]:
    nouns = alternatives(word_set(load_lexicon("context_en"), "programme_nouns"))
    return re.compile(rf"\s(?:{nouns})\b")


def programme_noun(text: str, end: int) -> int | None:
    """Return where a lower-case noun that belongs to a programme's name ends: "Hexi Firms list"."""
    match = _programme_noun().match(text, end)
    return match.end() if match else None


@cache
def _description() -> re.Pattern[str]:
    data = load_lexicon("context_en")
    words = alternatives(word_set(data, "describing"))
    nouns = alternatives(word_set(data, "described"))
    return re.compile(rf"(?:\b(?:[a-z]+-[a-z]+|{words})\s+){{0,5}}\b(?:{nouns})\s+$")


def described_from(text: str, start: int, floor: int) -> int:
    """Return where a firm's description starts: "state-owned conglomerate Hexi" is all one name."""
    before = text[max(floor, start - _DESCRIPTION_WINDOW) : start].replace("\n", " ")
    match = _description().search(before)
    return start - len(match.group()) if match else start
