"""Tie patterns as data: `patterns/*.yaml`, read once, validated, each with its own examples."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from crosstie.ontology.datafiles import Section, load_data, sections
from crosstie.ontology.kinds import kinds

_KEYS = [
    "id",
    "tie",
    "language",
    "verbs",
    "nouns",
    "adjectives",
    "surface",
    "subject",
    "object",
    "among",
    "patient",
    "not_patient",
    "particle",
    "passive",
    "subject_kinds",
    "object_kinds",
    "named_kinds",
    "subject_words",
    "status",
    "stance",
    "attributes",
    "examples",
    "confidence",
    "item",
    "oblique",
]
_STATUSES = ("planned", "ended", "actual")
_MIN_POSITIVE, _MIN_NEGATIVE = 2, 1
# One private-use character stands for each name of a sentence.
NAME_FIRST, NAME_LAST = "\ue000", "\uf8ff"
_LIST_JOINS = {
    "en": r"(?:\s?(?:, and|; and|,|;|and|or|&)\s(?:the )?)",
    # 与 joins the two parties of a tie; 和 and 、 join a list.
    "zh": r"(?:\s?(?:、|和|及|以及)\s?)",
}
# `{~8}`: up to eight characters of one clause, none of them a name.
_GAP = re.compile(r"\{~(\d+)\}")
_SLOT = re.compile(r"\{([A-Z])(\+?)\}")
_BRACKET = re.compile(r"\[([^\]|]+)\|([a-z_]+)\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence about fictional names, with the ties that the pattern must find in it."""

    text: str
    names: tuple[tuple[str, str], ...]
    """(name, kind), as the brackets of the file give them."""
    ties: tuple[tuple[str, str], ...]
    """(subject, object); empty for an example in which nothing may be found."""
    status: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying a tie. `subject` and `object` name roles, or the slots of a surface."""

    id: str
    tie: str
    language: str
    triggers: frozenset[str]
    part: str
    surface: re.Pattern[str] | None
    subject: tuple[str, ...]
    object: tuple[str, ...]
    among: tuple[str, ...]
    patient: frozenset[str]
    not_patient: frozenset[str]
    particle: frozenset[str]
    passive: bool | None
    subject_kinds: frozenset[str]
    object_kinds: frozenset[str]
    named_kinds: frozenset[str]
    """What the name in slot L, which is neither end of the tie, may be."""
    subject_words: frozenset[str]
    """One of these must stand in the subject's name: "list", "register"."""
    status: str
    attributes: tuple[tuple[str, str], ...]
    item: bool
    oblique: frozenset[str]
    confidence: float
    examples: tuple[Example, ...]
    where: str


@cache
def shipped_patterns() -> tuple[Pattern, ...]:
    """Return the patterns of every file in `patterns/`, in the order of names and lines."""
    folder = resources.files("crosstie.extraction") / "patterns"
    found: list[Pattern] = []
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            found.extend(read_patterns(load_data(path), file=path.name))
    seen: dict[str, str] = {}
    for pattern in found:
        if pattern.id in seen:
            raise ValueError(f"{pattern.where}: `{pattern.id}` also stands at {seen[pattern.id]}")
        seen[pattern.id] = pattern.where
    return tuple(found)


def read_patterns(data: object, *, file: str) -> Iterator[Pattern]:
    """Validate the parsed patterns of one file. Raises DataFileError with file and line."""
    for section in sections(data, file=file, what="patterns"):
        section.allow(_KEYS)
        yield _pattern(section)


