"""The list that a designation names: "added X to its entity list" → "entity list"."""

import re

_ENGLISH = re.compile(
    r"\b(?:to|on|onto|in)\s(?:its|the|their|an?)\s(?:so-called\s)?[“\"']?"
    r"((?:[A-Za-z][\w-]*\s){0,4}?(?:[Ll]ist|[Bb]lacklist))\b"
)
_CHINESE = re.compile(
    r"(?:列入|加入|纳入|列为)(?:了)?[“《「]?([^，。；、“”《》「」]{1,16}?(?:清单|名单))"
)


def list_name(sentence: str) -> str | None:
    """Return the list a sentence names, in its own words; None when it names none or several."""
    found = dict.fromkeys(_ENGLISH.findall(sentence) + _CHINESE.findall(sentence))
    return next(iter(found)) if len(found) == 1 else None
