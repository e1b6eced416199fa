"""What an item is made from: an article with its sentences, its claims and what was known before.

The workspace gathers it; from here on everything is a function of it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from crosstie.ontology.briefings import (
    Contradiction,
    Dated,
    Passage,
    TieNews,
)
from crosstie.ontology.findings import Citation, EntityRef
from crosstie.ontology.ids import ClaimId
from crosstie.ontology.records import Article, Claim

_STATUSES = ("asserted", "reported", "alleged", "planned", "ended", "denied")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the running text. `names_private` keeps it from being quoted.

    `public_people` says that it names somebody in a public or executive role, `organisations` how
    often it names one.
    """

    start: int
    end: int
    text: str
    names_private: bool = False
    public_people: bool = False
    organisations: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One article of a period, ready to be told."""

    article: Article
    document_name: str
    citation: Citation
    day: str
    dated: Dated
    date: str | None
    read_by: str
    text: str
    """The article's own text."""
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    title_names_private: bool
    title_names_organisation: bool
    technologies: tuple[str, ...]
    ties: tuple[TieNews, ...]
    new_entities: tuple[EntityRef, ...]
    contradictions: tuple[Contradiction, ...]
    reviewed: frozenset[ClaimId]
    also_in: tuple[Citation, ...] = ()


def bears(claim: Claim, start: int, end: int) -> bool:
    """Return whether the passage [start, end) holds the words that the claim rests on first."""
    first = claim.evidence[0]
    return first.start < end and start < first.end


def passage_of(
    start: int, end: int, text: str, citation: Citation, claims: tuple[Claim, ...]
) -> Passage:
    """Return a passage with what its claims say of its standing."""
    borne = [claim for claim in claims if bears(claim, start, end)]
    told: Mapping[str, None] = dict.fromkeys(claim.status for claim in borne)
    return Passage(
        text=text,
        start=start,
        end=end,
        citation=citation,
        claims=tuple(claim.id for claim in borne),
        statuses=tuple(status for status in _STATUSES if status in told),
        attribution=tuple(sorted({claim.attribution for claim in borne if claim.attribution})),
    )
