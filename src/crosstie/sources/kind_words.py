"""What kind of entity a listed name is, by the words in it (`kind_words.yaml`)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.errors import DataFileError
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Name

_FILE = "kind_words.yaml"


@dataclass(frozen=True, slots=True)
class KindRules:
    """Rules in their order; the first whose pattern is found decides."""

    rules: tuple[tuple[str, re.Pattern[str]], ...]
    default: str


def kind_of(names: Iterable[str], *, default: str | None = None) -> str:
    """Return the kind that the first telling name shows, else the default of the file.

    `names` run from the primary name to the aliases: an alias speaks only if those before do not.
    """
    for name in names:
        kind = kind_by_words(name)
        if kind is not None:
            return kind
    return default or _rules().default


def kind_of_names(names: Iterable[Name], *, default: str | None = None) -> str:
    """Return the kind that the names show; acronyms say nothing."""
    return kind_of((name.text for name in names if name.kind != "acronym"), default=default)


def kind_by_words(name: str) -> str | None:
    """Return the kind that a word in the name shows, or None: 'Hexi Institute' → …institute."""
    text = spaced(name)
    for kind, pattern in _rules().rules:
        if pattern.search(text):
            return kind
    return None


def spaced(name: str) -> str:
    """Return the name in lower case, without accents, its punctuation turned into spaces."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
        name = unicodedata.normalize("NFKC", name)
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())


@cache
def _rules() -> KindRules:
    return read_rules(load_data(resources.files("crosstie.sources") / _FILE))


def read_rules(data: object) -> KindRules:
    """Validate a parsed file of rules. Raises DataFileError."""
    if not isinstance(data, Section):
        raise DataFileError("expected a mapping", file=_FILE, line=1, remedy="see the shipped file")
    data.allow(["default", "rules"])
    known = [kind.id for kind in kinds().entities.values() if kind.organisation]
    rules = []
    for section in sections(data.require("rules", list), file=data.file, what="rules"):
        section.allow(["kind", "words", "parts", "last"])
        kind = section.one_of("kind", known)
        words = [str(word) for word in section.get("words", [])]
        parts = [str(part) for part in section.get("parts", [])]
        last = [str(word) for word in section.get("last", [])]
        whole = [rf"\b(?:{'|'.join(words)})\b"] if words else []
        final = [rf"\b(?:{'|'.join(last)})$"] if last else []
        try:
            rules.append((kind, re.compile("|".join(parts + whole + final))))
        except re.error as error:
            raise section.fail(f"a word is no pattern: {error}", "correct it") from error
    return KindRules(rules=tuple(rules), default=data.one_of("default", known))