def _pattern(section: Section) -> Pattern:
    part = _part(section)
    known = set(kinds().entities)
    return Pattern(
        id=section.require("id"),
        tie=section.one_of("tie", kinds().ties),
        language=section.one_of("language", ["en", "zh"], "en"),
        triggers=frozenset() if part == "surface" else _words(section, part),
        part=part,
        surface=_surface(section, "surface") if part == "surface" else None,
        subject=_roles(section, "subject"),
        object=_roles(section, "object"),
        among=_roles(section, "among"),
        patient=_words(section, "patient"),
        not_patient=_words(section, "not_patient"),
        particle=_words(section, "particle"),
        passive=section.get("passive"),
        subject_kinds=_known(section, "subject_kinds", known),
        object_kinds=_known(section, "object_kinds", known),
        named_kinds=_known(section, "named_kinds", known),
        subject_words=_words(section, "subject_words"),
        status=section.one_of("status", _STATUSES, ""),
        attributes=tuple(dict(section.get("attributes", {})).items()),
        item=bool(section.get("item", False)),
        oblique=_words(section, "oblique"),
        confidence=float(section.get("confidence", 0.8)),
        examples=_examples(section),
        where=f"{section.file}:{section.line}",
    )


def _part(section: Section) -> str:
    parts = [part for part in ("verbs", "nouns", "adjectives", "surface") if part in section]
    if len(parts) != 1:
        raise section.fail(
            "a pattern needs one of `verbs`, `nouns`, `adjectives` and `surface`", "keep one"
        )
    if "among" not in section and not {"subject", "object"} <= set(section):
        raise section.fail("the roles are missing", "add `subject` and `object`, or `among`")
    return parts[0]


def _roles(section: Section, key: str) -> tuple[str, ...]:
    value = section.get(key, ())
    words = (value,) if isinstance(value, str) else tuple(value)
    for word in words:
        if not isinstance(word, str):
            raise section.fail(f"{word!r} in `{key}` is not text", "put it in quotes", key=key)
    return words


def _words(section: Section, key: str) -> frozenset[str]:
    return frozenset(_roles(section, key))


def _known(section: Section, key: str, known: set[str]) -> frozenset[str]:
    words = _words(section, key)
    for word in sorted(words):
        if word not in known:
            raise section.fail(f"no kind of entity `{word}`", "see kinds.yaml", key=key)
    return words


def _surface(section: Section, key: str) -> re.Pattern[str]:
    """Compile a surface: `{A}` is one name, `{A+}` a list, `{~8}` a gap without names."""
    name = f"[{NAME_FIRST}-{NAME_LAST}]"
    join = _LIST_JOINS[section.get("language", "en")]

    def slot(match: re.Match[str]) -> str:
        more = rf"(?:{join}{name})*" if match.group(2) else ""
        return rf"(?P<{match.group(1)}>{name}{more})"

    source = _SLOT.sub(slot, str(section.require(key)))
    outside = f"[^，。；{NAME_FIRST}-{NAME_LAST}]"
    source = _GAP.sub(lambda gap: f"{outside}{{0,{gap.group(1)}}}?", source)
    try:
        return re.compile(source)
    except re.error as error:
        raise section.fail(f"`{key}` is no pattern: {error}", "correct it", key=key) from error


def _examples(section: Section) -> tuple[Example, ...]:
    found: list[Example] = []
    for entry in sections(section.require("examples", list), file=section.file, what="examples"):
        entry.allow(["says", "but_not", "ties", "status"])
        text = str(entry.require("says" if "says" in entry else "but_not"))
        ties = tuple(_pair(entry, tie) for tie in entry.get("ties", ()))
        if ("says" in entry) != bool(ties):
            raise entry.fail("`says` needs `ties`, and `but_not` has none", "correct the example")
        found.append(
            Example(
                text=_BRACKET.sub(r"\1", text),
                names=tuple((m.group(1), m.group(2)) for m in _BRACKET.finditer(text)),
                ties=ties,
                status=str(entry.get("status", "")),
                line=entry.line,
            )
        )
    positive = sum(1 for example in found if example.ties)
    if positive < _MIN_POSITIVE or len(found) - positive < _MIN_NEGATIVE:
        raise section.fail(
            f"{positive} positive and {len(found) - positive} negative examples",
            f"give at least {_MIN_POSITIVE} `says` and {_MIN_NEGATIVE} `but_not`",
            key="examples",
        )
    return tuple(found)


def _pair(entry: Section, tie: Any) -> tuple[str, str]:
    subject, arrow, object = str(tie).partition(" > ")
    if not arrow:
        raise entry.fail(f"`{tie}` is no tie", "write `Subject > Object`", key="ties")
    return subject.strip(), object.strip()
