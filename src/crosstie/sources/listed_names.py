"""Take a listed name apart: the organisation, its other names, the parent written into it."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from crosstie.ontology.records import Name, NameKind
from crosstie.sources.kind_words import kind_by_words, spaced
from crosstie.sources.languages import language_of
from crosstie.sources.name_patterns import name_patterns

_EDGES = " \t\r\n\xa0\u3000,;"
_MARKER = re.compile(
    r"[\s,;\-(\[]*(?<![A-Za-z])"
    r"(?P<mark>a\.? ?k\.? ?a\.?s?|a/k/a|also known as|d/b/a|doing business as|trading as"
    r"|f\.? ?k\.? ?a\.?|formerly known as|formerly|former name|曾用名)"
    r"(?![A-Za-z])\.?[\s,:;：\-]*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"^(?P<outer>.*\S) ?\((?P<inner>[^()]{2,80})\)$", re.DOTALL)
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/.-]{1,11}(?: \d{1,4})?$")
# What stands in parentheses in capitals and is no acronym.
_NO_ACRONYMS = {
    "UK", "US", "USA", "HK", "PVT", "PTY", "PTE", "PRC", "UAE", "SAR", "LTD", "INC", "INT", "LLC",
    "FZC", "FZE", "FZCO", "JSC", "OOO", "SMC",
}  # fmt: skip
_LEGAL_TAIL = re.compile(
    r"^(?:ltd|limited|inc|llc|l\.?l\.?c|co|corp|corporation|company|gmbh|s\.?a|b\.?v|plc|pte|pvt"
    r"|ltda|fze|oy|ab|jsc|ooo|s\.? ?r\.? ?l|s\.? ?p\.? ?a)\b\.?(?: ltd\.?)?$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|no\.?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|research|design|scientific|technical|academy|institute|institutes|department|factory"
    r"|plant|laboratory|lab|center|centre|school|college|faculty|branch|office|bureau|division"
    r"|of|the|and)\b",
    re.IGNORECASE,
)
_PARTS = ("research_institute", "laboratory")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ParentPart:
    """A parent written into a name: where it stands, its names, the tie and the pattern's id."""

    start: int
    end: int
    names: tuple[Name, ...]
    tie: str
    pattern: str


@dataclass(frozen=True, slots=True)
class ListedName:
    """A listed name taken apart. `start` and `end` are the listed organisation's own place.

    `own` is what is left for the organisation itself when the parent is taken off: its kind shows
    there ("99th Research Institute"), and not in the parent's name.
    """

    start: int
    end: int
    names: tuple[Name, ...]
    own: str
    parent: ParentPart | None = None
    means: Literal["person", "organisation"] | None = None
    country: str | None = None

    @property
    def primary(self) -> str:
        """The organisation's first name."""
        return self.names[0].text


def listed_name(text: str, *, latin: str = "en", han: str = "zh") -> ListedName:
    """Take a listed name apart; the text itself is never changed, only located in."""
    start, end = _trimmed(text, 0, len(text))
    end, means, country = _without_remarks(text, start, end)
    parent = None
    own = (start, end)
    child = text[start:end]
    extra: list[tuple[str, NameKind]] = []
    for pattern in name_patterns().parents:
        found = pattern.pattern.match(text[start:end])
        if found is None:
            continue
        own = _trimmed(text, start + found.start("child"), start + found.end("child"))
        at = _trimmed(text, start + found.start("parent"), start + found.end("parent"))
        names = tuple(_named(_other_names(text[slice(*at)]), latin=latin, han=han))
        parent = ParentPart(*at, names=names, tie=pattern.tie, pattern=pattern.id)
        child = text[slice(*own)]
        if pattern.whole:
            own, extra = (start, end), [(child, "weak")]
        elif _is_generic(child):
            extra = [(f"{names[0].text} {child}", "primary"), (child, "weak")]
        break
    pieces = extra or []
    if not pieces or pieces[0][1] == "weak":
        pieces = [*_other_names(text[slice(*own)]), *pieces]
    names_found = _named(pieces, latin=latin, han=han)
    return ListedName(
        *own,
        # A name of marks alone has none; what is written then stands for itself.
        names=tuple(names_found) or (Name(text, "und"),),
        own=child,
        parent=parent,
        means=means,
        country=country,
    )


def other_names(values: Iterable[str], *, latin: str = "en", han: str = "zh") -> list[Name]:
    """Return the names in a list of aliases: split at `;` and "a.k.a.", cleaned, none twice."""
    found: list[tuple[str, NameKind]] = []
    for value in values:
        for piece in _plain(value).split(";"):
            cleaned = _tidy(re.sub(r"^\s*and\s+", "", piece))
            if cleaned and cleaned.casefold() not in ("and", "or", "n/a", "none", "-"):
                first, *rest = _other_names(cleaned)
                found.append((first[0], "alias"))
                found.extend(rest)
    return _named(found, latin=latin, han=han)


def all_names(listed: ListedName, aliases: Iterable[Name]) -> tuple[Name, ...]:
    """Return a row's names, none twice; an alias that names a part of a university becomes weak.

    Lists give a university's institutes as its aliases: "Hexi University Lake Research Institute".
    A hit on one is a hit on the row, but it is no name of the university.
    """
    names = list(listed.names)
    seen = {name.text.casefold() for name in names}
    for alias in aliases:
        if alias.text.casefold() not in seen:
            seen.add(alias.text.casefold())
            names.append(alias)
    wholes = [text for text in (spaced(n.text) for n in names) if " " in text]
    wholes = [whole for whole in wholes if kind_by_words(whole) == "university"]
    return tuple(
        replace(name, kind="weak") if name.kind == "alias" and _is_part(name, wholes) else name
        for name in names
    )


