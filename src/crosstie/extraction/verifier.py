"""The last gate: no claim passes whose quote, arguments or kinds cannot be checked."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crosstie.extraction.instructions import addresses_machine
from crosstie.ontology.errors import EvidenceMismatch
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Document, Evidence, Mention

# One character for one character: never a change of length, so that offsets stay true.
_ALIKE = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-",
    "\u00a0": " ", "\u3000": " ", "\u2009": " ", "\n": " ", "\t": " ", "，": ",", "．": ".",
    "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?",
}  # fmt: skip
_TABLE = str.maketrans(_ALIKE)

REASONS = {
    "quote_not_found": "its quote does not stand in the document, or not in the passage read",
    "quote_outside_running_text": "its quote lies in a title, a caption or a menu, or is too long",
    "quote_addresses_a_machine": "its quote gives orders to whoever reads by machine",
    "name_not_found": "a name does not stand in the passage as written",
    "argument_outside_evidence": "an end does not stand in the evidence",
    "unknown_kind": "a kind of entity or tie that kinds.yaml does not have",
    "kinds_do_not_fit": "ends of kinds that this kind of tie does not join",
    "same_ends": "both ends are one mention",
    "person": "a person, whom only the rules may name, by a stated office",
    "status_against_the_words": "live where its sentence denies or ends it",
    "denied_without_a_word": "denied, and no word of the evidence denies",
    "ended_without_a_word": "ended, and no word of the evidence ends it",
    "speaker_not_found": "attributed to words that do not stand in the document",
    "date_not_found": "a date whose year the evidence does not give (only the date goes)",
    "value_not_found": "a figure that does not stand in the evidence",
    "out_of_range": "an attribute whose value is neither listed nor in the evidence",
    "malformed_item": "an item of another shape than was asked for",
}
"""Why a proposal is turned away, in one word, and in a line for readers."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim passes; `reason` is one word of `REASONS` when it does not."""

    passed: bool
    reason: str = ""


def locate(
    document: Document, quote: str, *, near: int = 0, within: tuple[int, int] | None = None
) -> Evidence | None:
    """Find a quote in the document: exactly, then with alike characters; never by likeness.

    Of several places the one nearest to `near` is taken; `within` bounds where it may stand. The
    evidence holds the document's words.
    """
    if not quote.strip():
        return None
    first, last = within or (0, len(document.text))
    part = document.text[first:last]
    for text, wanted in ((part, quote), (alike(part), alike(quote))):
        starts = [first + at for at in _occurrences(text, wanted)]
        if starts:
            start = min(starts, key=lambda at: (abs(at - near), at))
            return document.evidence(start, start + len(wanted))
    return None


def alike(text: str) -> str:
    """Return the text with alike characters made one, each for one: widths, quotes, dashes."""
    narrowed = "".join(
        form if len(form := unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )
    return narrowed.translate(_TABLE)


def _occurrences(text: str, wanted: str) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def verify(document: Document, claim: Claim, subject: Mention, object: Mention | None) -> Verdict:
    """Check one claim against its document and the ends that it names."""
    try:
        for evidence in claim.evidence:
            document.verify(evidence)
    except EvidenceMismatch:
        return Verdict(False, "quote_not_found")
    if any(addresses_machine(evidence.quote) for evidence in claim.evidence):
        return Verdict(False, "quote_addresses_a_machine")
    ends = [subject] if object is None else [subject, object]
    if not all(_inside(mention, claim.evidence) for mention in ends):
        return Verdict(False, "argument_outside_evidence")
    if object is None:
        return Verdict(True)
    if claim.predicate not in kinds().ties:
        return Verdict(False, "unknown_kind")
    if subject.id == object.id:
        return Verdict(False, "same_ends")
    if not kinds().tie(claim.predicate).fits(subject.kind, object.kind):
        return Verdict(False, "kinds_do_not_fit")
    return Verdict(True)


def _inside(mention: Mention, evidence: Sequence[Evidence]) -> bool:
    return any(e.start <= mention.start and mention.end <= e.end for e in evidence)
