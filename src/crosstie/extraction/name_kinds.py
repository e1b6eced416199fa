"""What kind of thing an English name names, told by the words it is made of."""

import re
from collections.abc import Sequence

from crosstie.extraction.lexicon import CENTRE, name_words, places

NUMBER_WORDS = frozenset({"Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINERS = frozenset({"of", "for", "on", "in", "to"})


def kind_of_name(words: Sequence[str]) -> str | None:
    """Return the kind that the words of a name tell, or None when they tell nothing.

    ["Hexi", "Research", "Institute"] → "research_institute".
    """
    if len(words) > 2 and _YEAR.fullmatch(words[-1]):
        words = words[:-1]
    return _kind_of_words(words)


def _kind_of_words(words: Sequence[str]) -> str | None:
    lexicon = name_words()
    if any(word.rstrip(".") in lexicon.legal_forms for word in words[1:]):
        return "company"
    if words[0] in NUMBER_WORDS and "of" in words:
        # "Seven Stars of Industry": a number of things under one name is a scheme's.
        return "programme"
    if len(words) > 2 and words[-2:] == ["Silk", "Road"]:
        return "programme"
    head = _head(words)
    if len(head) < len(words):
        kind = lexicon.first.get(head[-1]) or lexicon.last.get(head[-1])
        # "Aviation Corporation of Hexi" closes like a company and goes on all the same.
        if kind is not None:
            return _resolved(kind, words)
    last = words[-1].rstrip(".")
    if last in lexicon.articles_of_law or (len(words) > 1 and words[0] in lexicon.articles_of_law):
        return "programme"
    if len(words) > 2 and is_place(words[-1]):
        # "Hexi College Selim": the place behind a name tells nothing of its kind.
        return kind_of_name(words[:-1])
    if all(word in lexicon.fields or word in ("and", "&") for word in words):
        # "Science and Technology" is a field, and nobody's name.
        return None
    kind = lexicon.last.get(last) or lexicon.last.get(last.split("-")[-1])
    if kind is not None and (len(words) > 1 or kind in ("government_body",)):
        return _resolved(kind, words)
    return None


def _head(words: Sequence[str]) -> Sequence[str]:
    """Return the words before the first `of`, `for`, …: the part that holds the head."""
    for number, word in enumerate(words):
        if word in _JOINERS and number > 0:
            return words[:number]
    return words


def _resolved(kind: str, words: Sequence[str]) -> str:
    if kind == CENTRE:
        lexicon = name_words()
        for word in words:
            if word in lexicon.centre_words:
                return lexicon.centre_words[word]
        return "laboratory"
    return kind


def is_strong(words: Sequence[str]) -> bool:
    """Return whether the name's form leaves no doubt: a legal form, or a head with `of`."""
    last = words[-1].rstrip(".")
    return last in name_words().legal_forms or (
        last in name_words().last and last not in name_words().weak_last
    )


def is_place(name: str) -> bool:
    """Return whether the name is a country, region or city that the lexicon knows."""
    known = places().english
    return name in known or (name.isupper() and len(name) > 4 and name.title() in known)


def is_demonym(name: str) -> bool:
    """Return whether the word only says of which nation something is."""
    known = places().demonyms
    return name in known or ("-" in name and all(part in known for part in name.split("-")))
