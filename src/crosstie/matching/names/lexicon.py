"""The words that the matcher knows, read from `matching/lexicon/*.yaml` and an analyst's own files.

A file gives a `kind` and its `words`, in one of two forms. A Latin entry maps the word that stands
for all to its other spellings; a Han entry maps a Han word to its English readings, divided by `|`.

    kind: type
    words:
      university: univ, universitet, universidad
      研究所: research institute | institute
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from crosstie.matching.names.pinyin import pinyin
from crosstie.matching.names.words import words_of
from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError
from crosstie.text.scripts import fold, has_han

KINDS = ("type", "generic", "field", "place", "stop", "parent", "short")
"""What a word tells: the type of organisation, something general, a field of work, a place,
nothing, a parent group, or (Han only) an official short form to be read as a full name."""

_SHIPPED = (
    "stopwords.yaml",
    "types.yaml",
    "places.yaml",
    "directions.yaml",
    "generic.yaml",
    "fields.yaml",
    "groups.yaml",
    "short_forms.yaml",
    "han_groups.yaml",
    "han_places.yaml",
    "han_types.yaml",
    "han_generic.yaml",
    "han_fields.yaml",
)
_NEAR = "near.yaml"
_MOST_WORDS = 8
_LINKING = frozenset({"of", "and", "the", "for"})
"""Words that a phrase may have or lack: 'ministry of education' is 'ministry education'."""


@dataclass(frozen=True, slots=True)
class HanWord:
    """A Han word of the lexicon: what it tells, and its English readings as concepts."""

    text: str
    kind: str
    readings: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Lexicon:
    """Phrases → concepts, concepts → kinds, Han words → readings. Make it with `load`."""

    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    han: dict[str, HanWord] = field(default_factory=dict)
    digest: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    """First word of each phrase → the most words that a phrase so begun has."""
    common: set[str] = field(default_factory=set)
    """Latin concepts that name a type, something general or a field: they identify nothing."""
    group_starts: set[str] = field(default_factory=set)
    by_concept: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    near: dict[tuple[str, str], float] = field(default_factory=dict)
    """Two concepts, in order → how well one stands for the other, in (0, 1)."""

    @classmethod
    def load(cls, extra: Sequence[Path] = (), *, leave_out: Sequence[str] = ()) -> "Lexicon":
        """Read the extra files, whose entries take precedence, then the shipped ones.

        `leave_out` names shipped files that are not read: what a file names cannot be measured
        with it.
        """
        folder = files("crosstie.matching") / "lexicon"
        shipped = [name for name in _SHIPPED if name not in leave_out]
        sources: list[Path | Traversable] = [*extra, *(folder / name for name in shipped)]
        lexicon = cls()
        readings: list[tuple[Section, str, str]] = []
        digest = hashlib.sha256()
        for source in sources:
            digest.update(source.read_bytes())
            readings += lexicon._read_latin(source)
        for section, word, kind in readings:
            lexicon._add_han(section, word, kind)
        lexicon._read_near(folder / _NEAR)
        digest.update((folder / _NEAR).read_bytes())
        lexicon.digest = digest.hexdigest()[:16]
        return lexicon

    def _read_latin(self, source: Path | Traversable) -> list[tuple[Section, str, str]]:
        data = load_data(source)
        if not isinstance(data, Section):
            raise DataFileError(
                "expected a mapping", file=source.name, line=1, remedy="write `kind:` and `words:`"
            )
        data.allow(("kind", "words"))
        kind = data.one_of("kind", KINDS)
        words: Section = data.require("words", Section)
        later = []
        for word in words:
            words.require(word, (str, int))
            if has_han(word):
                later.append((words, word, kind))
            else:
                self._add_latin(words, word, kind)
        return later

    def _add_latin(self, section: Section, word: str, kind: str) -> None:
        concept = " ".join(words_of(word))
        if self.kinds.setdefault(concept, kind) in ("type", "generic", "field"):
            self.common.add(concept)
        for spelling in (word, *str(section[word]).split(",")):
            words = words_of(spelling)
            phrase = tuple(w for w in words if w not in _LINKING) or tuple(words)
            if not phrase:
                raise section.fail(f"`{word}` has an empty spelling", "remove it", key=word)
            if len(phrase) > _MOST_WORDS:
                raise section.fail(f"`{spelling}` is too long", "shorten it", key=word)
            self.phrases.setdefault(phrase, concept)
            if kind in ("parent", "short"):
                self.group_starts.add(phrase[0])
            self.starts[phrase[0]] = max(self.starts.get(phrase[0], 0), len(phrase))

    def _add_han(self, section: Section, word: str, kind: str) -> None:
        text = fold(word).replace(" ", "")
        parts = [part.strip() for part in str(section[word]).split("|")]
        readings = [self.concepts(words_of(part)) for part in parts if part != "pinyin"]
        kept = tuple(tuple(c for c in r if self.kinds.get(c) != "stop") for r in readings)
        if kind == "short" and not any(kept):
            raise section.fail(f"`{word}` stands for nothing", "write the full name", key=word)
        self.han.setdefault(text, HanWord(text, kind, tuple(filter(None, kept))))
        if kind == "place":
            self.kinds.setdefault(pinyin(text), "place")
        if kind in ("type", "generic", "field"):
            for concept in (concept for reading in kept for concept in reading):
                self.kinds.setdefault(concept, "field")

    def _read_near(self, source: Traversable) -> None:
        data: Section = load_data(source)
        for thousandths in data:
            for pair in data.require(thousandths, list):
                first, _, second = str(pair).partition(" ")
                for key in ((first, second), (second, first)):
                    self.near.setdefault(key, int(thousandths) / 1000)

    def concepts(self, words: Iterable[str]) -> list[str]:
        """Replace each known phrase by its concept: ['scientific', 'zavod'] → science, plant."""
        row = [word for word in words if word not in _LINKING]
        found: list[str] = []
        place = 0
        while place < len(row):
            size = self._phrase_size(row, place)
            if size:
                found.append(self.phrases[tuple(row[place : place + size])])
            else:
                found.append(row[place])
            place += size or 1
        return found

    def with_groups(self, words: list[str]) -> list[str]:
        """Replace the full names of known groups and of short forms, legal form and all.

        It comes before legal forms are taken off: the corporation in 'China Shipbuilding Industry
        Corporation 719th Institute' is part of the group's name.
        """
        row = [word for word in words if word not in _LINKING]
        found: list[str] = []
        place = 0
        while place < len(row):
            size = self._phrase_size(row, place) if row[place] in self.group_starts else 0
            concept = self.phrases[tuple(row[place : place + size])] if size > 1 else ""
            if concept and self.kinds.get(concept) in ("parent", "short"):
                found.append(concept)
                place += size
            else:
                found.append(row[place])
                place += 1
        return found

    def _phrase_size(self, row: list[str], place: int) -> int:
        longest = min(self.starts.get(row[place], 0), len(row) - place)
        for size in range(longest, 0, -1):
            if tuple(row[place : place + size]) in self.phrases:
                return size
        return 0

    def spellings(self, concept: str) -> list[tuple[str, ...]]:
        """Return the phrases that are written for a concept."""
        if not self.by_concept:
            for phrase, known in self.phrases.items():
                self.by_concept.setdefault(known, []).append(phrase)
        return self.by_concept.get(concept, [])

    def knows(self, concept: str) -> bool:
        """Return whether a concept is a word of the lexicon, so that it is no slip for another."""
        return concept in self.kinds

    def kind(self, concept: str) -> str:
        """Return what the concept tells, or 'core' for a word that the lexicon does not hold."""
        return self.kinds.get(concept, "core")


@cache
def default_lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    return Lexicon.load()
