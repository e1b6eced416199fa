"""What a source stated before still covers: lists behind "according to", charges, "it adds"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crosstie.extraction.passages import Sentence
from crosstie.extraction.speakers import HAN_CHARGE

_STEM = re.compile(r"\b[Aa]ccording to (?:the )?([^,;:—–]{3,80})")
_OPEN_END = re.compile(r"[—–:-]\s*$")
_CHARGE = r"indictment|lawsuit|complaint|affidavit|charges|court filings?|charge sheet"
_SAYS = (
    r"says?|said|states?|stated|alleges?|alleged|adds?|added|claims?|claimed|describes?|described"
)
_CHARGE_SOURCE = re.compile(
    rf"\b[Aa]ccording to (?:the |an? )?((?:\w+ ){{0,2}}(?:{_CHARGE}))"
    rf"|\b(?:[Tt]he|[Aa]n?) (?P<own>(?:\w+ )?(?:{_CHARGE})) (?:also |further )?(?:{_SAYS})\b"
    rf"|^(?P<who>Prosecutors) (?:also |further )?(?:{_SAYS})\b"
    rf"|{HAN_CHARGE}"
)
# "It adds that": the one who spoke before speaks on.
_SPEAKS_ON = re.compile(
    r"(?:It|They|He|She|The (?:report|paper|document|study|statement)) (?:also |further )?"
    rf"(?:{_SAYS})\b"
)
_OTHER_SPEAKER = re.compile(
    r"\b[Aa]ccording to\b|\b(?:reported|announced|told)\b"
    rf"|\b[A-Z]\w+ (?:{_SAYS})\b|\bofficials? (?:{_SAYS})\b"
    r"|据[^，。；]{1,16}(?:称|报道|透露|介绍)|(?:表示|否认|宣布|回应|反驳|驳斥)"
)
_MARK_ONLY = re.compile(r"[^a-z]*$")


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker that covers later sentences, with the sentence that names it."""

    speaker: str
    sentence: Sentence
    speaks_on: bool = False
    """Whether the sentence covered says itself that the same one speaks: "it adds that"."""


def carried_sources(text: str, sentences: Sequence[Sentence]) -> Mapping[Sentence, Source]:
    """Return the sentences that a source stated before still covers.

    "According to several sources —" covers the items of its list; "according to the indictment"
    and "the indictment says" the rest of the paragraph, until somebody else speaks; "it adds
    that" goes on behind them, over the end of a paragraph too.
    """
    carried: dict[Sentence, Source] = {}
    stem: Source | None = None
    charge: Source | None = None
    last: Source | None = None
    before: Sentence | None = None
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        if before is not None and "\n" in text[before.end : sentence.start]:
            charge = None
        if stem is not None and not _is_item(words):
            stem = None
        if last is not None and _SPEAKS_ON.match(words):
            charge = last
        elif charge is not None and _OTHER_SPEAKER.search(words):
            charge = last = None
        source = stem or charge
        if source is not None:
            carried[sentence] = replace(source, speaks_on=_SPEAKS_ON.match(words) is not None)
        match = _STEM.search(words)
        if match and _OPEN_END.search(words):
            stem = Source(match.group(1).strip(), sentence)
        elif charged := _CHARGE_SOURCE.search(words):
            speaker = next(filter(None, (charged.group(1), *charged.group("own", "who", "han"))))
            charge = last = Source(speaker.strip(), sentence)
        before = sentence
    return carried


def _is_item(words: str) -> bool:
    return bool(_MARK_ONLY.match(words)) or words.lstrip("*(#0123456789.) ")[:1].islower()
