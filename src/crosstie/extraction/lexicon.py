"""Word lists that extraction reads, loaded once from `lexicons/` and validated."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import Locale

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds

# `group` is no suffix's kind, but keeps a place for words that name collectives.
CENTRE = "centre"
# Some territory names of the locale data are common English words or people's names.
_NOT_PLACES = frozenset({"Georgia & South Georgia", "Outlying Oceania", "World"})


def load_lexicon(name: str) -> Section:
    """Return the mapping in `lexicons/<name>.yaml`. Raises DataFileError."""
    data = load_data(resources.files("crosstie.extraction") / "lexicons" / f"{name}.yaml")
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=f"{name}.yaml", line=1, remedy="add keys")
    return data


def word_set(section: Section, key: str) -> frozenset[str]:
    """Return the list of words at `key` as a set. Raises DataFileError."""
    words = section.require(key, list)
    for word in words:
        if not isinstance(word, str):
            raise section.fail(f"{word!r} in `{key}` is not text", "put it in quotes", key=key)
    return frozenset(words)


def alternatives(words: Iterable[str]) -> str:
    """Return the words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _words_by_kind(section: Section, key: str, extra: frozenset[str]) -> dict[str, str]:
    """Return word → kind of entity, checking each kind against kinds.yaml."""
    table: dict[str, str] = {}
    part = section.require(key, Section)
    for kind in part:
        if kind not in kinds().entities and kind not in extra:
            raise part.fail(f"no kind of entity `{kind}`", "see kinds.yaml", key=kind)
        for word in sorted(word_set(part, kind)):
            table.setdefault(word, kind)
    return table


@dataclass(frozen=True, slots=True)
class NameWords:
    """How English names tell their kind; see `lexicons/names_en.yaml`."""

    last: Mapping[str, str]
    leading: Mapping[str, str]
    first: Mapping[str, str]
    centre_words: Mapping[str, str]
    fields: frozenset[str]
    not_names: frozenset[str]
    posts: frozenset[str]
    articles_of_law: frozenset[str]
    legal_forms: frozenset[str]
    weak_last: frozenset[str]
    closing_forms: frozenset[str]
    openers: frozenset[str]
    inside: frozenset[str]
    treaties: frozenset[str]
    about: frozenset[str]
    noise: frozenset[str]
    numbered: frozenset[str]
    dated: frozenset[str]
    local_first: frozenset[str]
    trades: frozenset[str]


@cache
def name_words() -> NameWords:
    """Return the shipped words of English names."""
    data = load_lexicon("names_en")
    return NameWords(
        last=_words_by_kind(data, "last", frozenset({CENTRE})),
        leading=_words_by_kind(data, "leading", frozenset()),
        first=_words_by_kind(data, "first", frozenset({CENTRE})),
        centre_words=_words_by_kind(data, "centre_words", frozenset()),
        fields=word_set(data, "fields"),
        not_names=word_set(data, "not_names"),
        posts=word_set(data, "posts"),
        articles_of_law=word_set(data, "articles_of_law"),
        legal_forms=word_set(data, "legal_forms"),
        weak_last=word_set(data, "weak_last"),
        closing_forms=word_set(data, "closing_forms"),
        openers=word_set(data, "openers"),
        inside=word_set(data, "inside"),
        treaties=word_set(data, "treaties"),
        about=word_set(data, "about"),
        noise=word_set(data, "noise"),
        numbered=word_set(data, "numbered"),
        dated=word_set(data, "dated"),
        local_first=word_set(data, "local_first"),
        trades=word_set(data, "trades"),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Names of countries, regions and cities, each with its country where it has one."""

    english: Mapping[str, str | None]
    chinese: Mapping[str, str | None]
    demonyms: Mapping[str, str | None]


@cache
def places() -> Places:
    """Return the shipped places, and the countries that the locale data names."""
    data = load_lexicon("places")
    english: dict[str, str | None] = dict.fromkeys(sorted(word_set(data, "regions")))
    english.update(dict.fromkeys(sorted(word_set(data, "cities"))))
    chinese: dict[str, str | None] = {}
    for language, table in (("en", english), ("zh", chinese)):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and name not in _NOT_PLACES:
                table[name] = code
    english.update(data.require("short_forms", Section))
    chinese.update({"中国": "CN", "香港": "HK", "澳门": "MO", "台湾": "TW"})
    return Places(english, chinese, dict(data.require("demonyms", Section)))


@dataclass(frozen=True, slots=True)
class Terms:
    """Technologies and lower-case programmes of one language, and words that close a term.

    A modifier before a compound's head is a technology too: "hypersonic engines".
    """

    technologies: frozenset[str]
    programmes: frozenset[str]
    heads: frozenset[str]
    modifiers: frozenset[str] = frozenset()
    compound_heads: frozenset[str] = frozenset()


@cache
def terms(language: str) -> Terms:
    """Return the technology lexicon of `en` or `zh`: terms with an area, and the rest."""
    data = load_lexicon("technologies")
    groups = data.require(language, Section)
    found = _area_terms(language)
    for group in groups:
        found |= word_set(groups, group)
    return Terms(
        technologies=frozenset(found),
        programmes=word_set(data.require("programmes", Section), language),
        heads=word_set(data.require("heads", Section), language),
        modifiers=_compound_words(data, "modifiers", language),
        compound_heads=_compound_words(data, "heads", language),
    )


def _area_terms(language: str) -> frozenset[str]:
    """Return the terms of the technologies that have an area, in one language."""
    data = load_lexicon("technology_areas")
    found: frozenset[str] = frozenset()
    for technology in sections(
        data.require("technologies", list), file=data.file, what="technology"
    ):
        part = technology.require("terms", Section)
        if language in part:
            found |= word_set(part, language)
    return found


def _compound_words(data: Section, key: str, language: str) -> frozenset[str]:
    part = data.get(f"compounds_{language}")
    return word_set(part, key) if isinstance(part, Section) else frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Verbs and nouns that carry roles on; see `lexicons/grammar_en.yaml`."""

    object_control: frozenset[str]
    blamed: frozenset[str]
    support: frozenset[str]
    transparent: frozenset[str]
    official: frozenset[str]
    nouns_for: Mapping[str, frozenset[str]]
    """Noun → the kinds of the name that it may stand for."""


@cache
def grammar() -> Grammar:
    """Return the shipped words of English grammar."""
    data = load_lexicon("grammar_en")
    nouns = data.require("nouns_for", Section)
    organisations = frozenset(k.id for k in kinds().entities.values() if k.organisation)
    return Grammar(
        object_control=word_set(data, "object_control"),
        blamed=word_set(data, "blamed"),
        support=word_set(data, "support"),
        transparent=word_set(data, "transparent"),
        official=word_set(data, "official"),
        nouns_for={
            noun: organisations if nouns[noun] == "organisation" else word_set(nouns, noun)
            for noun in nouns
        },
    )
