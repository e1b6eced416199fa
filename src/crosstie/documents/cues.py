"""The words by which a page's layout shows itself, read from layout.yaml once."""

import functools
import re
from dataclasses import dataclass
from importlib.resources import files

from crosstie.ontology.datafiles import Section, load_data
from crosstie.ontology.errors import DataFileError

_KEYS = (
    "source_labels", "link_labels", "byline_labels", "byline_starts", "date_labels",
    "caption_labels", "caption_starts", "note_labels", "kickers", "navigation",
    "navigation_repeats", "navigation_starts", "boilerplate_starts", "tail_lines",
    "reference_lines", "end_marks", "mail_labels",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cues. Labels match a line's start up to its colon; the rest as their names say."""

    source: re.Pattern[str]
    link: re.Pattern[str]
    byline: re.Pattern[str]
    byline_start: re.Pattern[str]
    date: re.Pattern[str]
    caption: re.Pattern[str]
    caption_start: re.Pattern[str]
    note: re.Pattern[str]
    mail: re.Pattern[str]
    navigation_start: re.Pattern[str]
    boilerplate_start: re.Pattern[str]
    kickers: frozenset[str]
    navigation: frozenset[str]
    navigation_repeats: frozenset[str]
    tail_lines: frozenset[str]
    reference_lines: frozenset[str]
    end_marks: frozenset[str]


@functools.cache
def cues() -> Cues:
    """Return the shipped cues; raises DataFileError when layout.yaml has a mistake."""
    path = files("crosstie.documents") / "layout.yaml"
    return cues_from(load_data(path), file="layout.yaml")


def cues_from(data: object, *, file: str) -> Cues:
    """Check and compile the content of a layout file. Raises DataFileError."""
    if not isinstance(data, Section):
        raise DataFileError(
            "expected lists of cues by name", file=file, line=1, remedy=f"use the keys {_KEYS}"
        )
    data.allow(_KEYS)
    words = {key: _words(data, key) for key in _KEYS}
    labels = {
        key: re.compile(rf"\s*(?:{_alternatives(words[key])})\s*[:：]\s*", re.IGNORECASE)
        for key in _KEYS
        if key.endswith("_labels")
    }
    starts = {
        key: re.compile(rf"(?:{_alternatives(words[key])})(?!\w)", re.IGNORECASE)
        for key in _KEYS
        if key.endswith("_starts")
    }
    return Cues(
        source=labels["source_labels"],
        link=labels["link_labels"],
        byline=labels["byline_labels"],
        byline_start=starts["byline_starts"],
        date=labels["date_labels"],
        caption=labels["caption_labels"],
        caption_start=starts["caption_starts"],
        note=labels["note_labels"],
        mail=labels["mail_labels"],
        navigation_start=starts["navigation_starts"],
        boilerplate_start=starts["boilerplate_starts"],
        kickers=frozenset(words["kickers"]),
        navigation=frozenset(words["navigation"]),
        navigation_repeats=frozenset(words["navigation_repeats"]),
        tail_lines=frozenset(words["tail_lines"]),
        reference_lines=frozenset(words["reference_lines"]),
        end_marks=frozenset(words["end_marks"]),
    )


def _words(data: Section, key: str) -> list[str]:
    words = data.require(key, list)
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise data.fail(f"`{key}` holds {word!r}, not a phrase", "quote it as text", key=key)
    return [word.lower() for word in words]


def _alternatives(words: list[str]) -> str:
    # Longest first, so that "photo credit" is not read as "photo"; both apostrophes are written.
    escaped = (re.escape(word).replace("'", "['’]") for word in words)
    return "|".join(sorted(escaped, key=lambda pattern: (-len(pattern), pattern)))
