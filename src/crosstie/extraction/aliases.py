"""Short forms that a text defines itself: "Beihe Optics Corporation (BOC)", "known as Beihe"."""

import re

# A parenthesis right behind a name, with quotation marks or not; no colon (a stock code) inside.
_PARENTHESIS = re.compile(
    r"\s?[(（]\s*(?:the\s+|hereafter\s+|or\s+|简称[:：]?\s*|以下简称)?[\"“'‘「]?"
    r"([^()（）:：;\"“”「」\n]{2,48}?)[\"”'’」]?\s*[)）]"
)
_KNOWN_AS = re.compile(
    r",?\s(?:also\s|now\s|once\s|formerly\s|previously\s|better\s|informally\s|commonly\s|and\s)*"
    r"(?:known(?:\sinformally)?\sas|called|named|abbreviated\sas|or)\s(?:the\s)?[\"“]?"
    r"([A-Z][\w&.’'-]*(?:\s(?:of\s)?[A-Z][\w&.’'-]*){0,5})"
)
_YEARISH = re.compile(r"[\d\s,.%–-]+$")
_SHORT_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "de", "&", "to"})


def short_form(text: str, end: int, name: str) -> tuple[str, int] | None:
    """Return the alias defined right behind a name that ends at `end`, and where it all ends."""
    match = _PARENTHESIS.match(text, end)
    if match is None:
        return None
    alias = match.group(1).strip()
    return (alias, match.end()) if is_short_form(alias, name) else None


def is_short_form(alias: str, name: str) -> bool:
    """Return whether a text in parentheses is a short form of the name and not a remark on it."""
    if _YEARISH.match(alias) or alias.casefold() == name.casefold():
        return False
    if _has_han(alias):
        return len(alias) <= 12 and not re.search(r"[，。、；的于]", alias)
    words = alias.split()
    if _has_han(name):
        return len(words) <= 6 and not alias[0].islower()
    if len(words) > 5 or not any(c.isupper() for c in alias) or words[0].islower():
        return False
    return stands_for(alias, name) or len(words) <= 3


def stands_for(alias: str, name: str) -> bool:
    """Return whether the alias is made from the name: its initials, or some of its words."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w.casefold() not in _SHORT_WORDS]
    initials = "".join(word[0] for word in words).casefold()
    letters = re.sub(r"[^\w]", "", alias).casefold()
    if len(letters) >= 2 and (letters in initials or initials.startswith(letters)):
        return True
    parts = [part.casefold() for part in re.findall(r"[^\W_]+", alias)]
    return all(part in {word.casefold() for word in words} for part in parts) and bool(parts)


def also_known_as(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of a second name that "also known as" or "once called" gives."""
    match = _KNOWN_AS.match(text, end)
    return match.span(1) if match and " or " not in match.group() else None


def initials_of(name: str) -> str:
    """Return the acronym that a name of three words or more would have: "BOC"; else ""."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w[0].isupper()]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def _has_han(text: str) -> bool:
    return any("㐀" <= c <= "鿿" for c in text)
