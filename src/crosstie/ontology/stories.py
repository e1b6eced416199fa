"""Stories: articles that print the same text, so that a syndicated one counts once."""

from dataclasses import dataclass
from typing import NewType

from crosstie.ontology.ids import ArticleId, DocumentId

StoryId = NewType("StoryId", str)


@dataclass(frozen=True, slots=True)
class TextSignature:
    """What stands for an article's running text when it is compared with others.

    `values` are the minima of a MinHash over its shingles, four bytes each; `shingles` counts
    them. `sites` maps the surroundings of each name and number to the words that stand there: all
    as digests, so that no word of the text is kept. `method` says how it was made: only signatures
    of one method can be compared.
    """

    article_id: ArticleId
    document_id: DocumentId
    method: str
    values: bytes
    shingles: int
    sites: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Printing:
    """One article of a story: where it stands, who published it, and when (partial ISO)."""

    article_id: ArticleId
    document_id: DocumentId
    start: int
    end: int
    title: str
    publisher: str | None
    date: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one text. `printings` begins with the earliest date; undated ones come last."""

    id: StoryId
    printings: tuple[Printing, ...]

    @property
    def first(self) -> Printing:
        """Return who printed it first, as far as dates tell."""
        return self.printings[0]
