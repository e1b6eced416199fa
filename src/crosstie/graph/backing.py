"""The claims behind the ties, as columns: their status, dates, publisher and independence."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crosstie.graph.grades import Publication, normal_publisher
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.records import Claim, Tie
from crosstie.text.dates import last_day

CLAIM_STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")
"""What `Backing.statuses` counts through; `ended` only where no claim of the tie is at hand."""

UNKNOWN = 0
"""A day that is not known. Days are counted from the first of January of the year 1."""

MOST_ORIGINS = 64
# Shorter quotes may be alike by chance.
_SHORTEST_QUOTE = 16


@dataclass(frozen=True, slots=True)
class Backer:
    """A claim, where it was published, and the date (partial ISO) on which that vouches for it."""

    claim: Claim
    publication: Publication
    date: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Backing:
    """The claims of tie `i` stand in `rows[i]` to `rows[i + 1]`, strongest first; one at least.

    `statuses` leaves ends aside: an ended claim has the status that it had before, and `ended` set.
    `starts` is the first day of `valid_from`, `ends` the last of `valid_to`, `dated` that of the
    document. `sources` is the place in `publications`. Claims of one tie with different `origins`
    are independent of each other; from the 64th on all count as one.
    """

    rows: NDArray[np.int64]
    statuses: NDArray[np.int8]
    ended: NDArray[np.bool_]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    dated: NDArray[np.int32]
    sources: NDArray[np.int32]
    origins: NDArray[np.uint8]
    publications: tuple[Publication, ...]

    @classmethod
    def build(cls, ties: Sequence[Tie], backers: Mapping[ClaimId, Backer]) -> Self:
        """Gather the claims of the ties, in the order in which each tie names them."""
        found = [[backers[c] for c in tie.claims if c in backers] for tie in ties]
        known = sorted({b.publication for row in found for b in row}, key=_publication_key)
        places = {publication: place for place, publication in enumerate(known)}
        rows = np.zeros(len(ties) + 1, np.int64)
        np.cumsum([max(1, len(row)) for row in found], out=rows[1:])
        claims = [
            line
            for tie, row in zip(ties, found, strict=True)
            for line in (_lines(row, places) if row else [_bare(tie, len(known))])
        ]
        nobody = () if all(found) else (Publication(),)
        columns = np.array(claims, np.int32).reshape(len(claims), 7).T
        return cls(
            rows=rows,
            statuses=columns[0].astype(np.int8),
            ended=columns[1].astype(np.bool_),
            starts=columns[2].copy(),
            ends=columns[3].copy(),
            dated=columns[4].copy(),
            sources=columns[5].copy(),
            origins=columns[6].astype(np.uint8),
            publications=(*known, *nobody),
        )


def origins(backers: Sequence[Backer]) -> list[int]:
    """Number the independent origins of claims for one tie: 0, 0, 1, …

    Two claims have one origin when they share a publisher (none named counts as one), a quote but
    for case and marks, or a speaker whom both pass on; and so on through a third.
    """
    group: dict[tuple[str, str], int] = {}
    numbers = list(range(len(backers)))

    def root(number: int) -> int:
        while numbers[number] != number:
            number = numbers[number]
        return number

    for place, backer in enumerate(backers):
        for key in _origin_keys(backer):
            before = group.setdefault(key, place)
            one, two = sorted((root(before), root(place)))
            numbers[two] = one
    order: dict[int, int] = {}
    return [order.setdefault(root(place), len(order)) for place in range(len(backers))]


def _origin_keys(backer: Backer) -> Iterable[tuple[str, str]]:
    yield "who", normal_publisher(backer.publication.publisher)
    for speaker in backer.claim.attribution:
        yield "who", normal_publisher(speaker)
    for evidence in backer.claim.evidence:
        folded = unicodedata.normalize("NFKC", evidence.quote).casefold()
        words = "".join(character for character in folded if character.isalnum())
        if len(words) >= _SHORTEST_QUOTE:
            yield "words", words


def _lines(
    backers: Sequence[Backer], places: Mapping[Publication, int]
) -> Iterable[tuple[int, ...]]:
    for backer, origin in zip(backers, origins(backers), strict=True):
        claim = backer.claim
        yield (
            CLAIM_STATUSES.index(_status_before_its_end(claim)),
            claim.ended,
            day_number(claim.valid_from, first=True),
            day_number(claim.valid_to),
            day_number(backer.date),
            places[backer.publication],
            min(origin, MOST_ORIGINS - 1),
        )


def _bare(tie: Tie, nobody: int) -> tuple[int, ...]:
    """Return the tie itself in a claim's place, where none of its claims is at hand."""
    status = CLAIM_STATUSES.index(tie.status)
    start, end = day_number(tie.valid_from, first=True), day_number(tie.valid_to)
    return status, tie.status == "ended", start, end, UNKNOWN, nobody, 0


def _status_before_its_end(claim: Claim) -> str:
    if claim.polarity == "denied":
        return "denied"
    return claim.stance if claim.modality == "actual" else "planned"


def day_number(partial: str | None, *, first: bool = False) -> int:
    """Return the number of the last (or first) day of a partial ISO date, or UNKNOWN."""
    day = last_day(partial[:10]) if partial else None
    if day is None or partial is None:
        return UNKNOWN
    if first and len(partial) < 8:
        day = day.replace(day=1) if len(partial) > 4 else day.replace(month=1, day=1)
    return day.toordinal()


def _publication_key(publication: Publication) -> tuple[str, str, str]:
    return publication.publisher or "", publication.origin, publication.host
