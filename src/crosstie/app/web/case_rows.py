"""A case as a table that people look through: filtered, sorted, a page at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crosstie.ontology.cases import CaseFile
from crosstie.ontology.findings import Finding, Hit
from crosstie.text.countries import country_name

DispositionFilter = Literal[
    "", "open", "reopened", "true_match", "false_match", "needs_more", "none"
]
SortKey = Literal["row", "name", "outcome", "score"]
OutcomeFilter = Literal["", "hit", "possible", "nothing_found"]
PAGE = 100
_OUTCOMES = ("hit", "possible", "nothing_found")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to see of a case, as its address has it."""

    outcome: OutcomeFilter = ""
    designated: bool = False
    exposed: bool = False
    disposition: DispositionFilter = ""
    words: str = ""
    sort: SortKey = "row"
    descending: bool = False
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Return whether anything is left out on purpose."""
        return bool(
            self.outcome or self.designated or self.exposed or self.disposition or self.words
        )

    def query(self, **changed: object) -> dict[str, object]:
        """Return the parts of the address that say this, with some changed."""
        values: dict[str, object] = {
            "outcome": self.outcome,
            "designated": "yes" if self.designated else "",
            "exposed": "yes" if self.exposed else "",
            "disposition": self.disposition,
            "q": self.words,
            "sort": "" if self.sort == "row" else self.sort,
            "down": "yes" if self.descending else "",
            "page": self.page if self.page > 1 else "",
        }
        return values | changed


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its place in the case, from 1."""

    number: int
    finding: Finding

    @property
    def best(self) -> Hit | None:
        """Return the match that counts most, if there is any."""
        return self.finding.hits[0] if self.finding.hits else None

    @property
    def decisions(self) -> tuple[Hit, ...]:
        """Return the matches on which a person decided."""
        return tuple(hit for hit in self.finding.hits if hit.disposition is not None)

    @property
    def open(self) -> bool:
        """Return whether a match that matters waits for a decision, or for a new one."""
        return any(
            hit.adverse and (hit.disposition is None or hit.disposition.state == "reopened")
            for hit in self.finding.hits
        )


def rows_of(case: CaseFile, wanted: Wanted) -> list[Row]:
    """Return the findings that are wanted, in the order wanted; all pages."""
    rows = [row for row in every_row(case) if _is_wanted(row, wanted)]
    rows.sort(key=_ORDERS[wanted.sort], reverse=wanted.descending)
    return rows


def every_row(case: CaseFile) -> Iterator[Row]:
    """Yield all findings with their places."""
    for number, finding in enumerate(case.screening.findings, 1):
        yield Row(number, finding)


def neighbours(rows: Sequence[Row], number: int) -> tuple[int | None, int | None]:
    """Return the places of the findings before and after one, among those that are wanted."""
    places = [row.number for row in rows]
    if number not in places:
        return None, places[0] if places else None
    at = places.index(number)
    return (places[at - 1] if at else None), (places[at + 1] if at + 1 < len(places) else None)


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    hits = row.finding.hits
    if wanted.outcome and row.finding.outcome != wanted.outcome:
        return False
    if wanted.designated and not any(hit.designations for hit in hits):
        return False
    if wanted.exposed and not any(hit.exposures or hit.anchor for hit in hits):
        return False
    if wanted.disposition and not _disposed(row, wanted.disposition):
        return False
    return not wanted.words or wanted.words.casefold() in _text(row)


def _disposed(row: Row, disposition: DispositionFilter) -> bool:
    standing = [hit.disposition for hit in row.decisions if hit.disposition is not None]
    if disposition == "open":
        return row.open
    if disposition == "none":
        return not standing
    if disposition == "reopened":
        return any(found.state == "reopened" for found in standing)
    return any(found.decision == disposition for found in standing)


def _text(row: Row) -> str:
    party = row.finding.party
    parts = [party.name, party.id or "", party.domain or ""]
    if party.country:
        parts.append(country_name(party.country))
    for hit in row.finding.hits:
        parts += [hit.match.entity.name, hit.match.matched_name]
        parts += [f"{found.list_name} {found.programme}" for found in hit.designations]
        parts += [path.anchor.name for path in hit.exposures]
        if hit.disposition is not None:
            parts.append(hit.disposition.note)
    return " ".join(parts).casefold()


def _score(row: Row) -> float:
    return -max((hit.match.score for hit in row.finding.hits), default=0.0)


_ORDERS: dict[SortKey, Callable[[Row], tuple[object, ...]]] = {
    "row": lambda row: (row.number,),
    "name": lambda row: (row.finding.party.name.casefold(), row.number),
    "outcome": lambda row: (_OUTCOMES.index(row.finding.outcome), row.number),
    "score": lambda row: (_score(row), row.number),
}
