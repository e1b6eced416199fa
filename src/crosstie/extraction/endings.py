"""What a later sentence ends without a name: "The listing was lifted in 2018"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crosstie.extraction.passages import Sentence

# What a text calls a tie that it has stated, and the ties that are called so.
_CALLED: Mapping[str, frozenset[str]] = {
    "listing": frozenset({"designated"}),
    "designation": frozenset({"designated"}),
    "sanctions": frozenset({"designated"}),
    "ban": frozenset({"designated"}),
    "embargo": frozenset({"designated"}),
    "contract": frozenset({"signed_agreement", "supplies"}),
    "agreement": frozenset({"signed_agreement", "collaborates_with"}),
    "memorandum": frozenset({"signed_agreement"}),
    "deal": frozenset({"signed_agreement", "supplies", "owns"}),
    "lease": frozenset({"signed_agreement"}),
    "licence": frozenset({"signed_agreement"}),
    "license": frozenset({"signed_agreement"}),
    "partnership": frozenset({"signed_agreement", "collaborates_with"}),
    "collaboration": frozenset({"collaborates_with"}),
    "cooperation": frozenset({"collaborates_with", "signed_agreement"}),
    "arrangement": frozenset({"collaborates_with", "signed_agreement", "supplies"}),
    "venture": frozenset({"joint_venture"}),
    "deliveries": frozenset({"supplies"}),
    "shipments": frozenset({"supplies"}),
    "exports": frozenset({"supplies"}),
    "sales": frozenset({"supplies"}),
    "grant": frozenset({"funds"}),
    "funding": frozenset({"funds"}),
    "sponsorship": frozenset({"funds"}),
    "membership": frozenset({"member_of"}),
}
_ENDED = re.compile(
    r"\b(?:The|This|That|Its|Their|the) (?:[a-z]+ ){0,2}?(?P<noun>" + "|".join(_CALLED) + r")"
    r"(?: (?:was|were|has|have|had|been|since|then|later|finally|formally|eventually))*"
    r" (?:lifted|cancell?ed|terminated|ended|expired|lapsed|dissolved|wound up|revoked|withdrawn|"
    r"rescinded|discontinued|scrapped|stopped|ceased|suspended|halted|"
    r"came to an end|broke up|not renewed|never renewed|ran out)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|will|would|may|could)\b(?! renewed)")
# So far back a sentence may stand whose tie is ended.
_BACK = 3


def endings(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield the sentences that end a tie by its common noun alone, with the kinds it may be."""
    for sentence in sentences:
        words = text[sentence.start : sentence.end].replace("\n", " ")
        match = _ENDED.search(words)
        if match is not None and not _NEGATED.search(match.group()):
            yield sentence, _CALLED[match.group("noun")]


def ended_by(
    text: str, sentences: Sequence[Sentence], stated: Mapping[Sentence, frozenset[str]]
) -> dict[tuple[Sentence, str], Sentence]:
    """Return (sentence, kind of tie) → the sentence behind it that calls the tie over.

    `stated` gives the kinds of ties of each sentence; the nearest sentence before is meant.
    """
    order = {sentence: number for number, sentence in enumerate(sentences)}
    found: dict[tuple[Sentence, str], Sentence] = {}
    for end, kinds in endings(text, sentences):
        at = order[end]
        for before in reversed(sentences[max(0, at - _BACK) : at]):
            if meant := kinds & stated.get(before, frozenset()):
                found.update({(before, kind): end for kind in sorted(meant)})
                break
    return found
