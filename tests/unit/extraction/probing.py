"""Reads a table of probes (sentence => ties) and counts what extraction finds of it, unaided."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosstie.extraction import Extraction, Extractor
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Document

_BRACKET = re.compile(r"\[([^\]|]+)\|([a-z_]+)\]")
_TIE = re.compile(r"(\S+) ([a-z_]+) ([^\s(;]+)(?: \((\w+)\))?")
Tie = tuple[str, str, str]


@dataclass(frozen=True)
class Probe:
    """One line of the table: its text, the names it marks, and tie → status."""

    text: str
    names: frozenset[str]
    ties: dict[Tie, str]
    line: int


def probes(path: Path) -> Iterator[Probe]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        marked, arrow, right = line.partition(" => ")
        if not arrow or line.startswith("#"):
            continue
        ties = {_keyed(m[1], m[2], m[3]): m[4] or "asserted" for m in _TIE.finditer(right)}
        names = frozenset(m[1] for m in _BRACKET.finditer(marked))
        text = _BRACKET.sub(r"\1", marked).replace("\\n", "\n")
        yield Probe(text, names, ties, number)


def _keyed(subject: str, kind: str, object: str) -> Tie:
    if kinds().tie(kind).symmetric:
        subject, object = sorted((subject, object))
    return subject, kind, object


def read(text: str) -> Extraction:
    document = Document.of(origin="document", name="probe", text=text, language="zh")
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language="zh"
    )
    return Extractor().extract(document, article)


def found_ties(probe: Probe, extraction: Extraction) -> dict[Tie, str]:
    """Return tie → status, each end under the probe's name for it where one of its names is."""
    called = {}
    for mention in extraction.mentions:
        names = [name.text for name in mention.names]
        known = [n for n in sorted(names, key=len, reverse=True) if n in probe.names]
        called[mention.id] = known[0] if known else mention.quote
    status = {"alleged": "reported"}
    return {
        _keyed(called[c.subject], c.predicate, called[c.object]): status.get(c.status, c.status)
        for c in extraction.claims
        if c.object is not None
    }


def count(probe: Probe) -> Counter[str]:
    """Count names and ties: wanted, found, right; and ties right in their status too."""
    extraction = read(probe.text)
    named = {mention.quote for mention in extraction.mentions}
    ties = found_ties(probe, extraction)
    right = set(ties) & set(probe.ties)
    return Counter(
        names_wanted=len(probe.names),
        names_found=len(named),
        names_right=len(probe.names & named),
        ties_wanted=len(probe.ties),
        ties_found=len(ties),
        ties_right=len(right),
        status_right=sum(ties[tie] == probe.ties[tie] for tie in right),
    )
