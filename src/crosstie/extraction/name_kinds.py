"""What kind of thing an English name names, told by the words it is made of."""

from collections.abc import Sequence

from crosstie.extraction.lexicon import CENTRE, name_words, places

NUMBER_WORDS = frozenset({"Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"})
# Two closing words that say something else than the last of them alone.
_COMPOUND: dict[tuple[str, ...], str] = {
    ("News", "Agency"): "media",
    ("Press", "Agency"): "media",
    ("News", "Service"): "media",
    ("News", "Network"): "media",
    ("Staff", "College"): "university",
    ("Naval", "Academy"): "university",
    ("Military", "Academy"): "university",
    ("Force", "Academy"): "university",
    ("Defence", "Academy"): "university",
    ("Business", "Council"): "ngo",
    ("Research", "Council"): "government_body",
    ("Launch", "Site"): "facility",
    ("Launch", "Center"): "facility",
    ("Launch", "Centre"): "facility",
    ("Power", "Plant"): "facility",
    ("Naval", "District"): "military_unit",
    ("Military", "District"): "military_unit",
    ("Military", "Region"): "military_unit",
    ("Air", "Force"): "military_unit",
    ("Air", "Show"): "event",
    ("Coast", "Guard"): "military_unit",
    ("General", "Staff"): "military_unit",
    ("Border", "Guard"): "military_unit",
    ("Science", "Fund"): "government_body",
    ("Research", "Fund"): "government_body",
    ("Property", "Fund"): "government_body",
    ("Wealth", "Fund"): "government_body",
    ("Investment", "Fund"): "company",
    ("Growth", "Fund"): "company",
    ("Venture", "Fund"): "company",
    ("Pension", "Fund"): "company",
    ("Training", "Centre"): "facility",
    ("Training", "Center"): "facility",
}
_DEPUTIES = frozenset({"Deputies", "Representatives", "Councillors", "Peers"})
_NUMBERED = frozenset(
    {"programme", "event", "military_unit", "laboratory", "research_institute", "government_body"}
)
_JOINERS = frozenset({"of", "for", "on", "in", "to"})


def kind_of_name(words: Sequence[str]) -> str | None:
    """Return the kind that the words of a name tell, or None when they tell nothing.

    ["Hexi", "Research", "Institute"] → "research_institute".
    """
    lexicon = name_words()
    if any(word.rstrip(".") in lexicon.legal_forms for word in words[1:]):
        return "company"
    if len(words) > 1 and words[-1].isdigit() and words[-2] not in lexicon.articles_of_law:
        # "Dry Dock 6", "Development Plan 2035": the number tells which one, not what it is.
        return _numbered(words)
    if len(words) > 1 and words[-1].startswith("No."):
        # "Institute No. 44".
        return lexicon.last.get(words[-2]) or kind_of_name(words[:-1])
    return _kind_of_phrase(words) or _kind_of_head(words) or _kind_of_last(words)


def _kind_of_phrase(words: Sequence[str]) -> str | None:
    """Return the kind that several words, or the first of them, tell together."""
    lexicon = name_words()
    if words[0] in NUMBER_WORDS and "of" in words:
        # "Seven Stars of Industry": a number of things under one name is a scheme's.
        return "programme"
    if len(words) > 2 and words[-2:] == ["Silk", "Road"]:
        return "programme"
    if tuple(words[-3:]) == ("Institute", "of", "Technology"):
        return "university"
    if len(words) > 1 and words[0] in lexicon.leading and words[1] not in _JOINERS:
        # "Project Lantern", "Radio Hexi": some heads stand first.
        closing = lexicon.last.get(words[-1])
        return closing if closing not in (None, "place") else lexicon.leading[words[0]]
    return _COMPOUND.get(tuple(words[-2:]))


def _kind_of_head(words: Sequence[str]) -> str | None:
    """Return the kind that the word before `of` or `for` tells, where there is one."""
    lexicon = name_words()
    head = _head(words)
    kind = lexicon.first.get(head[-1]) or lexicon.last.get(head[-1])
    last = lexicon.last.get(words[-1])
    if kind in ("facility", "place") and last == "government_body":
        # "Port of Hexi Authority" is the authority.
        return last
    if head[-1] == "Chamber" and _DEPUTIES & set(words):
        return "government_body"
    # "Aviation Corporation of Hexi" closes like a company and goes on all the same.
    return _resolved(kind, words) if kind is not None and len(head) < len(words) else None


def _kind_of_last(words: Sequence[str]) -> str | None:
    lexicon = name_words()
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


def _numbered(words: Sequence[str]) -> str | None:
    lexicon = name_words()
    if words[-2] == "Unit" and len(words[-1]) > 3:
        return "military_unit"
    if len(words) == 2 and words[0] in lexicon.numbered | lexicon.dated:
        kind = lexicon.last.get(words[0])
        return kind if kind in _NUMBERED else "facility"
    return kind_of_name(words[:-1])


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
