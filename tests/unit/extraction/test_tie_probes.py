"""How much of the field's wordings the English patterns read: a table of passages, and its floors.

A single passage may fail; the shares of the whole table may not fall. No denied or ended tie of the
table is ever shown as live.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crosstie.extraction import Extractor
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Article, Document

_TABLE = Path(__file__).with_name("tie_probes_en.txt")
_RECALL, _PRECISION = 0.90, 0.90
_OVER = {"denied", "ended"}
_LIVE = {"asserted", "reported", "alleged"}
# Where a passage names a place, the table does not always ask for the tie to it.
_UNLABELLED = {"located_in", "operates_in"}


@dataclass(frozen=True)
class Wanted:
    subject: str
    kinds: frozenset[str]
    object: str
    statuses: frozenset[str]

    def is_met_by(self, found: tuple[str, str, str, str]) -> bool:
        subject, kind, object, _ = found
        if kind not in self.kinds:
            return False
        ends = [(subject, object)]
        if kinds().tie(kind).symmetric:
            ends.append((object, subject))
        return (self.subject, self.object) in ends


def passages() -> Iterator[tuple[str, list[Wanted]]]:
    blocks = _TABLE.read_text("utf-8").split("\n\n")
    for block in blocks:
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        rows = [row.split(" | ") for row in lines[1:] if row != "-"]
        yield (
            lines[0].replace("\\n", "\n"),
            [
                Wanted(_plain(a), frozenset(k.split("/")), _plain(b), frozenset(s.split("/")))
                for a, k, b, s in rows
            ],
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")


def ties_of(extractor: Extractor, text: str) -> set[tuple[str, str, str, str]]:
    document = Document.of(origin="document", name="probe", text=text, language="en")
    article = Article.of(
        document.id, 1, start=0, end=len(text), body_start=0, title="", language="en"
    )
    found = extractor.extract(document, article)
    names = {m.id: _plain(max((n.text for n in m.names), key=len)) for m in found.mentions}
    return {
        (names[c.subject], c.predicate, names[c.object], c.status)
        for c in found.claims
        if c.object is not None
    }


@cache
def results() -> list[tuple[str, list[Wanted], set[tuple[str, str, str, str]]]]:
    extractor = Extractor()
    return [(text, wanted, ties_of(extractor, text)) for text, wanted in passages()]


def test_table_holds_enough_passages() -> None:
    assert len(results()) >= 300
    assert sum(not wanted for _, wanted, _ in results()) >= 20


def test_patterns_find_most_ties_of_the_table() -> None:
    wanted = [(tie, found) for _, ties, found in results() for tie in ties]
    met = sum(any(tie.is_met_by(one) for one in found) for tie, found in wanted)
    assert met / len(wanted) >= _RECALL


def test_most_ties_found_in_the_table_are_right() -> None:
    found = [
        (one, ties) for _, ties, ones in results() for one in ones if one[1] not in _UNLABELLED
    ]
    right = sum(any(tie.is_met_by(one) for tie in ties) for one, ties in found)
    assert right / len(found) >= _PRECISION


def test_no_tie_of_the_table_that_is_over_or_denied_is_live() -> None:
    live = [
        (text, one)
        for text, ties, found in results()
        for tie in ties
        if tie.statuses <= _OVER
        for one in found
        if tie.is_met_by(one) and one[3] in _LIVE
    ]
    assert live == []
