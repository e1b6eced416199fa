"""The claims behind the ties, as columns: their status, dates, publisher and independence."""

import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
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

# Pairs grow with the square of a tie's claims; those behind the strongest so many prove no more.
_MOST_PAIRED = 60
# Shorter titles and quotes may be alike by chance.
_SHORTEST_COPY = 16


@dataclass(frozen=True, slots=True)
class Backer:
    """A claim, where it was published, and the date (partial ISO) on which that vouches for it.

    `title` is that of the article: a copy of it may bear another publisher's name, or none.
    """

    claim: Claim
    publication: Publication
    date: str | None = None
    title: str = ""
    story: str = ""
    """What is the same for articles that print the same text; empty where no other does."""


@dataclass(frozen=True, slots=True, eq=False)
class Backing:
    """The claims of tie `i` stand in `rows[i]` to `rows[i + 1]`, strongest first; one at least.

    `statuses` leaves ends aside: an ended claim has the status that it had before, and `ended` set.
    `starts` is the first day of `valid_from`, `ends` the last of `valid_to`, `dated` that of the
    document. `sources` is the place in `publications`. The pairs of tie `i` that are independent of
    each other stand in `pair_rows[i]` to `pair_rows[i + 1]`: `ones` and `twos` count from its first
    claim.
    """

    rows: NDArray[np.int64]
    statuses: NDArray[np.int8]
    ended: NDArray[np.bool_]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    dated: NDArray[np.int32]
    sources: NDArray[np.int32]
    pair_rows: NDArray[np.int64]
    ones: NDArray[np.uint8]
    twos: NDArray[np.uint8]
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
        columns = np.array(claims, np.int32).reshape(len(claims), 6).T
        pairs = [independent_pairs(row) for row in found]
        pair_rows = np.zeros(len(ties) + 1, np.int64)
        np.cumsum([len(row) for row in pairs], out=pair_rows[1:])
        flat = np.array([pair for row in pairs for pair in row], np.uint8).reshape(-1, 2).T
        return cls(
            rows=rows,
            statuses=columns[0].astype(np.int8),
            ended=columns[1].astype(np.bool_),
            starts=columns[2].copy(),
            ends=columns[3].copy(),
            dated=columns[4].copy(),
            sources=columns[5].copy(),
            pair_rows=pair_rows,
            ones=flat[0].copy(),
            twos=flat[1].copy(),
            publications=(*known, *nobody),
        )

    def pairs(self, tie: int) -> set[tuple[int, int]]:
        """Return which claims of a tie, counted from its first, are independent of each other."""
        row = slice(int(self.pair_rows[tie]), int(self.pair_rows[tie + 1]))
        return set(zip(self.ones[row].tolist(), self.twos[row].tolist(), strict=True))


def independent_pairs(backers: Sequence[Backer]) -> list[tuple[int, int]]:
    """Return the pairs of claims that are independent of each other.

    Two are not when they share a publisher (none named counts as one), a title or a quote but for
    case and marks, a speaker whom both pass on, or a story whose text both print, or when one
    passes on the other's publisher.
    """
    keys = [frozenset(_origin_keys(backer)) for backer in backers[:_MOST_PAIRED]]
    return [
        (one, two)
        for one in range(len(keys))
        for two in range(one + 1, len(keys))
        if not keys[one] & keys[two]
    ]


def independent_count(claims: Sequence[int], pairs: Container[tuple[int, int]]) -> int:
    """Return how many of these claims, at most, are all independent of each other."""
    if not claims:
        return 0
    # Pairs are known among the strongest claims alone: what stands beyond them adds no source.
    first, rest = claims[0], [other for other in claims[1:] if other < _MOST_PAIRED]
    beside = [other for other in rest if (min(first, other), max(first, other)) in pairs]
    with_first = 1 + independent_count(beside, pairs)
    if len(beside) == len(rest):
        return with_first
    return max(with_first, independent_count(rest, pairs))


def _origin_keys(backer: Backer) -> Iterable[tuple[str, str]]:
    yield "who", normal_publisher(backer.publication.publisher)
    for speaker in backer.claim.attribution:
        yield "who", normal_publisher(speaker)
    if backer.story:
        yield "story", backer.story
    for text in (backer.title, *(evidence.quote for evidence in backer.claim.evidence)):
        words = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
        if len(words) >= _SHORTEST_COPY:
            yield "words", words


def _lines(
    backers: Sequence[Backer], places: Mapping[Publication, int]
) -> Iterable[tuple[int, ...]]:
    for backer in backers:
        claim = backer.claim
        yield (
            CLAIM_STATUSES.index(_status_before_its_end(claim)),
            claim.ended,
            day_number(claim.valid_from, first=True),
            day_number(claim.valid_to),
            day_number(backer.date),
            places[backer.publication],
        )


def _bare(tie: Tie, nobody: int) -> tuple[int, ...]:
    """Return the tie itself in a claim's place, where none of its claims is at hand."""
    status = CLAIM_STATUSES.index(tie.status)
    start, end = day_number(tie.valid_from, first=True), day_number(tie.valid_to)
    return status, tie.status == "ended", start, end, UNKNOWN, nobody


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
