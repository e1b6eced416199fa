"""Into which part of a briefing an article goes, by a file that an analyst may change."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from crosstie.ontology.briefings import Category
from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds
from crosstie.text.scripts import has_han

_LANGUAGES = ("en", "zh")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Points:
    """What earns how much, and the bounds."""

    title: int
    text: int
    most_words: int
    most_sentences: int
    least: int


@dataclass(frozen=True, slots=True)
class _Rule:
    category: Category
    ties: Mapping[str, int]
    technologies: int
    words: re.Pattern[str] | None

    @property
    def empty(self) -> bool:
        return not self.ties and not self.technologies and self.words is None


@dataclass(frozen=True, slots=True)
class Signs:
    """What of an article decides: title, text, sentences by kind of tie, technologies."""

    title: str
    text: str
    ties: Mapping[str, int]
    technologies: int


@dataclass(frozen=True, slots=True)
class Categories:
    """Every category in the order of the briefing; the last one takes what fits no other."""

    version: str
    points: Points
    private_subjects: re.Pattern[str] | None
    rules: tuple[_Rule, ...]

    @property
    def all(self) -> tuple[Category, ...]:
        """Return the categories, in order."""
        return tuple(rule.category for rule in self.rules)

    def ties_of(self, category: str) -> frozenset[str]:
        """Return the kinds of tie that lead to a category."""
        return frozenset(next(r.ties for r in self.rules if r.category.id == category))

    def words_in(self, category: str, text: str) -> frozenset[str]:
        """Return the different words of a category that stand in a text, in small letters."""
        rule = next(r for r in self.rules if r.category.id == category)
        return frozenset() if rule.words is None else _found(rule.words, text)

    def is_about_people(self, title: str) -> bool:
        """Return whether the words of a title say that private people are its subject."""
        return self.private_subjects is not None and bool(self.private_subjects.search(title))

    def choose(self, signs: Signs) -> tuple[str, str]:
        """Return the category of an article, and why in words."""
        scored = [(self._score(rule, signs), rule) for rule in self.rules[:-1]]
        (points, why), best = max(scored, key=lambda pair: pair[0][0])
        if points < self.points.least:
            return self.rules[-1].category.id, "no category's ties or words stand out"
        return best.category.id, why

    def _score(self, rule: _Rule, signs: Signs) -> tuple[int, str]:
        points, reasons = 0, []
        for kind, worth in rule.ties.items():
            sentences = min(signs.ties.get(kind, 0), self.points.most_sentences)
            if sentences:
                points += worth * sentences
                reasons.append(f"“{kinds().tie(kind).label}”")
        if rule.words is not None:
            titled, told = _found(rule.words, signs.title), _found(rule.words, signs.text)
            points += self.points.title if titled else 0
            points += self.points.text * min(len(told - titled), self.points.most_words)
            words = [*sorted(titled), *sorted(told - titled)][:_SHOWN]
            if words:
                reasons.append("words: " + ", ".join(words))
        if rule.technologies and signs.technologies:
            points += rule.technologies * min(signs.technologies, self.points.most_words)
            reasons.append("technologies spoken of")
        return points, "; ".join(reasons)


def _found(words: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(found.group().casefold() for found in words.finditer(text))


@cache
def shipped_categories() -> Categories:
    """Return the categories that ship with Crosstie, read and validated once."""
    return load_categories(files("crosstie.reporting.briefing") / "categories.yaml")


def load_categories(path: Path | Traversable) -> Categories:
    """Read a file of categories. Raises DataFileError with file, line and remedy."""
    data = load_data(path)
    if not isinstance(data, Section):
        raise DataFileError(
            "expected `categories:`", file=path.name, line=1, remedy="see the shipped file"
        )
    return read_categories(data)


def read_categories(data: Section) -> Categories:
    """Validate a parsed file. Raises DataFileError with file, line and remedy."""
    data.allow(["version", "points", "private_subjects", "categories"])
    points = data.require("points", Section)
    points.allow(Points.__slots__)
    worths = {key: _count(points, key) for key in Points.__slots__}
    written = sections(data.require("categories", list), file=data.file, what="category")
    if not written:
        raise data.fail("there is no category", "write at least one", key="categories")
    rules: list[_Rule] = []
    for section in written:
        rule = _rule(section)
        if any(rule.category.id == other.category.id for other in rules):
            raise section.fail(f"`{rule.category.id}` stands twice", "remove one", key="id")
        if rule.empty and section is not written[-1]:
            raise section.fail(
                "nothing leads to this category", "add ties or words, or put it last", key="id"
            )
        rules.append(rule)
    if not rules[-1].empty:
        raise written[-1].fail(
            "the last category must take what fits no other",
            "end with one that has neither ties nor words",
        )
    people = data.require("private_subjects", Section) if "private_subjects" in data else None
    return Categories(
        version=str(data.require("version")),
        points=Points(**worths),
        private_subjects=None if people is None else _pattern(people),
        rules=tuple(rules),
    )


def _rule(section: Section) -> _Rule:
    section.allow(["id", "label", "definition", "ties", "technologies", "words"])
    category = Category(*(section.require(key) for key in ("id", "label", "definition")))
    if not re.fullmatch(r"[a-z][a-z0-9_]*", category.id):
        raise section.fail(f"`{category.id}` is no id", "use small letters and _", key="id")
    ties: dict[str, int] = {}
    if "ties" in section:
        table = section.require("ties", Section)
        table.allow(kinds().ties)
        ties = {kind: _count(table, kind) for kind in table}
    return _Rule(
        category=category,
        ties=ties,
        technologies=_count(section, "technologies") if "technologies" in section else 0,
        words=_pattern(section.require("words", Section)) if "words" in section else None,
    )


def _count(section: Section, key: str) -> int:
    value = section.require(key, int)
    if isinstance(value, bool) or value < 1:
        raise section.fail(f"`{key}: {value}` is no number of points", "use 1 or more", key=key)
    return int(value)


def _pattern(section: Section) -> re.Pattern[str] | None:
    section.allow(_LANGUAGES)
    words: list[str] = []
    for language in _LANGUAGES:
        for word in section.require(language, list) if language in section else []:
            if not isinstance(word, str) or not word.strip():
                raise section.fail(f"`{word}` is no word", "write text", key=language)
            words.append(word.strip())
    return _any_of(words) if words else None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the longest of the words at each place, Latin ones whole."""
    parts = [
        re.escape(word) if has_han(word) else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in sorted(set(words), key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts), re.IGNORECASE)
