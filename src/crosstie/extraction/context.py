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
    return kind_called(text, end) or _thing_behind(text, start, end, before)


_CALLED = re.compile(
    r"(?:,|\s(?:is|was|are|were|became))\s(?:now\s)?(?:a|an|the|one of the)\s"
    r"(?P<phrase>(?:[\w'’&-]+\s){0,8}[\w'’-]+)"
)
# Where a noun phrase's head has been passed: "a maker | of satellites in the capital".
_PHRASE_ENDS = re.compile(
    r"\b(?:of|for|in|that|which|who|whose|where|with|based|owned|run|led|from|to|on|at|by|under|near|"
    r"and|or|has|have|had|is|was|were|said|says|will|would|can|set|it|they|belonging|specialis\w+|"
    r"specializ\w+|listed|held|controlled|founded|funded|backed|making|building|known|once|now)\b"
)


@cache
def _called() -> dict[str, str]:
    """Return noun → kind for what a text may call a thing."""
    data = load_lexicon("context_en").require("called", Section)
    return {noun: kind for kind in data for noun in sorted(word_set(data, kind))}


def kind_called(text: str, end: int) -> str | None:
    """Return the kind that the text calls the thing named: "X, a small maker of lenses"."""
    match = _CALLED.match(text, end)
    if match is None:
        return None
    words = _PHRASE_ENDS.split(match.group("phrase"), maxsplit=1)[0].split()
    for start in range(max(0, len(words) - 3), len(words)):
        kind = _called().get(" ".join(words[start:]))
        if kind is not None:
            return kind
    return None


@cache
def _facility_noun() -> re.Pattern[str]:
    data = load_lexicon("context_en")
    nouns = alternatives(word_set(data, "facility_nouns"))
    sorts = alternatives(word_set(data, "facility_sorts"))
    return re.compile(rf"\s(?:(?:{sorts})\s){{0,2}}(?:{nouns})\b(?!['’-])")


def facility_noun(text: str, end: int) -> int | None:
    """Return where a lower-case noun that belongs to a facility's name ends: "the Hexi yard"."""
    match = _facility_noun().match(text, end)
    return match.end() if match else None


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