def _is_part(name: Name, wholes: list[str]) -> bool:
    text = spaced(name.text)
    for whole in wholes:
        rest = text.removeprefix(f"{whole} ")
        if rest != text and kind_by_words(rest) in _PARTS:
            return True
    return False


def _without_remarks(
    text: str, start: int, end: int
) -> tuple[int, Literal["person", "organisation"] | None, str | None]:
    means: Literal["person", "organisation"] | None = None
    country = None
    for clause in name_patterns().clauses:
        if (found := clause.search(text[start:end])) and found.start() > 0:
            end = _trimmed(text, start, start + found.start())[1]
    for note in name_patterns().notes:
        if found := note.pattern.search(text[start:end]):
            end = _trimmed(text, start, start + found.start())[1]
            means, country = note.means, found.groupdict().get("country")
            break
    return end, means, country


def _other_names(text: str) -> list[tuple[str, NameKind]]:
    """Split one written name into its parts: [(name, primary), (alias, …), …]."""
    text = _plain(text)
    markers = [m for m in _MARKER.finditer(text) if m.start() > 0]
    if not markers:
        first, *others = _parts_of(text)
        found = _with_short_form(_tidy(first), "primary")
        return [*found, *((_tidy(other), "alias") for other in others if _tidy(other))]
    found = _with_short_form(_tidy(text[: markers[0].start()]), "primary")
    ends = [m.start() for m in markers[1:]] + [len(text)]
    for marker, end in zip(markers, ends, strict=True):
        mark = marker["mark"].lower().replace(".", "").replace(" ", "")
        kind: NameKind = "former" if mark.startswith(("f", "曾")) else "alias"
        piece = text[marker.end() : end].strip(_EDGES + "-")
        piece = re.sub(r"[)\]]+(?:\s*\(.*)?$", "", piece) if _unbalanced(piece) else piece
        values = _split_commas(piece) if mark in ("akas", "aka s") else [piece]
        found.extend((_tidy(value), kind) for value in values if _tidy(value))
    return found


def _parts_of(text: str) -> list[str]:
    """Split names that stand side by side: at a semicolon, or a slash between two scripts."""
    parts = [part for part in text.split(";") if part.strip(_EDGES)]
    if len(parts) == 1 and len(sides := text.split(" / ")) == 2:
        left, right = sides
        return sides if left.isascii() != right.isascii() else parts
    return parts or [text]


def _with_short_form(text: str, kind: NameKind) -> list[tuple[str, NameKind]]:
    found = _TAIL.match(text)
    if found is None:
        return [(text, kind)]
    outer, inner = found["outer"].rstrip(_EDGES), found["inner"].strip()
    if inner.casefold() in outer.casefold() and not _is_place_like(inner, outer):
        return [(outer, kind), (inner, "alias")]
    if is_acronym_of(inner, outer):
        return [(outer, kind), (inner, "acronym")]
    if len(outer) <= 8 and " " not in outer and is_acronym_of(outer, inner):
        return [(inner, kind), (outer, "acronym")]
    return [(text, kind)]


def is_acronym_of(short: str, long: str) -> bool:
    """Return whether a form in parentheses is an acronym of the name before it."""
    if not _ACRONYM.match(short) or short.rstrip(".").upper() in _NO_ACRONYMS:
        return False
    letters = [c for c in short if c.isalpha()]
    if sum(c.isupper() for c in letters) < 2 or " " not in long.strip():
        return False
    if not long.isupper() and sum(c.isupper() for c in letters) * 2 > len(letters):
        return True
    # Where everything is in capitals only the letters' order tells an acronym from a place.
    rest = iter(long.casefold())
    return all(letter.casefold() in rest for letter in letters) and len(letters) <= 6


def _is_place_like(inner: str, outer: str) -> bool:
    return outer.casefold().find(inner.casefold()) > 0 and " " not in inner


def _is_generic(name: str) -> bool:
    return not re.sub(r"[\W_]+", "", _GENERIC.sub(" ", name))


def _split_commas(text: str) -> list[str]:
    values: list[str] = []
    for piece in text.split(","):
        if values and _LEGAL_TAIL.match(piece.strip()):
            values[-1] = f"{values[-1]},{piece}"
        else:
            values.append(piece)
    return values


def _named(pieces: Iterable[tuple[str, NameKind]], *, latin: str, han: str) -> list[Name]:
    seen: set[str] = set()
    names: list[Name] = []
    for text, kind in pieces:
        if text and text.casefold() not in seen:
            seen.add(text.casefold())
            names.append(Name(text, language_of(text, latin=latin, han=han), kind))
    return names


def _plain(text: str) -> str:
    """Undo what web pages do to names: "O&#039;Dell", "A &amp; B"."""
    return html.unescape(text) if "&" in text else text


def _tidy(text: str) -> str:
    """Return a name without stray separators and doubled spaces; its words stay as written."""
    tidied = _SPACES.sub(" ", text).strip(_EDGES)
    wrapped = tidied[:1] == "(" and tidied[-1:] == ")" and tidied.count("(") == 1
    return tidied[1:-1].strip() if wrapped else tidied


def _unbalanced(text: str) -> bool:
    return text.count(")") > text.count("(") or text.count("]") > text.count("[")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
