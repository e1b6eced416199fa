"""A measured value as a sentence gives it, and what its sentence says of it as a whole."""

import re
from dataclasses import dataclass

from crosstie.extraction.passages import Sentence
from crosstie.ontology.records import Comparator, Modality


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity found in a sentence, before it has a subject."""

    start: int
    end: int
    value: float
    unit: str
    measure: str
    comparator: Comparator = "="
    upper: float | None = None
    as_of: str | None = None
    by: str | None = None
    when: str = ""
    """A date that only the article's own can resolve: "last year"."""
    modality: Modality = "actual"
    currency: str | None = None
    other: tuple[float, str] | None = None
    """The same amount in another currency, in parentheses: (value with scale, code)."""
    phrase: str = ""
    """What is measured, in the words of the document: "advertising revenue of newspapers"."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a report, by its year; `work` names the report as the document does."""

    year: str
    work: str
    cited: tuple[Sentence, ...]


def modality_of(sentence: str) -> Modality:
    """Return whether a sentence states its values as facts, estimates, targets or plans."""
    if re.search(r"\b(?:estimated|estimates?)\b|估计|预计", sentence):
        return "estimate"
    if re.search(r"\b(?:target|goal|striv\w+|aims?)\b|目标|力争", sentence):
        return "target"
    return (
        "planned"
        if re.search(
            r"\b(?:will|is to|are to|plans? to|planned|expects?|expected|intends?|"
            r"(?:pledged|promised|due) to|budgeted)\b|计划|将",
            sentence,
        )
        else "actual"
    )
