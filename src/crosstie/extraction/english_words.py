"""Words of English text with their places, and runs of them that may be a name."""

import re
from dataclasses import dataclass
from functools import cache

from crosstie.extraction.lexicon import alternatives, name_words

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
# "Chantiers de l'Estuaire".
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, without a possessive ending."""

    start: int
    end: int
    text: str
    possessive: bool = False

    @property
    def named(self) -> bool:
        """Return whether the word is written like a name: Hexi, DTC, iFlow."""
        return any(c.isupper() for c in self.text) and (
            self.text[0].isupper()
            or self.text[0].isdigit()
            or self.text[1:2].isupper()
            or _ELIDED.match(self.text) is not None
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of words that may be one name; `opens` says that it stands first in its sentence."""

    words: tuple[Word, ...]
    opens: bool

    @property
    def start(self) -> int:
        """Return where the chunk starts."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Return where the chunk ends, a possessive ending left out."""
        return self.words[-1].end


@cache
def _token() -> re.Pattern[str]:
    about = alternatives(name_words().about)
    return re.compile(
        r"(?:[A-Z]\.){2,}|No\.\s?\d+|\d+(?:,\d{3})+|"
        rf"[^\W_]+(?:[-–'’&./](?!(?:{about})\b)[^\W_]+)*"
    )


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a stretch of text, possessive endings cut off."""
    found = []
    for match in _token().finditer(text, start, end):
        word = match.group()
        bare = _POSSESSIVE.sub("", word)
        possessive = bare != word or text[match.end() : match.end() + 1] in ("'", "’")
        found.append(Word(match.start(), match.start() + len(bare), bare, possessive))
    return found
