"""Names written in two scripts: 'Hexi Institute (河西研究所)' → both, each in its language."""

from crosstie.sources.languages import language_of
from crosstie.text.scripts import has_han

_OPEN, _CLOSE = "(（[", ")）]"
_EDGES = " \t\r\n\xa0\u3000"


def both_scripts(text: str, *, latin: str = "en", han: str = "zh") -> list[tuple[str, str]]:
    """Return [(name, language), …], Latin first; one entry when there is one script only.

    The Han name stands in the last parentheses that hold Han, also where they are never closed.
    """
    written = text.strip(_EDGES)
    group = _han_group(written)
    if group is None:
        return [(written, language_of(written, latin=latin, han=han))] if written else []
    start, end = group
    outer = written[:start].strip(_EDGES)
    inner = written[start + 1 : end].strip(_EDGES)
    if not outer or has_han(outer):
        return [(written, language_of(written, latin=latin, han=han))]
    names = [(outer, language_of(outer, latin=latin, han=han))]
    for part in _alternatives(inner):
        names.append((part, language_of(part, latin=latin, han=han)))
    return names


def after_scripts(text: str) -> str:
    """Return what follows the Han name's parentheses: ', aka Hexi Labs' or nothing."""
    written = text.strip(_EDGES)
    group = _han_group(written)
    return written[group[1] + 1 :].strip(_EDGES) if group else ""


def _han_group(text: str) -> tuple[int, int] | None:
    """Return where the last outermost parentheses with Han open and close."""
    found, depth, opened = None, 0, 0
    for at, character in enumerate(text):
        if character in _OPEN:
            if depth == 0:
                opened = at
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
            if depth == 0 and has_han(text[opened:at]):
                found = (opened, at)
    if depth and has_han(text[opened:]):
        return opened, len(text)
    return found


def _alternatives(inner: str) -> list[str]:
    parts = [part.strip(_EDGES) for part in inner.split("/")]
    # A slash may also stand inside one name; two names have Han on both of its sides.
    return parts if len(parts) > 1 and all(has_han(part) for part in parts) else [inner]
