"""Find the private people that an article names, so that their sentences are not quoted.

A person counts as private unless the article states a public office or an executive post for
them: those alone are kept as mentions. The language models find names in English and Chinese; in
other languages only forms of address tell of one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosstie.extraction.chinese_words import tagged_words
from crosstie.extraction.english_words import Word
from crosstie.extraction.lexicon import places
from crosstie.extraction.models import english_model, english_words
from crosstie.extraction.passages import Sentence
from crosstie.extraction.people import looks_personal
from crosstie.ontology.records import Mention
from crosstie.text.scripts import has_han

_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mme|Herr|Frau|Señora?)\.?\s([^\W\d_a-z][\w’'-]+)")
# Chinese reports hide a name so: 王某, 李某某.
_HIDDEN_NAME = re.compile(r"[\u4e00-\u9fff]某某?(?![些种个])")
_CAPITAL = re.compile(r"[A-Z][\w’'-]*")
# What follows one name alone and tells that it is somebody's: "Mira, 34, ...", "Mira and her son".
_OF_SOMEBODY = re.compile(r",\s\d{1,3}\b|\sand\s(?:his|her)\b")
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What an article names: people with a public role, and everything else."""

    people: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> "Known":
        """Sort an article's mentions."""
        found = list(mentions)
        return cls(
            tuple(sorted({m.quote for m in found if m.kind == "person"})),
            tuple(sorted({m.quote for m in found if m.kind != "person"})),
        )

    def covers(self, name: str) -> bool:
        """Return whether a name is one of a public person, or a part of another name."""
        words = set(name.split())
        if any(words <= set(person.split()) or name in person for person in self.people):
            return True
        return any(name in other for other in self.others)

    def public_person_in(self, text: str) -> bool:
        """Return whether a text names a person with a public role, in full or by a part."""
        return any(
            name in text or any(len(part) > 2 and part in text.split() for part in name.split())
            for name in self.people
        )


@dataclass(frozen=True, slots=True)
class PrivatePeople:
    """The names of private people in an article, whole and in parts."""

    names: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[str], language: str, known: Known) -> "PrivatePeople":
        """Read an article's title and sentences."""
        found: set[str] = set()
        for text in texts:
            for name in _people(text, language):
                if not known.covers(name):
                    found.add(name)
                    found.update(part for part in name.split() if _CAPITAL.fullmatch(part))
        return cls(frozenset(name for name in found if not known.covers(name)))

    def named_in(self, text: str) -> bool:
        """Return whether a text names one of them."""
        words = frozenset(re.findall(r"[\w’'-]+", text.replace("’s", "").replace("'s", "")))
        return any(
            name in text if " " in name or has_han(name) else name in words for name in self.names
        )


def _people(text: str, language: str) -> Iterator[str]:
    yield from (found[1] for found in _ADDRESSED.finditer(text))
    yield from (found[0] for found in _HIDDEN_NAME.finditer(text))
    if language.startswith("zh") or has_han(text):
        for word in tagged_words(text, Sentence(0, len(text))):
            if word.tag == "PER":
                yield word.text
    if language.startswith("en"):
        yield from _as_the_model_says(text)
        yield from _by_surname(text)


def _as_the_model_says(text: str) -> Iterator[str]:
    """Yield the people that the English model sees, less what cannot be one."""
    demonyms = places().demonyms
    for entity in english_model()(text).ents:
        name = entity.text.removesuffix("’s").removesuffix("'s")
        words = name.split()
        if entity.label_ != "PERSON" or not name[:1].isupper() or len(words) > _LONGEST_NAME:
            continue
        # "Selim Human Rights" is nobody; "Mark Brown" may be somebody.
        if sum(word.casefold() in english_words() for word in words) > 1:
            continue
        # The model often takes one strange word for a person; such a word needs another sign.
        if len(words) > 1 or (name not in demonyms and _OF_SOMEBODY.match(text, entity.end_char)):
            yield name


def _by_surname(text: str) -> Iterator[str]:
    """Yield Chinese people in pinyin, by the surname: "Wang and his wife"."""
    tokens = list(english_model()(text))
    for number, token in enumerate(tokens):
        if token.pos_ != "PROPN" or not _CAPITAL.fullmatch(token.text):
            continue
        before = tokens[number - 1].text if number > 1 else ""
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        # "Long March" begins with a surname, and goes on with a word.
        paired = _CAPITAL.fullmatch(after) is not None
        if _CAPITAL.fullmatch(before) or (paired and after.casefold() in english_words()):
            continue
        named = [token.text, after] if paired else [token.text]
        if looks_personal([Word(0, 0, part) for part in named]):
            yield " ".join(named)
