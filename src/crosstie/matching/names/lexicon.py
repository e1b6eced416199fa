"""The words that the matcher knows, read from `matching/lexicon/*.yaml` and an analyst's own files.

A file gives a `kind` and its `words`, in one of two forms. A Latin entry maps the word that stands
for all to its other spellings; a Han entry maps a Han word to its English readings, divided by `|`.

    kind: type
    words:
      university: univ, universitet, universidad
      研究所: research institute | institute
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rapidfuzz.distance import OSA

from crosstie.matching.names.legal_forms import canonical_legal_forms
from crosstie.matching.names.pinyin import pinyin, split_word
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
    "brands.yaml",
    "han_groups.yaml",
    "han_places.yaml",
    "han_types.yaml",
    "han_generic.yaml",
    "han_fields.yaml",
)
_NEAR = "near.yaml"
_ABBREVIATIONS = "abbreviations.yaml"
_MOST_WORDS = 8
SHORTEST_SLIP = 7
"""Letters below which a word one slip from a word of the lexicon may well be a word of its own."""
_SHORTEST_WITH_ANOTHER_LETTER = 9
_PLAIN = ("type", "generic", "field", "place")
CORPORATE = frozenset(
    {"group", "corporation", "corp", "company", "co", "ltd", "limited", "inc", "holding"}
)
"""Words of a group's name that are written or left out at will."""
LINKING = frozenset({"of", "and", "the", "for"})
"""Words that a phrase may have or lack: 'ministry of education' is 'ministry education'."""


@dataclass(frozen=True, slots=True)
class HanWord:
    """A Han word of the lexicon: what it tells, and its English readings as concepts."""

    text: str
    kind: str
    readings: tuple[tuple[str, ...], ...]


