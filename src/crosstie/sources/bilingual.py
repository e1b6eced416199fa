"""Names written in two scripts: 'Hexi Institute (河西研究所)' → both, each in its language."""

import re

from crosstie.sources.languages import language_of
from crosstie.text.scripts import has_han

_OPEN, _CLOSE = "(（[", ")）]"
# "Hexi Second Academy 河西第二研究院": both names, and no parentheses.
_SIDE_BY_SIDE = re.compile(
    r"^(?P<latin>[^\u3400-\u9fff]{8,}?) +(?P<han>[\u3400-\u9fff][\u3400-\u9fff\s（）]{5,})$"
)
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_EDGES = " \t\r\n\xa0\u3000"


def both_scripts(text: str, *, latin: str = "en", han: str = "zh") -> list[tuple[str, str]]:
    """Return [(name, language), …], Latin first; one entry when there is one script only.

    The Han name stands in the first parentheses that hold Han, also where they are never closed.
    """
    written = text.strip(_EDGES)
    group = _han_group(written)
    if group is None and (side := _SIDE_BY_SIDE.match(written)):
        return [(side["latin"].strip(_EDGES), latin), (_closed_up(side["han"]), han)]
    if group is None:
        return [(written, language_of(written, latin=latin, han=han))] if written else []
    start, end = group
    outer = written[:start].strip(_EDGES)
    inner = written[start + 1 : end].strip(_EDGES)
    if not outer or has_han(outer):
        return [(written, language_of(written, latin=latin, han=han))]
    names = [(outer, language_of(outer, latin=latin, han=han))]
    for part in map(_closed_up, _alternatives(inner)):
        names.append((part, language_of(part, latin=latin, han=han)))
    return names


def after_scripts(text: str) -> str:
    """Return what follows the Han name's parentheses: ', aka Hexi Labs' or nothing."""
    written = text.strip(_EDGES)
    group = _han_group(written)
    return written[group[1] + 1 :].strip(_EDGES) if group else ""


def _han_group(text: str) -> tuple[int, int] | None:
    """Return where the first outermost parentheses with Han open and close."""
    depth, opened = 0, 0
    for at, character in enumerate(text):
        if character in _OPEN:
            if depth == 0:
                opened = at
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0 and has_han(text[opened:at]):
                return opened, at
    return (opened, len(text)) if depth and has_han(text[opened:]) else None


def _closed_up(name: str) -> str:
    """Close the gaps that a table's line breaks left inside of a Han name."""
    return _GAP.sub("", name) if has_han(name) else name


def _alternatives(inner: str) -> list[str]:
    parts = [part.strip(_EDGES) for part in inner.split("/")]
    # A slash may also stand inside one name; two names have Han on both of its sides.
    if len(parts) > 1 and all(has_han(part) for part in parts):
        return parts
    # "XJTLU, 西交利物浦大学": an acronym beside the name; "…; located in Shenzhen": no name.
    parts = [part.strip(_EDGES) for part in re.split("[;,]", inner)]
    if len(parts) > 1 and any(has_han(part) for part in parts):
        return [part for part in parts if has_han(part) or part.isupper()]
    return [inner]
