"""The last gate: no claim passes whose quote, arguments or kinds cannot be checked."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

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

REASONS = (
    "quote_not_found", "argument_outside_evidence", "kinds_do_not_fit", "unknown_kind", "same_ends",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim passes; `reason` is one word of `REASONS` when it does not."""

    passed: bool
    reason: str = ""


def locate(document: Document, quote: str, *, near: int = 0) -> Evidence | None:
    """Find a quote in the document: exactly, then with alike characters; never by likeness.

    Of several places the one nearest to `near` is taken. The evidence holds the document's words.
    """
    if not quote.strip():
        return None
    for text, wanted in ((document.text, quote), (_alike(document.text), _alike(quote))):
        starts = _occurrences(text, wanted)
        if starts:
            start = min(starts, key=lambda at: (abs(at - near), at))
            return document.evidence(start, start + len(wanted))
    return None


def _alike(text: str) -> str:
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