@dataclass(slots=True, eq=False)
class Lexicon:
    """Phrases → concepts, concepts → kinds, Han words → readings. Make it with `load`.

    It is not changed once it is loaded, and is the key of caches by what it is, not by what it has.
    """

    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    han: dict[str, HanWord] = field(default_factory=dict)
    han_sizes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Last character of each Han word → how many characters words so ended have, most first."""
    digest: str = ""
    starts: dict[str, int] = field(default_factory=dict)
    """First word of each phrase → the most words that a phrase so begun has."""
    common: set[str] = field(default_factory=set)
    """Latin concepts that name a type, something general or a field: they identify nothing."""
    group_starts: set[str] = field(default_factory=set)
    loose: dict[tuple[str, ...], str] = field(default_factory=dict)
    """The concepts of a group's name, corporate words left out → the group."""
    loose_starts: set[str] = field(default_factory=set)
    group_heads: set[str] = field(default_factory=set)
    """The words at which a group's name may begin, written in full or loosely."""
    full_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A group or a short form → the concepts of its first name of several words."""
    abbreviations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    english: list[str] = field(default_factory=list)
    """The words that an abbreviation or a slip may stand for, in order."""
    one_less: dict[str, set[str]] = field(default_factory=dict)
    """Each of these words, whole and less one letter → the words."""
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
        lexicon._read_abbreviations(folder / _ABBREVIATIONS)
        for name in (_NEAR, _ABBREVIATIONS):
            digest.update((folder / name).read_bytes())
        lexicon._learn_han_sizes()
        lexicon._learn_groups()
        lexicon._learn_english()
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
            phrase = tuple(w for w in words if w not in LINKING) or tuple(words)
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

    def _read_abbreviations(self, source: Traversable) -> None:
        data: Section = load_data(source)
        words: Section = data.require("words", Section)
        for word in words:
            meanings = [part.strip() for part in str(words[word]).split("|")]
            self.abbreviations[str(word)] = tuple(filter(None, meanings))

    def _learn_han_sizes(self) -> None:
        sizes: dict[str, set[int]] = {}
        for word in self.han:
            sizes.setdefault(word[-1], set()).add(len(word))
        self.han_sizes = {end: tuple(sorted(of, reverse=True)) for end, of in sizes.items()}

    def _learn_groups(self) -> None:
        """Note how each group's name reads in concepts, so that loose spellings meet it."""
        for phrase, concept in self.phrases.items():
            kind = self.kinds.get(concept)
            if kind not in ("parent", "short") or len(phrase) < 2:
                continue
            rest = canonical_legal_forms(phrase)[0]
            whole = tuple(self.concepts(rest, groups=False))
            self.full_names.setdefault(concept, whole)
            key = tuple(c for c in whole if c not in CORPORATE)
            if len(key) > 1:
                self.loose.setdefault(key, concept)
                self.loose_starts.add(key[0])
        plain = {phrase[0]: concept for phrase, concept in self.phrases.items() if len(phrase) == 1}
        written = {word for word, concept in plain.items() if concept in self.loose_starts}
        self.group_heads = self.group_starts | self.loose_starts | written

    def _learn_english(self) -> None:
        """Note the plain English words: those that stand for all, and what begins like them."""
        known = {
            w for concept, kind in self.kinds.items() if kind in _PLAIN for w in concept.split()
        }
        for phrase, concept in self.phrases.items():
            english = len(phrase) == 1 and phrase[0][:4] == concept[:4]
            if english and self.kinds.get(concept) in _PLAIN:
                known.add(phrase[0])
        self.english = sorted(w for w in known if len(w) > 4 and w.isascii() and not split_word(w))
        for word in self.english:
            if len(word) >= SHORTEST_SLIP:
                for key in _less_one(word):
                    self.one_less.setdefault(key, set()).add(word)

    def words_beginning(self, start: str, least: int) -> tuple[str, ...]:
        """Return what the words of `least` letters that begin so stand for, the shortest first."""
        place = bisect_left(self.english, start)
        begun = []
        while place < len(self.english) and self.english[place].startswith(start):
            if len(self.english[place]) >= least:
                begun.append(self.english[place])
            place += 1
        meanings = (self.phrases.get((word,), word) for word in sorted(begun, key=len))
        return tuple(dict.fromkeys(meanings))

    def slips(self, word: str) -> list[str]:
        """Return the plain words that this one is a slip of the fingers from."""
        close = {w for key in _less_one(word) for w in self.one_less.get(key, ())}
        return sorted(w for w in close if w[0] == word[0] and _is_slip(word, w))

    def full_name(self, concept: str) -> tuple[str, ...]:
        """Return the concepts of the full name of a group, or the concept itself."""
        return self.full_names.get(concept, (concept,))

    def concepts(self, words: Iterable[str], *, groups: bool = True) -> list[str]:
        """Replace each known phrase by its concept: ['scientific', 'zavod'] → science, plant.

        Without `groups` the names of groups and short forms stay as they are written.
        """
        row = [word for word in words if word not in LINKING]
        found: list[str] = []
        place = 0
        while place < len(row):
            size = self.phrase_size(row, place, groups=groups) if row[place] in self.starts else 0
            if size:
                found.append(self.phrases[tuple(row[place : place + size])])
            else:
                found.append(row[place])
            place += size or 1
        return found

    def phrase_size(self, row: list[str], place: int, *, groups: bool = True) -> int:
        """Return how many words at the place are one phrase; 0 for none."""
        longest = min(self.starts.get(row[place], 0), len(row) - place)
        for size in range(longest, 0, -1):
            concept = self.phrases.get(tuple(row[place : place + size]))
            if concept is not None and (groups or self.kinds[concept] not in ("parent", "short")):
                return size
        return 0

    def knows(self, concept: str) -> bool:
        """Return whether a concept is a word of the lexicon, so that it is no slip for another."""
        return concept in self.kinds

    def knows_word(self, word: str) -> bool:
        """Return whether one word is a word or a spelling of the lexicon."""
        return (word,) in self.phrases or word in self.kinds

    def kind(self, concept: str) -> str:
        """Return what the concept tells, or 'core' for a word that the lexicon does not hold."""
        return self.kinds.get(concept, "core")


def _is_slip(word: str, meant: str) -> bool:
    """Return whether one edit makes the word meant; another letter in a short word is a word."""
    if OSA.distance(word, meant, score_cutoff=1) > 1:
        return False
    other_letter = len(word) == len(meant) and sorted(word) != sorted(meant)
    return not other_letter or len(word) >= _SHORTEST_WITH_ANOTHER_LETTER


def _less_one(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


@cache
def default_lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    return Lexicon.load()
